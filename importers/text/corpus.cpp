#include "importers/text/corpus.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "importers/text/corpus_things.h"
#include "importers/text/name_keys.h"
#include "importers/text/name_words.h"
#include "importers/text/syntax.h"

namespace relata::text {

namespace {

/// How many times as many texts must tell of the best known bearer of a surname as of all others,
/// for the bare surname to mean him.
constexpr std::size_t best_known = 10;

NodeKind node_kind(EntityKind kind) {
  return kind == EntityKind::place ? NodeKind::place : NodeKind::actor;
}

class Identifier final {
 public:
  Identifier(std::span<const Document> documents, std::span<const DocumentFacts> facts,
             const CuratorRules& rules)
      : documents_(documents), facts_(facts), rules_(rules) {}

  CorpusIdentities run() {
    read_contexts();
    gather();
    join_name_orders();
    join_surnames();
    join_acronyms();
    apply_merges();
    return assign();
  }

 private:
  [[nodiscard]] const Entity& entity(const Occurrence& place) const {
    return facts_[place.document].entities.entities[place.entity];
  }

  [[nodiscard]] static bool makes_node(const Entity& thing) {
    return thing.kind == EntityKind::actor || thing.kind == EntityKind::place;
  }

  /// What must be equal for two entities of different texts to be one; "" when the entity stays
  /// within its text.
  [[nodiscard]] std::string signature(const Occurrence& place) {
    const Entity& thing = entity(place);
    if (slug(thing.name).empty() || is_split(place)) return {};
    if (!thing.named) return force_of(thing);
    if (!thing.gazetteer_key.empty()) return "known " + thing.gazetteer_key;
    if (thing.type == "person") return "person " + joined(keys_.person_words(thing.name));
    return fmt::format("{} {}", kind_name(node_kind(thing.kind)),
                       joined(keys_.body_words(thing.name)));
  }

  /// "Russian forces", "Israeli army": what a state has one of is one thing in all texts, though it
  /// has no proper name; "three Russian soldiers" are others in each.
  [[nodiscard]] static std::string force_of(const Entity& thing) {
    static const std::set<std::string, std::less<>> nouns = {
        "forces", "army", "military", "navy", "police", "parliament", "coastguard"};
    if (thing.kind != EntityKind::actor || thing.country.empty() || thing.count.known) return {};
    const auto fits = [&](const std::string& name) {
      const std::size_t space = name.find(' ');
      return space != std::string::npos && name.find(' ', space + 1) == std::string::npos &&
             name[0] >= 'A' && name[0] <= 'Z' && nouns.contains(lower(name.substr(space + 1)));
    };
    std::string name;
    if (fits(thing.name)) name = thing.name;
    for (const std::string& alias : thing.aliases) {
      if (name.empty() && fits(alias)) name = alias;
    }
    return name.empty() ? name : fmt::format("force {} {}", thing.country, slug(name));
  }

  [[nodiscard]] bool is_split(const Occurrence& place) const {
    if (rules_.split.empty()) return false;
    const auto split = [&](const std::string& name) {
      return rules_.split.contains({slug(name), documents_[place.document].id});
    };
    const Entity& thing = entity(place);
    return split(thing.name) || std::any_of(thing.aliases.begin(), thing.aliases.end(), split);
  }

  void read_contexts() {
    for (const Document& document : documents_)
      digests_.push_back(text_digest(document.text).substr(0, 8));
    signatures_.resize(documents_.size());
    neighbours_.resize(documents_.size());
    homes_.resize(documents_.size());
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      const auto& entities = facts_[d].entities.entities;
      for (std::size_t e = 0; e < entities.size(); ++e) {
        signatures_[d].push_back(makes_node(entities[e]) ? signature({d, e}) : std::string());
        const std::string& own = signatures_[d].back();
        if (own.empty() || entities[e].type == "country") continue;
        neighbours_[d].push_back(number_of(own));
      }
      std::sort(neighbours_[d].begin(), neighbours_[d].end());
      neighbours_[d].erase(std::unique(neighbours_[d].begin(), neighbours_[d].end()),
                           neighbours_[d].end());
      for (const RelationFact& fact : facts_[d].relations) {
        if (fact.source.kind != End::Kind::entity || fact.target.kind != End::Kind::entity ||
            fact.assertion.polarity == Polarity::negated || !is_home_relation(fact.relation))
          continue;
        const std::string& country = entities[fact.target.index].country;
        if (!country.empty()) homes_[d][fact.source.index].insert(country);
      }
    }
  }

