#pragma once
// The patterns of expressions of time, tried at one position of a sentence. Internal to
// time_patterns.cpp and its parts: numbers and calendar dates (time_matcher_dates.cpp), years,
// decades and centuries (time_matcher_years.cpp), expressions relative to the text
// (time_matcher_relative.cpp), counted, repeated and clock times (time_matcher_counts.cpp).
// A matcher reads the sentence that it was made for and has no other state: thread-safe.

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/number_words.h"
#include "importers/text/time_patterns.h"

namespace relata::text {

/// What a pattern gives: nothing when it does not match.
using Found = std::optional<FoundTime>;

template <typename... Words>
bool one_of(std::string_view word, Words... words) {
  return ((word == words) || ...);
}

inline bool is_dash(std::string_view word) {
  return one_of(word, "-", "--", "\u2013", "\u2014", "/");
}

inline bool is_letter_word(std::string_view word) {
  return !word.empty() && word[0] >= 'a' && word[0] <= 'z';
}

inline bool is_clock_token(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 2) return false;
  const auto hour = plain_digits(word.substr(0, colon));
  const auto minute = plain_digits(word.substr(colon + 1, 2));
  return hour && minute && *hour <= 24 && *minute < 60 && word.size() >= colon + 3 &&
         (word.size() == colon + 3 || word[colon + 3] == ':');
}

inline std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// Matches patterns at one position of a sentence.
class Matcher final {
 public:
  Matcher(const Sentence& sentence, const std::vector<std::string>& words)
      : sentence_(sentence), words_(words) {}

  [[nodiscard]] Found match(std::size_t i) const;

 private:
  struct Count {
    double value = 1;
    std::size_t tokens = 0;
    bool approximate = false;
  };

  [[nodiscard]] std::string_view at(std::size_t i) const {
    return i < words_.size() ? std::string_view(words_[i]) : std::string_view();
  }
  [[nodiscard]] std::string_view before(std::size_t i, std::size_t back = 1) const {
    return i >= back ? std::string_view(words_[i - back]) : std::string_view();
  }
  [[nodiscard]] bool capital(std::size_t i) const {
    const std::string& form = sentence_.tokens[i].form;
    return !form.empty() && form[0] >= 'A' && form[0] <= 'Z';
  }
  [[nodiscard]] FoundTime found(std::size_t begin, std::size_t end, TimeKind kind) const {
    FoundTime time;
    time.span = {static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end)};
    time.kind = kind;
    return time;
  }
  static std::size_t end_of(const FoundTime& time) {
    return static_cast<std::size_t>(time.span.end);
  }

  [[nodiscard]] std::optional<int> year_digits(std::size_t i) const;
  [[nodiscard]] std::size_t read_year(std::size_t i, FoundTime& time) const;
  [[nodiscard]] std::size_t read_early_year(std::size_t i, FoundTime& time) const;
  [[nodiscard]] std::size_t read_year_shift(std::size_t i, FoundTime& time) const;
  [[nodiscard]] std::optional<int> day_at(std::size_t i) const;
  [[nodiscard]] std::optional<Count> count_at(std::size_t i) const;
  [[nodiscard]] bool month_alone(std::size_t i) const;
  [[nodiscard]] bool year_alone(std::size_t i) const;
  [[nodiscard]] std::size_t skip_the(std::size_t i) const { return at(i) == "the" ? i + 1 : i; }

  [[nodiscard]] Found numeric_date(std::size_t i) const;
  [[nodiscard]] Found calendar(std::size_t i) const;
  [[nodiscard]] Found month_first(std::size_t i, std::size_t month, FoundTime time) const;
  [[nodiscard]] Found day_first(std::size_t i, std::size_t day, FoundTime time) const;
  [[nodiscard]] Found holiday(std::size_t i) const;
  [[nodiscard]] Found season(std::size_t i) const;
  [[nodiscard]] Found quarter(std::size_t i) const;
  [[nodiscard]] Found decade(std::size_t i) const;
  [[nodiscard]] Found century(std::size_t i) const;
  [[nodiscard]] Found lone_year(std::size_t i) const;
  [[nodiscard]] Found spoken_year(std::size_t i) const;
  [[nodiscard]] Found modified(std::size_t i) const;
  [[nodiscard]] Found deictic(std::size_t i) const;
  [[nodiscard]] Found demonstrative(std::size_t i) const;
  [[nodiscard]] Found counted(std::size_t i) const;
  [[nodiscard]] Found repeated(std::size_t i) const;
  [[nodiscard]] Found clock(std::size_t i) const;
  [[nodiscard]] Found named_era(std::size_t i) const;

  const Sentence& sentence_;
  const std::vector<std::string>& words_;
};

}  // namespace relata::text
