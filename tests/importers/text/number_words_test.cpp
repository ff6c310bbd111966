#include "importers/text/number_words.h"

#include <sstream>

#include <doctest/doctest.h>

using namespace relata::text;

namespace {

std::vector<std::string> split(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

double cardinal(const std::string& text) {
  const auto words = split(text);
  const auto number = cardinal_at(words, 0);
  if (!number || number->tokens != words.size()) return -1;
  return number->value;
}

}  // namespace

TEST_CASE("cardinals in words") {
  CHECK(cardinal("seven") == 7);
  CHECK(cardinal("twenty - six") == 26);
  CHECK(cardinal("ninety-nine") == 99);
  CHECK(cardinal("one hundred and five") == 105);
  CHECK(cardinal("three thousand four hundred") == 3400);
  CHECK(cardinal("two million three hundred thousand") == 2'300'000);
  CHECK(cardinal("two and a half million") == 2'500'000);
}

TEST_CASE("cardinals in digits and mixed") {
  CHECK(cardinal("2,000") == 2000);
  CHECK(cardinal("1.5 million") == 1'500'000);
  CHECK(cardinal("40 thousand") == 40'000);
  CHECK(cardinal(".5") == doctest::Approx(0.5));
}

TEST_CASE("articles before a scale count as one") {
  CHECK(cardinal("a hundred") == 100);
  CHECK(cardinal("a dozen") == 12);
  CHECK(cardinal("half a million") == 500'000);
}

TEST_CASE("two numbers side by side are not one") {
  CHECK(cardinal_at(split("5 6"), 0)->tokens == 1);
  CHECK(cardinal_at(split("two three"), 0)->tokens == 1);
  CHECK(cardinal_at(split("two and three"), 0)->tokens == 1);
}

TEST_CASE("what is no number gives none") {
  CHECK_FALSE(cardinal_at(split("million"), 0).has_value());
  CHECK_FALSE(cardinal_at(split("a man"), 0).has_value());
  CHECK_FALSE(cardinal_at(split("half of them"), 0).has_value());
  CHECK_FALSE(cardinal_at({}, 0).has_value());
}

TEST_CASE("ordinals") {
  CHECK(ordinal_at(split("3rd"), 0)->value == 3);
  CHECK(ordinal_at(split("twelfth"), 0)->value == 12);
  CHECK(ordinal_at(split("twenty - first"), 0)->value == 21);
  CHECK_FALSE(ordinal_at(split("3"), 0).has_value());
  CHECK_FALSE(ordinal_at(split("th"), 0).has_value());
}

TEST_CASE("digits with wrong separators are refused") {
  for (const char* word : {"1,23", "1,2345", ",5", "1.2.3", "12a", "", "."}) {
    CHECK_FALSE(digits_value(word).has_value());
  }
  CHECK_FALSE(plain_digits("1234567890").has_value());
}
