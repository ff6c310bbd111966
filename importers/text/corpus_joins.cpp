#include "importers/text/corpus_joins.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "importers/text/corpus_names.h"
#include "importers/text/name_words.h"
#include "importers/text/syntax.h"

namespace relata::text {

namespace {

/// How many times as many texts must tell of the best known bearer of a surname as of all others,
/// for the bare surname to mean him.
constexpr std::size_t best_known = 10;

bool is_acronym(const std::string& name) {
  return name.size() >= 2 && std::all_of(name.begin(), name.end(),
                                         [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

using Index = std::map<std::string, std::set<std::size_t>>;

class Joiner final {
 public:
  Joiner(std::vector<Thing>& things, const CuratorRules& rules, TellingTexts& texts)
      : things_(things), rules_(rules), table_(things, rules, texts) {}

  void run() {
    join_name_orders();
    join_surnames();
    join_acronyms();
    apply_merges();
  }

 private:
  [[nodiscard]] bool open(std::size_t i) const { return !things_[i].gone && !things_[i].unclear; }

  [[nodiscard]] bool is_free_person(std::size_t i) const {
    return open(i) && things_[i].known == 0 && things_[i].person();
  }

  /// "Viktor Orban" and "Orban Viktor".
  void join_name_orders() {
    std::map<std::vector<std::string>, std::vector<std::size_t>> by_words;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!is_free_person(i)) continue;
      std::vector<std::string> words = keys_.person_words(best_name(things_[i], keys_));
      if (words.size() < 2) continue;
      std::sort(words.begin(), words.end());
      by_words[words].push_back(i);
    }
    for (const auto& [words, things] : by_words) {
      const std::size_t first = things.front();
      for (std::size_t k = 1; k < things.size(); ++k) {
        const std::size_t other = things[k];
        if (keys_.person_words(best_name(things_[first], keys_)) ==
            keys_.person_words(best_name(things_[other], keys_)))
          continue;
        if (!table_.disagree(first, other) && table_.linked(first, other))
          table_.absorb(first, other, "the same name in another order");
      }
    }
  }

  /// A text that only says "Putin" means the one person of the corpus who is called so elsewhere,
  /// if there is just one, or one whom nearly all texts mean.
  void join_surnames() {
    Index bearers;
    std::vector<std::pair<std::vector<std::string>, std::size_t>> order;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!is_free_person(i)) continue;
      const std::string name = best_name(things_[i], keys_);
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
        if (full != i && open(full) && !table_.disagree(full, i)) fitting.push_back(full);
      }
      std::string reason = "the only person of the corpus who is called so";
      if (fitting.size() > 1) {
        fitting = outstanding(fitting);
        reason = "the best known of several persons who are called so";
      }
      if (fitting.size() == 1) table_.absorb(fitting.front(), i, reason);
    }
  }

  [[nodiscard]] std::vector<std::size_t> outstanding(const std::vector<std::size_t>& things) {
    std::size_t all = 0;
    std::size_t best = things.front();
    for (const std::size_t i : things) {
      all += table_.texts(i);
      if (table_.texts(i) > table_.texts(best)) best = i;
    }
    const std::size_t others = all - table_.texts(best);
    if (table_.texts(best) >= best_known * others) return {best};
    return {};
  }

  /// "NIS" in one text is the "National Intelligence Service" of another: surely when a text spells
  /// it out, else when the initials fit and something else speaks for it.
  void join_acronyms() {
    Index spelt_out;
    Index initials;
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!open(i) || things_[i].kind != NodeKind::actor || things_[i].person()) continue;
      for (const auto& [name, times] : things_[i].names) {
        const auto words = name_words(name);
        if (words.size() < 2) continue;
        for (const std::string& letters : acronyms_of(words)) initials[letters].insert(i);
      }
      for (const auto& [letters, times] : things_[i].acronyms) spelt_out[letters].insert(i);
    }
    for (std::size_t i = 0; i < things_.size(); ++i) {
      if (!open(i) || things_[i].known > 0 || things_[i].person() ||
          things_[i].kind != NodeKind::actor)
        continue;
      const std::string name = best_name(things_[i], keys_);
      if (!is_acronym(name)) continue;
      if (join_only(i, spelt_out, slug(name), false,
                    "the only thing of the corpus with that acronym"))
        continue;
      if (slug(name).size() > 2)
        join_only(i, initials, slug(name), true, "the initials of its name");
    }
  }

  bool join_only(std::size_t small, const Index& index, const std::string& form, bool needs_link,
                 const std::string& reason) {
    const auto found = index.find(form);
    if (found == index.end()) return false;
    std::vector<std::size_t> fitting;
    for (const std::size_t full : found->second) {
      if (full != small && open(full) && !table_.disagree(full, small)) fitting.push_back(full);
    }
    if (fitting.size() != 1) return false;
    if (needs_link && !table_.linked(fitting.front(), small)) return false;
    table_.absorb(fitting.front(), small, reason);
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
      const std::size_t first = all.front();
      for (const std::size_t i : all) {
        if (i != first && !things_[i].gone) table_.absorb(first, i, "the curator's rules");
      }
      things_[first].kept = final_name;
      things_[first].unclear = false;
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
      if (things_[i].gone) continue;
      const bool named =
          things_[i].kept == name ||
          std::any_of(things_[i].names.begin(), things_[i].names.end(),
                      [&](const auto& called) { return slug(called.first) == name; });
      if (named) own.push_back(i);
      if (!named && things_[i].aliases.contains(name)) also.push_back(i);
    }
    return own.empty() ? also : own;
  }

  std::vector<Thing>& things_;
  const CuratorRules& rules_;
  ThingTable table_;
  NameKeys keys_;
};

