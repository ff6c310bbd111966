#pragma once
// Phrases of a sentence, read off its dependency tree: the extent of a mention and of an argument
// from their head tokens. No state; time linear in the sentence for each call after TreeIndex.

#include <cstdint>
#include <vector>

#include "importers/text/document.h"

namespace relata::text {

/// Children of every token, for walks down the tree of one sentence. Keeps a reference to the
/// sentence; heads and relations must not change while it is used.
class TreeIndex final {
 public:
  explicit TreeIndex(const Sentence& sentence);

  /// The noun phrase headed by `head`: the head with its modifiers (determiners, adjectives,
  /// compounds, numbers, possessors, prepositional phrases, relative clauses), without what belongs
  /// to its clause or to a coordination with it (prepositions before it, copula and subject of a
  /// nominal predicate, conjuncts, appositions), and without punctuation at its ends. Contiguous.
  [[nodiscard]] TokenSpan mention(std::int32_t head) const;

  /// The phrase headed by `head` as an argument of `predicate`: all that `head` dominates, but
  /// without the branch that holds the predicate (the relative clause of "the man who left" is no
  /// part of the leaver), and without punctuation at its ends. Contiguous.
  [[nodiscard]] TokenSpan argument(std::int32_t head, std::int32_t predicate) const;

  /// Whether `token` is `ancestor` or is dominated by it.
  [[nodiscard]] bool dominates(std::int32_t ancestor, std::int32_t token) const;

 private:
  template <class Keep>
  TokenSpan grow(std::int32_t head, const Keep& keep) const;

  const Sentence& sentence_;
  std::vector<std::int32_t> first_child_;  // -1 when there is none
  std::vector<std::int32_t> next_sibling_;
};

}  // namespace relata::text
