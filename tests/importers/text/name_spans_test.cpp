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
  for (const Name& name : mended_names(tree, nouns(), world(), AcronymSpans(std::span(&tree, 1))))
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

TEST_CASE("a rank of several words before a person's name is no part of it") {
  Sentence speaks = sentence(
      "Detective detective NOUN NN 3 compound\nChief chief NOUN NN 3 compound\n"
      "Inspector Inspector PROPN NNP 4 nmod:desc\nAnn Ann PROPN NNP 6 nsubj\n"
      "Lorne Lorne PROPN NNP 4 flat\nspeaks speak VERB VBZ 0 root\n");
  speaks.names = {{{0, 5}, "person", "", 0.9F}};
  CHECK(mended(speaks) == Names{"Ann Lorne/person"});
}

TEST_CASE("a title that heads its name stays in it") {
  Sentence speaks = sentence(
      "Dean Dean PROPN NNP 4 nsubj\nSmith Smith PROPN NNP 1 flat\nJones Jones PROPN NNP 1 flat\n"
      "speaks speak VERB VBZ 0 root\n");
  speaks.names = {{{0, 3}, "person", "", 0.9F}};
  CHECK(mended(speaks) == Names{"Dean Smith Jones/person"});
}

TEST_CASE("an acronym of the text tells where the name begins that it stands for") {
  Sentence body = sentence(
      "The the DET DT 5 det\nEthics Ethics PROPN NNP 5 compound\nand and CCONJ CC 4 cc\n"
      "Standards Standards PROPN NNP 2 conj\nCommission Commission PROPN NNP 9 nsubj\n"
      "( ( PUNCT -LRB- 7 punct\nESC ESC PROPN NNP 5 appos\n) ) PUNCT -RRB- 7 punct\n"
      "met meet VERB VBD 0 root\n");
  body.names = {{{3, 5}, "organization", "", 0.9F}, {{6, 7}, "organization", "", 0.9F}};
  CHECK(mended(body) == Names{"Ethics and Standards Commission/organization", "ESC/organization"});
}

TEST_CASE("initials in a line of capitals are no acronym") {
  Sentence line = sentence(
      "BANK bank NOUN NN 2 compound\nEND end NOUN NN 0 root\nBig big ADJ JJ 5 amod\n"
      "Eastern eastern ADJ JJ 5 amod\nNight night NOUN NN 2 dep\nDance dance NOUN NN 2 dep\n");
  CHECK(mended(line).empty());
}

TEST_CASE("a party's name ends before the minister who leads it") {
  Sentence party = sentence(
      "Green Green PROPN NNP 2 compound\nParty party PROPN NNP 7 nsubj\nof of ADP IN 6 case\n"
      "Prime Prime ADJ NNP 5 amod\nMinister Minister PROPN NNP 6 nmod:desc\n"
      "Lee Lee PROPN NNP 2 nmod\nwon win VERB VBD 0 root\n");
  party.names = {{{0, 2}, "organization", "party", 0.9F}, {{5, 6}, "person", "", 0.9F}};
  party.mentions = {{{3, 6}, 5, "person", 0.9F}};
  CHECK(mended(party) == Names{"Green Party/organization", "Lee/person"});
}

TEST_CASE("small words between hyphens belong to a name, a journey between two names does not") {
  Sentence town = hyphenated(
      "Croix Croix PROPN NNP 6 nsubj\n- - PUNCT HYPH 3 punct\ndes des PROPN NNP 1 flat\n"
      "- - PUNCT HYPH 5 punct\nSables Sables PROPN NNP 1 flat\nfell fall VERB VBD 0 root\n");
  town.names = {{{0, 1}, "place", "", 0.5F}};
  CHECK(mended(town) == Names{"Croix-des-Sables/place"});
  Sentence road = hyphenated(
      "Alba Alba PROPN NNP 6 compound\n- - PUNCT HYPH 3 punct\nto to ADP IN 5 case\n"
      "- - PUNCT HYPH 5 punct\nBrunn Brunn PROPN NNP 1 nmod\nroad road NOUN NN 0 root\n");
  road.names = {{{0, 1}, "place", "", 0.5F}, {{4, 5}, "place", "", 0.5F}};
  CHECK(mended(road) == Names{"Alba/place", "Brunn/place"});
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
