#include "importers/text/event_joining.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "importers/text/event_tellings.h"

namespace relata::text {

namespace {

/// Where an event stands.
struct Place {
  std::size_t document = 0;
  std::size_t event = 0;
};

/// A telling with all that have its words.
struct Told {
  Telling telling;
  std::vector<Place> places;
  std::string name;
};

/// An event and who tells of it, with why they joined.
struct Gathered {
  Happening happening;
  std::vector<std::pair<const Told*, std::string>> told;
};

class EventIdentifier final {
 public:
  EventIdentifier(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                  std::span<const std::vector<NodeIdentity>> identities, const CuratorRules& rules)
      : documents_(documents), facts_(facts), identities_(identities), rules_(rules) {}

  CorpusEvents run() {
    gather();
    std::vector<std::pair<TellingOrder, const Told*>> order;
    for (const auto& [key, told] : told_) order.emplace_back(order_of(told.telling), &told);
    std::sort(order.begin(), order.end());
    for (const auto& [place_in_order, told] : order) place(*told);
    return assign();
  }

 private:
  void gather() {
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      const std::string digest = text_digest(documents_[d].text);
      for (std::size_t e = 0; e < facts_[d].events.size(); ++e) {
        const EventFact& fact = facts_[d].events[e];
        Telling telling = telling_of(documents_[d], digest, fact, identities_[d], rules_);
        Told& told = told_[telling.key];
        if (told.places.empty()) {
          told.telling = std::move(telling);
          told.name = fact.name;
        } else {
          add_same(told.telling, telling);
        }
        told.places.push_back({d, e});
      }
    }
  }

  void place(const Told& told) {
    const Blocks blocks = blocks_of(told.telling);
    std::vector<std::size_t> candidates;
    for (const std::uint64_t block : blocks.seeks) {
      const auto found = in_block_.find(block);
      if (found == in_block_.end()) continue;
      candidates.insert(candidates.end(), found->second.begin(), found->second.end());
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    std::size_t home = events_.size();
    std::size_t fitting = 0;
    std::string why;
    for (const std::size_t candidate : candidates) {
      if (!agree(events_[candidate].happening, told.telling, &why)) continue;
      ++fitting;
      home = candidate;
    }
    // Where a text tells of several such events, nobody can say which of them is meant.
    if (fitting != 1) {
      home = events_.size();
      events_.emplace_back();
      why.clear();
    }
    add(events_[home].happening, told.telling);
    events_[home].told.emplace_back(&told, why);
    for (const std::uint64_t block : blocks.holds) {
      std::vector<std::size_t>& there = in_block_[block];
      if (std::find(there.begin(), there.end(), home) == there.end()) there.push_back(home);
    }
  }

  CorpusEvents assign() const {
    CorpusEvents result;
    result.of_document.resize(documents_.size());
    for (std::size_t d = 0; d < documents_.size(); ++d)
      result.of_document[d].resize(facts_[d].events.size());
    for (const Gathered& event : events_) {
      bool first = true;
      for (const auto& [told, why] : event.told) {
        bool same = false;
        for (const Place& place : told->places) {
          result.of_document[place.document][place.event] = {event.happening.least_key,
                                                             event.happening.time};
          if (!first) {
            result.log.push_back({event.happening.least_key, told->name,
                                  documents_[place.document].id, same ? "the same text" : why});
          }
          first = false;
          same = true;
        }
      }
    }
    std::sort(result.log.begin(), result.log.end());
    return result;
  }

  std::span<const Document> documents_;
  std::span<const DocumentFacts> facts_;
  std::span<const std::vector<NodeIdentity>> identities_;
  const CuratorRules& rules_;
  std::map<std::string, Told> told_;
  std::vector<Gathered> events_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> in_block_;
};

}  // namespace

CorpusEvents identify_events(std::span<const Document> documents,
                             std::span<const DocumentFacts> facts,
                             std::span<const std::vector<NodeIdentity>> identities,
                             const CuratorRules& rules) {
  return EventIdentifier(documents, facts, identities, rules).run();
}

}  // namespace relata::text
