#pragma once
// How much a packed input may unpack to, so that no small file fills the memory or the hours: 64
// MiB and a hundred times its own size, and never more than 16 GiB, over all its members and all
// the archives within it together. Text rarely packs better than twenty to one; a file of zeros
// packs a thousand to one. One thread.

#include <cstdint>
#include <string>

namespace relata {

class UnpackBudget final {
 public:
  static constexpr std::uint64_t free_bytes = std::uint64_t{64} << 20U;
  static constexpr std::uint64_t ratio = 100;
  static constexpr std::uint64_t most_bytes = std::uint64_t{16} << 30U;

  /// `bytes` more of the outermost input were read.
  void packed(std::uint64_t bytes) { packed_ += bytes; }

  /// `bytes` more came out, of `name`. Throws InputError when that is too much.
  void unpacked(std::uint64_t bytes, const std::string& name);

  /// True when `unpacked` threw.
  [[nodiscard]] bool exceeded() const;

 private:
  std::uint64_t packed_ = 0;
  std::uint64_t unpacked_ = 0;
};

}  // namespace relata
