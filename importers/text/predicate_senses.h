#pragma once
// Which entries of the knowledge file speak for a predicate: those of the reader's roleset, of the
// verb with its particle, of the lemma, and where these say nothing of another sense. Refers to its
// arguments, which must outlive it.

#include <cstdint>
#include <string>
#include <vector>

#include "importers/text/knowledge.h"
#include "importers/text/participants.h"
#include "importers/text/syntax.h"

namespace relata::text {

class PredicateSenses final {
 public:
  PredicateSenses(const PredicateKnowledge& predicates, const SyntaxView& tree,
                  const ParticipantFinder& finder)
      : predicates_(predicates), tree_(tree), finder_(finder) {}

  /// "carry_out" for "carried out".
  [[nodiscard]] std::string lemma_with_particle(std::int32_t token) const;
  /// Numbers of the entries, to be tried in their order.
  [[nodiscard]] std::vector<std::uint32_t> entries(const PredicateSite& site) const;
  /// "Russia struck a school": the reader knows few senses of a rare verb and may take an odd one.
  /// The entry of a sense of the same verb that is told of people and places and fits; null when
  /// there is none.
  [[nodiscard]] const PredicateEntry* violent_sense(const PredicateSite& site) const;
  /// The entry of a noun's lemma that makes an event and fits; null when there is none.
  [[nodiscard]] const PredicateEntry* common_noun(const PredicateSite& site) const;

 private:
  const PredicateKnowledge& predicates_;
  const SyntaxView& tree_;
  const ParticipantFinder& finder_;
};

}  // namespace relata::text
