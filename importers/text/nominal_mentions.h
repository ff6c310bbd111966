#pragma once
// Phrases that mean somebody or something by a noun, or by an adjective that stands for people:
// what they are, which words a node would be called by, how many are meant. Refers to its
// arguments, which must outlive it; linear in the words beside the noun.

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "importers/text/entity.h"
#include "importers/text/knowledge.h"
#include "importers/text/quantities.h"
#include "importers/text/syntax.h"
#include "importers/text/world.h"

namespace relata::text {

class NominalReader final {
 public:
  NominalReader(const SyntaxView& tree, std::int32_t sentence, const NounKnowledge& nouns,
                const World& world, std::span<const Quantity> quantities)
      : tree_(tree), sentence_(sentence), nouns_(nouns), world_(world), quantities_(quantities) {}

  /// The phrase that the noun `t` heads; `country` is that of a nationality word beside it, or "".
  [[nodiscard]] EntityMention of_noun(std::int32_t t, std::string country) const;

  /// "the injured", "160 wounded", "a dozen missing": people told by what befell them. Nothing when
  /// the adjective `t` only tells of a noun. The head is the number where that governs.
  [[nodiscard]] std::optional<EntityMention> of_adjective(std::int32_t t) const;

 private:
  [[nodiscard]] const NounEntry* noun_entry(std::int32_t t) const;
  [[nodiscard]] const Mention* reader_mention(std::int32_t t) const;
  /// "the Government of Iraq", "the Israeli government": the country itself.
  [[nodiscard]] bool become_country(std::int32_t t, EntityMention& mention) const;
  /// "staff" of "chief of staff", "state" of "secretary of state"
  [[nodiscard]] bool ends_office(std::int32_t t) const;
  void classify(std::int32_t t, EntityMention& mention) const;
  /// The phrase without determiners, possessors, counts and words that only place it in the text;
  /// notes whether it is definite.
  [[nodiscard]] TokenSpan bare_words(std::int32_t t, EntityMention& mention) const;
  [[nodiscard]] Count count_of(std::int32_t t) const;

  const SyntaxView& tree_;
  std::int32_t sentence_;
  const NounKnowledge& nouns_;
  const World& world_;
  std::span<const Quantity> quantities_;
};

}  // namespace relata::text
