#pragma once
// What the tree and the roleset say of a predicate's arguments, as scores added to those of the
// biaffine classifier: the way in the tree from the predicate to a word, the word's preposition or
// marker, and what the roleset's frame says of ARG0 to ARG5 (a role that the frame lacks is
// forbidden). The codes are those of training/paths.py; docs/model_format.md describes them.
// Immutable after construction and usable from several threads.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "importers/text/reader/heads.h"
#include "importers/text/reader/model_file.h"

namespace relata::text {

/// A part's tree: index 0 is the root, words count from 1. Heads and relation numbers by word.
struct PartTree {
  std::vector<std::uint32_t> heads;
  std::vector<std::uint32_t> relations;
  std::vector<std::uint32_t> marks;  ///< number of a word's preposition or marker, times two
};

class ArgumentFeatures final {
 public:
  /// Number that stands for "no roleset is known" in add().
  static constexpr std::size_t no_roleset = SIZE_MAX;

  /// Reads sections `srl.path`, `srl.case`, `roleset.functions`, `labels.srl_case` and
  /// `labels.srl_function`. `roles`: labels of the arguments, "none" first.
  ArgumentFeatures(ModelFile& file, const std::vector<std::string>& relations,
                   const std::vector<std::string>& roles, std::size_t rolesets);

  /// Fills `tree.marks` for the words `forms` (word i of the tree is forms[i - 1]).
  void mark(std::span<const std::string_view> forms, PartTree& tree) const;

  /// Adds to the scores of all roles for every word (row i for word i + 1) seen from `predicate`.
  void add(const PartTree& tree, std::uint32_t predicate, std::size_t roleset,
           Scores& scores) const;

 private:
  [[nodiscard]] std::size_t path_code(const PartTree& tree, std::uint32_t predicate,
                                      std::uint32_t word) const;

  static constexpr std::size_t core_roles = 6;
  std::size_t relations_;
  std::size_t roles_;
  std::size_t columns_;  ///< of the tables: roles, then functions
  std::uint32_t case_relation_ = 0;
  std::uint32_t mark_relation_ = 0;
  std::uint8_t any_function_ = 0;
  std::array<std::size_t, core_roles> core_ = {};  ///< role numbers of ARG0 to ARG5
  std::vector<float> path_;
  std::vector<float> case_;
  std::vector<std::array<std::uint8_t, core_roles>> functions_;  ///< by roleset
  std::unordered_map<std::string, std::uint32_t> marks_;
};

}  // namespace relata::text
