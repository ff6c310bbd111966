#include "importers/text/event_merging.h"

#include <doctest/doctest.h>

#include "tests/importers/text/sentences.h"

using namespace relata;
using namespace relata::text;
using relata::text::testing::sentence;

namespace {

/// Two sentences that tell of a capture, the second by a noun with an article.
struct Text {
  Sentence first = sentence(
      "Forces force NOUN NNS 2 nsubj\ncaptured capture VERB VBD 0 root\nhim he PRON PRP 2 obj\n");
  Sentence second = sentence(
      "The the DET DT 2 det\ncapture capture NOUN NN 3 nsubj\nended end VERB VBD 0 root\n");
  std::vector<SyntaxView> syntax;
  DocumentFacts facts;

  Text() {
    syntax.emplace_back(first);
    syntax.emplace_back(second);
  }
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  EventFact& add(std::int32_t sentence_index, std::int32_t token,
                 std::vector<Participant> participants) {
    EventFact event;
    event.type = "capture";
    event.trigger = {sentence_index, token};
    event.name = syntax[sentence_index].token(token).form;
    event.participants = std::move(participants);
    facts.events.push_back(event);
    return facts.events.back();
  }
};

Participant patient(std::int32_t entity) {
  return {"patient", entity, {0, 2}, 1};
}

}  // namespace

TEST_CASE("a definite noun takes up the event told before") {
  Text text;
  text.add(0, 1, {patient(0)});
  text.add(1, 1, {}).definite = true;
  merge_events(text.syntax, text.facts);
  REQUIRE(text.facts.events.size() == 1);
  CHECK(text.facts.events[0].more_triggers.size() == 1);
  CHECK(text.facts.events[0].aliases == std::vector<std::string>{"capture"});
}

TEST_CASE("events with different patients stay apart") {
  Text text;
  text.add(0, 1, {patient(0)});
  text.add(1, 1, {patient(1)});
  merge_events(text.syntax, text.facts);
  CHECK(text.facts.events.size() == 2);
}

TEST_CASE("a denied event is not the asserted one") {
  Text text;
  text.add(0, 1, {patient(0)});
  text.add(1, 1, {patient(0)}).assertion.polarity = Polarity::negated;
  merge_events(text.syntax, text.facts);
  CHECK(text.facts.events.size() == 2);
}

TEST_CASE("events on different days stay apart") {
  Text text;
  text.add(0, 1, {patient(0)}).time = {100, 100, DatePrecision::day};
  text.add(1, 1, {patient(0)}).time = {200, 200, DatePrecision::day};
  merge_events(text.syntax, text.facts);
  CHECK(text.facts.events.size() == 2);
}

TEST_CASE("an event without participants goes, and the relations that end in it") {
  Text text;
  text.add(0, 1, {patient(0)});
  text.add(1, 1, {});
  RelationFact fact;
  fact.source = {End::Kind::entity, 0};
  fact.target = {End::Kind::event, 1};
  fact.relation = "reported";
  text.facts.relations.push_back(fact);
  merge_events(text.syntax, text.facts);
  CHECK(text.facts.events.size() == 1);
  CHECK(text.facts.relations.empty());
}

TEST_CASE("relations that ended in a merged event end in the one that is left") {
  Text text;
  text.add(0, 1, {patient(0)});
  text.add(1, 1, {patient(0)});
  RelationFact fact;
  fact.source = {End::Kind::entity, 5};
  fact.target = {End::Kind::event, 1};
  text.facts.relations.push_back(fact);
  merge_events(text.syntax, text.facts);
  REQUIRE(text.facts.relations.size() == 1);
  CHECK(text.facts.relations[0].target.index == 0);
}

TEST_CASE("an event told again far behind is the same by whom it befell") {
  Text text;
  const std::vector<Sentence> more(30, text.second);
  for (const Sentence& sentence : more) text.syntax.emplace_back(sentence);
  text.add(0, 1, {patient(0)});
  text.add(1, 1, {patient(1)});
  text.add(20, 1, {patient(2)});
  text.add(30, 1, {patient(0)});
  merge_events(text.syntax, text.facts);
  REQUIRE(text.facts.events.size() == 3);
  CHECK(text.facts.events[0].more_triggers == std::vector<TokenRef>{{30, 1}});
}

TEST_CASE("a definite noun of another stem takes up the only event within reach, and none of two") {
  for (const bool second : {false, true}) {
    Text text;
    const Sentence third = sentence(
        "The the DET DT 2 det\narrest arrest NOUN NN 3 nsubj\nended end VERB VBD 0 root\n");
    text.syntax.emplace_back(third);
    text.add(0, 1, {patient(0)});
    if (second) text.add(1, 1, {patient(1)});
    text.add(2, 1, {}).definite = true;
    merge_events(text.syntax, text.facts);
    CHECK(text.facts.events.size() == (second ? 2 : 1));
    CHECK(text.facts.events[0].more_triggers.size() == (second ? 0 : 1));
  }
}
