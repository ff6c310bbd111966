#pragma once
// Scratch memory of path searches (graph/free_search.h): the states of the places that a search
// came to, one behind the other; a hash table of eight bytes a slot that finds them and stays in
// the processor's nearest caches; and two queues. Beginning a new search costs what the last one
// touched. One thread; nothing of it is seen in any result.

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>
#include <vector>

#include "graph/path_index.h"

namespace relata {

class PathScratch final {
 public:
  struct Label {
    static constexpr std::uint64_t infinite = ~std::uint64_t{0};
    std::uint64_t cost = infinite;
    std::uint32_t hops = 0;
    std::uint32_t parent = ~std::uint32_t{0};  ///< place
    bool settled = false;
    bool tied = false;  ///< another parent is as good
  };
  struct State {
    std::uint32_t place = 0;
    std::uint32_t slot = 0;
    std::array<Label, 2> label;
  };
  struct Item {
    std::uint64_t cost;
    std::uint32_t hops;
    std::uint32_t place;
  };

  void begin() {
    // Most searches are short: a table that a long one has blown up would be slow for them.
    if (slots_.empty() || (slots_.size() > most_kept && states_.size() * 16 < slots_.size())) {
      slots_.assign(first_size, Slot{});
      slots_.shrink_to_fit();
      states_ = {};
    }
    for (const State& state : states_) slots_[state.slot] = Slot{};
    states_.clear();
    queues_[0].clear();
    queues_[1].clear();
    meetings.clear();
  }

  /// The place's state, made when it is new. Lasts until the next call.
  State& state(std::uint32_t place) {
    std::uint32_t slot = slot_of(place);
    if (slots_[slot].state != empty) return states_[slots_[slot].state];
    if (2 * (states_.size() + 1) > slots_.size()) {
      grow();
      slot = slot_of(place);
    }
    slots_[slot] = {place, static_cast<std::uint32_t>(states_.size())};
    states_.push_back({place, slot, {}});
    return states_.back();
  }

  /// Null when the search did not come there.
  [[nodiscard]] State* find(std::uint32_t place) {
    const Slot& slot = slots_[slot_of(place)];
    return slot.state == empty ? nullptr : &states_[slot.state];
  }

  void push(std::size_t side, const Item& item) {
    queues_[side].push_back(item);
    std::push_heap(queues_[side].begin(), queues_[side].end(), later);
  }
  Item pop(std::size_t side) {
    std::pop_heap(queues_[side].begin(), queues_[side].end(), later);
    const Item item = queues_[side].back();
    queues_[side].pop_back();
    return item;
  }
  [[nodiscard]] bool empty_queue(std::size_t side) const { return queues_[side].empty(); }
  [[nodiscard]] std::size_t size(std::size_t side) const { return queues_[side].size(); }
  /// Cost of the next item; 0 when there is none.
  [[nodiscard]] std::uint64_t front(std::size_t side) const {
    return queues_[side].empty() ? 0 : queues_[side].front().cost;
  }

  std::vector<std::uint32_t> meetings;    ///< places where the best paths meet
  std::vector<PathIndex::Entry> entries;  ///< of a node, when there is no index
  std::vector<EdgeId> edges;              ///< likewise

 private:
  static constexpr std::uint32_t empty = ~std::uint32_t{0};
  struct Slot {
    std::uint32_t place = 0;
    std::uint32_t state = empty;
  };
  static constexpr std::size_t first_size = std::size_t{1} << 12U;
  static constexpr std::size_t most_kept = std::size_t{1} << 17U;

  static bool later(const Item& left, const Item& right) {
    return std::tie(left.cost, left.hops, left.place) >
           std::tie(right.cost, right.hops, right.place);
  }

  /// The place's slot, or the empty one that it would take.
  [[nodiscard]] std::uint32_t slot_of(std::uint32_t place) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (place * 0x9e3779b97f4a7c15ULL >> 32U) & mask;
    while (slots_[at].place != place && slots_[at].state != empty) at = (at + 1) & mask;
    return static_cast<std::uint32_t>(at);
  }

  void grow() {
    slots_.assign(slots_.size() * 2, Slot{});
    for (std::size_t i = 0; i < states_.size(); ++i) {
      State& state = states_[i];
      state.slot = slot_of(state.place);
      slots_[state.slot] = {state.place, static_cast<std::uint32_t>(i)};
    }
  }

  std::vector<Slot> slots_;
  std::vector<State> states_;
  std::array<std::vector<Item>, 2> queues_;
};

}  // namespace relata
