// The knowledge files: their formats, the errors for what the formats do not allow, and the shipped
// data/predicates.txt and data/nouns.txt themselves.

#include "importers/text/knowledge.h"

#include <array>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graph/errors.h"

using namespace relata::text;  // NOLINT(google-build-using-namespace)

namespace {

PredicateKnowledge predicates(std::string_view text) {
  return PredicateKnowledge::parse(text, "test.txt", *relata::Ontology::built_in());
}

NounKnowledge nouns(std::string_view text) {
  return NounKnowledge::parse(text, "test.txt", *relata::Ontology::built_in());
}

std::string predicate_error(std::string_view text) {
  try {
    predicates(text);
  } catch (const relata::InputError& error) {
    return error.what();
  }
  return "no error";
}

std::string noun_error(std::string_view text) {
  try {
    nouns(text);
  } catch (const relata::InputError& error) {
    return error.what();
  }
  return "no error";
}

std::string file_text(const std::string& name) {
  std::ifstream file(std::string(RELATA_SOURCE_DIR) + "/data/" + name, std::ios::binary);
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const PredicateEntry& first_entry(const PredicateKnowledge& knowledge, std::string_view key) {
  const auto found = knowledge.find(key);
  REQUIRE_FALSE(found.empty());
  return knowledge.entry(found.front());
}

Selector argument(std::string name) {
  return {SelectorKind::argument, std::move(name)};
}
Selector preposition(std::string name) {
  return {SelectorKind::preposition, std::move(name)};
}

}  // namespace

TEST_CASE("an entry gives event, roles and relations with the kinds of their ends") {
  const auto knowledge = predicates(
      "capture.01 : event capture ; agent ARG0|@by ; patient ARG1 ; place LOC|@out_of ; "
      "rel ARG1 -> captured by -> ARG0|@poss [A kind person, B kind actor|place]\n");
  const PredicateEntry& entry = first_entry(knowledge, "capture.01");
  CHECK(entry.event == "capture");
  CHECK(entry.agent == Selectors{argument("ARG0"), preposition("by")});
  CHECK(entry.place == Selectors{argument("ARGM-LOC"), preposition("out of")});
  REQUIRE(entry.relations.size() == 1);
  const RelationRule& rule = entry.relations.front();
  CHECK(rule.relation == "captured by");
  CHECK(rule.target == Selectors{argument("ARG0"), {SelectorKind::possessor, ""}});
  CHECK(contains(rule.source_kinds, ParticipantKind::person));
  CHECK_FALSE(contains(rule.source_kinds, ParticipantKind::event));
  CHECK(contains(rule.target_kinds, ParticipantKind::place));
}

TEST_CASE("a set of kinds that is not given admits every kind") {
  CHECK(contains(0, ParticipantKind::event));
  CHECK(contains(0, ParticipantKind::thing));
}

TEST_CASE("speech, embeddings, pairs and light verbs are read") {
  const auto knowledge = predicates(
      "say.01 : speech reported ; speaker ARG0 ; content ARG1 ; addressee ARG2\n"
      "agree.01 : pairs ARG0 -> signed agreement with ; embeds ARG1 planned\n"
      "carry_out.03 : light ARG1 ; agent ARG0\n");
  const PredicateEntry& say = first_entry(knowledge, "say.01");
  REQUIRE(say.speech.has_value());
  CHECK(say.speech->strength == SpeechStrength::reported);
  CHECK(say.speech->addressee == Selectors{argument("ARG2")});
  const PredicateEntry& agree = first_entry(knowledge, "agree.01");
  REQUIRE(agree.pairs.size() == 1);
  CHECK(agree.pairs.front().relation == "signed agreement with");
  REQUIRE(agree.embeddings.size() == 1);
  CHECK(agree.embeddings.front().modality == ContentModality::planned);
  CHECK(first_entry(knowledge, "carry_out.03").light == Selectors{argument("ARG1")});
}

TEST_CASE("names given by let stand for their list and a participant is listed once") {
  const auto knowledge = predicates(
      "let BY = ARG0|@by\n"
      "let WIDE = BY|@from|ARG0\n"
      "attack.01 : event attack ; agent WIDE\n");
  CHECK(first_entry(knowledge, "attack.01").agent ==
        Selectors{argument("ARG0"), preposition("by"), preposition("from")});
}

TEST_CASE("entries of one key are found in the order of the file") {
  const auto knowledge = predicates(
      "sign.02 : when ARG1 lemma treaty,pact ; when ARG0 kind actor ; event agreement\n"
      "sign.02 : when ARG1 not lemma law ; when ARG2 absent ; event transaction\n"
      "sign.02 : none\n");
  const auto found = knowledge.find("sign.02");
  REQUIRE(found.size() == 3);
  const PredicateEntry& first = knowledge.entry(found[0]);
  REQUIRE(first.conditions.size() == 2);
  CHECK(first.conditions[0].lists("pact"));
  CHECK_FALSE(first.conditions[0].lists("law"));
  CHECK(first.conditions[1].test == Condition::Test::kind);
  const PredicateEntry& second = knowledge.entry(found[1]);
  CHECK(second.conditions[0].test == Condition::Test::not_lemma);
  CHECK(second.conditions[1].test == Condition::Test::absent);
  CHECK(knowledge.entry(found[2]).none);
}

TEST_CASE("a lemma is looked up when its roleset has no entry") {
  const auto knowledge =
      predicates("strike.01 : event attack\nv:strike : event protest\nn:strike : event protest\n");
  const auto event_of = [&](std::string_view roleset, WordClass word_class) {
    const auto found = knowledge.find(roleset, "strike", word_class);
    return found.empty() ? std::string() : knowledge.entry(found.front()).event;
  };
  CHECK(event_of("strike.01", WordClass::verb) == "attack");
  CHECK(event_of("strike.99", WordClass::verb) == "protest");
  CHECK(event_of("", WordClass::noun) == "protest");
  CHECK(event_of("", WordClass::adjective).empty());
}

TEST_CASE("a verb with a particle has one sense when the file has one") {
  const PredicateKnowledge knowledge = predicates(
      "shoot.06 : none\n"
      "shoot_down.05 : event attack ; patient ARG1\n"
      "blow_up.02 : none\n"
      "blow_up.06 : event attack ; patient ARG1\n");
  REQUIRE(knowledge.only_sense("shoot_down").size() == 1);
  CHECK(knowledge.entry(knowledge.only_sense("shoot_down")[0]).event == "attack");
  CHECK(knowledge.only_sense("blow_up").empty());
  CHECK(knowledge.only_sense("shoot_off").empty());
}

TEST_CASE("the lemma's entries follow those of a roleset that all have conditions") {
  const auto knowledge = predicates(
      "lose.02 : when ARG1 lemma life ; event death\n"
      "die.01 : event death\n"
      "n:loss n:death : event injury\n");
  CHECK(knowledge.candidates("lose.02", "loss", WordClass::noun).size() == 2);
  CHECK(knowledge.candidates("die.01", "death", WordClass::noun).size() == 1);
  CHECK(knowledge.candidates("", "loss", WordClass::noun).size() == 1);
  CHECK(knowledge.candidates("", "gain", WordClass::noun).empty());
}

TEST_CASE("a rel takes the kinds of its ends from the relation unless it gives its own") {
  const auto knowledge = predicates(
      "ends told = [A kind actor, B kind person]\n"
      "tell.01 : rel ARG0 -> told -> ARG1 ; rel ARG0 -> told -> ARG2 [A kind place]\n");
  const auto& relations = first_entry(knowledge, "tell.01").relations;
  REQUIRE(relations.size() == 2);
  CHECK(relations[0].source_kinds == static_cast<ParticipantKinds>(ParticipantKind::actor));
  CHECK(relations[0].target_kinds == static_cast<ParticipantKinds>(ParticipantKind::person));
  CHECK(relations[1].source_kinds == static_cast<ParticipantKinds>(ParticipantKind::place));
  CHECK(relations[1].target_kinds == static_cast<ParticipantKinds>(ParticipantKind::person));
}

TEST_CASE("comments, blank lines and carriage returns are skipped") {
  CHECK(predicates("# a comment\r\n\r\ndie.01 : event death # or perish\r\n").entries().size() ==
        1);
}

TEST_CASE("errors name the file, the line and what was expected") {
  CHECK(predicate_error("die.01 : event death\n\nkill.01 event death\n") ==
        "test.txt, line 3: expected \"KEY [KEY...] : clause ; clause\", found \"kill.01 event "
        "death\"");
}

TEST_CASE("what the ontology does not know is refused") {
  CHECK(predicate_error("a.01 : event wedding").find("type of event") != std::string::npos);
  CHECK(predicate_error("a.01 : rel ARG0 -> likes -> ARG1").find("\"likes\"") != std::string::npos);
  CHECK(predicate_error("a.01 : pairs ARG0 -> agent").find("relation of the ontology") !=
        std::string::npos);
  CHECK(noun_error("king : type actor royalty").find("type of actor") != std::string::npos);
  CHECK(noun_error("king : role rules @of").find("\"rules\"") != std::string::npos);
}

TEST_CASE("malformed predicate entries are refused") {
  const std::array<std::pair<const char*, const char*>, 22> cases = {
      {{"capture : event capture", "expected a roleset"},
       {"v:Capture : event capture", "expected a roleset"},
       {"a.01 : event death ; event war", "second \"event\""},
       {"a.01 : event death ; agent ARG0 ; agent ARG1", "second \"agent\""},
       {"a.01 : agent ARG0", "need \"event TYPE\""},
       {"a.01 : speaker ARG0", "need \"speech STRENGTH\""},
       {"a.01 : speech shouted", "reported, confirmed"},
       {"a.01 : embeds ARG1 doubtful", "asserted, planned"},
       {"a.01 : rel ARG0 -> told", "rel SEL -> RELATION -> SEL"},
       {"a.01 : rel ARG0 -> told -> ARG1 [B kind actor", "[A kind KIND"},
       {"a.01 : rel ARG0 -> told -> ARG1 [C kind actor]", "[A kind KIND"},
       {"a.01 : rel ARG0 -> told -> ARG1 [B kind city]", "expected a kind"},
       {"a.01 : when ARG1 lemma Treaty ; none", "lower case"},
       {"a.01 : when ARG1 contains x ; none", "expected \"when SEL"},
       {"a.01 : event death ; ; agent ARG0", "found nothing"},
       {"a.01 : event death ; agent WHO", "expected a participant"},
       {"a.01 : event death ; agent ARG9", "expected a participant"},
       {"a.01 : when ARG0 present", "makes nothing"},
       {"a.01 : none ; event death", "beside clauses"},
       {"let LOC = @in", "taken already"},
       {"ends told [A kind actor]", "expected \"ends RELATION"},
       {"ends told = [A kind actor]\nends told = [B kind actor]", "second \"ends\""}}};
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    CHECK(predicate_error(text).find(message) != std::string::npos);
  }
}

