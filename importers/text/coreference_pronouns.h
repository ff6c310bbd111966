#pragma once
// What the pronouns of a text stand for: the ranker's advice where number, gender and binding allow
// it, else the most salient mention that agrees. A pass of coreference.cpp.

#include <span>
#include <vector>

#include "importers/text/coreference_clusters.h"
#include "importers/text/entity.h"
#include "importers/text/pronoun_advice.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// Refers to its arguments, which must outlive it; sees the clusters as they grow.
class PronounResolver final {
 public:
  PronounResolver(std::span<const SyntaxView> syntax, const std::vector<EntityMention>& mentions,
                  const Clusters& clusters, std::span<const PronounAdvice> advice)
      : syntax_(syntax), mentions_(mentions), clusters_(clusters), advice_(advice) {}

  /// The ranker's antecedent when it agrees, else the rules'; none when the ranker sees nothing
  /// that could be an entity.
  [[nodiscard]] std::int32_t antecedent(std::int32_t i) const;

 private:
  /// "the United States drops its sanctions": whoever acts in a clause owns what is his there.
  [[nodiscard]] std::int32_t acting_owner(std::int32_t i) const;
  [[nodiscard]] bool agrees(const EntityMention& pronoun, const ClusterFacts& facts) const;
  /// Same clause, one subject and the other object: "he met him" are two (binding); a possessive
  /// may take up the subject.
  [[nodiscard]] bool bound(std::int32_t i, std::int32_t j) const;
  /// "blamed the militia and its commander": the one beside whom the owned thing stands; -1 when
  /// there is none.
  [[nodiscard]] std::int32_t coordinated_owner(std::int32_t i) const;
  [[nodiscard]] double salience(std::int32_t i, std::int32_t j) const;
  [[nodiscard]] std::int32_t find_pronoun_antecedent(std::int32_t i) const;

  std::span<const SyntaxView> syntax_;
  const std::vector<EntityMention>& mentions_;
  const Clusters& clusters_;
  std::span<const PronounAdvice> advice_;
};

}  // namespace relata::text
