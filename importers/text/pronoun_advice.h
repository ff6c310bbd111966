#pragma once
// What the trained ranker of chains.h thinks that the pronouns of a text stand for, among the
// entities that the rules of coreference.h made of names and nouns. The odds of all phrases of one
// entity are summed. Pure function of its arguments; cost O(pronouns x candidates).

#include <cstdint>
#include <span>
#include <vector>

#include "importers/text/chain_features.h"
#include "importers/text/chain_mentions.h"
#include "importers/text/chain_model.h"
#include "importers/text/entity.h"

namespace relata::text {

/// What a mention should take up.
struct PronounAdvice {
  enum class Kind : std::uint8_t {
    none,        ///< no third-person pronoun, or the ranker did not see it
    antecedent,  ///< `mention` is one of its earlier mentions
    nothing      ///< nothing that is an entity: something new, a clause, a coordination
  } kind = Kind::none;
  std::int32_t mention = -1;  ///< index into Entities::mentions
};

/// One advice for each of `entities.mentions`. `entities` are the rules' with pronouns resolved,
/// `phrases` and `features` made of them.
std::vector<PronounAdvice> advise_pronouns(const Entities& entities,
                                           std::span<const ChainMention> phrases,
                                           const ChainFeatures& features, const ChainModel& model);

}  // namespace relata::text
