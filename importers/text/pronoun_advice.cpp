#include "importers/text/pronoun_advice.h"

#include <map>

#include "importers/text/chains.h"

namespace relata::text {

namespace {

class Adviser final {
 public:
  Adviser(const Entities& entities, std::span<const ChainMention> phrases,
          const ChainFeatures& features, const ChainModel& model)
      : entities_(entities),
        phrases_(phrases),
        features_(features),
        model_(model),
        list_(ChainModel::rank_bits),
        sums_(phrases.size()),
        summed_(phrases.size(), false),
        advice_(entities.mentions.size()) {}

  std::vector<PronounAdvice> run() {
    for (std::size_t n = 0; n < phrases_.size(); ++n) {
      const ChainMention& phrase = phrases_[n];
      const auto i = static_cast<std::int32_t>(n);
      const bool own = phrase.entity_mention >= 0 && !phrase.whole;
      group_.push_back(own && phrase.entity >= 0 ? phrase.entity : alone(i));
      if (!own) continue;
      const EntityMention& mention = entities_.mentions[phrase.entity_mention];
      if (mention.form == MentionForm::pronoun && mention.person == 3) advise(i);
    }
    return std::move(advice_);
  }

 private:
  struct Candidate {
    double odds = 0;
    float best = 0;
    std::int32_t phrase = -1;
  };

  /// Groups of phrases that are no entity have negative numbers.
  [[nodiscard]] static std::int32_t alone(std::int32_t i) { return -1 - i; }

  const ChainModel::Hidden& antecedent(std::int32_t j) {
    const auto index = static_cast<std::size_t>(j);
    if (!summed_[index]) {
      list_.clear();
      features_.antecedent(j, list_);
      sums_[index] = model_.sum(list_);
      model_.add_word(features_.head_word(j), ChainModel::Side::antecedent, sums_[index]);
      summed_[index] = true;
    }
    return sums_[index];
  }

  void advise(std::int32_t i) {
    const std::int32_t word = features_.head_word(i);
    list_.clear();
    features_.newness(i, list_);
    ChainModel::Hidden newness = model_.sum(list_);
    model_.add_word(word, ChainModel::Side::newness, newness);
    const float none = model_.new_score(newness);
    list_.clear();
    features_.anaphor(i, list_);
    ChainModel::Hidden anaphor = model_.sum(list_);
    model_.add_word(word, ChainModel::Side::anaphor, anaphor);
    std::map<std::int32_t, Candidate> groups;
    std::int32_t between = 0;
    for (const std::int32_t j : features_.candidates(i)) {
      const ChainModel::Hidden& earlier = antecedent(j);
      list_.clear();
      features_.pair(j, i, between, list_);
      const float score = model_.antecedent_score(anaphor, earlier, model_.sum(list_)) - none;
      if (features_.agrees(j, i)) ++between;
      Candidate& group = groups[group_[static_cast<std::size_t>(j)]];
      if (group.phrase < 0 || score > group.best) {
        group.best = score;
        group.phrase = j;
      }
      group.odds += portable_exp(score);
    }
    const Candidate* best = nullptr;
    for (const auto& [entity, candidate] : groups) {
      if (best == nullptr || candidate.odds > best->odds) best = &candidate;
    }
    PronounAdvice& advice =
        advice_[static_cast<std::size_t>(phrases_[static_cast<std::size_t>(i)].entity_mention)];
    advice.kind = PronounAdvice::Kind::nothing;
    const auto own = static_cast<std::size_t>(i);
    if (best == nullptr || best->odds < balanced_odds) {
      group_[own] = alone(i);
      return;
    }
    const auto chosen = static_cast<std::size_t>(best->phrase);
    group_[own] = group_[chosen];
    if (group_[chosen] < 0) return;
    advice = {PronounAdvice::Kind::antecedent, phrases_[chosen].entity_mention};
  }

  const Entities& entities_;
  std::span<const ChainMention> phrases_;
  const ChainFeatures& features_;
  const ChainModel& model_;
  FeatureList list_;
  std::vector<ChainModel::Hidden> sums_;  ///< of phrases as antecedents, when `summed_`
  std::vector<bool> summed_;
  std::vector<std::int32_t> group_;  ///< entity of each phrase so far, or a negative number
  std::vector<PronounAdvice> advice_;
};

}  // namespace

std::vector<PronounAdvice> advise_pronouns(const Entities& entities,
                                           std::span<const ChainMention> phrases,
                                           const ChainFeatures& features, const ChainModel& model) {
  return Adviser(entities, phrases, features, model).run();
}

}  // namespace relata::text
