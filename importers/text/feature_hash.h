#pragma once
// Sparse binary features as numbers below a power of two: a template's number and up to four values
// are hashed together. Training reads the same numbers off the program, so the hash is part of the
// model's format and never changes. Pure functions without state; no allocation beyond the list.

#include <cstdint>
#include <string_view>
#include <vector>

namespace relata::text {

/// FNV-1a of the bytes of a word.
constexpr std::uint32_t word_hash(std::string_view word) {
  std::uint32_t hash = 2166136261U;
  for (const char c : word) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 16777619U;
  }
  return hash;
}

/// Features that hold of one thing, as rows of a table of 2^bits weights.
class FeatureList final {
 public:
  explicit FeatureList(unsigned bits) : mask_((1U << bits) - 1U) {}

  void clear() { ids_.clear(); }
  /// Adds the feature that template `number` has these values.
  void add(std::uint32_t number, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0,
           std::uint32_t d = 0) {
    std::uint32_t hash = 2166136261U;
    for (const std::uint32_t value : {number, a, b, c, d}) {
      hash ^= value;
      hash *= 2654435761U;
      hash ^= hash >> 15U;
    }
    ids_.push_back((hash ^ (hash >> 7U)) & mask_);
  }
  [[nodiscard]] const std::vector<std::uint32_t>& ids() const { return ids_; }

 private:
  std::uint32_t mask_;
  std::vector<std::uint32_t> ids_;
};

}  // namespace relata::text
