#pragma once
// Phrases of one sentence that its grammar makes one: appositions, a noun before a name, offices
// side by side, what a statement says that somebody is, and what somebody is called besides. Refers
// to its arguments, which must outlive it; linear in the mentions.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "importers/text/coreference_clusters.h"
#include "importers/text/entity.h"
#include "importers/text/syntax.h"

namespace relata::text {

class EqualPhrases final {
 public:
  /// `words`: of each mention, as names are compared (name_words.h).
  EqualPhrases(std::span<const SyntaxView> syntax, const Entities& entities,
               const std::vector<std::vector<std::string>>& words, Clusters& clusters)
      : syntax_(syntax),
        entities_(entities),
        mentions_(entities.mentions),
        words_(words),
        clusters_(clusters) {}

  /// Merges the clusters of such phrases.
  void join();

 private:
  [[nodiscard]] std::int32_t count() const { return static_cast<std::int32_t>(mentions_.size()); }
  [[nodiscard]] bool is_name(std::int32_t i) const {
    return mentions_[i].form == MentionForm::name;
  }
  [[nodiscard]] bool is_nominal(std::int32_t i) const {
    return mentions_[i].form == MentionForm::nominal;
  }
  [[nodiscard]] bool person(std::int32_t i) const { return mentions_[i].type == "person"; }
  bool merge_if_compatible(std::int32_t left, std::int32_t right);
  void join_appositions();
  void join_coordinated_offices();
  void join_predicate_nouns();
  void join_nouns_before_names();
  /// The name right behind a noun, or behind "of" and a department: "Secretary of State Kerry"; -1
  /// when there is none.
  [[nodiscard]] std::int32_t name_behind(std::int32_t i) const;
  void join_given_names();
  void join_given_name(const SyntaxView& tree, const std::vector<std::int32_t>& mention_at,
                       TokenSpan phrase, std::int32_t name);
  [[nodiscard]] bool may_stand_in_apposition(std::int32_t other, std::int32_t i) const;
  /// "Turkey, the country's main supplier", "the sponsor, Alba Telecom", "its rival Castellan": a
  /// noun for one who acts says of a name what part it plays; what it is, the name decides.
  [[nodiscard]] bool calls(std::int32_t noun, std::int32_t name) const;
  /// "the commander of the People's Army (KPA)": the phrase has named it already.
  [[nodiscard]] bool speaks_of(std::int32_t noun, std::int32_t name) const;
  /// Two names in apposition are one thing when one is the other's acronym or both are persons or
  /// bodies: "Masjid Al-Haram (Grand Mosque)".
  [[nodiscard]] bool alias_like(std::int32_t left, std::int32_t right) const;

  std::span<const SyntaxView> syntax_;
  const Entities& entities_;
  const std::vector<EntityMention>& mentions_;
  const std::vector<std::vector<std::string>>& words_;
  Clusters& clusters_;
};

}  // namespace relata::text
