#include "importers/text/corpus.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "importers/text/name_words.h"
#include "importers/text/syntax.h"

namespace relata::text {

namespace {

NodeKind node_kind(EntityKind kind) {
  return kind == EntityKind::place ? NodeKind::place : NodeKind::actor;
}

/// Where an entity stands.
struct Place {
  std::size_t document = 0;
  std::size_t entity = 0;
};

/// One thing of the corpus.
struct Thing {
  std::vector<Place> places;
  NodeKind kind = NodeKind::actor;
  std::map<std::string, std::size_t> types;
  std::map<std::string, std::size_t> names;
  std::string country;
};

class Identifier final {
 public:
  Identifier(std::span<const Document> documents, std::span<const DocumentFacts> facts,
             const CuratorRules& rules)
      : documents_(documents), facts_(facts), rules_(rules) {}

  CorpusIdentities run() {
    gather();
    join_short_forms();
    return assign();
  }

 private:
  [[nodiscard]] const Entity& entity(const Place& place) const {
    return facts_[place.document].entities.entities[place.entity];
  }

  /// Follows the curator's merges to the name that stays.
  [[nodiscard]] std::string merged(std::string name) const {
    for (auto found = rules_.merge_into.find(name); found != rules_.merge_into.end();
         found = rules_.merge_into.find(name)) {
      name = found->second;
    }
    return name;
  }

  /// What must be equal for two entities of different texts to be one; "" when the entity stays
  /// within its text.
  [[nodiscard]] std::string signature(const Place& place) const {
    const Entity& thing = entity(place);
    if (!thing.named) return {};
    const std::string name = slug(thing.name);
    if (name.empty()) return {};
    if (rules_.split.contains({name, documents_[place.document].id})) return {};
    const std::string kept = merged(name);
    if (kept != name) return "name " + kept;
    for (const std::string& alias : thing.aliases) {
      const std::string folded = slug(alias);
      if (rules_.merge_into.contains(folded)) return "name " + merged(folded);
    }
    const bool is_target = std::any_of(rules_.merge_into.begin(), rules_.merge_into.end(),
                                       [&](const auto& rule) { return rule.second == name; });
    if (is_target) return "name " + name;
    if (!thing.gazetteer_key.empty()) return "known " + thing.gazetteer_key;
    const bool guarded = std::any_of(rules_.never_merge.begin(), rules_.never_merge.end(),
                                     [&](const auto& pair) { return pair.first == name; });
    const std::string spelled = guarded ? name : spelling_key(thing.name);
    return fmt::format(
        "{} {}", thing.type == "person" ? "person" : kind_name(node_kind(thing.kind)), spelled);
  }

  void gather() {
    std::map<std::string, std::vector<Thing>> by_signature;
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      const auto& entities = facts_[d].entities.entities;
      for (std::size_t e = 0; e < entities.size(); ++e) {
        const Place place{d, e};
        if (entities[e].kind != EntityKind::actor && entities[e].kind != EntityKind::place)
          continue;
        const std::string key = signature(place);
        if (key.empty()) {
          own_.push_back(place);
          continue;
        }
        std::vector<Thing>& candidates = by_signature[key];
        Thing* home = nullptr;
        for (Thing& thing : candidates) {
          if (thing.country.empty() || entities[e].country.empty() ||
              thing.country == entities[e].country)
            home = &thing;
        }
        if (home == nullptr) home = &candidates.emplace_back();
        add(*home, place);
      }
    }
    for (auto& [key, things] : by_signature) {
      for (Thing& thing : things) things_.push_back(std::move(thing));
    }
  }

  void add(Thing& thing, const Place& place) {
    const Entity& added = entity(place);
    thing.places.push_back(place);
    thing.kind = node_kind(added.kind);
    ++thing.types[added.type];
    thing.names[added.name] += added.mentions.size();
    if (thing.country.empty()) thing.country = added.country;
  }

