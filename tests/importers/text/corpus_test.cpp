#include "importers/text/corpus.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "importers/text/name_words.h"

using namespace relata;
using namespace relata::text;

namespace {

Entity named(const std::string& name, const std::string& type, const std::string& country = "") {
  Entity entity;
  entity.kind = EntityKind::actor;
  entity.type = type;
  entity.name = name;
  entity.named = true;
  entity.country = country;
  return entity;
}

/// One document for each list of entities.
struct Corpus {
  std::vector<Document> documents;
  std::vector<DocumentFacts> facts;

  void add(const std::string& id, std::vector<Entity> entities) {
    Document document;
    document.id = id;
    document.text = id;
    documents.push_back(document);
    facts.emplace_back();
    facts.back().entities.entities = std::move(entities);
  }

  [[nodiscard]] CorpusIdentities identify(const CuratorRules& rules = {}) const {
    return relata::text::identify(documents, facts, rules);
  }
};

CuratorRules rules(std::string_view text) {
  return CuratorRules::parse(text, "rules", *Ontology::built_in());
}

}  // namespace

TEST_CASE("spellings of one name share a key") {
  CHECK(spelling_key("Zelensky") == spelling_key("Zelenskyy"));
  CHECK(spelling_key("Zelensky") == spelling_key("Zelenskiy"));
  CHECK(spelling_key("Putin") != spelling_key("Patin"));
}

TEST_CASE("an acronym fits the initials of its words") {
  CHECK(is_acronym_of("NIS", name_words("National Intelligence Service")));
  CHECK(is_acronym_of("U.N.", name_words("United Nations")));
  CHECK(is_acronym_of("DOJ", name_words("Department of Justice")));
  CHECK_FALSE(is_acronym_of("NIS", name_words("National Security Service")));
  CHECK_FALSE(is_acronym_of("He", name_words("Henry Evans")));
}

TEST_CASE("one name in two texts is one node") {
  Corpus corpus;
  corpus.add("a", {named("Volodymyr Zelenskyy", "person")});
  corpus.add("b", {named("Volodymyr Zelensky", "person")});
  const auto found = corpus.identify();
  CHECK(found.of_document[0][0].key == found.of_document[1][0].key);
  CHECK(found.log.size() == 1);
}

TEST_CASE("a surname joins the only person who bears it") {
  Corpus corpus;
  corpus.add("a", {named("Vladimir Putin", "person")});
  corpus.add("b", {named("Putin", "person")});
  const auto found = corpus.identify();
  CHECK(found.of_document[0][0].key == found.of_document[1][0].key);
}

TEST_CASE("a surname that two persons bear joins neither") {
  Corpus corpus;
  corpus.add("a", {named("Vladimir Putin", "person"), named("Igor Putin", "person")});
  corpus.add("b", {named("Putin", "person")});
  const auto found = corpus.identify();
  CHECK(found.of_document[1][0].key != found.of_document[0][0].key);
  CHECK(found.of_document[1][0].key != found.of_document[0][1].key);
}

TEST_CASE("one name with two countries is two nodes") {
  Corpus corpus;
  corpus.add("a", {named("Interior Ministry", "government", "SA")});
  corpus.add("b", {named("Interior Ministry", "government", "FR")});
  const auto found = corpus.identify();
  CHECK(found.of_document[0][0].key != found.of_document[1][0].key);
}

TEST_CASE("things without a proper name stay with their text") {
  Corpus corpus;
  Entity soldier = named("injured soldier", "person");
  soldier.named = false;
  corpus.add("a", {soldier});
  corpus.add("b", {soldier});
  const auto found = corpus.identify();
  CHECK(found.of_document[0][0].key != found.of_document[1][0].key);
}

TEST_CASE("the curator merges, parts, renames, retypes and drops") {
  Corpus corpus;
  corpus.add("a", {named("Kyiv Post", "media"), named("Jon Smith", "person"),
                   named("Getty Images", "company")});
  corpus.add("b", {named("The Post of Kyiv", "media"), named("John Smith", "person")});
  const auto found = corpus.identify(rules(R"(
merge "Kyiv Post" "The Post of Kyiv"   # one paper
rename "Jon Smith" to "Jonathan Smith"
retype "Kyiv Post" as actor company
drop "Getty Images"
)"));
  CHECK(found.of_document[0][0].key == found.of_document[1][0].key);
  CHECK(found.of_document[0][1].name == "Jonathan Smith");
  CHECK(found.of_document[0][2].key.empty());
}

TEST_CASE("names that must never merge stay apart") {
  Corpus corpus;
  corpus.add("a", {named("Mohammed Ali", "person")});
  corpus.add("b", {named("Mohammed Aly", "person")});
  CHECK(corpus.identify().of_document[0][0].key == corpus.identify().of_document[1][0].key);
  const auto parted = corpus.identify(rules("never merge \"Mohammed Ali\" \"Mohammed Aly\"\n"));
  CHECK(parted.of_document[0][0].key != parted.of_document[1][0].key);
}

TEST_CASE("a bad rule names its line") {
  try {
    rules("merge \"A\" \"B\"\nmarry \"A\" \"B\"\n");
    FAIL("the rule was taken");
  } catch (const InputError& error) {
    CHECK(error.place() == "line 2");
  }
  CHECK_THROWS_AS(rules("merge \"A\" \"B\"\nmerge \"B\" \"A\"\n"), InputError);
  CHECK_THROWS_AS(rules("retype \"A\" as actor nonsense\n"), InputError);
  CHECK_THROWS_AS(rules("drop \"A\n"), InputError);
}

TEST_CASE("the order of documents changes nothing") {
  Corpus forward;
  forward.add("a", {named("National Intelligence Service", "government"), named("Kim", "person")});
  forward.add("b", {named("Kim Jong-un", "person")});
  Corpus backward;
  backward.add("b", {named("Kim Jong-un", "person")});
  backward.add("a", {named("National Intelligence Service", "government"), named("Kim", "person")});
  const auto left = forward.identify();
  const auto right = backward.identify();
  CHECK(left.of_document[0][0].key == right.of_document[1][0].key);
  CHECK(left.of_document[1][0].key == right.of_document[0][0].key);
}
