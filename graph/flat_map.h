#pragma once
// A hash table from 32-bit indices to small values, by open addressing with linear probing: the
// scratch memory of searches that touch a small, unknown part of a large graph. Values are never
// removed one by one and never iterated over, so no result depends on the order of hashes. One
// thread.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace relata {

template <class Value>
class FlatMap final {
 public:
  /// The value of `key`, made when it is new. References last until the next call. Amortised O(1).
  Value& operator[](std::uint32_t key) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[find_slot(key)];
    if (slot.key == vacant) {
      slot.key = key;
      ++count_;
    }
    return slot.value;
  }

  /// The value of `key`, null when there is none.
  [[nodiscard]] const Value* find(std::uint32_t key) const {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[find_slot(key)];
    return slot.key == vacant ? nullptr : &slot.value;
  }

  void clear() {
    // Searches are short most of the time; a table that one long search has blown up would make
    // every later clearing long.
    if (slots_.size() > 4096 && count_ * 16 < slots_.size()) slots_ = {};
    std::fill(slots_.begin(), slots_.end(), Slot{});
    count_ = 0;
  }

  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  static constexpr std::uint32_t vacant = ~std::uint32_t{0};
  struct Slot {
    std::uint32_t key = vacant;
    Value value{};
  };

  [[nodiscard]] std::size_t find_slot(std::uint32_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (key * 0x9e3779b97f4a7c15ULL >> 20U) & mask;
    while (slots_[at].key != vacant && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
    std::swap(old, slots_);
    for (const Slot& slot : old) {
      if (slot.key != vacant) slots_[find_slot(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace relata