/// What the curator says of a thing of the name `folded` that a text calls `own`.
void correct(NodeIdentity& identity, const std::string& own, const std::string& country,
             const CuratorRules& rules) {
  const std::string folded = slug(identity.name);
  if (rules.drop.contains(folded) || rules.drop.contains(slug(own))) identity.key.clear();
  if (const auto renamed = rules.rename.find(folded); renamed != rules.rename.end())
    identity.name = renamed->second;
  if (const auto retyped = rules.retype.find(folded); retyped != rules.retype.end()) {
    identity.kind = retyped->second.kind;
    identity.type = retyped->second.type;
  }
  if (identity.type.empty())
    identity.type = identity.kind == NodeKind::place ? "location" : "group";
  if (!country.empty()) identity.attributes.emplace_back("country", country);
}

}  // namespace

std::vector<Link> links_of(const Thing& thing, const CuratorRules& rules, NameKeys& keys) {
  std::set<Link> links;
  const std::set<std::string> merged = merged_names(rules);
  if (!merged.empty()) {
    for (const auto& [name, use] : thing.names) {
      if (merged.contains(slug(name))) links.insert({"merged", true});
    }
    if (!thing.aliases.empty()) links.insert({"merged", true});
  }
  if (!thing.unclear && thing.person() && thing.known == 0) {
    for (const auto& [name, use] : thing.names) {
      std::vector<std::string> words = keys.person_words(name);
      links.insert({"called " + joined(words), true});
      for (const std::string& form : keys.short_forms(name))
        links.insert({"called " + form, false});
      std::sort(words.begin(), words.end());
      if (words.size() > 1) links.insert({"words " + joined(words), true});
    }
  } else if (!thing.unclear && !thing.person() && thing.kind == NodeKind::actor) {
    for (const auto& [name, use] : thing.names) {
      if (thing.known == 0 && is_acronym(name)) links.insert({"letters " + slug(name), true});
      const auto words = name_words(name);
      if (words.size() < 2) continue;
      for (const std::string& letters : acronyms_of(words))
        links.insert({"letters " + letters, false});
    }
    for (const auto& [letters, times] : thing.acronyms) links.insert({"letters " + letters, false});
  }
  return {links.begin(), links.end()};
}

std::vector<Link> curators_links(const CuratorRules& rules) {
  if (rules.merge_into.empty()) return {};
  return {{"merged", true}};
}

void join_things(std::vector<Thing>& things, const CuratorRules& rules, TellingTexts& texts) {
  Joiner(things, rules, texts).run();
}

std::string best_name(const Thing& thing, NameKeys& keys) {
  if (thing.names.size() == 1) return thing.names.begin()->first;
  const bool person = thing.person();
  std::string best;
  std::tuple<bool, std::size_t, std::ptrdiff_t, std::size_t> rank;
  for (const auto& [name, use] : thing.names) {
    const std::size_t words = name_words(name).size();
    const std::size_t full = person ? keys.person_words(name).size() : words;
    const std::tuple own{slug(name) == thing.kept, full,
                         person ? -static_cast<std::ptrdiff_t>(words) : 0, use.mentions};
    if (best.empty() || own > rank) {
      best = name;
      rank = own;
    }
  }
  return best;
}

std::string base_key(const Thing& thing, const std::string& name) {
  return fmt::format("{}/{}", kind_name(thing.kind), slug(name));
}

std::vector<std::string> keys_of(const std::string& base, std::vector<KeyClaim>& claims) {
  std::sort(claims.begin(), claims.end());
  std::map<std::string, std::size_t> used;
  std::vector<std::string> keys;
  for (const KeyClaim& claim : claims) {
    std::string own = base;
    if (claims.size() > 1) own += "-" + (claim.country.empty() ? claim.type : lower(claim.country));
    const std::size_t number = ++used[own];
    if (number > 1) own += fmt::format("-{}", number);
    keys.push_back(std::move(own));
  }
  return keys;
}

NodeIdentity identity_of(const Entity& entity, const ThingName& thing, const CuratorRules& rules) {
  NodeIdentity identity{thing.key, thing.name, thing.kind, thing.type, entity.attributes, false};
  correct(identity, entity.name, thing.country.empty() ? entity.country : thing.country, rules);
  return identity;
}

NodeIdentity own_identity(const Entity& entity, std::size_t index, std::string_view digest,
                          const CuratorRules& rules) {
  const NodeKind kind = node_kind(entity.kind);
  NodeIdentity identity{
      fmt::format("{}/{}-{}-{}", kind_name(kind), slug(entity.name), digest.substr(0, 8), index),
      entity.name,
      kind,
      entity.type,
      entity.attributes,
      !entity.named};
  correct(identity, entity.name, entity.country, rules);
  return identity;
}

}  // namespace relata::text
