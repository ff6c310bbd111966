#include "importers/text/event_joining.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "graph/time_span.h"

using namespace relata;
using namespace relata::text;

namespace {

TimeSpan day(const char* date) {
  const std::int32_t number = parse_iso_date(date).value();
  return {number, number, DatePrecision::day};
}

TimeSpan days(const char* from, const char* to, DatePrecision precision) {
  return {parse_iso_date(from).value(), parse_iso_date(to).value(), precision};
}

struct Role {
  std::string role;
  std::string key;  ///< of a named node; "" for somebody without a name
};

/// Texts that tell of one event each, with nodes for who takes part.
struct Corpus {
  std::vector<Document> documents;
  std::vector<DocumentFacts> facts;
  std::vector<std::vector<NodeIdentity>> identities;

  /// Adds a text, or an event to the text with that id.
  EventFact& add(const std::string& id, const std::string& type, const TimeSpan& time,
                 const std::vector<Role>& roles) {
    const auto known = std::find_if(documents.begin(), documents.end(),
                                    [&](const Document& document) { return document.id == id; });
    const auto d = static_cast<std::size_t>(known - documents.begin());
    if (known == documents.end()) {
      Document document;
      document.id = id;
      document.text = "text of " + id;
      Sentence sentence;
      for (std::uint32_t t = 0; t < 8; ++t) {
        Token token;
        token.bytes = {t, t + 1};
        sentence.tokens.push_back(token);
      }
      document.sentences.push_back(sentence);
      documents.push_back(document);
      facts.emplace_back();
      identities.emplace_back();
    }
    EventFact event;
    event.type = type;
    event.name = type;
    event.time = time;
    event.trigger = {0, static_cast<std::int32_t>(facts[d].events.size())};
    for (const Role& role : roles) {
      const Entity entity;
      NodeIdentity identity;
      identity.of_one_text = role.key.empty();
      identity.key = role.key.empty() ? "actor/somebody-in-" + id : role.key;
      identity.kind = role.key.starts_with("place/") ? NodeKind::place : NodeKind::actor;
      identity.type = role.key.starts_with("place/country") ? "country"
                      : role.key.starts_with("place/")      ? "city"
                                                            : "person";
      if (role.key.starts_with("place/")) identity.attributes.emplace_back("country", "UA");
      event.participants.push_back(
          {role.role, static_cast<std::int32_t>(facts[d].entities.entities.size()), {0, 0}, 1});
      facts[d].entities.entities.push_back(entity);
      identities[d].push_back(identity);
    }
    facts[d].events.push_back(event);
    return facts[d].events.back();
  }

  [[nodiscard]] CorpusEvents identify(std::string_view rules = "") const {
    return identify_events(documents, facts, identities,
                           CuratorRules::parse(rules, "rules", *Ontology::built_in()));
  }

  [[nodiscard]] bool joined(std::string_view rules = "") const {
    const auto found = identify(rules);
    return found.of_document[0][0].key == found.of_document[1][0].key;
  }
};

const std::vector<Role> shelling = {{"agent", "actor/army"}, {"patient", "place/kharkiv"}};

}  // namespace

TEST_CASE("the same attack in two texts is one event, and the log says why") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"), shelling);
  corpus.add("b", "attack", day("2024-06-07"), shelling);
  const auto found = corpus.identify();
  CHECK(found.of_document[0][0].key == found.of_document[1][0].key);
  REQUIRE(found.log.size() == 1);
  CHECK(found.log[0].reason ==
        "the same attack, 2024-06-07, agent actor/army, patient place/kharkiv");
}

TEST_CASE("events of another type, day, polarity or reality stay apart") {
  for (int what = 0; what < 4; ++what) {
    Corpus corpus;
    corpus.add("a", "attack", day("2024-06-07"), shelling);
    EventFact& other = corpus.add("b", what == 0 ? "seizure" : "attack",
                                  day(what == 1 ? "2024-06-08" : "2024-06-07"), shelling);
    if (what == 2) other.assertion.polarity = Polarity::negated;
    if (what == 3) other.assertion.modality = Modality::planned;
    CHECK_FALSE(corpus.joined());
  }
}

TEST_CASE("what somebody reports is what a text says itself") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"), shelling);
  corpus.add("b", "attack", day("2024-06-07"), shelling).assertion.modality = Modality::reported;
  CHECK(corpus.joined());
}

TEST_CASE("an event without a date joins nothing") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"), shelling);
  corpus.add("b", "attack", {}, shelling);
  CHECK_FALSE(corpus.joined());
}

TEST_CASE("one participant in common is not enough for what happens every day") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"), shelling);
  corpus.add("b", "attack", day("2024-06-07"), {{"agent", "actor/army"}});
  CHECK_FALSE(corpus.joined());
}

TEST_CASE("participants without a name agree with nobody") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"), {{"agent", ""}, {"patient", "place/kharkiv"}});
  corpus.add("b", "attack", day("2024-06-07"), {{"agent", ""}, {"patient", "place/kharkiv"}});
  CHECK_FALSE(corpus.joined());
}

TEST_CASE("another agent or another place contradicts") {
  Corpus agents;
  agents.add("a", "attack", day("2024-06-07"),
             {{"agent", "actor/army"}, {"patient", "actor/guard"}, {"place", "place/kharkiv"}});
  agents.add("b", "attack", day("2024-06-07"),
             {{"agent", "actor/militia"}, {"patient", "actor/guard"}, {"place", "place/kharkiv"}});
  CHECK_FALSE(agents.joined());
  Corpus places;
  places.add("a", "attack", day("2024-06-07"),
             {{"agent", "actor/army"}, {"patient", "actor/guard"}, {"place", "place/kharkiv"}});
  places.add("b", "attack", day("2024-06-07"),
             {{"agent", "actor/army"}, {"patient", "actor/guard"}, {"place", "place/sumy"}});
  CHECK_FALSE(places.joined());
}

