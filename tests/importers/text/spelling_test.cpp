#include "importers/text/spelling.h"

#include <algorithm>

#include <doctest/doctest.h>

using relata::text::other_spellings;

namespace {

bool offers(std::string_view lemma, std::string_view spelling) {
  const auto found = other_spellings(lemma);
  return std::find(found.begin(), found.end(), spelling) != found.end();
}

}  // namespace

TEST_CASE("British spellings lead to American ones") {
  CHECK(offers("criticise", "criticize"));
  CHECK(offers("mobilisation", "mobilization"));
  CHECK(offers("labour", "labor"));
  CHECK(offers("defence", "defense"));
  CHECK(offers("enrol", "enroll"));
}

TEST_CASE("a prefix with a hyphen is joined, and left out") {
  CHECK(other_spellings("re-take") == std::vector<std::string>{"retake", "take"});
  CHECK(offers("co-operate", "cooperate"));
}

TEST_CASE("a word without another spelling has none, however short it is") {
  CHECK(other_spellings("attack").empty());
  CHECK(other_spellings("").empty());
  CHECK(other_spellings("our").empty());
  CHECK(other_spellings("-").empty());
}