TEST_CASE("an entry that can never be taken is refused") {
  CHECK(predicate_error("a.01 b.01 : none\nb.01 : event death\n").find("never reached: line 1") !=
        std::string::npos);
  CHECK(predicate_error("a.01 a.01 : none\n").find("twice") != std::string::npos);
}

TEST_CASE("nouns have a type, roles and marks") {
  const auto knowledge = nouns(
      "let WHOSE = @of|@poss\n"
      "president : type actor person ; role leader of WHOSE ; role works for @at ; title\n"
      "soldier : type actor person ; plural military\n"
      "weapon : type thing\n"
      "group : collective\n"
      "thousand : partitive\n");
  const NounEntry* president = knowledge.find("president");
  REQUIRE(president != nullptr);
  CHECK(president->kind == NounKind::actor);
  CHECK(president->type == "person");
  CHECK(president->title);
  REQUIRE(president->roles.size() == 2);
  CHECK(president->roles[0].relation == "leader of");
  CHECK(president->roles[0].complement ==
        Selectors{preposition("of"), {SelectorKind::possessor, ""}});
  CHECK(knowledge.find("soldier")->plural_type == "military");
  CHECK(knowledge.find("weapon")->kind == NounKind::thing);
  CHECK(knowledge.find("group")->collective);
  CHECK(knowledge.find("thousand")->partitive);
  CHECK(knowledge.find("thousand")->kind == NounKind::open);
  CHECK(knowledge.find("queen") == nullptr);
}

