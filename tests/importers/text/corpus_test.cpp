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
  CHECK(left.log == right.log);
}

namespace {

/// A text whose entities are told of together; `home` is the country that a relation of the first
/// one leads to.
void add_with_home(Corpus& corpus, const std::string& id, std::vector<Entity> entities,
                   const std::string& country) {
  Entity home;
  home.kind = EntityKind::place;
  home.type = "country";
  home.name = country;
  home.named = true;
  home.country = country;
  home.gazetteer_key = "country/" + country;
  entities.push_back(home);
  corpus.add(id, std::move(entities));
  RelationFact fact;
  fact.source = {End::Kind::entity, 0};
  fact.relation = "works for";
  fact.target = {End::Kind::entity,
                 static_cast<std::int32_t>(corpus.facts.back().entities.entities.size()) - 1};
  corpus.facts.back().relations.push_back(fact);
}

std::string key(const CorpusIdentities& found, std::size_t document, std::size_t entity = 0) {
  return found.of_document[document][entity].key;
}

}  // namespace

TEST_CASE("titles do not part a person") {
  Corpus corpus;
  corpus.add("a", {named("Sen. Ted Cruz", "person")});
  corpus.add("b", {named("Ted Cruz", "person")});
  const auto found = corpus.identify();
  CHECK(key(found, 0) == key(found, 1));
  CHECK(found.of_document[0][0].name == "Ted Cruz");
}

TEST_CASE("the order of a name's words does not part a person whom something else ties") {
  Corpus tied;
  tied.add("a", {named("Viktor Orban", "person"), named("Fidesz", "party")});
  tied.add("b", {named("Orbán Viktor", "person"), named("Fidesz", "party")});
  CHECK(key(tied.identify(), 0) == key(tied.identify(), 1));
  Corpus loose;
  loose.add("a", {named("Ali Hassan", "person")});
  loose.add("b", {named("Hassan Ali", "person")});
  CHECK(key(loose.identify(), 0) != key(loose.identify(), 1));
}

TEST_CASE("a family name that stands first is a short form") {
  Corpus corpus;
  corpus.add("a", {named("Kim Jong-un", "person")});
  corpus.add("b", {named("Kim", "person")});
  CHECK(key(corpus.identify(), 0) == key(corpus.identify(), 1));
}

TEST_CASE("a surname means the one whom nearly all texts mean") {
  Corpus corpus;
  for (const char* id : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"})
    corpus.add(id, {named("Vladimir Putin", "person")});
  corpus.add("x", {named("Igor Putin", "person")});
  corpus.add("y", {named("Putin", "person")});
  CHECK(key(corpus.identify(), 11) == key(corpus.identify(), 0));
}

TEST_CASE(
    "persons of one name who work for different countries are two, unless texts share names") {
  Corpus apart;
  add_with_home(apart, "a", {named("Michael Jackson", "person")}, "GB");
  add_with_home(apart, "b", {named("Michael Jackson", "person")}, "US");
  CHECK(key(apart.identify(), 0) != key(apart.identify(), 1));
  Corpus one;
  add_with_home(one, "a", {named("Keith Kellogg", "person"), named("Andriy Yermak", "person")},
                "US");
  add_with_home(one, "b", {named("Keith Kellogg", "person"), named("Andriy Yermak", "person")},
                "UA");
  CHECK(key(one.identify(), 0) == key(one.identify(), 1));
}

TEST_CASE("a person and a place, a party and a company of one name are two") {
  Corpus corpus;
  Entity city = named("Lincoln", "city");
  city.kind = EntityKind::place;
  corpus.add("a", {named("Lincoln", "person"), named("Forward", "party")});
  corpus.add("b", {city, named("Forward", "company")});
  const auto found = corpus.identify();
  CHECK(key(found, 0) != key(found, 1));
  CHECK(key(found, 0, 1) != key(found, 1, 1));
}

TEST_CASE("which of two things of one name is meant is told by the neighbours, or left open") {
  Corpus corpus;
  corpus.add("a", {named("Interior Ministry", "government", "SA"), named("Riyadh News", "media")});
  corpus.add("b", {named("Interior Ministry", "government", "FR"), named("Le Monde", "media")});
  corpus.add("c", {named("Interior Ministry", "government"), named("Le Monde", "media")});
  corpus.add("d", {named("Interior Ministry", "government")});
  const auto found = corpus.identify();
  CHECK(key(found, 2) == key(found, 1));
  CHECK(key(found, 3) != key(found, 0));
  CHECK(key(found, 3) != key(found, 1));
}

TEST_CASE("an acronym joins the name with its initials when something ties them") {
  Corpus tied;
  tied.add("a", {named("Main Intelligence Directorate", "government", "UA")});
  tied.add("b", {named("MID", "government", "UA")});
  CHECK(key(tied.identify(), 0) == key(tied.identify(), 1));
  Corpus loose;
  loose.add("a", {named("Main Intelligence Directorate", "government")});
  loose.add("b", {named("MID", "government")});
  CHECK(key(loose.identify(), 0) != key(loose.identify(), 1));
}

TEST_CASE("the log gives a reason for each join") {
  Corpus corpus;
  corpus.add("a", {named("Vladimir Putin", "person")});
  corpus.add("b", {named("Vladimir Putin", "person")});
  corpus.add("c", {named("Putin", "person")});
  const auto log = corpus.identify().log;
  REQUIRE(log.size() == 2);
  CHECK(log[0].reason == "the only person of the corpus who is called so");
  CHECK(log[0].document == "c");
  CHECK(log[1].reason == "the same name");
}

TEST_CASE("the curator's merge takes all spellings along, and the first name stays") {
  Corpus corpus;
  corpus.add("a", {named("Wagner Group", "company")});
  corpus.add("b", {named("Vagner Group", "company")});
  corpus.add("c", {named("PMC Wagner", "military")});
  const auto found = corpus.identify(rules("merge \"PMC Wagner\" \"Wagner Group\"\n"));
  CHECK(key(found, 0) == key(found, 2));
  CHECK(key(found, 1) == key(found, 2));
  CHECK(found.of_document[0][0].name == "PMC Wagner");
}

TEST_CASE("the curator splits a name off in one document") {
  Corpus corpus;
  corpus.add("a", {named("Kyiv Post", "media")});
  corpus.add("b", {named("Kyiv Post", "media")});
  const auto found = corpus.identify(rules("split \"Kyiv Post\" in \"b\"\n"));
  CHECK(key(found, 0) != key(found, 1));
}
