#include "tests/store/hard_texts.h"

#include <array>
#include <cstdlib>
#include <random>
#include <vector>

#include <fmt/format.h>

using namespace relata;
using namespace relata::text;

namespace {

constexpr EntityKind actor = EntityKind::actor;
constexpr EntityKind place = EntityKind::place;

const std::vector<SampleName>& names() {
  static const std::vector<SampleName> all = {
      {"John Smith", "person", actor, "US", "", {}},
      {"John Smith", "person", actor, "GB", "", {}},
      {"John Smith", "person", actor, "", "", {}},
      {"Sen. John Smith", "person", actor, "US", "", {}},
      {"John Michael Smith", "person", actor, "", "", {}},
      {"Smith", "person", actor, "", "", {}},
      {"Smith", "person", actor, "GB", "", {}},
      {"Anna Smith", "person", actor, "", "", {}},
      {"Smith John", "person", actor, "", "", {}},
      {"John Smith US", "person", actor, "", "", {}},
      {"Viktor Orban", "person", actor, "HU", "", {}},
      {"Orbán Viktor", "person", actor, "", "", {}},
      {"Orban", "person", actor, "", "", {}},
      {"Volodymyr Zelensky", "person", actor, "UA", "", {}},
      {"Vladimir Zelenskyy", "person", actor, "", "", {}},
      {"Kim Jong Un", "person", actor, "KP", "", {}},
      {"Kim Lee", "person", actor, "", "", {}},
      {"Kim", "person", actor, "", "", {}},
      {"Lee", "person", actor, "KR", "", {}},
      {"National Intelligence Service", "organization", actor, "KR", "", {"NIS"}},
      {"National Institute of Statistics", "organization", actor, "FR", "", {}},
      {"Naval Inspection Section", "government", actor, "", "", {}},
      {"NIS", "organization", actor, "", "", {}},
      {"NIS", "company", actor, "RS", "", {}},
      {"Interior Ministry", "government", actor, "", "", {}},
      {"Interior Ministry", "government", actor, "FR", "", {}},
      {"Ministry of Interior", "government", actor, "UA", "", {}},
      {"Forward", "party", actor, "", "", {}},
      {"Forward", "company", actor, "", "", {}},
      {"Forward", "group", actor, "", "", {}},
      {"Georgia", "country", place, "GE", "geo-1", {}},
      {"Georgia", "region", place, "US", "geo-2", {}},
      {"State of Georgia", "region", place, "US", "geo-2", {}},
      {"Lincoln", "city", place, "US", "", {}},
      {"Lincoln", "person", actor, "", "", {}},
      {"United Nations", "organization", actor, "", "un", {"UN"}},
      {"UN", "organization", actor, "", "", {}},
      {"Ukraine", "country", place, "UA", "geo-3", {}},
      {"Kharkiv", "city", place, "UA", "geo-4", {}},
      {"Ukrainian forces", "military", actor, "UA", "", {}},
      {"Russian army", "military", actor, "RU", "", {}},
  };
  return all;
}

class Composer final {
 public:
  Composer(const std::string& id, std::uint64_t seed) : text_(id), random_(seed % 1000 + 1) {
    const std::uint64_t day = seed / 1000 % 3;
    if (day > 0) text_.document().metadata.date = fmt::format("2024-03-0{}", day);
  }

  SampleText compose() {
    const std::size_t sentences = 1 + pick(4);
    for (std::size_t i = 0; i < sentences; ++i) sentence();
    for (Entity& entity : text_.facts().entities.entities) {
      if (entity.name.ends_with(" forces") || entity.name.ends_with(" army")) {
        entity.named = false;
        entity.count = {};
      }
    }
    return text_.take();
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }

  Assertion assertion() {
    Assertion assertion;
    if (pick(8) == 0) assertion.polarity = Polarity::negated;
    if (pick(4) == 0) assertion.modality = static_cast<Modality>(pick(4));
    return assertion;
  }

