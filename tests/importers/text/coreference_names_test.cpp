#include "importers/text/coreference_names.h"

#include <doctest/doctest.h>

#include "importers/text/name_settling.h"
#include "importers/text/name_words.h"
#include "tests/importers/text/shipped_knowledge.h"

using namespace relata::text;
using relata::text::testing::world;

namespace {

EntityMention name(std::string text, EntityKind kind, std::string type, std::string key = "") {
  EntityMention mention;
  mention.form = MentionForm::name;
  mention.kind = kind;
  mention.type = std::move(type);
  mention.words = {0, static_cast<std::int32_t>(name_words(text).size())};
  mention.text = std::move(text);
  mention.gazetteer_key = std::move(key);
  mention.type_score = 0.5F;
  return mention;
}

EntityMention person(std::string text) {
  return name(std::move(text), EntityKind::actor, "person");
}

EntityMention body(std::string text, std::string key = "") {
  return name(std::move(text), EntityKind::actor, "organization", std::move(key));
}

std::vector<std::int32_t> list(std::span<const std::int32_t> names) {
  return {names.begin(), names.end()};
}

/// The short names of some mentions, of which those with one text are one cluster.
struct Names {
  explicit Names(std::vector<EntityMention> all) : mentions(std::move(all)), clusters(mentions) {
    for (const EntityMention& mention : mentions) words.push_back(name_words(mention.text));
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (words[i] == words[j])
          clusters.merge(static_cast<std::int32_t>(j), static_cast<std::int32_t>(i));
      }
    }
  }

  std::vector<EntityMention> mentions;
  std::vector<std::vector<std::string>> words;
  Clusters clusters;
};

}  // namespace

TEST_CASE("a name may be short for names that begin or end with it") {
  const Names names(
      {person("John Smith"), person("Smith"), person("Smith Jones"), person("Ann Smith Bell")});
  const ShortNames found(names.mentions, names.words, names.clusters);
  CHECK(list(found.longer(1)) == std::vector<std::int32_t>{0, 2});
  CHECK(found.longer(0).empty());
}

TEST_CASE("names that are known to be one stand in the list once") {
  const Names names({person("John Smith"), person("John Smith"), person("Smith"),
                     person("John Smith"), person("Mary Smith")});
  const ShortNames found(names.mentions, names.words, names.clusters);
  CHECK(list(found.longer(2)) == std::vector<std::int32_t>{0, 4});
}

TEST_CASE("an acronym may stand for names with its initials, with or without small words") {
  const Names names({body("National Intelligence Service"), body("N.I.S."), body("Nis"),
                     body("Bank of England"), body("BE"), body("BOE")});
  const ShortNames found(names.mentions, names.words, names.clusters);
  CHECK(list(found.spelt_out(1)) == std::vector<std::int32_t>{0});
  CHECK(found.spelt_out(2).empty());
  CHECK(list(found.spelt_out(4)) == std::vector<std::int32_t>{3});
  CHECK(list(found.spelt_out(5)) == std::vector<std::int32_t>{3});
}

TEST_CASE("an acronym means what the text spells out, and not what the world calls so") {
  std::vector<EntityMention> mentions = {body("NIS", "org/other"),
                                         body("National Intelligence Service", "org/nis")};
  settle_names(mentions, world());
  CHECK(mentions[0].gazetteer_key == "org/nis");
}

TEST_CASE("a name is throughout a text what most of its mentions say") {
  std::vector<EntityMention> mentions = {name("Brakel", EntityKind::place, "city", "place/brakel"),
                                         person("Brakel"), person("Brakel"), person("Brakel"),
                                         name("Brakel", EntityKind::place, "city")};
  settle_names(mentions, world());
  for (const EntityMention& mention : mentions) {
    CHECK(mention.type == "person");
    CHECK(mention.gazetteer_key.empty());
  }
}

TEST_CASE("a company's short name is the company, unless somebody is called so") {
  std::vector<EntityMention> mentions = {body("Brandt Chemie"), person("Brandt")};
  settle_names(mentions, world());
  CHECK(mentions[1].type == "organization");
  std::vector<EntityMention> founder = {body("Brandt Chemie"), person("Brandt"),
                                        person("Otto Brandt")};
  settle_names(founder, world());
  CHECK(founder[1].type == "person");
  std::vector<EntityMention> foundation = {body("Brandt Foundation"), person("Brandt")};
  settle_names(foundation, world());
  CHECK(foundation[1].type == "person");
}

TEST_CASE("a surname taken for a body is the person of the text, unless a body is called so") {
  std::vector<EntityMention> mentions = {person("Ana Perdo"), body("Perdo")};
  settle_names(mentions, world());
  CHECK(mentions[1].type == "person");
  std::vector<EntityMention> firm = {person("Ana Perdo"), body("Perdo"), body("Perdo Foods")};
  settle_names(firm, world());
  CHECK(firm[1].type == "organization");
}

TEST_CASE("a person of two surnames is called by the first one") {
  const Names names({person("Juan Velasco Ortiz"), person("Velasco"), body("Juan Velasco Prize")});
  const ShortNames found(names.mentions, names.words, names.clusters);
  CHECK(list(found.longer(1)) == std::vector<std::int32_t>{0});
}

TEST_CASE("a cluster knows the outer words of its names and what befell it") {
  const std::vector<EntityMention> mentions = {body("Church of Scientology"), person("he")};
  Clusters clusters(mentions);
  clusters.add_words(0, {"church", "of", "scientology"}, "");
  clusters.add_words(1, {}, "captured");
  clusters.merge(0, 1);
  CHECK(clusters.facts_of(1).outer_words == std::set<std::string>{"church", "scientology"});
  CHECK(clusters.facts_of(0).undergone == std::set<std::string>{"captured"});
  CHECK((clusters.facts_of(1).word_bits & word_bit("scientology")) != 0);
}
