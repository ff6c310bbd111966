#pragma once
// Scratch memory of path searches (graph/free_search.h): labels by node in a hash table that stays
// in the processor's caches, and two queues. Beginning a new search is O(1). One thread; nothing of
// it is seen in any result.

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
    std::uint32_t parent = ~std::uint32_t{0};
    bool settled = false;
    bool tied = false;  ///< another parent is as good
  };
  struct State {
    std::uint32_t node = 0;
    std::uint32_t era = 0;
    std::array<Label, 2> label;
  };
  struct Item {
    std::uint64_t cost;
    std::uint32_t hops;
    std::uint32_t node;
  };

  void begin() {
    // Most searches are short: a table that a long one has blown up would be slow for them.
    if (states_.empty() || (states_.size() > most_kept && count_ * 16 < states_.size())) {
      states_.assign(first_size, State{});
      states_.shrink_to_fit();
      era_ = 0;
    }
    if (++era_ == 0) {
      states_.assign(states_.size(), State{});
      era_ = 1;
    }
    count_ = 0;
    queues_[0].clear();
    queues_[1].clear();
    meetings.clear();
  }

  /// The node's state, made when it is new. Lasts until the next call.
  State& state(std::uint32_t node) {
    State* slot = slot_of(node);
    if (slot->era == era_) return *slot;
    if (2 * (count_ + 1) > states_.size()) {
      grow();
      slot = slot_of(node);
    }
    ++count_;
    *slot = State{node, era_, {}};
    return *slot;
  }

  [[nodiscard]] const State* find(std::uint32_t node) {
    const State* const slot = slot_of(node);
    return slot->era == era_ ? slot : nullptr;
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
  [[nodiscard]] bool empty(std::size_t side) const { return queues_[side].empty(); }
  [[nodiscard]] std::size_t size(std::size_t side) const { return queues_[side].size(); }
  /// Cost of the next item; 0 when there is none.
  [[nodiscard]] std::uint64_t front(std::size_t side) const {
    return queues_[side].empty() ? 0 : queues_[side].front().cost;
  }

  std::vector<std::uint32_t> meetings;    ///< nodes where the best paths meet
  std::vector<PathIndex::Entry> entries;  ///< of a node, when there is no index

 private:
  static constexpr std::size_t first_size = std::size_t{1} << 13U;
  static constexpr std::size_t most_kept = std::size_t{1} << 17U;

  static bool later(const Item& left, const Item& right) {
    return std::tie(left.cost, left.hops, left.node) > std::tie(right.cost, right.hops, right.node);
  }

  State* slot_of(std::uint32_t node) {
    const std::size_t mask = states_.size() - 1;
    std::size_t at = (node * 0x9e3779b97f4a7c15ULL >> 32U) & mask;
    while (states_[at].era == era_ && states_[at].node != node) at = (at + 1) & mask;
    return &states_[at];
  }

  void grow() {
    std::vector<State> old(states_.size() * 2);
    std::swap(old, states_);
    for (const State& state : old) {
      if (state.era == era_) *slot_of(state.node) = state;
    }
  }

  std::vector<State> states_;
  std::size_t count_ = 0;
  std::uint32_t era_ = 0;
  std::array<std::vector<Item>, 2> queues_;
};

}  // namespace relata
