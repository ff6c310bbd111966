#pragma once
// Which phrases of a text mean the same, as a corpus of coreference would mark them. Each mention
// asks, in the order of the text, which chain of earlier mentions speaks for it most, and joins it
// when that outweighs being new (mention ranking: Denis and Baldridge 2008, Durrett and Klein 2013;
// the members of a chain are summed as the training's objective sums them). Wider and bolder than
// the entities of the graph, which coreference.h makes.

#include <cstdint>
#include <span>
#include <vector>

#include "importers/text/chain_features.h"
#include "importers/text/chain_mentions.h"
#include "importers/text/chain_model.h"

namespace relata::text {

/// Where a mention belongs.
struct ChainLink {
  std::int32_t chain = -1;       ///< numbered from 0 in the order of first mention
  std::int32_t antecedent = -1;  ///< the member of the best chain that fits best; -1: no candidate
  /// How much likelier the best chain is than something new; the mention joined it when this is at
  /// least `least_odds`.
  double odds = 0;
};

/// Odds at which chains agree best with GUM's.
inline constexpr double balanced_odds = 1.2;

/// exp(x) by its series alone: the same bits wherever it runs, which std::exp does not promise.
double portable_exp(double x);

/// Scores a mention against its candidates; what belongs to one mention is summed once. Refers to
/// its arguments, which must outlive it.
class ChainScorer final {
 public:
  ChainScorer(const ChainFeatures& features, const ChainModel& model, std::size_t mentions)
      : features_(features),
        model_(model),
        list_(ChainModel::rank_bits),
        sums_(mentions),
        summed_(mentions, false) {}

  /// An earlier mention and how well it fits, in logits over being new.
  struct Fit {
    std::int32_t antecedent = 0;
    float score = 0;
  };
  /// The fits of mention `i`'s candidates, in their order; valid until the next call.
  std::span<const Fit> fits(std::int32_t i);

 private:
  const ChainModel::Hidden& as_antecedent(std::int32_t j);

  const ChainFeatures& features_;
  const ChainModel& model_;
  FeatureList list_;
  std::vector<ChainModel::Hidden> sums_;  ///< of mentions as antecedents, when `summed_`
  std::vector<bool> summed_;
  std::vector<Fit> fits_;
};

/// The link of each mention. Cost O(mentions x candidates). Pure function of its arguments.
std::vector<ChainLink> link_chains(std::span<const ChainMention> mentions,
                                   const ChainFeatures& features, const ChainModel& model,
                                   double least_odds = balanced_odds);

}  // namespace relata::text
