#pragma once
// Best sequences of B-x / I-x / O labels in which I-x follows only B-x or I-x, and the spans they
// tell. Immutable after construction, usable from any thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace relata::text {

/// Words [begin, end) with a type.
struct TypedSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t type = 0;  ///< index into BioDecoder::types()
};

/// Decodes label scores of words to spans. Immutable after construction.
class BioDecoder final {
 public:
  /// `labels`: "O", "B-x" and "I-x" in any order. Throws UsageError for any other label, or without
  /// "O", or when an x has no "B-x".
  ///
  /// `transitions`: empty, or a score for every label (row) that is followed by a label (column),
  /// from -80 to 80, added to the scores of words. `inverse_temperature`: what marginals()
  /// multiplies all scores by.
  explicit BioDecoder(std::span<const std::string> labels, std::span<const float> transitions = {},
                      float inverse_temperature = 1);

  [[nodiscard]] const std::vector<std::string>& types() const { return types_; }

  /// Spans of the best allowed sequence (Viterbi; time O(words * labels)). `scores` has one row of
  /// label scores for each of `words` words, rows `stride` apart.
  [[nodiscard]] std::vector<TypedSpan> decode(const float* scores, std::size_t words,
                                              std::size_t stride) const;

  [[nodiscard]] bool has_transitions() const { return !transitions_.empty(); }
  /// Makes probabilities of labels given the whole sequence out of probabilities of each word by
  /// itself (its scores times the inverse temperature, after softmax), in place.
  /// REQUIRES: has_transitions().
  void marginals(float* probabilities, std::size_t words, std::size_t stride) const;

  /// Label numbers of a span's first word and of its other words.
  [[nodiscard]] std::size_t begin_label(std::uint32_t type) const { return begin_[type]; }
  [[nodiscard]] std::size_t inside_label(std::uint32_t type) const { return inside_[type]; }

 private:
  static constexpr std::size_t none = SIZE_MAX;
  [[nodiscard]] std::vector<TypedSpan> decode_with_transitions(const float* scores,
                                                               std::size_t words,
                                                               std::size_t stride) const;
  [[nodiscard]] bool is_inside(std::size_t label) const { return allowed_at_start_[label] == 0; }
  std::vector<std::string> types_;
  std::vector<std::size_t> begin_;   // by type
  std::vector<std::size_t> inside_;  // by type; `none` when there is no such label
  std::size_t outside_ = none;
  std::size_t labels_ = 0;
  std::vector<std::uint8_t> allowed_at_start_;  // by label: all but I-x
  std::vector<float> transitions_;              // [from, to], minus infinity where forbidden
  std::vector<double> factors_;                 // what marginals() multiplies by, [from, to]
};

}  // namespace relata::text
