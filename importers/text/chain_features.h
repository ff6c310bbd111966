#pragma once
// What speaks for and against two phrases meaning the same: forms, matching words, number, gender
// and type, distance, syntactic role, apposition and copula, nesting, speakers, salience, and what
// the rules of coreference.h know of both. Only features; chains.h decides. Built for one document,
// whose records must outlive it; read from one thread.

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "importers/text/chain_mentions.h"
#include "importers/text/entity.h"
#include "importers/text/feature_hash.h"
#include "importers/text/speakers.h"
#include "importers/text/syntax.h"
#include "importers/text/word_similarity.h"

namespace relata::text {

class ChainFeatures final {
 public:
  ChainFeatures(std::span<const SyntaxView> syntax, const SpeakerMap& speakers,
                const Entities& entities, std::span<const ChainMention> mentions,
                const WordSimilarity& words);

  /// Earlier mentions that could be the antecedent of mention `i`, the nearest first: all of the
  /// last sentences, and further back those that share a word with it. At most `most_candidates`.
  [[nodiscard]] std::vector<std::int32_t> candidates(std::int32_t i) const;
  static constexpr std::size_t most_candidates = 160;

  /// Features of `i` on its way to an antecedent, of `i` as something new, of `j` as antecedent,
  /// and of both together (`j` before `i`; `between`: mentions between them that agree with `i`).
  void anaphor(std::int32_t i, FeatureList& features) const;
  void newness(std::int32_t i, FeatureList& features) const;
  void antecedent(std::int32_t j, FeatureList& features) const;
  void pair(std::int32_t j, std::int32_t i, std::int32_t between, FeatureList& features) const;

  /// Row of the head's word in the table of words; -1.
  [[nodiscard]] std::int32_t head_word(std::int32_t i) const { return facts_[i].word; }

  /// Whether number, gender and type let `j` stand for `i`.
  [[nodiscard]] bool agrees(std::int32_t j, std::int32_t i) const;

 private:
  struct Facts {
    std::uint32_t kind = 0;  ///< form; for pronouns the word itself
    std::uint32_t role = 0;
    std::uint32_t governor = 0;  ///< lemma
    std::int32_t governor_token = -1;
    std::int32_t speaker = -1;    ///< entity that says it
    std::uint32_t same_noun = 0;  ///< earlier mentions with the same head word
    std::uint32_t same_text = 0;
    std::uint32_t same_entity = 0;
    std::uint32_t type = 0;
    std::uint32_t gender = 0;
    std::uint32_t number = 0;
    std::uint32_t preposition = 0;
    bool headline = false;
    bool modifier = false;  ///< stands inside another noun as compound or adjective
    std::uint32_t paragraph = 0;
    std::int32_t word = -1;  ///< row of the head in the table of words
    std::int32_t governor_word = -1;
    float femininity = 0;
    std::uint32_t female = 4;     ///< the same in steps
    std::int32_t possessor = -1;  ///< token
    std::int32_t possessor_entity = -1;
    std::uint32_t number_word = 0;         ///< hash of a numeral inside
    std::vector<std::uint32_t> all_words;  ///< of the whole phrase, function words left out
    std::vector<std::int32_t> modifiers;   ///< rows of the words before the head
  };

  [[nodiscard]] Facts read(std::int32_t i);
  [[nodiscard]] std::uint32_t nearness(std::int32_t left, std::int32_t right) const;
  [[nodiscard]] std::uint32_t match(std::int32_t j, std::int32_t i) const;
  [[nodiscard]] std::uint32_t tie(std::int32_t j, std::int32_t i) const;
  void shared(std::int32_t i, std::uint32_t base, FeatureList& features) const;

  std::span<const SyntaxView> syntax_;
  const SpeakerMap& speakers_;
  const Entities& entities_;
  std::span<const ChainMention> mentions_;
  const WordSimilarity& words_;
  std::vector<Facts> facts_;
  std::unordered_map<std::uint32_t, std::vector<std::int32_t>> by_word_;  ///< ascending
  std::vector<std::vector<std::int32_t>> by_entity_;                      ///< ascending
  std::map<std::int32_t, std::vector<std::int32_t>> by_person_;  ///< personal pronouns, ascending
};

}  // namespace relata::text
