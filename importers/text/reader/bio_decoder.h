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

class BioDecoder final {
 public:
  /// `labels`: "O", "B-x" and "I-x" in any order. Throws UsageError for any other label, or without
  /// "O", or when an x has no "B-x".
  explicit BioDecoder(std::span<const std::string> labels);

  [[nodiscard]] const std::vector<std::string>& types() const { return types_; }

  /// Spans of the best allowed sequence (Viterbi; time O(words * labels)). `scores` has one row of
  /// label scores for each of `words` words, rows `stride` apart.
  [[nodiscard]] std::vector<TypedSpan> decode(const float* scores, std::size_t words,
                                              std::size_t stride) const;

  /// Label numbers of a span's first word and of its other words.
  [[nodiscard]] std::size_t begin_label(std::uint32_t type) const { return begin_[type]; }
  [[nodiscard]] std::size_t inside_label(std::uint32_t type) const { return inside_[type]; }

 private:
  static constexpr std::size_t none = SIZE_MAX;
  std::vector<std::string> types_;
  std::vector<std::size_t> begin_;   // by type
  std::vector<std::size_t> inside_;  // by type; `none` when there is no such label
  std::size_t outside_ = none;
};

}  // namespace relata::text
