#pragma once
// Questions to a sentence's dependency tree (Universal Dependencies 2, English) that the later
// stages ask again and again. A SyntaxView refers to a Sentence that must outlive it and stay
// unchanged; building it is O(tokens), each question O(children). Read it from any number of
// threads.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ascii.h"
#include "importers/text/document.h"

namespace relata::text {

class SyntaxView final {
 public:
  explicit SyntaxView(const Sentence& sentence);

  [[nodiscard]] const Sentence& sentence() const { return *sentence_; }
  [[nodiscard]] std::int32_t size() const {
    return static_cast<std::int32_t>(sentence_->tokens.size());
  }
  [[nodiscard]] const Token& token(std::int32_t index) const { return sentence_->tokens[index]; }
  [[nodiscard]] std::int32_t head(std::int32_t index) const { return token(index).head; }
  [[nodiscard]] std::string_view lemma(std::int32_t index) const { return token(index).lemma; }
  /// Lemma in lower case.
  [[nodiscard]] const std::string& key(std::int32_t index) const { return keys_[index]; }

  /// Dependents in the order of the text.
  [[nodiscard]] std::span<const std::int32_t> children(std::int32_t index) const;

  /// True when the relation of `index` to its head is `relation` or a subtype of it ("nmod" covers
  /// "nmod:poss").
  [[nodiscard]] bool is(std::int32_t index, std::string_view relation) const;
  /// First dependent with that relation (subtypes included unless `relation` names one); -1 when
  /// there is none.
  [[nodiscard]] std::int32_t child(std::int32_t index, std::string_view relation) const;
  /// First dependent whose lower-case lemma is `lemma`; -1 when there is none.
  [[nodiscard]] std::int32_t child_with_lemma(std::int32_t index, std::string_view lemma) const;

  /// The preposition of a nominal, lower case, fixed expressions joined by blanks ("according to",
  /// "because of"); "" when bare.
  [[nodiscard]] std::string preposition(std::int32_t index) const;

  /// The nominals coordinated with `index`, itself first: "Kim and Putin" gives both from either's
  /// first conjunct. In "on officials of a committee and on a company" the second "on" tells that
  /// the company stands beside the officials, whatever the tree says.
  [[nodiscard]] std::vector<std::int32_t> conjuncts(std::int32_t index) const;
  /// The first conjunct of the coordination that `index` belongs to; `index` itself when there is
  /// none.
  [[nodiscard]] std::int32_t first_conjunct(std::int32_t index) const;

  /// True when `ancestor` dominates `index` or is it.
  [[nodiscard]] bool dominates(std::int32_t ancestor, std::int32_t index) const;
  /// Number of arcs from the root.
  [[nodiscard]] std::int32_t depth(std::int32_t index) const { return depth_[index]; }

  /// All tokens of the subtree as the smallest range that covers them.
  [[nodiscard]] TokenSpan subtree(std::int32_t index) const { return subtree_[index]; }

  /// Noun phrase of `index` without what follows its name or noun (relative clauses, prepositional
  /// phrases, appositions), and without coordination: "an injured North Korean soldier".
  /// Punctuation and conjunctions at its edges are left out.
  [[nodiscard]] TokenSpan core_phrase(std::int32_t index) const;

  /// The verb is in the passive.
  [[nodiscard]] bool passive(std::int32_t index) const;
  /// Subject of the clause that `index` heads, also shared by coordination ("X came and went") and
  /// inherited through xcomp; -1.
  [[nodiscard]] std::int32_t subject(std::int32_t index) const;
  /// Nearest ancestor (or itself) that heads a clause: its relation is root, ccomp, xcomp, advcl,
  /// acl, csubj, parataxis, or conj of one.
  [[nodiscard]] std::int32_t clause(std::int32_t index) const;

  /// The noun that a relative pronoun stands for; -1 when `index` is not one or its noun is not
  /// found.
  [[nodiscard]] std::int32_t antecedent(std::int32_t index) const;

  [[nodiscard]] bool is_nominal(std::int32_t index) const;
  [[nodiscard]] bool is_relative_pronoun(std::int32_t index) const;

 private:
  /// "X has been freed, the governor, Y, said": the tree may hang the speaker on what is said, as
  /// its second subject.
  [[nodiscard]] std::int32_t subject_of_clause_before(std::int32_t verb) const;
  const Sentence* sentence_;
  std::vector<std::string> keys_;
  /// What a conjunct is really coordinated with: see conjuncts().
  [[nodiscard]] std::int32_t coordinated_with(std::int32_t conjunct) const;

  std::vector<std::int32_t> child_begin_;  // tokens + 1
  std::vector<std::int32_t> children_;
  std::vector<std::int32_t> depth_;
  std::vector<TokenSpan> subtree_;
};

}  // namespace relata::text
