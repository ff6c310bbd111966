#include "importers/text/name_spans.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/importers/text/sentences.h"
#include "tests/importers/text/shipped_knowledge.h"

using namespace relata::text;  // NOLINT(google-build-using-namespace)
using relata::text::testing::nouns;
using relata::text::testing::sentence;
using relata::text::testing::world;

namespace {

/// Texts and types of the mended names: "Hun Sen/person".
std::vector<std::string> mended(const Sentence& sentence) {
  const SyntaxView tree(sentence);
  std::vector<std::string> names;
  for (const Name& name :
       mended_names(tree, nouns(), world(), AcronymSpans(std::span(&tree, 1))))
    names.push_back(text_of(tree, name.span) + "/" + name.type);
  return names;
}

/// No blank stands before and behind the hyphens.
Sentence hyphenated(const char* table) {
  Sentence made = sentence(table);
  for (std::size_t t = 1; t < made.tokens.size(); ++t) {
    if (made.tokens[t].form == "-")
      made.tokens[t - 1].space_after = made.tokens[t].space_after = false;
  }
  return made;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("an office before a person's name is no part of it") {
  Sentence speaks = sentence(
      "Prime prime ADJ NNP 2 amod\nMinister minister PROPN NNP 3 nmod:desc\n"
      "Hun Hun PROPN NNP 5 nsubj\nSen Sen PROPN NNP 3 flat\nspeaks speak VERB VBZ 0 root\n");
  speaks.names = {{{0, 4}, "person", "", 0.9F}};
  CHECK(mended(speaks) == Names{"Hun Sen/person"});
}

TEST_CASE("a single given name keeps the title that makes it a person's") {
  Sentence speaks = sentence(
      "Pope pope PROPN NNP 2 nmod:desc\nFrancis Francis PROPN NNP 3 nsubj\n"
      "speaks speak VERB VBZ 0 root\n");
  speaks.names = {{{0, 2}, "person", "", 0.9F}};
  CHECK(mended(speaks) == Names{"Pope Francis/person"});
}

TEST_CASE("places with a hyphen that the gazetteer knows are one name, read or not") {
  Sentence war = hyphenated(
      "War war NOUN NN 0 root\nin in ADP IN 3 case\nNagorno Nagorno PROPN NNP 1 nmod\n"
      "- - PUNCT HYPH 5 punct\nKarabakh Karabakh PROPN NNP 3 flat\n");
  CHECK(mended(war) == Names{"Nagorno-Karabakh/place"});
  war.names = {{{4, 5}, "person", "", 0.4F}};
  CHECK(mended(war) == Names{"Nagorno-Karabakh/place"});
}

TEST_CASE("a known place with a hyphen does not cut the longer name that it begins") {
  Sentence army = hyphenated(
      "Nagorno Nagorno PROPN NNP 4 compound\n- - PUNCT HYPH 3 punct\n"
      "Karabakh Karabakh PROPN NNP 1 flat\nArmy army PROPN NNP 5 nsubj\nmoves move VERB VBZ 0 "
      "root\n");
  army.names = {{{0, 4}, "organization", "", 0.9F}};
  CHECK(mended(army) == Names{"Nagorno-Karabakh Army/organization"});
}

TEST_CASE("two countries with a hyphen between are two names") {
  Sentence war = hyphenated(
      "Russia Russia PROPN NNP 4 compound\n- - PUNCT HYPH 3 punct\n"
      "Ukraine Ukraine PROPN NNP 4 compound\nwar war NOUN NN 0 root\n");
  war.names = {{{0, 1}, "place", "", 0.9F}, {{2, 3}, "place", "", 0.9F}};
  CHECK(mended(war) == Names{"Russia/place", "Ukraine/place"});
}