  [[nodiscard]] static std::string most(const std::map<std::string, std::size_t>& counts) {
    std::string best;
    std::size_t count = 0;
    for (const auto& [name, times] : counts) {
      if (times > count || (times == count && name.size() > best.size())) {
        best = name;
        count = times;
      }
    }
    return best;
  }

  /// The fullest name, of equally full ones the most frequent.
  [[nodiscard]] static std::string best_name(const Thing& thing) {
    std::string best;
    std::tuple<std::size_t, std::size_t> rank;
    for (const auto& [name, times] : thing.names) {
      const std::tuple<std::size_t, std::size_t> own{name_words(name).size(), times};
      if (best.empty() || own > rank) {
        best = name;
        rank = own;
      }
    }
    return best;
  }

  [[nodiscard]] bool forbidden(const Thing& left, const Thing& right) const {
    for (const auto& [a, times_a] : left.names) {
      for (const auto& [b, times_b] : right.names) {
        if (rules_.never_merge.contains({slug(a), slug(b)})) return true;
      }
    }
    return false;
  }

  /// A text that only says "Putin" or "NIS" means the one thing of the corpus that is called so
  /// elsewhere, if there is just one.
  void join_short_forms() {
    std::map<std::string, std::set<std::size_t>> full_names_of;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (things_[i].places.empty()) continue;
      std::set<std::string> short_forms;
      for (const Place& place : things_[i].places) {
        const Entity& thing = entity(place);
        const auto words = name_words(thing.name);
        if (words.size() < 2) continue;
        if (thing.type == "person") short_forms.insert("person " + spelling_key(words.back()));
        for (const std::string& alias : thing.aliases) {
          if (is_acronym_of(alias, words)) short_forms.insert("acronym " + slug(alias));
        }
      }
      for (const std::string& form : short_forms) full_names_of[form].insert(i);
    }
    for (std::size_t i = 0; i < things_.size(); ++i) {
      Thing& small = things_[i];
      if (small.places.empty()) continue;
      const Entity& sample = entity(small.places.front());
      const bool single = std::all_of(small.names.begin(), small.names.end(), [](const auto& name) {
        return name_words(name.first).size() == 1;
      });
      if (!single || !sample.gazetteer_key.empty()) continue;
      const std::string form = (sample.type == "person" ? "person " + spelling_key(sample.name)
                                                        : "acronym " + slug(sample.name));
      const auto found = full_names_of.find(form);
      if (found == full_names_of.end() || found->second.size() != 1) continue;
      Thing& full = things_[*found->second.begin()];
      if (&full == &small || forbidden(small, full)) continue;
      if (!small.country.empty() && !full.country.empty() && small.country != full.country)
        continue;
      for (const Place& place : small.places) {
        joined_.emplace_back(place, sample.type == "person"
                                        ? "the only person of that surname in the corpus"
                                        : "the only thing with that acronym in the corpus");
        add(full, place);
      }
      small.places.clear();
    }
  }

