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
        scorer_(features, model, phrases.size()),
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

  /// What the text says of the entity allows it to be called so.
  [[nodiscard]] bool agrees(const EntityMention& pronoun, std::int32_t group) const {
    if (group < 0) return true;
    const Entity& entity = entities_.entities[static_cast<std::size_t>(group)];
    if (pronoun.noun == "he" || pronoun.noun == "she") {
      return entity.type == "person" && !entity.plural &&
             (entity.gender == Gender::unknown || entity.gender == pronoun.gender);
    }
    if (pronoun.noun == "it") return entity.type != "person" && !entity.plural;
    return entity.plural || entity.type != "person";
  }

  void advise(std::int32_t i) {
    const EntityMention& pronoun =
        entities_.mentions[phrases_[static_cast<std::size_t>(i)].entity_mention];
    std::map<std::int32_t, Candidate> groups;
    for (const ChainScorer::Fit& fit : scorer_.fits(i)) {
      const std::int32_t entity = group_[static_cast<std::size_t>(fit.antecedent)];
      if (!agrees(pronoun, entity)) continue;
      Candidate& group = groups[entity];
      if (group.phrase < 0 || fit.score > group.best) {
        group.best = fit.score;
        group.phrase = fit.antecedent;
      }
      group.odds += portable_exp(fit.score);
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
  ChainScorer scorer_;
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
