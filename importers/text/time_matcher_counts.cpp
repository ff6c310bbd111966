#include "importers/text/time_matcher.h"

namespace relata::text {

// "three days ago", "a year later", "two weeks", "a 15-day truce", "half an hour".
Found Matcher::counted(std::size_t i) const {
  const auto count = count_at(i);
  std::size_t end = i;
  FoundTime time = found(i, i, TimeKind::duration);
  std::optional<UnitWord> unit;
  if (count) {
    end = i + count->tokens;
    if (at(end) == "-") ++end;
    if (one_of(at(end), "more", "full", "whole", "consecutive", "straight", "long", "short")) ++end;
    unit = unit_of(at(end));
    time.count = count->value;
    const bool hyphen = end > i && at(end - 1) == "-";
    if (unit && !unit->plural && !hyphen && count->value >= 1000) return std::nullopt;
    if (count->approximate) time.modifier = TimeModifier::approximate;
    if (at(end) == "fortnight") time.count = 2;
  } else {
    // "years ago", "for months", "decades of war".
    unit = unit_of(at(i));
    if (!unit || !unit->plural) return std::nullopt;
    const bool anchored = one_of(at(i + 1), "ago", "later", "earlier") ||
                          one_of(before(i), "for", "over", "after", "within", "through");
    if (!anchored) return std::nullopt;
    time.count = -1;
  }
  if (!unit) return std::nullopt;
  // "a second", "a minute" are too short to date anything; "a season", "a quarter" mean other
  // things.
  const bool bare = count && one_of(at(i), "a", "an") && count->tokens == 1;
  if (unit->unit == TimeUnit::second && (bare || !unit->plural)) return std::nullopt;
  if ((unit->unit == TimeUnit::quarter || unit->unit == TimeUnit::season) &&
      (bare || !unit->plural)) {
    return std::nullopt;
  }
  // "three-quarters of the votes"
  if (unit->unit == TimeUnit::quarter && (at(end - 1) == "-" || at(end + 1) == "of")) {
    return std::nullopt;
  }
  time.unit = unit->unit;
  ++end;
  // An age is no time: "15-year-old", "ten years old".
  if ((at(end) == "-" && at(end + 1) == "old") || (at(end) == "old" || at(end) == "olds") ||
      (at(end) == "of" && at(end + 1) == "age")) {
    return std::nullopt;
  }
  if (at(end) == "and" && at(end + 1) == "a" && at(end + 2) == "half") {
    time.count += 0.5;
    end += 3;
  } else if (at(end) == "and" && time.unit == TimeUnit::year && time.count > 0) {
    const auto more = cardinal_at(words_, end + 1);
    if (more && unit_of(at(end + 1 + more->tokens)) &&
        unit_of(at(end + 1 + more->tokens))->unit == TimeUnit::month) {
      time.count = time.count * 12 + more->value;
      time.unit = TimeUnit::month;
      end += 2 + more->tokens;
    }
  }
  const std::string_view previous = before(i);
  if (one_of(previous, "about", "around", "nearly", "almost", "roughly", "approximately", "some",
             "over") ||
      (previous == "than" && one_of(before(i, 2), "more", "less")) ||
      (previous == "to" && before(i, 2) == "close")) {
    time.modifier = TimeModifier::approximate;
  }
  const std::string_view word = at(end);
  const bool closes = one_of(at(end + 1), "", ".", ",", ";", ")", ":", "and", "but", "when") ||
                      !day_part_of(at(end + 1)).empty();
  if (word == "ago") {
    time.kind = TimeKind::offset;
    time.direction = -1;
    ++end;
  } else if (word == "from" && one_of(at(end + 1), "now", "today")) {
    time.kind = TimeKind::offset;
    time.direction = 1;
    end += 2;
  } else if (one_of(word, "later", "earlier", "beforehand", "afterwards", "prior") ||
             (one_of(word, "before", "after") && closes)) {
    time.kind = TimeKind::offset;
    time.anchor = TimeAnchor::mention;
    time.direction = one_of(word, "later", "after", "afterwards") ? 1 : -1;
    ++end;
  }
  // "a day" alone is more often "per day" than a length.
  if (bare && time.kind == TimeKind::duration &&
      !one_of(previous, "for", "in", "within", "after", "over", "about", "than", "nearly", "almost",
              "least", "and", "spent", "took", "only", "just", "lasted")) {
    if (at(i + 1 + 0) != "-" && at(i + count->tokens) != "-") return std::nullopt;
  }
  time.span.end = static_cast<std::int32_t>(end);
  return time;
}

Found Matcher::repeated(std::size_t i) const {
  const std::string_view word = at(i);
  FoundTime time = found(i, i + 1, TimeKind::set);
  // "LA Weekly", "the Daily Mirror" are names.
  const bool named =
      capital(i) && i > 0 && (capital(i - 1) || (i + 1 < words_.size() && capital(i + 1)));
  if (const auto unit = repeated_unit(word); unit && !named) {
    time.value = duration_value(1, *unit);
    return time;
  }
  if (const auto weekday = plural_weekday(word)) {
    time.value = "XXXX-WXX-" + std::to_string(*weekday + 1);
    return time;
  }
  constexpr auto season_codes = std::to_array<std::string_view>({"SP", "SU", "FA", "WI"});
  if (one_of(word, "summers", "winters")) {
    time.value = word == "summers" ? "XXXX-SU" : "XXXX-WI";
    return time;
  }
  if (one_of(word, "every", "each")) {
    std::size_t next = i + 1;
    double count = 1;
    if (at(next) == "other") {
      count = 2;
      ++next;
    } else if (const auto number = cardinal_at(words_, next)) {
      count = number->value;
      next += number->tokens;
    }
    time.span.end = static_cast<std::int32_t>(next + 1);
    if (const auto unit = unit_of(at(next)); unit && unit->unit >= TimeUnit::hour) {
      time.value = duration_value(count, unit->unit);
      return time;
    }
    if (const auto weekday = weekday_named(at(next))) {
      time.value = "XXXX-WXX-" + std::to_string(*weekday + 1);
      return time;
    }
    if (const auto month = month_of(at(next)); month && capital(next)) {
      time.value = "XXXX-" + two_digits(*month);
      return time;
    }
    if (const auto season = season_of(at(next))) {
      time.value = "XXXX-" + std::string(season_codes[static_cast<std::size_t>(*season)]);
      return time;
    }
    if (const std::string_view part = day_part_of(at(next)); !part.empty()) {
      time.value = "XXXX-XX-XXT" + std::string(part);
      return time;
    }
    return std::nullopt;
  }
  // "twice a week", "three times a day", "once per year".
  std::size_t next = i;
  if (one_of(word, "once", "twice")) {
    next = i + 1;
  } else if (const auto number = cardinal_at(words_, i);
             number && at(i + number->tokens) == "times") {
    next = i + number->tokens + 1;
  }
  if (next > i && one_of(at(next), "a", "an", "per", "every", "each")) {
    const auto unit = unit_of(at(next + 1));
    if (unit && !unit->plural) {
      time.value = duration_value(1, unit->unit);
      time.span.end = static_cast<std::int32_t>(next + 2);
      return time;
    }
  }
  return std::nullopt;
}

Found Matcher::clock(std::size_t i) const {
  const std::string_view word = at(i);
  FoundTime time = found(i, i + 1, TimeKind::clock);
  int hour = -1;
  int minute = 0;
  bool certain = false;
  if (is_clock_token(word)) {
    const std::size_t colon = word.find(':');
    hour = *plain_digits(word.substr(0, colon));
    minute = *plain_digits(word.substr(colon + 1, 2));
    certain = one_of(before(i), "at", "around", "from", "to", "until", "till", "by", "about",
                     "between", "and", "-", "\u2013", "after", "before", "since", ",", "");
  } else if (const auto digits = plain_digits(word); digits && word.size() <= 2 && *digits <= 12) {
    hour = *digits;
  } else if (digits && word.size() == 4 && *digits / 100 < 24 && *digits % 100 < 60 &&
             one_of(at(i + 1), "gmt", "utc", "hrs", "hours")) {
    hour = *digits / 100;
    minute = *digits % 100;
    certain = true;
  } else if (const auto number = cardinal_at(words_, i);
             number && !number->digits && number->tokens == 1 && number->value >= 1 &&
             number->value <= 12 && one_of(at(i + 1), "o'clock", "am", "pm", "a.m.", "p.m.")) {
    hour = static_cast<int>(number->value);
  } else if (one_of(word, "noon", "midnight")) {
    time.day_part = word == "noon" ? "T12:00" : "T24:00";
    return time;
  } else {
    return std::nullopt;
  }
  std::size_t end = i + 1;
  const std::string_view half = at(end);
  if (one_of(half, "am", "a.m.", "a.m") || one_of(half, "pm", "p.m.", "p.m")) {
    if (hour > 12) return std::nullopt;
    hour = hour % 12 + (half[0] == 'p' ? 12 : 0);
    certain = true;
    ++end;
  } else if (half == "o'clock") {
    certain = true;
    ++end;
  }
  if (!certain) return std::nullopt;
  if (one_of(at(end), "gmt", "utc", "est", "edt", "pst", "pdt", "cet", "bst", "cst", "cdt",
             "hrs")) {
    ++end;
  }
  if (at(end) == "local" && at(end + 1) == "time") end += 2;
  time.day_part = "T" + two_digits(hour) + ":" + two_digits(minute);
  time.span.end = static_cast<std::int32_t>(end);
  return time;
}

}  // namespace relata::text
