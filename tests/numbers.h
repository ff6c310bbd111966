#pragma once
// Numbers for generated inputs of tests and benchmarks.

#include <cstddef>
#include <cstdint>

/// Numbers that look random and are the same in every run with a seed.
class Numbers final {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed) {}

  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state_ >> 33U) % bound);
  }

 private:
  std::uint64_t state_;
};
