#include "importers/text/time_matcher.h"

namespace relata::text {

bool Matcher::year_alone(std::size_t i) const {
  const int year = *year_digits(i);
  std::string_view previous = before(i);
  const std::string_view next = at(i + 1);
  // "until at least 2009"
  if (previous == "least" &&
      one_of(before(i, 3), "until", "through", "till", "to", "since", "by")) {
    previous = before(i, 3);
  }
  if (one_of(previous, "$", "\u00A3", "\u20AC", "us$", "no.", "#", "over", "than", "some", "nearly",
             "least", "most", "article", "resolution", "section", "page", "flight", "room", "box",
             "x", "+", "=", "number", "rule", "roughly", "approximately", "almost") ||
      one_of(next, "%", "+", "year", "years", "percent", "km", "kg", "kilometres", "kilometers",
             "miles", "metres", "meters", "people", "m", "mm", "tonnes", "tons", "feet", "acres",
             "hectares", "troops", "soldiers", "dollars", "euros", "pounds", "others", "square",
             "gmt", "utc", "hrs", "hours")) {
    return false;
  }
  // Behind a comma a number goes on to its noun: "Quezon City, 1355 Rizal Street".
  if (previous == "," && is_letter_word(next) && capital(i + 1)) return false;
  if (next == "-" && one_of(at(i + 2), "strong", "pound", "meter", "metre", "foot", "kilometer",
                            "kilometre", "mile", "ton", "tonne")) {
    return false;
  }
  const bool anchored =
      one_of(previous, "in", "since", "by", "until", "till", "from", "to", "of", "between",
             "before", "after", "during", "through", "for", "(", ",", "\u2013", "-", "and", "early",
             "late", "mid", "year", "or", "the", "around", "about", "circa", "c.", "ca.", ";");
  const std::string& tag = i + 1 < words_.size() ? sentence_.tokens[i + 1].xpos : std::string();
  const bool counts = tag == "NNS";
  if (year >= 1900 && year <= 2050) {
    const bool quantified = counts && !anchored && !one_of(previous, "", "his", "her", "its", "'s");
    return !quantified;
  }
  if (counts) return false;
  // A number above one has a plural noun; before a singular noun it is a year ("the 1833 map").
  if (tag == "NN") return true;
  const bool alone = previous.empty() && one_of(next, ",", ":", ".", "");
  return alone || (is_dash(next) && year_digits(i + 2)) ||
         (anchored && !one_of(previous, "about", "for"));
}

Found Matcher::lone_year(std::size_t i) const {
  FoundTime time = found(i, i + 1, TimeKind::calendar);
  // "c. 347", "circa 1880", "AD 842", "the year 71".
  const std::string_view word = at(i);
  if (one_of(word, "ad", "a.d.") && capital(i)) {
    const auto year = plain_digits(at(i + 1));
    if (!year || *year < 1 || *year > 2199) return std::nullopt;
    time.year = year;
    time.span.end += 1;
    return time;
  }
  const std::size_t after = read_year(i, time);
  if (after > i + 1) {
    time.span.end = static_cast<std::int32_t>(after);
    return time;
  }
  const std::string_view previous = before(i);
  const auto digits = plain_digits(word);
  if (!digits) {
    if (after == i) return std::nullopt;
    return one_of(previous, "in", "of", "since", "by", "until", "q1", "q2", "q3", "q4", "-",
                  "\u2013")
               ? Found(time)
               : std::nullopt;
  }
  if (one_of(previous, "c.", "ca.", "circa", "ca") && *digits >= 1 && *digits <= 2199) {
    time.year = digits;
    time.modifier = TimeModifier::approximate;
    return time;
  }
  if (previous == "year" && *digits >= 1 && *digits <= 2199 && word.size() >= 2) {
    time.year = digits;
    return time;
  }
  if (year_digits(i)) return year_alone(i) ? Found(time) : std::nullopt;
  // "1892-94", "2003/04".
  if (word.size() == 2 && is_dash(previous) && i >= 2) {
    const auto first = year_digits(i - 2);
    const bool counts = i + 1 < words_.size() && sentence_.tokens[i + 1].xpos == "NNS";
    if (first && *first % 100 < *digits && !counts && !one_of(at(i + 1), "-", "/", "%")) {
      time.year = *first / 100 * 100 + *digits;
      return time;
    }
  }
  // "c. 314 - 368", "360 - 366".
  if (word.size() == 3 && *digits >= 100) {
    const bool opens = is_dash(at(i + 1)) && plain_digits(at(i + 2)) && at(i + 2).size() == 3 &&
                       one_of(previous, "(", "about", "around", "in", "from", "until", "of", ";");
    const bool closes = is_dash(previous) && i >= 3 && plain_digits(at(i - 2)) &&
                        at(i - 2).size() == 3 && one_of(at(i + 1), ")", ",", ".", ";") &&
                        one_of(before(i, 3), "(", "about", "around", "in", "from", "until", "of",
                               "c.", "ca.", "circa", ";");
    if (opens || closes) {
      time.year = digits;
      return time;
    }
  }
  // Three digits are a year in "in 348," but not in "in 348 villages".
  if (word.size() == 3 && *digits >= 100) {
    const bool closes = one_of(at(i + 1), ",", ".", ";", ")", "", "and", ":") ||
                        (i + 1 < words_.size() && sentence_.tokens[i + 1].upos == Upos::propn);
    const bool placed = one_of(previous, "in", "since", "until", "around");
    if (placed && closes) {
      time.year = digits;
      return time;
    }
    // "(594)", "after 211 it became": a year where the text tells of such times.
    const bool may_be = one_of(previous, "(", "about", "after", "before", "by", "from", "to");
    const bool counts = i + 1 < words_.size() && (sentence_.tokens[i + 1].upos == Upos::noun ||
                                                  sentence_.tokens[i + 1].upos == Upos::adj);
    if (may_be && !counts) {
      time.year = digits;
      time.ancient_only = true;
      return time;
    }
  }
  return std::nullopt;
}

// "nineteen seventy-two", "fifteen sixteen" in speech.
Found Matcher::spoken_year(std::size_t i) const {
  const auto hundreds = cardinal_at(words_, i);
  if (!hundreds || hundreds->digits || hundreds->scaled || hundreds->tokens != 1) {
    return std::nullopt;
  }
  if (hundreds->value < 11 || hundreds->value > 20) return std::nullopt;
  if (!one_of(before(i), "in", "of", "since", "by", "until", "from", "to", "and", "year", "early",
              "late")) {
    return std::nullopt;
  }
  const auto rest = cardinal_at(words_, i + 1);
  if (!rest || rest->digits || rest->scaled || rest->value < 10 || rest->value > 99) {
    return std::nullopt;
  }
  FoundTime time = found(i, i + 1 + rest->tokens, TimeKind::calendar);
  time.year = static_cast<int>(hundreds->value * 100 + rest->value);
  if (unit_of(at(end_of(time)))) return std::nullopt;
  return time;
}

// "World War II", "during the Crusades".
Found Matcher::named_era(std::size_t i) const {
  const NamedEra named = era_at(words_, i);
  if (named.tokens == 0) return std::nullopt;
  const std::size_t end = i + named.tokens;
  if (!named.certain) {
    const std::string_view previous = before(i) == "the" ? before(i, 2) : before(i);
    const bool placed = one_of(previous, "during", "in", "after", "before", "since", "until",
                               "till", "throughout", "following", "through");
    const bool modifies = end < words_.size() && (sentence_.tokens[end].upos == Upos::noun ||
                                                  sentence_.tokens[end].upos == Upos::propn);
    if (!placed || modifies || !capital(end - 1)) return std::nullopt;
  } else if (at(i) == "cold" && !capital(i)) {
    return std::nullopt;
  }
  FoundTime time = found(i, end, TimeKind::era);
  time.era = named.era;
  return time;
}

// "early 2014", "mid-August", "the end of the year", "the second half of the 19th century".
Found Matcher::modified(std::size_t i) const {
  const std::string_view word = at(i);
  TimeModifier modifier = TimeModifier::none;
  std::size_t next = i + 1;
  bool of = false;
  bool half = false;
  if (one_of(word, "early", "earlier")) modifier = TimeModifier::early;
  if (one_of(word, "late", "later")) modifier = TimeModifier::late;
  if (one_of(word, "mid", "middle")) modifier = TimeModifier::middle;
  if (one_of(word, "beginning", "start", "turn", "outset")) modifier = TimeModifier::early;
  if (one_of(word, "end", "close")) modifier = TimeModifier::late;
  if (one_of(word, "circa", "c.", "ca.")) modifier = TimeModifier::approximate;
  if (word.starts_with("mid-") && word.size() > 5) {
    // One token: "mid-August", "mid-2014", "mid-1980s".
    std::vector<std::string> inner{std::string(word.substr(4))};
    inner.insert(inner.end(), words_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                 words_.begin() + static_cast<std::ptrdiff_t>(std::min(words_.size(), i + 4)));
    Sentence part;
    part.tokens.assign(
        sentence_.tokens.begin() + static_cast<std::ptrdiff_t>(i),
        sentence_.tokens.begin() + static_cast<std::ptrdiff_t>(std::min(words_.size(), i + 4)));
    part.tokens[0].form[0] = 'M';
    const Matcher matcher(part, inner);
    Found match = matcher.decade(0);
    if (!match && month_of(inner[0])) {
      match = matcher.month_first(0, 0, matcher.found(0, 1, TimeKind::calendar));
      if (!match) {
        match = matcher.found(0, 1, TimeKind::calendar);
        match->month = *month_of(inner[0]);
      }
    }
    if (!match && matcher.year_digits(0)) {
      match = matcher.found(0, 1, TimeKind::calendar);
      match->year = matcher.year_digits(0);
    }
    if (!match && season_of(inner[0])) {
      match = matcher.found(0, 1, TimeKind::calendar);
      match->season = *season_of(inner[0]);
    }
    if (!match) return std::nullopt;
    match->span.begin += static_cast<std::int32_t>(i);
    match->span.end += static_cast<std::int32_t>(i);
    match->modifier = TimeModifier::middle;
    return match;
  }
  const auto ordinal = ordinal_at(words_, i);
  if (ordinal && ordinal->value <= 2 && at(i + ordinal->tokens) == "half") {
    modifier = ordinal->value == 1 ? TimeModifier::early : TimeModifier::late;
    next = i + ordinal->tokens + 1;
    of = true;
    half = true;
  }
  if (modifier == TimeModifier::none) return std::nullopt;
  if (one_of(word, "beginning", "start", "turn", "end", "close", "middle", "outset")) of = true;
  if (at(next) == "-" && !of) ++next;
  if (of) {
    if (at(next) != "of") return std::nullopt;
    next = skip_the(next + 1);
  } else if (one_of(word, "earlier", "later")) {
    if (at(next) == "in") next = skip_the(next + 1);
  } else if (one_of(at(next), "in", "on") && one_of(word, "early", "late")) {
    next = skip_the(next + 1);
  }
  Found match = century(next);
  if (!match) match = decade(next);
  if (!match && modifier == TimeModifier::approximate) match = lone_year(next);
  if (!match) match = calendar(next);
  if (!match) match = season(next);
  if (!match) match = demonstrative(next);
  if (!match && year_digits(next)) {
    match = found(next, next + 1, TimeKind::calendar);
    match->year = year_digits(next);
  }
  if (!match && (at(next - 1) == "the")) {
    // "the end of the year": of the year that the text is about.
    const auto unit = unit_of(at(next));
    if (!unit || unit->plural || unit->unit < TimeUnit::day || unit->unit == TimeUnit::season ||
        unit->unit >= TimeUnit::decade) {
      return std::nullopt;
    }
    match = found(next, next + 1, TimeKind::shift);
    match->unit = unit->unit;
  }
  // A limit: "by the end of the year" is its last day.
  if (match && match->kind == TimeKind::shift && word == "end" && of) {
    const std::string_view opener = before(i) == "the" ? before(i, 2) : before(i);
    match->ends = one_of(opener, "by", "until", "till", "before");
  }
  if (!match) return std::nullopt;
  if (match->kind == TimeKind::offset || match->kind == TimeKind::duration) return std::nullopt;
  if (one_of(word, "earlier", "later")) {
    match->earlier = word == "earlier";
    match->later = word == "later";
  } else {
    // A day has no early part that we keep; "early Friday" is a part of the day.
    match->modifier = modifier;
    match->half_modifier = half;
  }
  match->span.begin = static_cast<std::int32_t>(i);
  return match;
}

}  // namespace relata::text
