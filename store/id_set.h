#pragma once
// A set of numbers of rows, which takes a bit for each where they lie close together.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>

namespace relata::store {

class IdSet final {
 public:
  /// False when it was there already.
  bool insert(std::int64_t id) {
    std::uint64_t& word = blocks_[id >> block_shift][word_of(id)];
    const bool is_new = (word & bit_of(id)) == 0;
    word |= bit_of(id);
    size_ += is_new ? 1 : 0;
    return is_new;
  }
  void insert(const IdSet& other) {
    other.visit([&](std::int64_t id) { insert(id); });
  }

  [[nodiscard]] bool contains(std::int64_t id) const {
    const auto block = blocks_.find(id >> block_shift);
    return block != blocks_.end() && (block->second[word_of(id)] & bit_of(id)) != 0;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// Calls `visit(id)` for each, from the least on.
  template <class Visit>
  void visit(const Visit& visit) const {
    for (const auto& [number, block] : blocks_) {
      for (std::size_t i = 0; i < block.size(); ++i) {
        for (std::uint64_t left = block[i]; left != 0; left &= left - 1) {
          const auto place = i * word_bits + static_cast<std::size_t>(std::countr_zero(left));
          visit((number << block_shift) + static_cast<std::int64_t>(place));
        }
      }
    }
  }

 private:
  static constexpr unsigned block_shift = 10;
  static constexpr std::size_t word_bits = 64;
  using Block = std::array<std::uint64_t, (std::size_t{1} << block_shift) / word_bits>;

  static std::size_t word_of(std::int64_t id) {
    return (static_cast<std::uint64_t>(id) / word_bits) % std::tuple_size_v<Block>;
  }
  static std::uint64_t bit_of(std::int64_t id) {
    return std::uint64_t{1} << (static_cast<std::uint64_t>(id) % word_bits);
  }

  std::map<std::int64_t, Block> blocks_;  ///< by the upper bits
  std::size_t size_ = 0;
};

}  // namespace relata::store
