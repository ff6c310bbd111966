#include "importers/text/name_typing.h"

#include <doctest/doctest.h>

#include "tests/importers/text/sentences.h"
#include "tests/importers/text/shipped_knowledge.h"

using namespace relata;
using namespace relata::text;
using relata::text::testing::find;
using relata::text::testing::nouns;
using relata::text::testing::sentence;
using relata::text::testing::world;

namespace {

/// A document of sentences with names as the reader gave them.
struct Text {
  std::vector<Sentence> sentences;

  /// `name` is a word or two words of the table.
  void add(const char* table, const std::string& name, const char* type, float score = 0.9F) {
    sentences.push_back(sentence(table));
    const std::size_t space = name.find(' ');
    const std::int32_t begin = find(sentences.back(), name.substr(0, space));
    sentences.back().names.push_back(
        {{begin, begin + (space == std::string::npos ? 1 : 2)}, type, "", score});
  }

  /// The type of the name of the last sentence; "" when it is none.
  [[nodiscard]] std::string settled() const {
    std::vector<SyntaxView> syntax;
    for (const Sentence& own : sentences) syntax.emplace_back(own);
    std::vector<Name> names = sentences.back().names;
    NameTyping(syntax, nouns(), world()).settle(syntax.back(), names);
    return names.empty() ? "" : names.front().type;
  }
};

constexpr const char* shelled_kharkov =
    "Troops troops NOUN NNS 2 nsubj\nshelled shell VERB VBD 0 root\nKharkov Kharkov PROPN NNP 2 "
    "obj\n";

}  // namespace

TEST_CASE("a country is no person") {
  Text text;
  text.add("The the DET DT 2 det\nUK UK PROPN NNP 3 nsubj\nagreed agree VERB VBD 0 root\n", "UK",
           "person");
  CHECK(text.settled() == "place");
}

TEST_CASE("a large city is no person, unless somebody of the text is called so") {
  Text city;
  city.add(shelled_kharkov, "Kharkov", "person");
  CHECK(city.settled() == "place");
  Text person;
  person.add(
      "Ivan Ivan PROPN NNP 3 nsubj\nKharkov Kharkov PROPN NNP 1 flat\nspoke speak VERB VBD 0 "
      "root\n",
      "Ivan Kharkov", "person");
  person.add(shelled_kharkov, "Kharkov", "person");
  CHECK(person.settled() == "person");
}

TEST_CASE("a surname that is also a town stays a person") {
  Text text;
  text.add(
      "They they PRON PRP 2 nsubj\nmet meet VERB VBD 0 root\nHouston Houston PROPN NNP 2 obj\n",
      "Houston", "organization");
  CHECK(text.settled() == "organization");
}

TEST_CASE("a doubtful organisation with a large city's name is the city") {
  Text text;
  text.add(
      "Forces force NOUN NNS 2 nsubj\nattacked attack VERB VBD 0 root\nKharkiv Kharkiv PROPN NNP 2 "
      "obj\n",
      "Kharkiv", "organization", 0.3F);
  CHECK(text.settled() == "place");
}

TEST_CASE("an armed group is no person") {
  Text text;
  text.add(
      "Hizbollah Hizbollah PROPN NNP 2 nsubj\nattacked attack VERB VBD 0 root\nHaifa Haifa PROPN "
      "NNP "
      "2 obj\n",
      "Hizbollah", "person");
  CHECK(text.settled() == "organization");
}

TEST_CASE("a title alone is no name, a surname of the same word is one") {
  constexpr const char* king =
      "King King PROPN NNP 2 nsubj\nspoke speak VERB VBD 0 root\nagain again ADV RB 2 advmod\n";
  Text title;
  title.add(king, "King", "person");
  CHECK(title.settled().empty());
  Text surname;
  surname.add(
      "Martin Martin PROPN NNP 3 nsubj\nKing King PROPN NNP 1 flat\nspoke speak VERB VBD 0 root\n",
      "Martin King", "person");
  surname.add(king, "King", "person");
  CHECK(surname.settled() == "person");
}

TEST_CASE("names of peoples are groups, faiths are nobody") {
  Text people;
  people.add(
      "They they PRON PRP 2 nsubj\nfreed free VERB VBD 0 root\nYazidis Yazidi PROPN NNPS 2 obj\n",
      "Yazidis", "place");
  CHECK(people.settled() == "norp");
  Text faith;
  faith.add(
      "They they PRON PRP 2 nsubj\nembraced embrace VERB VBD 0 root\nIslam Islam PROPN NNP 2 obj\n",
      "Islam", "place");
  CHECK(faith.settled() == "other");
}

TEST_CASE("a noun beside a name tells that it is a body") {
  Text before;
  before.add(
      "The the DET DT 3 det\ninsurer insurer NOUN NN 3 compound\nAlbira Albira PROPN NNP 4 nsubj\n"
      "failed fail VERB VBD 0 root\n",
      "Albira", "person");
  CHECK(before.settled() == "organization");
  Text behind;
  behind.add(
      "Albira Albira PROPN NNP 6 nsubj\n, , PUNCT , 5 punct\na a DET DT 5 det\n"
      "Spanish spanish ADJ JJ 5 amod\ninsurer insurer NOUN NN 1 appos\nfailed fail VERB VBD 0 "
      "root\n",
      "Albira", "person");
  CHECK(behind.settled() == "organization");
  Text person;
  person.add(
      "Albira Albira PROPN NNP 6 nsubj\n, , PUNCT , 5 punct\na a DET DT 5 det\n"
      "Spanish spanish ADJ JJ 5 amod\nlawyer lawyer NOUN NN 1 appos\nfailed fail VERB VBD 0 root\n",
      "Albira", "person");
  CHECK(person.settled() == "person");
}

TEST_CASE("what is seized and has residents is a town") {
  Text seized;
  seized.add(
      "Rebels rebel NOUN NNS 2 nsubj\nseized seize VERB VBD 0 root\nTarnu Tarnu PROPN NNP 2 obj\n",
      "Tarnu", "person");
  CHECK(seized.settled() == "place");
  Text met;
  met.add("Rebels rebel NOUN NNS 2 nsubj\nmet meet VERB VBD 0 root\nTarnu Tarnu PROPN NNP 2 obj\n",
          "Tarnu", "person");
  CHECK(met.settled() == "person");
}

TEST_CASE("a government is a president's too") {
  Text text;
  text.add(
      "The the DET DT 2 det\ngovernment government NOUN NN 6 nsubj\nof of ADP IN 5 case\n"
      "President President PROPN NNP 5 nmod:desc\nTarnu Tarnu PROPN NNP 2 nmod\n"
      "fell fall VERB VBD 0 root\n",
      "Tarnu", "person");
  CHECK(text.settled() == "person");
}

TEST_CASE("a known party that nobody of the text is called after is no person") {
  Text text;
  text.add(
      "Syriza Syriza PROPN NNP 2 nsubj\nspoke speak VERB VBD 0 root\nagain again ADV RB 2 advmod\n",
      "Syriza", "person");
  CHECK(text.settled() == "organization");
}
