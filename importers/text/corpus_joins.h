#pragma once
// Joins things of different names: the same name in another order, a surname with the one person
// who bears it, an acronym with the body that it stands for, and what the curator merges. Then
// gives things their names and keys.
//
// A thing is only ever compared with things that share one of its links (links_of). So the things
// that links tie together, directly or over others, can be joined without knowing any other thing
// of the corpus, and the result is the same.

#include <cstdint>
#include <string>
#include <vector>

#include "importers/text/corpus_things.h"
#include "importers/text/curator_rules.h"
#include "importers/text/graph_writer.h"
#include "importers/text/name_keys.h"

namespace relata::text {

/// What a thing may be compared by. Two things are only compared when they have a link of the same
/// word, one of them as the shorter form.
struct Link {
  std::string word;
  bool is_short = false;  ///< the thing may be called so and nothing else
  friend auto operator<=>(const Link&, const Link&) = default;
};

/// Links of a thing that nothing was joined to yet; sorted.
std::vector<Link> links_of(const Thing& thing, const CuratorRules& rules, NameKeys& keys);

/// The link of every thing that bears a name of the curator's merges: these look at all bearers,
/// so they are always to be joined together.
std::vector<Link> curators_links(const CuratorRules& rules);

/// Joins things. REQUIRES: `things` are in the order of their names' signatures, those of one name
/// in the order of part_name(); each has itself as its only part. A thing that was absorbed by
/// another is `gone` afterwards and among the other's parts.
void join_things(std::vector<Thing>& things, const CuratorRules& rules, TellingTexts& texts);

/// The fullest name, of equally full ones that without a title, then the most frequent. A name
/// that the curator chose goes before all.
std::string best_name(const Thing& thing, NameKeys& keys);

/// What a thing is called in the graph.
struct ThingName {
  std::string key;
  std::string name;
  NodeKind kind = NodeKind::actor;
  std::string type;
  std::string country;
  friend auto operator<=>(const ThingName&, const ThingName&) = default;
};

/// A thing's claim to the key "KIND/NAME".
struct KeyClaim {
  std::string country;
  std::string type;
  Front front;
  std::size_t thing = 0;  ///< the caller's number for it
  friend auto operator<=>(const KeyClaim&, const KeyClaim&) = default;
};

/// "actor/kim-jong-un", for a thing of that kind and best name.
std::string base_key(const Thing& thing, const std::string& name);

/// Keys for all the things that claim `base`; sorts the claims, keys are in their order.
std::vector<std::string> keys_of(const std::string& base, std::vector<KeyClaim>& claims);

/// What an entity of one text becomes.
NodeIdentity identity_of(const Entity& entity, const ThingName& thing, const CuratorRules& rules);
/// An entity that belongs to its text alone; `digest` is its text's (text_digest).
NodeIdentity own_identity(const Entity& entity, std::size_t index, std::string_view digest,
                          const CuratorRules& rules);

}  // namespace relata::text
