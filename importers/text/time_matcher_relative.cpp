#include "importers/text/time_matcher.h"

namespace relata::text {

Found Matcher::deictic(std::size_t i) const {
  const std::string_view word = at(i);
  FoundTime time = found(i, i + 1, TimeKind::shift);
  // "the day before", "the year after" at the end of a clause.
  if (word == "the" && one_of(at(i + 2), "before", "after", "earlier") &&
      one_of(at(i + 3), "", ".", ",", ";", ")", "and", "but", "when")) {
    const auto unit = unit_of(at(i + 1));
    if (!unit || unit->plural || unit->unit < TimeUnit::day) return std::nullopt;
    time.unit = unit->unit;
    time.direction = at(i + 2) == "after" ? 1 : -1;
    time.anchor = TimeAnchor::mention;
    time.span.end += 2;
    return time;
  }
  // "the years that followed": from what was told on.
  if (word == "the" && one_of(at(i + 2), "that", "which") && at(i + 3) == "followed") {
    const auto unit = unit_of(at(i + 1));
    if (!unit || !unit->plural || unit->unit < TimeUnit::day) return std::nullopt;
    time.kind = TimeKind::vague;
    time.value = "FUTURE_REF";
    time.anchor = TimeAnchor::mention;
    time.span.end += 3;
    return time;
  }
  // "during this period".
  if (one_of(word, "this", "that") && one_of(at(i + 1), "period", "era", "time") &&
      one_of(before(i), "during", "throughout") && one_of(at(i + 2), "", ".", ",", ";", "of") &&
      at(i + 2) != "of") {
    time.kind = TimeKind::told;
    time.span.end += 1;
    return time;
  }
  // "Good morning" is said on the day.
  if (word == "good" && !day_part_of(at(i + 1)).empty() &&
      one_of(before(i), "", ",", ".", "!", "\"", "\u201c", ":", "and") &&
      (i + 2 >= words_.size() || sentence_.tokens[i + 2].upos != Upos::propn ||
       one_of(at(i + 2), "mr.", "mr", "mrs.", "ms.", "madam"))) {
    time.day_part = day_part_of(at(i + 1));
    time.span.end += 1;
    return time;
  }
  if (word == "9/11") {
    time.kind = TimeKind::calendar;
    time.year = 2001;
    time.month = 9;
    time.day = 11;
    return time;
  }
  if (word == "today") return time;
  if (word == "yesterday" || word == "tomorrow") {
    time.direction = word == "yesterday" ? -1 : 1;
    if (const std::string_view part = day_part_of(at(i + 1)); !part.empty()) {
      time.day_part = part;
      time.span.end += 1;
    }
    return time;
  }
  if (word == "tonight" || word == "overnight") {
    time.day_part = "NI";
    return time;
  }
  if (word == "day" && one_of(at(i + 1), "before", "after") &&
      one_of(at(i + 2), "yesterday", "tomorrow")) {
    time.span.end += 2;
    time.direction = at(i + 1) == "before" ? -2 : 2;
    return time;
  }
  time.kind = TimeKind::vague;
  if (one_of(word, "recently", "lately")) time.value = "PAST_REF";
  if (one_of(word, "currently", "nowadays", "presently")) time.value = "PRESENT_REF";
  if (word == "present" && is_dash(before(i))) time.value = "PRESENT_REF";
  if (word == "recent" && unit_of(at(i + 1)) && unit_of(at(i + 1))->plural) {
    time.value = "PAST_REF";
    time.span.end += 1;
  }
  if (time.value.empty()) return std::nullopt;
  return time;
}

// "last week", "this Friday", "the following month", "that year", "the past two months".
Found Matcher::demonstrative(std::size_t i) const {
  std::size_t next = i;
  const bool article = at(i) == "the";
  if (article) ++next;
  const std::string_view word = at(next);
  FoundTime time = found(i, next + 1, TimeKind::shift);
  time.strict = true;
  bool back = one_of(word, "last", "past", "previous", "preceding");
  bool forward = one_of(word, "next", "coming", "following", "upcoming", "subsequent");
  const bool same = one_of(word, "this", "that", "same", "current");
  if (!back && !forward && !same) return std::nullopt;
  std::size_t unit_at = next + 1;
  if (one_of(word, "this", "that") &&
      one_of(at(unit_at), "same", "past", "last", "coming", "very")) {
    if (at(unit_at) == "past" || at(unit_at) == "last") back = true;
    if (at(unit_at) == "coming") forward = true;
    ++unit_at;
  }
  time.direction = back ? -1 : forward ? 1 : 0;
  const bool mention =
      one_of(word, "that", "same", "following", "previous", "preceding", "subsequent") ||
      (article && one_of(word, "next"));
  if (mention) time.anchor = TimeAnchor::mention;
  const std::string_view head = at(unit_at);
  // "the past two months", "the next few days", "the last 9 years".
  const bool counts = back || forward;
  if (counts) {
    const auto count = count_at(unit_at);
    if (count && !one_of(head, "a", "an")) {
      const std::size_t unit_word = unit_at + count->tokens;
      if (const auto unit = unit_of(at(unit_word))) {
        time.kind = TimeKind::window;
        time.unit = unit->unit;
        time.count = count->value;
        time.anchor = one_of(word, "following", "preceding", "subsequent", "previous")
                          ? TimeAnchor::mention
                          : TimeAnchor::publication;
        std::size_t end = unit_word + 1;
        // "the last 9 years and 10 months".
        if (at(end) == "and" && cardinal_at(words_, end + 1)) {
          const auto more = cardinal_at(words_, end + 1);
          const auto part = unit_of(at(end + 1 + more->tokens));
          if (part && part->unit == TimeUnit::month && unit->unit == TimeUnit::year) {
            time.count = time.count * 12 + more->value;
            time.unit = TimeUnit::month;
            end += 2 + more->tokens;
          }
        }
        time.span.end = static_cast<std::int32_t>(end);
        return time;
      }
    }
  }
  if (const auto unit = unit_of(head)) {
    if (unit->plural) {
      if (!counts) return std::nullopt;
      time.kind = TimeKind::vague;
      time.value = back ? "PAST_REF" : "FUTURE_REF";
      // "in the following years": after what was told, not after the publication.
      if (!one_of(word, "following", "subsequent", "preceding", "previous"))
        time.anchor = TimeAnchor::publication;
    } else if (unit->unit < TimeUnit::day || unit->unit == TimeUnit::season) {
      return std::nullopt;
    } else if (word == "past" || (article && word == "last" && unit->unit >= TimeUnit::week) ||
               (word == "last" && unit->unit == TimeUnit::decade) ||
               (article && word == "coming")) {
      time.kind = TimeKind::window;
      time.unit = unit->unit;
      time.count = 1;
    } else {
      time.unit = unit->unit;
      if (unit->unit == TimeUnit::day && at(next) == "last") return std::nullopt;
    }
    time.span.end = static_cast<std::int32_t>(unit_at + 1);
    return time;
  }
  if (const std::string_view part = day_part_of(head); !part.empty() && !article) {
    time.day_part = part;
    time.unit = TimeUnit::day;
    if (word == "last" && part != "NI" && part != "EV") return std::nullopt;
    if (word == "that") time.anchor = TimeAnchor::mention;
    time.span.end = static_cast<std::int32_t>(unit_at + 1);
    return time;
  }
  if (article && mention && !day_part_of(head).empty()) {
    time.day_part = day_part_of(head);
    time.unit = TimeUnit::day;
    time.span.end = static_cast<std::int32_t>(unit_at + 1);
    return time;
  }
  time.kind = TimeKind::calendar;
  time.span.end = static_cast<std::int32_t>(unit_at + 1);
  if (const auto weekday = weekday_named(head)) {
    time.weekday = *weekday;
    if (const std::string_view part = day_part_of(at(unit_at + 1)); !part.empty()) {
      time.day_part = part;
      time.span.end += 1;
    }
    return time;
  }
  if (const auto month = month_of(head)) {
    if (!capital(unit_at)) return std::nullopt;
    time.month = *month;
    return time;
  }
  if (const auto season = season_of(head)) {
    time.season = *season;
    return time;
  }
  return std::nullopt;
}

}  // namespace relata::text
