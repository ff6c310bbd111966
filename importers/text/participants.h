#pragma once
// Finds the participants of a predicate: which words of the sentence fill the selectors of an entry
// of data/predicates.txt, and which entities they mean. A ParticipantFinder refers to the
// sentence's tree, the document's entities and the knowledge, which must outlive it.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "importers/text/entity.h"
#include "importers/text/knowledge.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// A predicate of one sentence: a token, its arguments from the reader, and what a light verb above
/// it lends it.
struct PredicateSite {
  std::int32_t sentence = 0;
  std::int32_t token = -1;
  const Predicate* predicate = nullptr;  ///< the reader's analysis; null when it gave none
  std::int32_t light_verb = -1;          ///< its prepositional phrases count too
  std::map<std::string, std::vector<std::int32_t>>
      lent;  ///< arguments from the light verb, by role
};

/// A word that fills a selector, with the probability that it does.
struct Filler {
  std::int32_t token = -1;
  float score = 1;
};

class ParticipantFinder final {
 public:
  /// `is_event[t]`: token t triggers an event.
  ParticipantFinder(const SyntaxView& tree, std::int32_t sentence, const Entities& entities,
                    const NounKnowledge& nouns, const std::vector<bool>& is_event)
      : tree_(tree), sentence_(sentence), entities_(entities), nouns_(nouns), is_event_(is_event) {}

  /// Words of the first alternative that has any of an admitted kind (0: any), coordinated ones
  /// included.
  [[nodiscard]] std::vector<Filler> find(const PredicateSite& site, const Selectors& selectors,
                                         ParticipantKinds kinds = 0) const;

  /// The token that says who or what `token` is: relative pronouns give their noun, "dozens of
  /// civilians" the civilians.
  [[nodiscard]] std::int32_t referent(std::int32_t token) const;

  /// The name that a general noun introduces: Jeddah of "the Red Sea city of Jeddah"; -1.
  [[nodiscard]] std::int32_t introduced_place(std::int32_t token) const;

  /// The entity that `token` means; -1 when it means none, or nobody knows whom (an unresolved
  /// pronoun).
  [[nodiscard]] std::int32_t entity_of(std::int32_t token) const;

  /// "Pakistani warplanes bombed ...", "a report by Amnesty says ...": whose the arms are acts, and
  /// whose the document is speaks. The word for him; -1 for other things.
  [[nodiscard]] std::int32_t owner_of(std::int32_t token) const;

  /// Those that the text counts among a group: "members, including A and B", "countries such as C".
  [[nodiscard]] std::vector<std::int32_t> members_of(std::int32_t group) const;

  /// What `token` can be.
  [[nodiscard]] ParticipantKinds kinds_of(std::int32_t token) const;

  /// True when all conditions of `entry` hold at `site`.
  [[nodiscard]] bool holds(const PredicateSite& site, const PredicateEntry& entry) const;

 private:
  [[nodiscard]] bool is_group(std::int32_t token) const;
  [[nodiscard]] std::vector<Filler> candidates(const PredicateSite& site,
                                               const Selector& selector) const;
  [[nodiscard]] std::vector<Filler> argument(const PredicateSite& site,
                                             const std::string& role) const;
  [[nodiscard]] std::vector<Filler> syntactic_argument(const PredicateSite& site,
                                                       const std::string& role) const;
  /// "the attack on the camp that killed three": a relative clause whose subject would be a place
  /// without a will of its own speaks of the event before it.
  void from_place_to_event(const PredicateSite& site, std::vector<Filler>& fillers) const;
  void take_first_subject(std::int32_t verb, std::vector<Filler>& fillers) const;
  /// The noun that a number standing alone counts; -1 when it is not told.
  [[nodiscard]] std::int32_t noun_of_number(std::int32_t token) const;
  /// "charged with the murder", "accused China of spying", "praised Turkey for opening the border":
  /// who did what he is judged for; -1 elsewhere.
  [[nodiscard]] std::int32_t doer_of_ground(std::int32_t verb) const;
  /// "its investigation into the attack": who investigates is not who attacks.
  void drop_foreign_possessors(const PredicateSite& site, std::vector<Filler>& fillers) const;
  void prepositional(std::int32_t host, const std::string& preposition,
                     std::vector<Filler>& fillers) const;
  void expand(Filler filler, std::vector<Filler>& fillers) const;
  void name_owners(std::vector<Filler>& fillers) const;
  /// "Russian warships arrived": Russia did not.
  [[nodiscard]] bool travels(std::int32_t verb) const;
  /// "urged the government to act": where somebody is looked for and an infinitive clause was
  /// found, its subject is meant.
  void look_into_clauses(std::vector<Filler>& fillers) const;
  [[nodiscard]] bool holds(const PredicateSite& site, const Condition& condition) const;

  const SyntaxView& tree_;
  std::int32_t sentence_;
  const Entities& entities_;
  const NounKnowledge& nouns_;
  const std::vector<bool>& is_event_;
};

}  // namespace relata::text
