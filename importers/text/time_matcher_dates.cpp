#include "importers/text/time_matcher.h"

namespace relata::text {

std::optional<int> Matcher::year_digits(std::size_t i) const {
  const std::string_view word = at(i);
  if (word.size() == 4) {
    const auto year = plain_digits(word);
    if (year && *year >= 1000 && *year <= 2199) return year;
  }
  return std::nullopt;
}

// Reads a year at `i` into `time`: "1999", "'99", "1999 AD", "44 BC"; returns the token behind it,
// or `i` when there is none.
std::size_t Matcher::read_year(std::size_t i, FoundTime& time) const {
  std::size_t end = i;
  const std::string_view word = at(i);
  if (const auto year = year_digits(i)) {
    time.year = year;
    end = i + 1;
  } else if (word.size() == 3 && word[0] == '\'') {
    const auto two = plain_digits(word.substr(1));
    if (!two) return i;
    time.year = *two + (*two < 40 ? 2000 : 1900);
    return i + 1;
  }
  const std::string_view era = at(i + 1);
  const bool bc = one_of(era, "bc", "b.c.", "bce", "b.c.e.");
  if (bc || one_of(era, "ad", "a.d.", "ce", "c.e.")) {
    const auto year = plain_digits(word);
    const auto grouped = digits_value(word);
    if (year || grouped) {
      const double value = year ? *year : *grouped;
      if (value >= 1 && value <= 20000 && value == static_cast<int>(value)) {
        time.year = static_cast<int>(value);
        time.bc = bc;
        end = i + 2;
      }
    }
  }
  return end;
}

// A year of three digits directly behind a full date or "Month of": "30 September 420".
std::size_t Matcher::read_early_year(std::size_t i, FoundTime& time) const {
  const std::size_t year_at = at(i) == "of" ? i + 1 : i;
  if (time.day == 0 && year_at == i) return i;
  const auto year = plain_digits(at(year_at));
  if (!year || *year < 100 || *year > 999) return i;
  if (!one_of(at(year_at + 1), "", ",", ".", ")", ";", "and")) return i;
  time.year = year;
  return year_at + 1;
}

// "this year", "last year", "next year" behind a date.
std::size_t Matcher::read_year_shift(std::size_t i, FoundTime& time) const {
  // "the 1st of February next" in old style: counted from what was told before.
  const bool closes = one_of(at(i + 1), "", ",", ".", ";", ")");
  if (closes && time.month > 0 && one_of(at(i), "next", "last")) {
    time.strict = true;
    time.direction = at(i) == "next" ? 1 : -1;
    time.anchor = TimeAnchor::mention;
    return i + 1;
  }
  if (at(i + 1) != "year" || !one_of(at(i), "this", "last", "next")) return i;
  time.year_shift = at(i) == "this" ? 0 : at(i) == "last" ? -1 : 1;
  return i + 2;
}

std::optional<int> Matcher::day_at(std::size_t i) const {
  const std::string_view word = at(i);
  if (word.size() <= 2) {
    const auto day = plain_digits(word);
    return day && *day >= 1 && *day <= 31 ? day : std::nullopt;
  }
  const auto ordinal = ordinal_at(words_, i);
  if (ordinal && ordinal->digits && ordinal->value >= 1 && ordinal->value <= 31) {
    return static_cast<int>(ordinal->value);
  }
  return std::nullopt;
}

std::optional<Matcher::Count> Matcher::count_at(std::size_t i) const {
  const std::string_view word = at(i);
  if (const auto number = cardinal_at(words_, i)) {
    Count count{number->value, number->tokens, false};
    if (number->digits && one_of(at(i + number->tokens), "1/2", "\u00BD")) {
      return Count{number->value + 0.5, number->tokens + 1, false};
    }
    // "two to three weeks", "10 or 12 days": the first number, approximately.
    const std::size_t joint = i + number->tokens;
    if (one_of(at(joint), "to", "or") || is_dash(at(joint))) {
      const auto second = cardinal_at(words_, joint + 1);
      if (second && unit_of(at(joint + 1 + second->tokens))) {
        count.tokens += 1 + second->tokens;
        count.approximate = true;
      }
    }
    return count;
  }
  if (one_of(word, "several", "many", "some", "few", "numerous", "multiple")) return Count{-1, 1};
  if (one_of(word, "a", "an")) {
    const std::string_view next = at(i + 1);
    if (next == "few") return Count{-1, 2};
    if (next == "couple")
      return Count{2, at(i + 2) == "of" ? std::size_t{3} : std::size_t{2}, true};
    if (next == "number" && at(i + 2) == "of") return Count{-1, 3};
    if (next == "half" && unit_of(at(i + 2))) return Count{0.5, 2};
    return Count{1, 1};
  }
  if (word == "half" && one_of(at(i + 1), "a", "an")) return Count{0.5, 2};
  return std::nullopt;
}

// "2011-04-03", "2011/04/03", "3/4/2011", "03.04.2011", with a time behind "T".
Found Matcher::numeric_date(std::size_t i) const {
  const std::string_view word = at(i);
  if (word.size() < 6 || word.size() > 25 || word[0] < '0' || word[0] > '9') return std::nullopt;
  FoundTime time = found(i, i + 1, TimeKind::calendar);
  int parts[3] = {0, 0, 0};
  std::size_t digits[3] = {0, 0, 0};
  int part = 0;
  char mark = 0;
  for (const char c : word.substr(0, std::min(word.find('t'), word.size()))) {
    if (c >= '0' && c <= '9') {
      if (++digits[part] > 4) return std::nullopt;
      parts[part] = parts[part] * 10 + (c - '0');
    } else if ((c == '-' || c == '/' || c == '.') && (mark == 0 || c == mark) && part < 2) {
      mark = c;
      ++part;
    } else {
      return std::nullopt;
    }
  }
  if (part != 2 || digits[1] == 0 || digits[1] > 2 || digits[2] == 0) return std::nullopt;
  if (digits[0] == 4 && digits[2] <= 2) {
    time.year = parts[0];
    time.month = parts[1];
    time.day = parts[2];
  } else if (digits[0] <= 2 && (digits[2] == 4 || digits[2] == 2)) {
    time.year = digits[2] == 4 ? parts[2] : parts[2] + (parts[2] < 40 ? 2000 : 1900);
    // Month first as in the United States, unless that cannot be; a full stop means day first.
    const bool day_first = parts[0] > 12 || mark == '.';
    time.month = day_first ? parts[1] : parts[0];
    time.day = day_first ? parts[0] : parts[1];
  } else {
    return std::nullopt;
  }
  if (!is_valid({*time.year, time.month, time.day})) return std::nullopt;
  return time;
}

bool Matcher::month_alone(std::size_t i) const {
  const std::string_view word = at(i);
  if (word == "august" && !capital(i)) return false;
  if (!is_doubtful_month(word)) return true;
  if (!capital(i)) return false;
  const Upos upos = sentence_.tokens[i].upos;
  if (upos == Upos::aux || upos == Upos::verb) return false;
  if ((is_dash(at(i + 1)) || one_of(at(i + 1), "to", "and", "until", "through")) &&
      month_of(at(i + 2))) {
    return true;
  }
  return one_of(before(i), "in", "since", "until", "till", "by", "of", "last", "next", "this",
                "early", "late", "mid", "from", "to", "and", "between", "before", "after", "during",
                "through", "for", "every", "each", "or", "-", "\u2013", "earlier");
}

// Month at `month`, the expression begins at `i`.
Found Matcher::month_first(std::size_t i, std::size_t month, FoundTime time) const {
  time.month = *month_of(at(month));
  std::size_t end = month + 1;
  const auto day = day_at(end);
  const bool clock_follows = one_of(at(end + 1), "am", "pm", "a.m.", "p.m.", "%");
  if (day && !clock_follows && !(at(end + 1) == "-" && unit_of(at(end + 2)))) {
    time.day = *day;
    ++end;
    // "May 10-12", "May 10 to 12", "May 10 and 11".
    if (is_dash(at(end)) || one_of(at(end), "to", "and", "or", "through")) {
      const auto last = day_at(end + 1);
      const bool range = last && *last > time.day && !month_of(at(end + 2)) &&
                         !unit_of(at(end + 2)) && !is_clock_token(at(end + 1));
      if (range) {
        time.last_day = *last;
        end += 2;
      }
    }
  }
  const std::size_t comma = one_of(at(end), ",", "of", "in") ? end + 1 : end;
  FoundTime with_year = time;
  std::size_t after = read_year(comma, with_year);
  if (after == comma) after = read_early_year(end, with_year);
  const bool plural = at(after) == "-" && unit_of(at(after + 1));
  if (with_year.year && !plural) {
    time = with_year;
    end = after;
  } else if (const std::size_t shifted = read_year_shift(end, time); shifted > end) {
    end = shifted;
  } else if (time.day == 0 && !month_alone(month) && time.weekday < 0) {
    return std::nullopt;
  }
  time.span = {static_cast<std::int32_t>(i), static_cast<std::int32_t>(end)};
  return time;
}

// Day at `day`, the expression begins at `i`: "12 May 2014", "the 12th of May", "10-12 May".
Found Matcher::day_first(std::size_t i, std::size_t day, FoundTime time) const {
  auto first = day_at(day);
  std::size_t end = day + 1;
  if (!first) {
    const auto ordinal = ordinal_at(words_, day);
    if (!ordinal || ordinal->value > 31 || at(day + ordinal->tokens) != "of") return std::nullopt;
    first = static_cast<int>(ordinal->value);
    end = day + ordinal->tokens;
  }
  time.day = *first;
  if (is_dash(at(end)) || one_of(at(end), "to", "and", "or")) {
    const std::size_t second = end + 1;
    const auto last = day_at(second);
    if (last && *last > time.day &&
        (month_of(at(second + 1)) || (at(second + 1) == "of" && month_of(at(second + 2))))) {
      time.last_day = *last;
      end = second + 1;
    }
  }
  if (at(end) == "day" && at(end + 1) == "of") ++end;
  if (at(end) == "of") ++end;
  const auto month = month_of(at(end));
  if (!month || (at(end) == "may" && !capital(end))) return std::nullopt;
  time.month = *month;
  ++end;
  const std::size_t comma = one_of(at(end), ",", "in") ? end + 1 : end;
  std::size_t after = read_year(comma, time);
  if (after == comma) after = read_early_year(end, time);
  if (!time.year) after = read_year_shift(end, time);
  if (time.year || after > end) end = after;
  time.span = {static_cast<std::int32_t>(i), static_cast<std::int32_t>(end)};
  return time;
}

Found Matcher::calendar(std::size_t i) const {
  FoundTime time = found(i, i + 1, TimeKind::calendar);
  std::size_t start = i;
  if (const auto weekday = weekday_named(at(i))) {
    time.weekday = *weekday;
    start = at(i + 1) == "," ? i + 2 : i + 1;
    if (at(start) == "the") ++start;
  }
  if (month_of(at(start))) {
    if (Found match = month_first(i, start, time)) {
      if (time.weekday < 0 || match->day > 0) return match;
    }
  }
  if (Found match = day_first(i, start, time)) return match;
  if (time.weekday >= 0) {
    // "on a Monday" is any Monday, "a Monday raid" the last one; "The Sunday Times" is a name.
    const bool raid = i + 1 < words_.size() && is_letter_word(at(i + 1)) && !capital(i + 1) &&
                      !one_of(at(i + 1), "in", "to", "and", "or", "when", "at", "of", "with",
                              "that", "is", "was", "before", "after", "coming");
    if (one_of(before(i), "a", "an") && !raid) return std::nullopt;
    if (one_of(at(i + 1), "times", "telegraph", "mirror", "mail", "express", "post", "herald",
               "tribune", "independent") &&
        capital(i + 1)) {
      return std::nullopt;
    }
    std::size_t end = i + 1;
    if (const std::string_view part = day_part_of(at(end)); !part.empty()) {
      time.day_part = part;
      ++end;
    }
    if (one_of(at(end), "next", "last") && at(end + 1) != "year") ++end;
    time.span.end = static_cast<std::int32_t>(end);
    if (end > i + 1 && one_of(at(end - 1), "next", "last")) {
      time.strict = true;
      time.direction = at(end - 1) == "next" ? 1 : -1;
    }
    return time;
  }
  return std::nullopt;
}

Found Matcher::holiday(std::size_t i) const {
  FoundTime time = found(i, i + 1, TimeKind::calendar);
  std::size_t end = i + 1;
  if (!capital(i)) return std::nullopt;
  if (at(i) == "christmas") {
    time.month = 12;
    time.day = at(end) == "eve" ? 24 : 25;
    if (one_of(at(end), "eve", "day")) ++end;
  } else if (at(i) == "boxing" && at(end) == "day") {
    time.month = 12;
    time.day = 26;
    ++end;
  } else if (at(i) == "new" && at(end) == "year" && at(end + 1) == "'s" &&
             one_of(at(end + 2), "day", "eve")) {
    const bool eve = at(end + 2) == "eve";
    time.month = eve ? 12 : 1;
    time.day = eve ? 31 : 1;
    end += 3;
  } else if (at(i) == "valentine" && at(end) == "'s" && at(end + 1) == "day") {
    time.month = 2;
    time.day = 14;
    end += 2;
  } else if (at(i) == "halloween") {
    time.month = 10;
    time.day = 31;
  } else if (at(i) == "easter" && one_of(at(end), "sunday", "monday")) {
    time.easter = true;
    time.day = at(end) == "monday" ? 1 : 0;
    ++end;
  } else if (at(i) == "good" && at(end) == "friday") {
    time.easter = true;
    time.day = -2;
    ++end;
  } else {
    return std::nullopt;
  }
  const std::size_t comma = at(end) == "," || at(end) == "of" ? end + 1 : end;
  const std::size_t after = read_year(comma, time);
  time.span.end = static_cast<std::int32_t>(after > comma ? after : end);
  return time;
}

Found Matcher::season(std::size_t i) const {
  const auto season = season_of(at(i));
  if (!season) return std::nullopt;
  FoundTime time = found(i, i + 1, TimeKind::calendar);
  time.season = *season;
  const std::size_t year = one_of(at(i + 1), "of", "in", ",") ? i + 2 : i + 1;
  const std::size_t after = read_year(year, time);
  if (after > year) {
    time.span.end = static_cast<std::int32_t>(after);
    // "winter of 2013-14" begins in 2013.
    if (is_dash(at(after)) && plain_digits(at(after + 1))) time.span.end += 2;
    return time;
  }
  const Upos upos = sentence_.tokens[i].upos;
  const bool tagged = upos != Upos::x;
  if (tagged && upos != Upos::noun && upos != Upos::propn) return std::nullopt;
  const std::string_view previous = before(i);
  const bool placed = one_of(previous, "in", "during", "by", "until", "since", "through", "of",
                             "early", "late", "every", "each") ||
                      (previous == "the" && one_of(before(i, 2), "in", "during", "by", "until",
                                                   "since", "through", "over", "of", "for"));
  if (!placed && !(i == 0 && tagged)) return std::nullopt;
  if (at(i) == "fall" && !tagged && !placed) return std::nullopt;
  if (at(i) == "fall" && at(i + 1) == "of") return std::nullopt;
  return time;
}

Found Matcher::quarter(std::size_t i) const {
  const std::string_view word = at(i);
  FoundTime time = found(i, i + 1, TimeKind::calendar);
  std::size_t end = i;
  if (word.size() == 2 && (word[0] == 'q' || word[0] == 'h') && word[1] >= '1' && word[1] <= '4') {
    if (word[0] == 'q') time.quarter = word[1] - '0';
    if (word[0] == 'h') time.half = word[1] - '0';
    if (time.half > 2) return std::nullopt;
    end = i + 1;
    const std::size_t after = read_year(end, time);
    if (after == end && word[0] == 'h') return std::nullopt;
    time.span.end = static_cast<std::int32_t>(after);
    return time;
  }
  const auto ordinal = ordinal_at(words_, i);
  if (!ordinal || ordinal->value > 4) return std::nullopt;
  end = i + ordinal->tokens;
  const bool halves = at(end) == "half";
  if (at(end) != "quarter" && !(halves && ordinal->value <= 2)) return std::nullopt;
  ++end;
  if (halves) {
    time.half = static_cast<int>(ordinal->value);
  } else {
    time.quarter = static_cast<int>(ordinal->value);
  }
  std::size_t next = at(end) == "of" ? skip_the(end + 1) : end;
  if (one_of(at(next), "fiscal", "financial")) next += at(next + 1) == "year" ? 2 : 1;
  const std::size_t after = read_year(next, time);
  if (after > next) {
    time.span.end = static_cast<std::int32_t>(after);
    return time;
  }
  // "of last year", "of this year", "of the year".
  const bool last = at(next) == "last" || at(next) == "previous";
  const bool coming = at(next) == "next";
  const bool this_year = at(next) == "this" || at(next - 1) == "the";
  const std::size_t year = this_year && at(next) == "year" ? next : next + 1;
  if (at(end) == "of" && at(year) == "year" && (last || coming || this_year)) {
    time.strict = true;
    time.direction = last ? -1 : coming ? 1 : 0;
    time.span.end = static_cast<std::int32_t>(year + 1);
    return time;
  }
  if (halves || at(end) == "of") return std::nullopt;
  if (before(i) != "the" || !one_of(before(i, 2), "in", "for", "during", "by", "since")) {
    return std::nullopt;
  }
  time.span.end = static_cast<std::int32_t>(end);
  return time;
}

Found Matcher::decade(std::size_t i) const {
  std::string_view word = at(i);
  FoundTime time = found(i, i + 1, TimeKind::decade);
  if (word.ends_with("'s"))
    word.remove_suffix(2);
  else if (word.ends_with('s'))
    word.remove_suffix(1);
  else
    return std::nullopt;
  if (word.size() == 4 && word[3] == '0') {
    const auto year = plain_digits(word);
    if (!year || *year < 1000 || *year > 2190) return std::nullopt;
    time.year = year;
    // "the 1800s" is the century.
    if (*year % 100 == 0 && *year < 2000) {
      time.kind = TimeKind::century;
      time.year = *year / 100 + 1;
    }
    return time;
  }
  const bool apostrophe = word.size() == 3 && word[0] == '\'';
  if (apostrophe) word.remove_prefix(1);
  std::optional<int> tens;
  if (word.size() == 2 && word[1] == '0' && (apostrophe || before(i) == "the")) {
    tens = plain_digits(word);
  } else if (before(i) == "the" || one_of(before(i), "early", "late", "mid")) {
    tens = decade_named(at(i));
  }
  if (!tens || *tens < 20 || one_of(at(i + 1), "\u00B0", "%")) return std::nullopt;
  time.year = 1900 + *tens;
  return time;
}

Found Matcher::century(std::size_t i) const {
  const auto ordinal = ordinal_at(words_, i);
  if (!ordinal || ordinal->value > 30 || ordinal->value < 1) return std::nullopt;
  std::size_t end = i + ordinal->tokens;
  FoundTime time = found(i, end, TimeKind::century);
  time.year = static_cast<int>(ordinal->value);
  std::size_t word = at(end) == "-" ? end + 1 : end;
  if (!one_of(at(word), "century", "centuries")) {
    // "the 15th to the 19th century", "18th and 19th centuries".
    if (!one_of(at(end), "to", "and", "or") && !is_dash(at(end))) return std::nullopt;
    const std::size_t second = skip_the(end + 1);
    const auto other = ordinal_at(words_, second);
    if (!other) return std::nullopt;
    word = second + other->tokens;
    if (at(word) == "-") ++word;
    if (!one_of(at(word), "century", "centuries")) return std::nullopt;
  } else {
    end = word + 1;
  }
  if (one_of(at(word + 1), "bc", "b.c.", "bce", "b.c.e.")) {
    time.bc = true;
    if (end == word + 1) ++end;
  } else if (one_of(at(word + 1), "ad", "a.d.", "ce") && end == word + 1) {
    ++end;
  }
  time.span.end = static_cast<std::int32_t>(end);
  return time;
}

}  // namespace relata::text