  std::uint32_t number_of(const std::string& name) {
    return numbers_.try_emplace(name, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }

  [[nodiscard]] Context context_of(const Occurrence& place) const {
    const Entity& thing = entity(place);
    Context context{thing.name, thing.type, thing.country, {}, {}};
    const auto& homes = homes_[place.document];
    if (const auto found = homes.find(static_cast<std::int32_t>(place.entity));
        found != homes.end())
      context.homes = found->second;
    const std::string& own = signatures_[place.document][place.entity];
    const auto number = numbers_.find(own);
    for (const std::uint32_t name : neighbours_[place.document]) {
      if (number == numbers_.end() || name != number->second) context.neighbours.push_back(name);
    }
    return context;
  }

  void gather() {
    std::map<std::string, std::vector<Occurrence>> by_signature;
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      const auto& entities = facts_[d].entities.entities;
      for (std::size_t e = 0; e < entities.size(); ++e) {
        if (!makes_node(entities[e])) continue;
        const std::string& key = signatures_[d][e];
        if (key.empty()) {
          own_.push_back({d, e});
        } else {
          by_signature[key].push_back({d, e});
        }
      }
    }
    for (auto& [key, places] : by_signature) part(places, key.starts_with("known "));
  }

  /// Parts the occurrences of one name into things.
  void part(std::vector<Occurrence>& places, bool known) {
    // Those that tell most of themselves come first, the others join them or stay alone.
    const auto rank = [&](const Occurrence& place) {
      const Entity& thing = entity(place);
      const auto& homes = homes_[place.document];
      return std::tuple(thing.country.empty(),
                        !homes.contains(static_cast<std::int32_t>(place.entity)),
                        std::string_view(documents_[place.document].id),
                        std::string_view(documents_[place.document].text), place.entity);
    };
    std::sort(places.begin(), places.end(),
              [&](const Occurrence& a, const Occurrence& b) { return rank(a) < rank(b); });
    const std::size_t first = things_.size();
    for (const Occurrence& place : places) {
      const Context context = known && rules_.never_merge.empty() ? Context() : context_of(place);
      std::vector<std::size_t> fitting;
      for (std::size_t i = first; i < things_.size(); ++i) {
        const bool fits = known ? !forbidden(things_[i], entity(place).name)
                                : !disagree(things_[i], context, rules_) &&
                                      (!is_common(place) || linked(things_[i], context));
        if (!things_[i].unclear && fits) fitting.push_back(i);
      }
      std::size_t home = things_.size();
      if (fitting.size() == 1) home = fitting.front();
      if (fitting.size() > 1) home = nearest(fitting, context).value_or(things_.size());
      if (home == things_.size()) {
        things_.emplace_back().unclear = fitting.size() > 1;
        add(things_.back(), place, entity(place), context, "");
      } else {
        add(things_[home], place, entity(place), context, reason_for(things_[home], place));
      }
    }
  }

  /// A name that bodies of many countries bear: "Interior Ministry", "Supreme Court".
  [[nodiscard]] bool is_common(const Occurrence& place) const {
    static const std::set<std::string, std::less<>> words = {
        "ministry",   "department", "parliament", "government", "cabinet",  "senate",
        "army",       "navy",       "police",     "court",      "assembly", "office",
        "interior",   "foreign",    "affairs",    "defence",    "defense",  "justice",
        "finance",    "health",     "education",  "supreme",    "high",     "constitutional",
        "national",   "central",    "bank",       "security",   "council",  "of",
        "state",      "federal",    "military",   "air",        "force",    "intelligence",
        "prosecutor", "general",    "home",       "energy",     "oil",      "transport"};
    const Entity& thing = entity(place);
    if (thing.kind != EntityKind::actor || thing.type == "person" || !thing.country.empty())
      return false;
    const auto own = name_words(thing.name);
    return std::all_of(own.begin(), own.end(),
                       [](const std::string& word) { return words.contains(word); });
  }

