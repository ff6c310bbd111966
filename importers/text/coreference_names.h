#pragma once
// Which names of a text another name may be short for: "Smith" for "John Smith", "NIS" for
// "National Intelligence Service". Used by the passes of coreference.cpp only. Built once, then
// immutable; cost: about linear in the names, with a few candidates for each short one.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "importers/text/coreference_clusters.h"
#include "importers/text/entity.h"

namespace relata::text {

class ShortNames final {
 public:
  /// `words[i]` are the name_words of mention i. Of several names that `clusters` holds for one and
  /// that agree in all that the passes look at, one stands for all: clusters only grow.
  ShortNames(const std::vector<EntityMention>& mentions,
             const std::vector<std::vector<std::string>>& words, const Clusters& clusters);

  /// Names that begin or end with the words of name `i` and have more of them, or where there are
  /// none persons' names with that word inside ("Velasco" of "Juan Velasco Ortiz"); in the order of
  /// the text.
  [[nodiscard]] std::span<const std::int32_t> longer(std::int32_t i) const {
    return of(longer_, i);
  }
  /// Names whose initials name `i` is made of; in the order of the text. Empty for names of several
  /// words.
  [[nodiscard]] std::span<const std::int32_t> spelt_out(std::int32_t i) const {
    return of(spelt_out_, i);
  }

 private:
  using Lists = std::vector<std::vector<std::int32_t>>;

  void find_longer(const std::vector<EntityMention>& mentions,
                   const std::vector<std::vector<std::string>>& words, const Clusters& clusters);
  void find_inner(const std::vector<EntityMention>& mentions,
                  const std::vector<std::vector<std::string>>& words,
                  const std::map<std::vector<std::string>, std::int32_t>& list_of_words,
                  const Clusters& clusters);
  void find_spelt_out(const std::vector<EntityMention>& mentions,
                      const std::vector<std::vector<std::string>>& words, const Clusters& clusters);

  /// A list for each distinct short name, and for each mention which list is its, -1 for none.
  struct Table {
    Lists lists;
    std::vector<std::int32_t> list_of;
  };
  [[nodiscard]] static std::span<const std::int32_t> of(const Table& table, std::int32_t i) {
    const std::int32_t list = table.list_of[i];
    return list < 0 ? std::span<const std::int32_t>() : table.lists[list];
  }

  Table longer_;
  Table spelt_out_;
};

}  // namespace relata::text