  void sentence() {
    text_.begin_sentence();
    // Words from few sentences, so that some texts come near to being copies of others.
    const std::size_t story = pick(4);
    for (std::size_t i = 0; i < 9; ++i) text_.word(fmt::format("word{}of{}", i, story));
    const TokenRef left = text_.mention(names()[pick(names().size())]);
    const TokenRef verb = text_.word(fmt::format("did{}", pick(3)));
    const TokenRef right = text_.mention(names()[pick(names().size())]);
    const TokenRef where = text_.mention(names()[30 + pick(9)]);
    text_.end_sentence();
    relation(left, verb, right);
    if (pick(4) != 0) event(left, verb, right, where);
  }

  void relation(const TokenRef& left, const TokenRef& verb, const TokenRef& right) {
    static constexpr std::array<const char*, 5> kinds = {"works for", "member of", "leader of",
                                                         "told", "supports"};
    RelationFact fact;
    fact.source = {End::Kind::entity, text_.entity_at(left)};
    fact.target = {End::Kind::entity, text_.entity_at(right)};
    fact.relation = kinds[pick(kinds.size())];
    fact.trigger = verb;
    fact.trigger_span = {verb.token, verb.token + 1};
    fact.source_word = left;
    fact.target_word = right;
    fact.assertion = assertion();
    fact.rule = "rule";
    text_.facts().relations.push_back(fact);
  }

  void event(const TokenRef& left, const TokenRef& verb, const TokenRef& right,
             const TokenRef& where) {
    static constexpr std::array<const char*, 6> types = {"attack", "meeting",   "capture",
                                                         "death",  "agreement", "war"};
    EventFact event;
    event.type = types[pick(types.size())];
    event.trigger = verb;
    event.name = event.type;
    if (event.type == "war" || pick(10) == 0) {
      event.name = pick(2) == 0 ? "Long River War" : "Short Hill War";
      event.named = true;
    }
    if (pick(4) != 0) event.participants.push_back({"agent", text_.entity_at(left), left, 1});
    if (pick(4) != 0) event.participants.push_back({"patient", text_.entity_at(right), right, 1});
    if (pick(3) != 0) event.participants.push_back({"place", text_.entity_at(where), where, 1});
    event.assertion = assertion();
    const auto day = static_cast<std::int32_t>(19800 + pick(3));
    switch (pick(5)) {
      case 0:
        break;
      case 1:
        event.time = {day, day + 1, DatePrecision::range};
        break;
      case 2:
        event.time = {day - 10, day + 10, DatePrecision::range};
        break;
      default:
        event.time = {day, day, DatePrecision::day};
    }
    event.rule = "rule";
    text_.facts().events.push_back(event);
  }

  TextComposer text_;
  std::mt19937_64 random_;
};

}  // namespace

SampleText hard_text(const std::string& name, std::uint64_t seed) {
  return Composer(name, seed).compose();
}

std::string hard_rules(std::uint64_t set) {
  switch (set % 4) {
    case 1:
      return "merge \"John Smith\" \"Kim\"\nmerge \"Kim\" \"Lee\"\n"
             "never merge \"Viktor Orban\" \"Orbán Viktor\"\n";
    case 2:
      return "never merge \"Georgia\" \"State of Georgia\"\nsplit \"Smith\" in \"t2.txt\"\n"
             "split \"attack\" in \"t3.txt\"\nsplit \"meeting\" in \"t4.txt\"\n"
             "drop \"Forward\"\nrename \"NIS\" to \"The Service\"\n";
    case 3:
      return "merge \"United Nations\" \"NIS\"\nretype \"Interior Ministry\" as actor company\n"
             "never merge \"John Smith\" \"Sen. John Smith\"\n";
    default:
      return {};
  }
}

std::uint64_t more_histories(std::uint64_t count) {
  const char* more = std::getenv("RELATA_TEST_HISTORIES");
  return more == nullptr ? count : count + std::strtoull(more, nullptr, 10);
}