  [[nodiscard]] bool forbidden(const Thing& thing, const std::string& name) const {
    return std::any_of(thing.names.begin(), thing.names.end(), [&](const auto& other) {
      return rules_.never_merge.contains({slug(other.first), slug(name)});
    });
  }

  /// Of several things of that name, the one that shares most neighbours with the text.
  [[nodiscard]] std::optional<std::size_t> nearest(const std::vector<std::size_t>& fitting,
                                                   const Context& context) const {
    std::optional<std::size_t> best;
    std::size_t most_shared = 0;
    for (const std::size_t i : fitting) {
      const std::size_t shared = shared_neighbours(things_[i], context);
      if (shared > most_shared) {
        best = i;
        most_shared = shared;
      } else if (shared == most_shared) {
        best.reset();
      }
    }
    return best;
  }

  [[nodiscard]] std::string reason_for(const Thing& thing, const Occurrence& place) const {
    const Entity& own = entity(place);
    if (!own.gazetteer_key.empty())
      return fmt::format("the same entry of the gazetteer, {}", own.gazetteer_key);
    const std::string name = slug(own.name);
    const bool same = std::any_of(thing.names.begin(), thing.names.end(),
                                  [&](const auto& other) { return slug(other.first) == name; });
    return same ? "the same name" : "the same name in another spelling";
  }

  [[nodiscard]] bool open(std::size_t i) const {
    return !things_[i].places.empty() && !things_[i].unclear;
  }

