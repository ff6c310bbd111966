#pragma once
// A graph's edges laid out for many path queries: for each node a run of its edges in both
// directions, with what a step over them costs, cheapest first. An edge names the place of the run
// at its other end, so that a search goes from run to run, one stretch of memory a node, and reads
// no other table on its way. Made once, in O(edges log(degree)); 12 bytes an edge and direction, 16
// a node: 136 MB for a million nodes and five million edges, on large pages of memory where the
// system has them. Owns its arrays; immutable; thread-safe. A PathFinder works without one, too,
// and then needs no memory beyond what it visits.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "graph/graph.h"

namespace relata {

class PathIndex final {
 public:
  /// An edge seen from one of its nodes. Edges of a node to itself are left out.
  struct Entry {
    std::uint32_t place = 0;   ///< of the run at the other end
    std::uint16_t arrive = 0;  ///< standing of the edge and the whole weight of the other end
    std::uint16_t half = 0;    ///< half that weight; the top bits say how it may be walked
    static constexpr std::uint16_t along = 0x8000;      ///< from its source
    static constexpr std::uint16_t symmetric = 0x4000;  ///< it has no direction
    [[nodiscard]] std::uint32_t half_weight() const { return half & 0x3fffU; }
  };

  /// A node's entries and, side by side with them, their edges.
  struct Run {
    std::span<const Entry> entries;
    std::span<const EdgeId> edges;
  };

  explicit PathIndex(const Graph& graph);

  /// Places stand in the order of nodes.
  [[nodiscard]] std::uint32_t place_of(NodeId node) const { return begin_[node.value]; }
  [[nodiscard]] NodeId node_at(std::uint32_t place) const { return NodeId(entries_[place].place); }

  /// Ordered by `arrive`, then place, then edge.
  [[nodiscard]] Run run(std::uint32_t place) const {
    const Entry& head = entries_[place];
    const std::size_t count = head.arrive | std::size_t{head.half} << 16U;
    return {{&head + 1, count}, {edges_.get() + place + 1, count}};
  }

  /// Asks the processor for what run() will read. No result; a search that knows where it may look
  /// next waits less.
  void prefetch(std::uint32_t place) const {
    const auto* const first = reinterpret_cast<const char*>(entries_.get() + place);
    __builtin_prefetch(first);
    __builtin_prefetch(first + 64);
  }

  [[nodiscard]] std::size_t memory() const {
    return size_ * (sizeof(Entry) + sizeof(EdgeId)) + begin_.capacity() * sizeof(std::uint32_t);
  }

  /// The entry of `edge` as seen from `from`, whose place is the id of the node at the other end.
  /// REQUIRES: the edge joins two different nodes, one of them `from`.
  static Entry entry_of(const Graph& graph, EdgeId edge, NodeId from);

 private:
  struct Release {
    void operator()(void* memory) const;
  };
  template <class Value>
  using Block = std::unique_ptr<Value[], Release>;
  template <class Value>
  static Block<Value> block(std::size_t count);

  std::vector<std::uint32_t> begin_;
  // A run opens with an entry that holds the node and, in its last four bytes, the number of
  // entries that follow.
  std::size_t size_ = 0;
  Block<Entry> entries_;
  Block<EdgeId> edges_;
};

}  // namespace relata