TEST_CASE("a noun is found by the longest tail of its phrase") {
  const auto knowledge = nouns(
      "minister : type actor person ; role works for @poss\n"
      "prime_minister : type actor person ; role leader of @of|@poss ; title\n");
  const std::array<std::string_view, 3> phrase = {"deputy", "prime", "minister"};
  const NounEntry* found = knowledge.find_phrase(phrase);
  REQUIRE(found != nullptr);
  CHECK(found->title);
  const std::array<std::string_view, 2> other = {"oil", "minister"};
  CHECK(knowledge.find_phrase(other) == knowledge.find("minister"));
  CHECK(knowledge.find_phrase({}) == nullptr);
}

TEST_CASE("malformed noun entries are refused") {
  const std::array<std::pair<const char*, const char*>, 6> cases = {
      {{"King : title", "lower case"},
       {"king : title\nqueen king : title", "an entry already, at line 1"},
       {"king : type animal", "expected \"type actor TYPE\""},
       {"king : type thing ; type thing", "second \"type\""},
       {"king : role founded", "expected \"role RELATION"},
       {"king : crowned", "unknown clause"}}};
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    CHECK(noun_error(text).find(message) != std::string::npos);
  }
}

TEST_CASE("a damaged file is read or refused, and nothing else happens") {
  const std::string sample =
      "ends told = [A kind actor, B kind person]\n"
      "let BY = ARG0|@by\n"
      "tell.01 v:tell : when ARG1 lemma a,b ; event statement ; agent BY ; speech reported ; "
      "speaker BY ; content ARG1 ; rel BY -> told -> ARG2 [B kind actor|place]\n"
      "sign.02 : light ARG1 ; pairs ARG0 -> met with ; embeds ARG1 planned\n";
  std::uint32_t state = 1;
  const auto next = [&state](std::size_t limit) {
    state = state * 1664525U + 1013904223U;
    return static_cast<std::size_t>(state >> 8U) % limit;
  };
  std::size_t refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = sample;
    const std::size_t damages = 1 + next(4);
    for (std::size_t i = 0; i < damages; ++i) {
      const std::size_t at = next(text.size());
      switch (next(3)) {
        case 0:
          text[at] = static_cast<char>(next(256));
          break;
        case 1:
          text.erase(at, 1 + next(8));
          break;
        default:
          text.insert(at, text.substr(next(text.size()), 1 + next(12)));
      }
    }
    try {
      predicates(text);
      nouns(text);
    } catch (const relata::InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 0);
}