  /// "Viktor Orban" and "Orban Viktor".
  void join_name_orders() {
    std::map<std::vector<std::string>, std::vector<std::size_t>> by_words;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!open(i) || things_[i].known || !things_[i].person()) continue;
      std::vector<std::string> words = keys_.person_words(best_name(things_[i]));
      if (words.size() < 2) continue;
      std::sort(words.begin(), words.end());
      by_words[words].push_back(i);
    }
    for (const auto& [words, things] : by_words) {
      Thing& first = things_[things.front()];
      for (std::size_t i = 1; i < things.size(); ++i) {
        Thing& other = things_[things[i]];
        if (keys_.person_words(best_name(first)) == keys_.person_words(best_name(other))) continue;
        if (!disagree(first, other, rules_) && linked(first, other))
          absorb(first, other, "the same name in another order");
      }
    }
  }

  /// A text that only says "Putin" means the one person of the corpus who is called so elsewhere,
  /// if there is just one, or one whom nearly all texts mean.
  void join_surnames() {
    std::map<std::string, std::set<std::size_t>> bearers;
    std::vector<std::pair<std::vector<std::string>, std::size_t>> order;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!open(i) || things_[i].known || !things_[i].person()) continue;
      const std::string name = best_name(things_[i]);
      for (const std::string& form : keys_.short_forms(name)) bearers[form].insert(i);
      order.emplace_back(keys_.person_words(name), i);
    }
    // Longer names first: "Smith" may then mean the John Smith who is John Michael Smith.
    std::sort(order.begin(), order.end(), [](const auto& left, const auto& right) {
      return std::tuple(right.first.size(), left.first, left.second) <
             std::tuple(left.first.size(), right.first, right.second);
    });
    for (const auto& [words, i] : order) {
      const auto found = bearers.find(joined(words));
      if (found == bearers.end()) continue;
      std::vector<std::size_t> fitting;
      for (const std::size_t full : found->second) {
        if (full != i && open(full) && !disagree(things_[full], things_[i], rules_))
          fitting.push_back(full);
      }
      std::string reason = "the only person of the corpus who is called so";
      if (fitting.size() > 1) {
        fitting = outstanding(fitting);
        reason = "the best known of several persons who are called so";
      }
      if (fitting.size() == 1) absorb(things_[fitting.front()], things_[i], reason);
    }
  }

  [[nodiscard]] std::vector<std::size_t> outstanding(const std::vector<std::size_t>& things) const {
    std::size_t all = 0;
    std::size_t best = things.front();
    for (const std::size_t i : things) {
      all += things_[i].documents.size();
      if (things_[i].documents.size() > things_[best].documents.size()) best = i;
    }
    const std::size_t others = all - things_[best].documents.size();
    if (things_[best].documents.size() >= best_known * others) return {best};
    return {};
  }

  /// "NIS" in one text is the "National Intelligence Service" of another: surely when a text spells
  /// it out, else when the initials fit and something else speaks for it.
  void join_acronyms() {
    std::map<std::string, std::set<std::size_t>> spelt_out;
    std::map<std::string, std::set<std::size_t>> initials;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!open(i) || things_[i].kind != NodeKind::actor || things_[i].person()) continue;
      for (const auto& [name, times] : things_[i].names) {
        const auto words = name_words(name);
        if (words.size() < 2) continue;
        for (const std::string& letters : acronyms_of(words)) initials[letters].insert(i);
      }
      for (const Occurrence& place : things_[i].places) {
        const auto words = name_words(entity(place).name);
        for (const std::string& alias : entity(place).aliases) {
          if (words.size() > 1 && is_acronym_of(alias, words)) spelt_out[slug(alias)].insert(i);
        }
      }
    }
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!open(i) || things_[i].known || things_[i].person() || things_[i].kind != NodeKind::actor)
        continue;
      const std::string name = best_name(things_[i]);
      if (!is_acronym(name)) continue;
      if (join_only(i, spelt_out, slug(name), false,
                    "the only thing of the corpus with that acronym"))
        continue;
      if (slug(name).size() > 2)
        join_only(i, initials, slug(name), true, "the initials of its name");
    }
  }

  [[nodiscard]] static bool is_acronym(const std::string& name) {
    return name.size() >= 2 && std::all_of(name.begin(), name.end(), [](char c) {
             return (c >= 'A' && c <= 'Z') || c == '.';
           });
  }

  bool join_only(std::size_t small, const std::map<std::string, std::set<std::size_t>>& index,
                 const std::string& form, bool needs_link, const std::string& reason) {
    const auto found = index.find(form);
    if (found == index.end()) return false;
    std::vector<std::size_t> fitting;
    for (const std::size_t full : found->second) {
      if (full != small && open(full) && !disagree(things_[full], things_[small], rules_))
        fitting.push_back(full);
    }
    if (fitting.size() != 1) return false;
    if (needs_link && !linked(things_[fitting.front()], things_[small])) return false;
    absorb(things_[fitting.front()], things_[small], reason);
    return true;
  }

  /// The curator's merges: whole things, with all the spellings that were found to be theirs.
  void apply_merges() {
    for (const auto& [gone, kept] : rules_.merge_into) {
      const std::string final_name = last_of(kept);
      const std::vector<std::size_t> into = called(final_name);
      const std::vector<std::size_t> from = called(gone);
      std::vector<std::size_t> all = into;
      all.insert(all.end(), from.begin(), from.end());
      if (all.empty()) continue;
      Thing& first = things_[all.front()];
      for (const std::size_t i : all) {
        if (&things_[i] != &first) absorb(first, things_[i], "the curator's rules");
      }
      first.kept = final_name;
      first.unclear = false;
    }
  }

  /// Follows the curator's merges to the name that stays.
  [[nodiscard]] std::string last_of(std::string name) const {
    for (auto found = rules_.merge_into.find(name); found != rules_.merge_into.end();
         found = rules_.merge_into.find(name)) {
      name = found->second;
    }
    return name;
  }

  /// The things that bear a name; when none has it for its own, those that a text also calls so.
  [[nodiscard]] std::vector<std::size_t> called(const std::string& name) const {
    std::vector<std::size_t> own;
    std::vector<std::size_t> also;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (things_[i].places.empty()) continue;
      const bool named = things_[i].kept == name || has_name(things_[i], name);
      if (named) own.push_back(i);
      if (!named && has_alias(things_[i], name)) also.push_back(i);
    }
    return own.empty() ? also : own;
  }

  [[nodiscard]] static bool has_name(const Thing& thing, const std::string& name) {
    return std::any_of(thing.names.begin(), thing.names.end(),
                       [&](const auto& own) { return slug(own.first) == name; });
  }

  [[nodiscard]] bool has_alias(const Thing& thing, const std::string& name) const {
    return std::any_of(thing.places.begin(), thing.places.end(), [&](const Occurrence& place) {
      const auto& aliases = entity(place).aliases;
      return std::any_of(aliases.begin(), aliases.end(),
                         [&](const std::string& alias) { return slug(alias) == name; });
    });
  }

  /// The fullest name, of equally full ones that without a title, then the most frequent. A name
  /// that the curator chose goes before all.
  [[nodiscard]] std::string best_name(const Thing& thing) {
    const bool person = thing.person();
    std::string best;
    std::tuple<bool, std::size_t, std::ptrdiff_t, std::size_t> rank;
    for (const auto& [name, times] : thing.names) {
      const std::size_t words = name_words(name).size();
      const std::size_t full = person ? keys_.person_words(name).size() : words;
      const std::tuple own{slug(name) == thing.kept, full,
                           person ? -static_cast<std::ptrdiff_t>(words) : 0, times};
      if (best.empty() || own > rank) {
        best = name;
        rank = own;
      }
    }
    return best;
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
      std::map<std::string, std::size_t> used;
      std::sort(things.begin(), things.end(), [&](const Thing* left, const Thing* right) {
        const auto rank = [&](const Thing& thing) {
          return std::tuple(thing.country, thing.type(),
                            documents_[thing.places.front().document].id, thing.places.front());
        };
        return rank(*left) < rank(*right);
      });
      for (const Thing* thing : things) {
        std::string own = key;
        if (things.size() > 1)
          own += "-" + (thing->country.empty() ? thing->type() : lower(thing->country));
        const std::size_t number = ++used[own];
        if (number > 1) own += fmt::format("-{}", number);
        put_thing(*thing, own, result);
      }
    }
    for (const Occurrence& place : own_) put_own(place, result);
    std::sort(result.log.begin(), result.log.end());
    return result;
  }

  void put_thing(const Thing& thing, const std::string& key, CorpusIdentities& result) {
    const std::string name = best_name(thing);
    for (std::size_t i = 0; i < thing.places.size(); ++i) {
      const Occurrence& place = thing.places[i];
      put(place, {key, name, thing.kind, thing.type(), entity(place).attributes, false},
          thing.country.empty() ? entity(place).country : thing.country, result);
      if (i > 0 && !thing.reasons[i].empty() &&
          !result.of_document[place.document][place.entity].key.empty())
        result.log.push_back(
            {key, entity(place).name, documents_[place.document].id, thing.reasons[i]});
    }
  }

  /// A thing without a proper name belongs to its text alone.
  void put_own(const Occurrence& place, CorpusIdentities& result) {
    const Entity& own = entity(place);
    const std::string key = fmt::format("{}/{}-{}-{}", kind_name(node_kind(own.kind)),
                                        slug(own.name), digests_[place.document], place.entity);
    put(place, {key, own.name, node_kind(own.kind), own.type, own.attributes, !own.named},
        own.country, result);
  }

  void put(const Occurrence& place, NodeIdentity identity, const std::string& country,
           CorpusIdentities& result) const {
    const std::string folded = slug(identity.name);
    const std::string own = slug(entity(place).name);
    if (rules_.drop.contains(folded) || rules_.drop.contains(own)) identity.key.clear();
    if (const auto renamed = rules_.rename.find(folded); renamed != rules_.rename.end())
      identity.name = renamed->second;
    if (const auto retyped = rules_.retype.find(folded); retyped != rules_.retype.end()) {
      identity.kind = retyped->second.kind;
      identity.type = retyped->second.type;
    }
    if (identity.type.empty())
      identity.type = identity.kind == NodeKind::place ? "location" : "group";
    if (!country.empty()) identity.attributes.emplace_back("country", country);
    result.of_document[place.document][place.entity] = std::move(identity);
  }

  std::span<const Document> documents_;
  std::span<const DocumentFacts> facts_;
  const CuratorRules& rules_;
  NameKeys keys_;
  std::vector<std::string> digests_;                  ///< of the documents' texts, the beginning
  std::vector<std::vector<std::string>> signatures_;  ///< [document][entity]
  std::vector<std::vector<std::uint32_t>> neighbours_;
  std::vector<std::map<std::int32_t, std::set<std::string>>> homes_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<Thing> things_;
  std::vector<Occurrence> own_;
};

}  // namespace

bool is_home_relation(std::string_view relation) {
  static const std::set<std::string, std::less<>> names = {
      "leader of", "works for", "part of", "member of", "national of", "located in", "based in"};
  return names.contains(relation);
}

CorpusIdentities identify(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                          const CuratorRules& rules) {
  return Identifier(documents, facts, rules).run();
}

}  // namespace relata::text
