#pragma once
// What joining over texts takes from one text: what must be equal for its entities and those of
// other texts to be one thing, and what tells them apart. Looks at one text alone.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/corpus_things.h"
#include "importers/text/curator_rules.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"
#include "importers/text/name_keys.h"

namespace relata::text {

/// Relations that tell where somebody or something belongs: the ones that joining looks at.
bool is_home_relation(std::string_view relation);

/// The kind of the nodes that entities of `kind` make.
NodeKind node_kind(EntityKind kind);

/// Slugs of the names that the curator merges; few.
std::set<std::string> merged_names(const CuratorRules& rules);

/// Reads the names of texts, one after the other. Holds a folder of names, so one object a thread.
class NameReader final {
 public:
  explicit NameReader(const CuratorRules& rules) : rules_(rules), merged_(merged_names(rules)) {}

  /// For each entity what must be equal for two entities of different texts to be one; "" for one
  /// that stays within its text or makes no node.
  std::vector<std::string> signatures(const Document& document, const DocumentFacts& facts);

  /// The countries of what the entities belong to, by entity.
  [[nodiscard]] static std::map<std::int32_t, std::set<std::string>> homes(
      const DocumentFacts& facts);

  /// What joining looks at in an entity. REQUIRES: it has a signature.
  [[nodiscard]] Naming naming(const Entity& entity, const std::set<std::string>& homes) const;

 private:
  [[nodiscard]] std::string signature(const Document& document, const Entity& thing);
  [[nodiscard]] bool is_split(const Document& document, const Entity& thing) const;

  const CuratorRules& rules_;
  std::set<std::string> merged_;
  NameKeys keys_;
};

/// True for a signature of something that the gazetteer has an entry for.
bool is_known_signature(std::string_view signature);

/// Other texts that mention the entity count it among what they have in common.
bool counts_as_neighbour(const Entity& entity);

}  // namespace relata::text
