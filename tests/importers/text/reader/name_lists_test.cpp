// Which of the model's lists of names the words of a sentence are in.

#include "importers/text/reader/name_lists.h"

#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "importers/text/reader/model_file.h"
#include "tests/importers/text/reader/tiny_model.h"

namespace {

using namespace relata::text;

// Hashes ascend and masks follow them, so which name has which mask is looked up.
std::vector<std::uint16_t> marks_of(const std::vector<std::string_view>& words) {
  ModelFile file = ModelFile::from_bytes(tiny_model(), "m.rlm");
  const NameLists lists(file);
  CHECK(lists.size() == 2);
  std::vector<std::uint16_t> marks(words.size(), 0xFFFF);
  lists.mark(words, marks);
  return marks;
}

}  // namespace

TEST_CASE("hashes of names are FNV-1a of their words in small letters") {
  const std::vector<std::string_view> one = {"A"};
  CHECK(NameLists::hash(one) == 0xE40C292CU);  // published value for "a"
  const std::vector<std::string_view> two = {"Foo", "bar"};
  const std::vector<std::string_view> same = {"foo bar"};
  CHECK(NameLists::hash(two) == NameLists::hash(same));
}

TEST_CASE("a name is marked word by word, a longer one in bits of its own") {
  const auto marks = marks_of({"Rebels", "took", "Town", "Rebels"});
  const std::uint16_t rebels = marks[3];
  CHECK(rebels > 0);
  CHECK(rebels < 4);
  const unsigned longer = marks[1] >> NameLists::most_lists;
  CHECK(longer > 0);
  CHECK(longer < 4);
  CHECK(marks[1] == longer << NameLists::most_lists);
  CHECK(marks[0] == (rebels | longer << NameLists::most_lists));
  CHECK(marks[2] > 0);
  CHECK(marks[2] < 4);
}

TEST_CASE("names begin with a capital and end with the sentence") {
  CHECK(marks_of({"rebels", "took", "town"}) == std::vector<std::uint16_t>{0, 0, 0});
  CHECK(marks_of({"the", "REBELS"})[1] == marks_of({"Rebels"})[0]);
  CHECK(marks_of({"Army"}) == std::vector<std::uint16_t>{0});
  CHECK(marks_of({""}) == std::vector<std::uint16_t>{0});
  CHECK(marks_of({}).empty());
}
