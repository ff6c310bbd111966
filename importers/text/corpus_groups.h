#pragma once
// The occurrences of one name, parted into things: each joins the one thing of that name that it
// does not disagree with, of several the one whose texts mention the same names, or stays alone.
// Depends on these occurrences and on what their texts mention, and on nothing else.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "importers/text/corpus_things.h"
#include "importers/text/curator_rules.h"

namespace relata::text {

struct PartedName {
  std::vector<Thing> things;            ///< without their parts
  std::vector<std::uint32_t> thing_of;  ///< [occurrence]
  std::vector<std::string> reasons;     ///< [occurrence] why it joined; "" for a thing's first
};

/// A curator's `never merge` concerns one of the names.
bool may_be_forbidden(const std::map<std::string, NameUse>& names, const CuratorRules& rules);

/// How the first occurrences of a name were parted before: what comes after them has no influence.
struct PartedBefore {
  std::vector<std::uint32_t> thing_of;  ///< [occurrence]
  std::vector<bool> unclear;            ///< [thing] Thing::unclear
};

/// Parts the occurrences of name `number`. REQUIRES: they are sorted by ranks_before. `known`: the
/// gazetteer has an entry for the name. Of `texts` only names_in() is asked. What is known `before`
/// is not decided again.
PartedName part_name(std::span<const Occurrence> occurrences, std::uint32_t number, bool known,
                     const CuratorRules& rules, TellingTexts& texts,
                     const PartedBefore& before = {});

/// What is known of a name's occurrences together.
enum class Oneness : std::uint8_t {
  one,      ///< they are one thing, whatever their order
  by_told,  ///< they are one thing if those of them with a country or a home are
  unknown,  ///< part_name() has to tell
};

/// Judges by the sum of a name's occurrences, as if they were one thing.
Oneness oneness(const Thing& sum, bool known, const CuratorRules& rules);

}  // namespace relata::text
