#include "importers/text/corpus.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "importers/text/corpus_groups.h"
#include "importers/text/corpus_joins.h"
#include "importers/text/corpus_names.h"
#include "importers/text/corpus_things.h"

namespace relata::text {

namespace {

/// Where an entity stands.
struct Place {
  std::uint32_t document = 0;
  std::uint32_t entity = 0;
};

/// An occurrence of a thing, with why it is there; "" for a thing's first.
struct Joined {
  Place place;
  std::string reason;
};

class Identifier final : private TellingTexts {
 public:
  Identifier(std::span<const Document> documents, std::span<const DocumentFacts> facts,
             const CuratorRules& rules)
      : documents_(documents), facts_(facts), rules_(rules), reader_(rules) {}

  CorpusIdentities run() {
    gather();
    part();
    join_things(things_, rules_, *this);
    return assign();
  }

 private:
  void texts_of(std::size_t i, const std::function<bool(std::uint64_t)>& take) override {
    for (const std::uint32_t text : texts_[i]) {
      if (!take(text)) return;
    }
  }
  bool tells_of(std::uint64_t text, std::size_t i) override {
    return std::binary_search(texts_[i].begin(), texts_[i].end(), text);
  }
  const std::vector<std::uint32_t>& names_in(std::uint64_t text) override { return names_[text]; }

  [[nodiscard]] const Entity& entity(const Place& place) const {
    return facts_[place.document].entities.entities[place.entity];
  }

  void gather() {
    std::unordered_map<std::string, std::uint32_t> numbers;
    homes_.resize(documents_.size());
    names_.resize(documents_.size());
    for (std::uint32_t d = 0; d < documents_.size(); ++d) {
      const auto& entities = facts_[d].entities.entities;
      const std::vector<std::string> signatures = reader_.signatures(documents_[d], facts_[d]);
      homes_[d] = NameReader::homes(facts_[d]);
      std::vector<std::uint32_t>& names = names_[d];
      for (std::uint32_t e = 0; e < entities.size(); ++e) {
        if (signatures[e].empty()) {
          const bool makes_node =
              entities[e].kind == EntityKind::actor || entities[e].kind == EntityKind::place;
          if (makes_node) own_.push_back({d, e});
          continue;
        }
        const auto number = static_cast<std::uint32_t>(numbers.size());
        const std::uint32_t own = numbers.try_emplace(signatures[e], number).first->second;
        by_signature_[signatures[e]].push_back({d, e});
        if (counts_as_neighbour(entities[e])) names.push_back(own);
      }
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
    }
    numbers_ = std::move(numbers);
  }

  [[nodiscard]] Occurrence occurrence(const Place& place) const {
    static const std::set<std::string> none;
    const auto& homes = homes_[place.document];
    const auto found = homes.find(static_cast<std::int32_t>(place.entity));
    Occurrence result;
    result.what = reader_.naming(entity(place), found == homes.end() ? none : found->second);
    result.document = documents_[place.document].id;
    result.text = place.document;
    result.entity = place.entity;
    return result;
  }

  void part() {
    for (auto& [signature, places] : by_signature_) {
      std::vector<Occurrence> occurrences;
      occurrences.reserve(places.size());
      for (const Place& place : places) occurrences.push_back(occurrence(place));
      std::sort(occurrences.begin(), occurrences.end(), ranks_before);
      const bool known = is_known_signature(signature);
      PartedName parted = part_name(occurrences, numbers_.at(signature), known, rules_, *this);
      const std::size_t first = things_.size();
      for (Thing& thing : parted.things) {
        thing.parts.emplace_back(things_.size(), "");
        things_.push_back(std::move(thing));
        places_.emplace_back();
        texts_.emplace_back();
      }
      for (std::size_t i = 0; i < occurrences.size(); ++i) {
        const std::size_t home = first + parted.thing_of[i];
        const auto text = static_cast<std::uint32_t>(occurrences[i].text);
        std::string reason = std::move(parted.reasons[i]);
        if (known && !reason.empty())
          reason += ", " + entity({text, occurrences[i].entity}).gazetteer_key;
        places_[home].push_back({{text, occurrences[i].entity}, std::move(reason)});
        texts_[home].push_back(text);
      }
      for (std::size_t i = first; i < things_.size(); ++i) {
        std::sort(texts_[i].begin(), texts_[i].end());
        texts_[i].erase(std::unique(texts_[i].begin(), texts_[i].end()), texts_[i].end());
      }
      places.clear();
      places.shrink_to_fit();
    }
  }

  CorpusIdentities assign() {
    CorpusIdentities result;
    result.of_document.resize(documents_.size());
    for (std::size_t d = 0; d < documents_.size(); ++d)
      result.of_document[d].resize(facts_[d].entities.entities.size());
    NameKeys keys;
    std::vector<std::string> names(things_.size());
    std::map<std::string, std::vector<KeyClaim>> by_key;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      const Thing& thing = things_[i];
      if (thing.gone) continue;
      names[i] = best_name(thing, keys);
      by_key[base_key(thing, names[i])].push_back({thing.country, thing.type(), thing.front, i});
    }
    for (auto& [base, claims] : by_key) {
      const std::vector<std::string> own = keys_of(base, claims);
      for (std::size_t k = 0; k < claims.size(); ++k) {
        const Thing& thing = things_[claims[k].thing];
        put_thing(thing, {own[k], names[claims[k].thing], thing.kind, thing.type(), thing.country},
                  result);
      }
    }
    for (const Place& place : own_) {
      result.of_document[place.document][place.entity] = own_identity(
          entity(place), place.entity, text_digest(documents_[place.document].text), rules_);
    }
    std::sort(result.log.begin(), result.log.end());
    return result;
  }

  void put_thing(const Thing& thing, const ThingName& called, CorpusIdentities& result) {
    bool first = true;
    for (const auto& [part, why] : thing.parts) {
      for (const Joined& joined : places_[part]) {
        const Place& place = joined.place;
        const Entity& own = entity(place);
        NodeIdentity identity = identity_of(own, called, rules_);
        const std::string& reason = why.empty() ? joined.reason : why;
        if (!first && !reason.empty() && !identity.key.empty())
          result.log.push_back({called.key, own.name, documents_[place.document].id, reason});
        result.of_document[place.document][place.entity] = std::move(identity);
        first = false;
      }
    }
  }

  std::span<const Document> documents_;
  std::span<const DocumentFacts> facts_;
  const CuratorRules& rules_;
  NameReader reader_;
  std::map<std::string, std::vector<Place>> by_signature_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::vector<std::uint32_t>> names_;  ///< [document] that it mentions, as numbers
  std::vector<std::map<std::int32_t, std::set<std::string>>> homes_;  ///< [document]
  std::vector<Thing> things_;
  std::vector<std::vector<Joined>> places_;        ///< [thing]
  std::vector<std::vector<std::uint32_t>> texts_;  ///< [thing] documents, sorted
  std::vector<Place> own_;
};

}  // namespace

CorpusIdentities identify(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                          const CuratorRules& rules) {
  return Identifier(documents, facts, rules).run();
}

}  // namespace relata::text
