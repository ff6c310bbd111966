#pragma once
// What the stages that read facts off one sentence share: its tree, its frames and events so far,
// and the ways to state a relation. Belongs to one reading of one sentence; refers to the tree, the
// times and the document's facts, which must outlive it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "importers/text/predicate_facts.h"

namespace relata::text {

class SentenceContext final {
 public:
  SentenceContext(const SyntaxView& sentence_tree, std::int32_t sentence,
                  const NounKnowledge& nouns, std::span<const TimeExpression> sentence_times,
                  DocumentFacts& document_facts);
  SentenceContext(const SentenceContext&) = delete;
  SentenceContext& operator=(const SentenceContext&) = delete;

  [[nodiscard]] Assertion assertion(std::int32_t token) const;
  /// A noun under a light verb has the verb's reality: "have not had talks".
  [[nodiscard]] Assertion assertion(const PredicateSite& site) const;
  [[nodiscard]] static float predicate_score(const Frame& frame);
  /// The time that the sentence gives for the predicate: an expression among its own dependents,
  /// else of the clause that it is in.
  [[nodiscard]] TimeSpan time_of(const PredicateSite& site) const;
  /// The ends that a filler can be: its entity, or the event that it triggers.
  [[nodiscard]] std::optional<End> end_of(std::int32_t token, ParticipantKinds kinds) const;
  void add_relation(const Frame& frame, const Filler& source, const std::string& relation,
                    const Filler& target, ParticipantKinds source_kinds,
                    ParticipantKinds target_kinds);
  [[nodiscard]] std::vector<std::int32_t> told_events(std::int32_t content) const;
  /// The relations that this sentence has stated so far; valid until the next one is added.
  [[nodiscard]] std::span<const RelationFact> own_relations() const {
    return std::span(facts.relations).subspan(first_relation_);
  }

  const SyntaxView& tree;
  const std::int32_t index;
  std::span<const TimeExpression> times;
  DocumentFacts& facts;
  std::vector<bool> is_event;          ///< by token: triggers an event
  std::vector<std::int32_t> event_at;  ///< by token: index into facts.events, -1
  ParticipantFinder finder;
  SentenceFrames frames;

 private:
  /// The expression's head hangs on `token` itself.
  [[nodiscard]] bool attached(const TimeExpression& time, std::int32_t token) const;
  [[nodiscard]] static TimeSpan span_of(const TimeExpression& time);
  void add_amount(std::int32_t token, RelationFact& fact) const;
  /// An event of which nothing is known but its kind ("a state of war") is nothing to report.
  [[nodiscard]] static bool tells(const EventFact& event);
  [[nodiscard]] std::vector<std::int32_t> topmost_events(std::int32_t clause) const;

  std::size_t first_relation_;  ///< of the document's, that this sentence states
};

}  // namespace relata::text
