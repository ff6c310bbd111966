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

/// The link of each mention. Cost O(mentions x candidates). Pure function of its arguments.
std::vector<ChainLink> link_chains(std::span<const ChainMention> mentions,
                                   const ChainFeatures& features, const ChainModel& model,
                                   double least_odds = balanced_odds);

}  // namespace relata::text