  CorpusIdentities assign() {
    CorpusIdentities result;
    result.of_document.resize(documents_.size());
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      result.of_document[d].resize(facts_[d].entities.entities.size());
    }
    std::map<std::string, std::vector<const Thing*>> by_key;
    for (const Thing& thing : things_) {
      if (thing.places.empty()) continue;
      by_key[fmt::format("{}/{}", kind_name(thing.kind), slug(best_name(thing)))].push_back(&thing);
    }
    for (auto& [key, things] : by_key) {
      std::sort(things.begin(), things.end(), [](const Thing* left, const Thing* right) {
        return std::tuple(left->country, most(left->types)) <
               std::tuple(right->country, most(right->types));
      });
      for (std::size_t i = 0; i < things.size(); ++i) {
        std::string own = key;
        if (things.size() > 1) {
          own += fmt::format("-{}", things[i]->country.empty() ? most(things[i]->types)
                                                               : lower(things[i]->country));
          if (i > 0 && things[i]->country == things[i - 1]->country)
            own += fmt::format("-{}", i + 1);
        }
        put_thing(*things[i], own, result);
      }
    }
    for (const Place& place : own_) put_own(place, result);
    std::sort(result.log.begin(), result.log.end(),
              [](const MergeNote& left, const MergeNote& right) {
                return std::tie(left.key, left.name, left.document) <
                       std::tie(right.key, right.name, right.document);
              });
    return result;
  }

  void put_thing(const Thing& thing, const std::string& key, CorpusIdentities& result) {
    const std::string name = best_name(thing);
    for (const Place& place : thing.places) {
      put(place, key, name, most(thing.types), result);
      const Entity& own = entity(place);
      if (own.name != name)
        result.log.push_back({key, own.name, documents_[place.document].id, reason(place)});
    }
  }

  [[nodiscard]] std::string reason(const Place& place) const {
    for (const auto& [joined, why] : joined_) {
      if (joined.document == place.document && joined.entity == place.entity) return why;
    }
    const Entity& own = entity(place);
    if (rules_.merge_into.contains(slug(own.name))) return "the curator's rules";
    return own.gazetteer_key.empty() ? "the same name in another spelling"
                                     : "the same entry of the gazetteer";
  }

  /// A thing without a proper name belongs to its text alone.
  void put_own(const Place& place, CorpusIdentities& result) {
    const Entity& own = entity(place);
    const std::string key =
        fmt::format("{}/{}-{}-{}", kind_name(node_kind(own.kind)), slug(own.name),
                    text_digest(documents_[place.document].text).substr(0, 8), place.entity);
    put(place, key, own.name, own.type, result);
  }

  void put(const Place& place, const std::string& key, const std::string& name,
           const std::string& type, CorpusIdentities& result) {
    const Entity& own = entity(place);
    const std::string folded = slug(name);
    NodeIdentity identity{key, name, node_kind(own.kind), type, own.attributes};
    if (rules_.drop.contains(folded) || rules_.drop.contains(slug(own.name))) identity.key.clear();
    if (const auto renamed = rules_.rename.find(folded); renamed != rules_.rename.end())
      identity.name = renamed->second;
    if (const auto retyped = rules_.retype.find(folded); retyped != rules_.retype.end()) {
      identity.kind = retyped->second.kind;
      identity.type = retyped->second.type;
    }
    if (identity.type.empty())
      identity.type = identity.kind == NodeKind::place ? "location" : "group";
    if (!own.country.empty()) identity.attributes.emplace_back("country", own.country);
    result.of_document[place.document][place.entity] = std::move(identity);
  }

  std::span<const Document> documents_;
  std::span<const DocumentFacts> facts_;
  const CuratorRules& rules_;
  std::vector<Thing> things_;
  std::vector<Place> own_;
  std::vector<std::pair<Place, std::string>> joined_;
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string spelling_key(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> sounds = {{
      {"kh", "h"}, {"zh", "j"},  {"dj", "j"}, {"ph", "f"}, {"ck", "k"}, {"ks", "x"},
      {"ou", "u"}, {"oo", "u"},  {"iy", "i"}, {"yi", "i"}, {"ij", "i"}, {"ii", "i"},
      {"yy", "i"}, {"ee", "i"},  {"ey", "e"}, {"ei", "e"}, {"y", "i"},  {"w", "v"},
      {"q", "k"},  {"tz", "ts"}, {"oe", "o"}, {"ae", "e"},
  }};
  std::string key;
  std::string word;
  const auto finish = [&] {
    for (const auto& [from, to] : sounds) replace_all(word, from, to);
    word.erase(std::unique(word.begin(), word.end()), word.end());
    if (word.empty()) return;
    if (!key.empty()) key += ' ';
    key += word;
    word.clear();
  };
  for (const char c : slug(name)) {
    if (c == '-') {
      finish();
    } else {
      word += c;
    }
  }
  finish();
  return key;
}

CorpusIdentities identify(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                          const CuratorRules& rules) {
  return Identifier(documents, facts, rules).run();
}

}  // namespace relata::text