TEST_CASE("the shipped predicates cover every event type and every relation") {
  const std::string text = file_text("predicates.txt");
  const auto ontology = relata::Ontology::built_in();
  const auto knowledge = PredicateKnowledge::parse(text, "data/predicates.txt", *ontology);
  std::set<std::string> events;
  std::set<std::uint32_t> relations;
  const auto use = [&](const std::string& name) {
    relations.insert(ontology->find_relation(name)->relation.value);
  };
  for (const PredicateEntry& entry : knowledge.entries()) {
    if (!entry.event.empty()) events.insert(entry.event);
    for (const RelationRule& rule : entry.relations) use(rule.relation);
    for (const PairsRule& rule : entry.pairs) use(rule.relation);
    // The speaker's edge to what is said follows from the strength.
    if (entry.speech && entry.speech->strength == SpeechStrength::reported) use("reported");
    if (entry.speech && entry.speech->strength == SpeechStrength::confirmed) use("confirmed");
    if (entry.speech && entry.speech->strength == SpeechStrength::denied) use("denied");
  }
  const auto names = nouns(file_text("nouns.txt"));
  for (const NounEntry& entry : names.entries()) {
    for (const NounRole& role : entry.roles) use(role.relation);
  }
  for (const auto& type : ontology->types()) {
    if (type.kind != relata::NodeKind::event) continue;
    CAPTURE(type.name);
    CHECK(events.contains(type.name));
  }
  for (std::uint32_t i = 0; i < ontology->relations().size(); ++i) {
    CAPTURE(ontology->relations()[i].name);
    CHECK((ontology->relations()[i].role || relations.contains(i)));
  }
}

TEST_CASE("the shipped predicates consider the rolesets of news") {
  const auto knowledge = predicates(file_text("predicates.txt"));
  std::size_t rolesets = 0;
  for (const std::string& key : knowledge.keys()) rolesets += key[1] == ':' ? 0 : 1;
  CHECK(rolesets >= 1500);
}

TEST_CASE("the shipped nouns are read and know persons, places, things and titles") {
  const auto knowledge = nouns(file_text("nouns.txt"));
  CHECK(knowledge.size() >= 900);
  CHECK(knowledge.find("spokesman")->roles.front().relation == "works for");
  CHECK(knowledge.find("soldier")->plural_type == "military");
  CHECK(knowledge.find("airport")->type == "facility");
  CHECK(knowledge.find("missile")->kind == NounKind::thing);
  CHECK(knowledge.find("gen.")->title);
}