TEST_CASE("a city and its country do not contradict") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"),
             {{"agent", "actor/army"}, {"patient", "actor/guard"}, {"place", "place/kharkiv"}});
  corpus.add("b", "attack", day("2024-06-07"),
             {{"agent", "actor/army"}, {"patient", "actor/guard"}, {"place", "place/country-ua"}});
  CHECK(corpus.joined());
}

TEST_CASE("who meets whom does not matter") {
  Corpus corpus;
  corpus.add("a", "meeting", day("2024-06-07"), {{"agent", "actor/x"}, {"patient", "actor/y"}});
  corpus.add("b", "meeting", day("2024-06-07"), {{"agent", "actor/y"}, {"patient", "actor/x"}});
  CHECK(corpus.joined());
}

TEST_CASE("a person dies once, dated or not, but not on two days") {
  Corpus undated;
  undated.add("a", "death", day("2024-06-07"), {{"patient", "actor/x"}});
  undated.add("b", "death", {}, {{"patient", "actor/x"}});
  CHECK(undated.joined());
  Corpus parted;
  parted.add("a", "death", day("2024-06-07"), {{"patient", "actor/x"}});
  parted.add("b", "death", day("2024-06-09"), {{"patient", "actor/x"}});
  CHECK_FALSE(parted.joined());
}

TEST_CASE("an arrest is the same within a month and another one in a year") {
  Corpus month;
  month.add("a", "capture", day("2024-06-07"), {{"patient", "actor/x"}});
  month.add("b", "capture", days("2024-06-01", "2024-06-30", DatePrecision::month),
            {{"patient", "actor/x"}});
  CHECK(month.joined());
  Corpus year;
  year.add("a", "capture", day("2024-06-07"), {{"patient", "actor/x"}});
  year.add("b", "capture", days("2024-01-01", "2024-12-31", DatePrecision::year),
           {{"patient", "actor/x"}});
  CHECK_FALSE(year.joined());
}

TEST_CASE("the time of a joined event is what its texts have in common") {
  Corpus corpus;
  corpus.add("a", "capture", days("2024-06-01", "2024-06-30", DatePrecision::month),
             {{"patient", "actor/x"}});
  corpus.add("b", "capture", day("2024-06-07"), {{"patient", "actor/x"}});
  const auto found = corpus.identify();
  CHECK(found.of_document[0][0].time == day("2024-06-07"));
  CHECK(found.of_document[1][0].time == day("2024-06-07"));
}

TEST_CASE("a named war is one whatever parties a text tells of") {
  Corpus corpus;
  for (const char* id : {"a", "b"}) {
    EventFact& war = corpus.add(id, "war", {}, {{"agent", std::string("actor/") + id}});
    war.named = true;
    war.name = *id == 'a' ? "the Iran-Iraq War" : "Iran-Iraq War";
  }
  CHECK(corpus.joined());
}

TEST_CASE("two events of one text are never joined, even through a third") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"), shelling);
  corpus.add("b", "attack", day("2024-06-07"), shelling);
  corpus.add("b", "attack", day("2024-06-07"), shelling);
  const auto found = corpus.identify();
  CHECK(found.of_document[1][0].key != found.of_document[1][1].key);
}

TEST_CASE("joining does not run in chains over a contradiction") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"),
             {{"agent", "actor/army"}, {"patient", "actor/guard"}, {"place", "place/kharkiv"}});
  corpus.add("b", "attack", day("2024-06-07"),
             {{"agent", "actor/army"}, {"patient", "actor/guard"}, {"place", "place/sumy"}});
  corpus.add("c", "attack", day("2024-06-07"),
             {{"agent", "actor/army"}, {"patient", "actor/guard"}});
  const auto found = corpus.identify();
  CHECK(found.of_document[0][0].key != found.of_document[1][0].key);
  // Nobody can say which of both the third one is.
  CHECK(found.of_document[2][0].key != found.of_document[0][0].key);
  CHECK(found.of_document[2][0].key != found.of_document[1][0].key);
}

TEST_CASE("the order of the texts changes no event") {
  const auto fill = [](Corpus& corpus, const std::vector<std::string>& order) {
    for (const std::string& id : order) {
      const bool vague = id == "c";
      corpus.add(id, "capture",
                 vague ? days("2024-06-01", "2024-06-30", DatePrecision::month) : day("2024-06-07"),
                 {{"patient", "actor/x"}, {"agent", id == "b" ? "" : "actor/y"}});
    }
  };
  Corpus forward;
  fill(forward, {"a", "b", "c"});
  Corpus backward;
  fill(backward, {"c", "b", "a"});
  const auto left = forward.identify();
  const auto right = backward.identify();
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(left.of_document[i][0].key == right.of_document[2 - i][0].key);
    CHECK(left.of_document[i][0].time == right.of_document[2 - i][0].time);
  }
  CHECK(left.log == right.log);
}

TEST_CASE("the curator keeps an event of a text apart") {
  Corpus corpus;
  corpus.add("a", "attack", day("2024-06-07"), shelling);
  corpus.add("b", "attack", day("2024-06-07"), shelling);
  CHECK(corpus.joined());
  CHECK_FALSE(corpus.joined("split \"attack\" in \"b\"\n"));
}
