#include "importers/text/number_words.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "importers/text/segmenter_characters.h"

namespace relata::text {

namespace {

struct Named {
  std::string_view word;
  double value;
};

constexpr auto small_numbers = std::to_array<Named>({
    {"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
    {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
    {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
    {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
});

constexpr auto tens = std::to_array<Named>({
    {"twenty", 20},
    {"thirty", 30},
    {"forty", 40},
    {"fifty", 50},
    {"sixty", 60},
    {"seventy", 70},
    {"eighty", 80},
    {"ninety", 90},
});

constexpr auto scales = std::to_array<Named>({
    {"hundred", 1e2},
    {"thousand", 1e3},
    {"million", 1e6},
    {"billion", 1e9},
    {"trillion", 1e12},
    {"dozen", 12},
    {"bn", 1e9},
    {"mln", 1e6},
    {"tn", 1e12},
});

constexpr auto ordinals = std::to_array<Named>({
    {"first", 1},        {"second", 2},      {"third", 3},       {"fourth", 4},
    {"fifth", 5},        {"sixth", 6},       {"seventh", 7},     {"eighth", 8},
    {"ninth", 9},        {"tenth", 10},      {"eleventh", 11},   {"twelfth", 12},
    {"thirteenth", 13},  {"fourteenth", 14}, {"fifteenth", 15},  {"sixteenth", 16},
    {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
    {"thirtieth", 30},   {"fortieth", 40},   {"fiftieth", 50},   {"hundredth", 100},
});

template <std::size_t Size>
std::optional<double> value_of(const std::array<Named, Size>& table, std::string_view word) {
  const auto found = std::ranges::find(table, word, &Named::word);
  if (found == table.end()) return std::nullopt;
  return found->value;
}

std::string_view at(const std::vector<std::string>& words, std::size_t i) {
  return i < words.size() ? std::string_view(words[i]) : std::string_view();
}

// "twenty", "seven", "twenty - seven", "twenty-seven" as one or three tokens.
std::optional<NumberPhrase> below_hundred(const std::vector<std::string>& words, std::size_t i) {
  const std::string_view word = at(words, i);
  if (const auto small = value_of(small_numbers, word)) return NumberPhrase{*small, 1};
  if (const auto ten = value_of(tens, word)) {
    const bool hyphen = at(words, i + 1) == "-";
    const auto unit = value_of(small_numbers, at(words, hyphen ? i + 2 : i + 1));
    if (unit && *unit >= 1 && *unit <= 9) {
      return NumberPhrase{*ten + *unit, hyphen ? std::size_t{3} : std::size_t{2}};
    }
    return NumberPhrase{*ten, 1};
  }
  const std::size_t hyphen = word.find('-');
  if (hyphen != std::string_view::npos) {
    const auto ten = value_of(tens, word.substr(0, hyphen));
    const auto unit = value_of(small_numbers, word.substr(hyphen + 1));
    if (ten && unit) return NumberPhrase{*ten + *unit, 1};
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> folded_forms(const Sentence& sentence) {
  std::vector<std::string> words;
  words.reserve(sentence.tokens.size());
  for (const Token& token : sentence.tokens) words.push_back(fold_ascii(token.form));
  return words;
}

std::optional<int> plain_digits(std::string_view word) {
  if (word.empty() || word.size() > 9) return std::nullopt;
  int value = 0;
  for (const char c : word) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<double> digits_value(std::string_view word) {
  if (word.empty() || word.size() > 24) return std::nullopt;
  double value = 0;
  double place = 0;  // of the next decimal; 0 before the point
  bool any = false;
  std::size_t group = 0;
  bool grouped = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (c >= '0' && c <= '9') {
      any = true;
      if (place > 0) {
        value += (c - '0') * place;
        place /= 10;
      } else {
        value = value * 10 + (c - '0');
        ++group;
      }
    } else if (c == ',' && place == 0 && group > 0 && (!grouped || group == 3)) {
      grouped = true;
      group = 0;
    } else if (c == '.' && place == 0 && i + 1 < word.size()) {
      place = 0.1;
    } else {
      return std::nullopt;
    }
  }
  if (!any || (grouped && group != 3)) return std::nullopt;
  return value;
}

std::optional<NumberPhrase> cardinal_at(const std::vector<std::string>& words, std::size_t begin) {
  NumberPhrase phrase;
  double total = 0;
  double current = 0;
  bool any = false;
  std::size_t i = begin;
  const std::string_view first = at(words, begin);
  // "half a million", "a quarter of a million", "a dozen", "a hundred".
  if (first == "half" || first == "quarter") {
    const bool of = at(words, i + 1) == "of";
    const std::size_t scale = i + (of ? 3U : 2U);
    if ((at(words, scale - 1) == "a" || at(words, scale - 1) == "an")) {
      if (const auto value = value_of(scales, at(words, scale))) {
        phrase.value = *value * (first == "half" ? 0.5 : 0.25);
        phrase.tokens = scale + 1 - begin;
        phrase.scaled = true;
        return phrase;
      }
    }
    return std::nullopt;
  }
  if (first == "a" || first == "an") {
    const auto value = value_of(scales, at(words, i + 1));
    if (!value) return std::nullopt;
    current = 1;
    any = true;
    ++i;
  }
  for (; i < words.size();) {
    const std::string_view word = words[i];
    if (const auto scale = value_of(scales, word)) {
      if (!any) break;  // "million" alone is no number
      phrase.scaled = true;
      if (*scale == 1e2 || *scale == 12) {
        current *= *scale;
      } else {
        total += current * *scale;
        current = 0;
      }
      ++i;
      // "two million and a half"
      continue;
    }
    if (const auto number = digits_value(word)) {
      if (any) break;
      current = *number;
      phrase.digits = true;
      phrase.grouped = word.find_first_of(",.") != std::string_view::npos;
      any = true;
      ++i;
      continue;
    }
    if (const auto number = below_hundred(words, i)) {
      // After digits or after "two", a further number word is another number.
      if (any && (phrase.digits || !phrase.scaled)) break;
      if (any && std::fmod(current, 100.0) != 0) break;
      current += number->value;
      any = true;
      i += number->tokens;
      continue;
    }
    // "a 100-million scheme"
    if (word == "-" && any && phrase.digits) {
      const auto scale = value_of(scales, at(words, i + 1));
      if (!scale || *scale < 1e3) break;
      ++i;
      continue;
    }
    if (word == "and" && any) {
      // "one hundred and five"; "two and a half million".
      if (at(words, i + 1) == "a" && at(words, i + 2) == "half") {
        current += 0.5;
        i += 3;
        continue;
      }
      const bool joins = phrase.scaled && !phrase.digits && below_hundred(words, i + 1) &&
                         std::fmod(current, 100.0) == 0;
      if (!joins) break;
      ++i;
      continue;
    }
    break;
  }
  if (!any) return std::nullopt;
  phrase.value = total + current;
  phrase.tokens = i - begin;
  return phrase;
}

std::optional<NumberPhrase> ordinal_at(const std::vector<std::string>& words, std::size_t begin) {
  const std::string_view word = at(words, begin);
  if (const auto value = value_of(ordinals, word)) return NumberPhrase{*value, 1};
  if (word.size() > 2 && word.size() < 8) {
    const std::string_view tail = word.substr(word.size() - 2);
    if (tail == "st" || tail == "nd" || tail == "rd" || tail == "th") {
      if (const auto value = plain_digits(word.substr(0, word.size() - 2))) {
        NumberPhrase phrase{static_cast<double>(*value), 1};
        phrase.digits = true;
        return phrase;
      }
    }
  }
  if (const auto ten = value_of(tens, word); ten && at(words, begin + 1) == "-") {
    const auto unit = value_of(ordinals, at(words, begin + 2));
    if (unit && *unit <= 9) return NumberPhrase{*ten + *unit, 3};
  }
  return std::nullopt;
}

}  // namespace relata::text
