#pragma once
// What a corpus speaks of, gathered from its texts' entities: which occurrences of one name are one
// thing and which are two things of the same name. Two things stay apart when their countries or
// their types disagree, or when what they belong to lies in different countries, and no name
// that both texts mention speaks for one thing. Used by corpus.h.

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "importers/text/curator_rules.h"
#include "importers/text/facts.h"

namespace relata::text {

/// Where an entity stands.
struct Occurrence {
  std::size_t document = 0;
  std::size_t entity = 0;
  friend auto operator<=>(const Occurrence&, const Occurrence&) = default;
};

/// What tells an occurrence from others of the same name.
struct Context {
  std::string name;
  std::string type;
  std::string country;
  std::set<std::string> homes;  ///< countries of what it leads, works for, is part of, ...
  std::vector<std::uint32_t> neighbours;  ///< names that the same text mentions, countries aside
};

/// One thing of the corpus.
struct Thing {
  std::vector<Occurrence> places;
  std::vector<std::string> reasons;  ///< why places[i] is here; "" for the first
  NodeKind kind = NodeKind::actor;
  std::map<std::string, std::size_t> types;
  std::map<std::string, std::size_t> names;  ///< with the number of their mentions
  std::string country;
  std::set<std::string> homes;
  std::unordered_set<std::uint32_t> neighbours;
  std::set<std::size_t> documents;
  bool known = false;    ///< has an entry in the gazetteer
  bool unclear = false;  ///< could be any of several things, so it is none of them
  std::string kept;      ///< slug of the name that the curator chose; "" for none

  [[nodiscard]] std::string type() const;
  [[nodiscard]] bool person() const { return type() == "person"; }
};

/// The key with the highest count, the longest of several.
std::string most(const std::map<std::string, std::size_t>& counts);

void add(Thing& thing, const Occurrence& place, const Entity& entity, const Context& context,
         std::string reason);
/// Moves all of `from` into `into`.
void absorb(Thing& into, Thing& from, const std::string& reason);

/// Names that both mention.
std::size_t shared_neighbours(const Thing& thing, const Context& context);
std::size_t shared_neighbours(const Thing& left, const Thing& right);

/// Something beside the name speaks for one thing: the same country or a name that both mention.
bool linked(const Thing& thing, const Context& context);
bool linked(const Thing& left, const Thing& right);

/// The two cannot be one thing.
bool disagree(const Thing& thing, const Context& context, const CuratorRules& rules);
bool disagree(const Thing& left, const Thing& right, const CuratorRules& rules);

}  // namespace relata::text
