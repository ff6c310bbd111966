#include "importers/text/quantities.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "importers/text/segmenter.h"

namespace {

using namespace relata::text;

constexpr double infinity = std::numeric_limits<double>::infinity();

Sentence sentence_of(const std::string& text) {
  Document document;
  document.text = text;
  segment(document);
  REQUIRE(document.sentences.size() == 1);
  return document.sentences[0];
}

struct Read {
  Quantity quantity;
  std::string head;
};

// The only quantity of `text` and the noun that it counts.
Read read(const std::string& text) {
  const Sentence sentence = sentence_of(text);
  const auto quantities = find_quantities(sentence);
  REQUIRE(quantities.size() == 1);
  const std::int32_t head = quantities[0].head;
  return {quantities[0], head < 0 ? "" : sentence.tokens[static_cast<std::size_t>(head)].form};
}

std::size_t count(const std::string& text) {
  return find_quantities(sentence_of(text)).size();
}

}  // namespace

TEST_CASE("an exact count names its noun") {
  const Read found = read("They freed 26 hostages");
  CHECK(found.quantity.min == 26);
  CHECK(found.quantity.max == 26);
  CHECK_FALSE(found.quantity.approximate);
  CHECK(found.head == "hostages");
}

TEST_CASE("numbers in words") {
  CHECK(read("They freed twenty-six hostages").quantity.min == 26);
  CHECK(read("They freed a dozen hostages").quantity.min == 12);
  CHECK(read("They freed half a million prisoners").quantity.min == 500'000);
}

TEST_CASE("lower bounds") {
  const Quantity over = read("They lost over 3,000 troops").quantity;
  CHECK(over.min == 3000);
  CHECK(over.max == infinity);
  CHECK(over.min_exclusive);
  const Quantity least = read("They lost at least 76 troops").quantity;
  CHECK(least.min == 76);
  CHECK(least.max == infinity);
  CHECK_FALSE(least.min_exclusive);
}

TEST_CASE("upper bounds") {
  const Quantity most = read("They sent up to 11,000 troops").quantity;
  CHECK(most.min == 0);
  CHECK(most.max == 11'000);
  CHECK_FALSE(most.max_exclusive);
  CHECK(read("They sent fewer than 10 troops").quantity.max_exclusive);
  CHECK(read("They sent as many as 50 troops").quantity.max == 50);
}

TEST_CASE("approximate numbers") {
  for (const char* text : {"They sent about 80 troops", "They sent some 80 troops",
                           "They sent nearly 80 troops", "They sent an estimated 80 troops"}) {
    const Quantity found = read(text).quantity;
    CHECK(found.min == 80);
    CHECK(found.max == 80);
    CHECK(found.approximate);
  }
}

TEST_CASE("ranges") {
  const Quantity between = read("They fired between 20 and 30 rounds").quantity;
  CHECK(between.min == 20);
  CHECK(between.max == 30);
  CHECK(read("They fired 20 to 30 rounds").head == "rounds");
  CHECK(read("They fired 20-30 rounds").quantity.max == 30);
  CHECK(read("They need 20 to 30 million doses").quantity.min == 20'000'000);
}

TEST_CASE("round plural numbers") {
  const Read dozens = read("They fired dozens of rounds");
  CHECK(dozens.quantity.min == 24);
  CHECK(dozens.quantity.approximate);
  CHECK(dozens.head == "rounds");
  CHECK(read("They fired hundreds of thousands of rounds").quantity.min == 200'000);
  CHECK(read("They fired several hundred rounds").quantity.min == 300);
}

TEST_CASE("money") {
  const Quantity bail = read("He paid US$20,000 bail").quantity;
  CHECK(bail.min == 20'000);
  CHECK(bail.unit == "USD");
  CHECK(read("It cost $1.5 million").quantity.min == 1'500'000);
  CHECK(read("It cost $170m").quantity.min == 170'000'000);
  CHECK(read("a $100-million scheme").quantity.min == 100'000'000);
  CHECK(read("It cost 40 million euros").quantity.unit == "EUR");
  CHECK(read("It cost £59.5 million").quantity.unit == "GBP");
}

TEST_CASE("percentages and measures") {
  CHECK(read("It rose 5%").quantity.unit == "%");
  CHECK(read("It rose by 5 per cent").quantity.unit == "%");
  CHECK(read("It lies 45 km south").quantity.unit == "km");
  CHECK(read("They burned 300 square kilometres").quantity.unit == "km2");
}

TEST_CASE("none") {
  const Read none = read("There were no survivors");
  CHECK(none.quantity.min == 0);
  CHECK(none.quantity.max == 0);
  CHECK(none.head == "survivors");
  CHECK(count("No one survived") == 0);
  CHECK(count("It is no longer open") == 0);
}

TEST_CASE("more or so behind the number") {
  CHECK(read("They lost 100 or more tanks").quantity.max == infinity);
  CHECK(read("They lost 100 or so tanks").quantity.approximate);
}

TEST_CASE("dates, durations and ages are no quantities") {
  CHECK(count("On 3 May 2019 it rained") == 0);
  CHECK(count("They talked for two weeks") == 0);
  CHECK(count("a 15-year-old boy") == 0);
}

TEST_CASE("labels and scores are no quantities") {
  CHECK(count("under Resolution 2254 they met") == 0);
  CHECK(count("He is No. 2 there") == 0);
  CHECK(count("the Shahab-3 missile") == 0);
  CHECK(count("a magnitude 5.1 quake") == 0);
}

TEST_CASE("the tree tells what is counted") {
  Sentence sentence = sentence_of("They killed two of the guards");
  const std::int32_t heads[] = {1, -1, 1, 5, 5, 2};
  const char* relations[] = {"nsubj", "root", "obj", "case", "det", "nmod"};
  for (std::size_t i = 0; i < 6; ++i) {
    sentence.tokens[i].head = heads[i];
    sentence.tokens[i].deprel = relations[i];
  }
  sentence.tokens[2].upos = Upos::num;
  sentence.tokens[5].upos = Upos::noun;
  const auto quantities = find_quantities(sentence);
  REQUIRE(quantities.size() == 1);
  CHECK(quantities[0].head == 2);  // a part of the guards
}

TEST_CASE("random words keep bounds and spans in order") {
  const std::vector<std::string> words = {
      "over", "3,000", "$",     "million", "men",       "no",      "between", "and",
      "20",   "-",     "about", "of",      "dozens",    "a",       "half",    "%",
      "km",   "up",    "to",    "or",      "more",      "several", "hundred", "1.5",
      "US$",  "at",    "least", "tens",    "thousands", ",",       "two",     "99999999999999"};
  std::uint64_t state = 5;
  const auto random = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33);
  };
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 0; i < 1 + random() % 12; ++i)
      text += words[random() % words.size()] + " ";
    Document document;
    document.text = text;
    segment(document);
    for (const Sentence& sentence : document.sentences) {
      std::int32_t at = 0;
      for (const Quantity& quantity : find_quantities(sentence)) {
        CHECK(quantity.span.begin >= at);
        CHECK(quantity.span.end <= static_cast<std::int32_t>(sentence.tokens.size()));
        CHECK(quantity.head < static_cast<std::int32_t>(sentence.tokens.size()));
        CHECK(quantity.min <= quantity.max);
        CHECK_FALSE(std::isnan(quantity.min));
        at = quantity.span.end;
      }
    }
  }
}
