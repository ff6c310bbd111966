#pragma once
// Ids of records that lie elsewhere, found by the hash of what makes a record the only one of its
// kind: open addressing with linear probing, eight bytes a slot, so that finding a known record
// among millions waits for memory about once. Slots are taken in the order of hashes, and growing
// walks through old and new table side by side. Nothing is removed and nothing iterated over, so no
// result depends on the order of hashes. One thread.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace relata {

class IdTable final {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  /// The id with that hash for which `equal(id)` holds; none when there is none. Amortised O(1).
  template <class Equal>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, Equal equal) const {
    if (slots_.empty()) return none;
    return slots_[place_of(fold(hash), equal)].id;
  }

  /// The same; takes `id` in when there is none. Whether it did.
  template <class Equal>
  std::pair<std::uint32_t, bool> insert(std::uint64_t hash, std::uint32_t id, Equal equal) {
    if (4 * (count_ + 1) > 3 * slots_.size()) grow();
    const std::uint32_t folded = fold(hash);
    Slot& slot = slots_[place_of(folded, equal)];
    if (slot.id != none) return {slot.id, false};
    slot = {folded, id};
    ++count_;
    return {id, true};
  }

  /// Begins to fetch what `find` or `insert` with that hash will look at first.
  void prefetch(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[home_of(fold(hash))]);
  }
  /// The first id that `find` will ask `equal` about; none when it will ask about none.
  [[nodiscard]] std::uint32_t candidate(std::uint64_t hash) const {
    return find(hash, [](std::uint32_t /*id*/) { return true; });
  }

  [[nodiscard]] std::size_t memory() const { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t id = none;
  };

  static std::uint32_t fold(std::uint64_t hash) {
    return static_cast<std::uint32_t>((hash * 0x9e3779b97f4a7c15ULL) >> 32U);
  }
  [[nodiscard]] std::size_t home_of(std::uint32_t hash) const {
    return (hash * static_cast<std::uint64_t>(slots_.size())) >> 32U;
  }

  /// Where the id stands, or would.
  template <class Equal>
  [[nodiscard]] std::size_t place_of(std::uint32_t hash, const Equal& equal) const {
    std::size_t at = home_of(hash);
    while (slots_[at].id != none && !(slots_[at].hash == hash && equal(slots_[at].id))) {
      if (++at == slots_.size()) at = 0;
    }
    return at;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
    std::swap(old, slots_);
    for (const Slot& slot : old) {
      if (slot.id == none) continue;
      slots_[place_of(slot.hash, [](std::uint32_t /*id*/) { return false; })] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace relata
