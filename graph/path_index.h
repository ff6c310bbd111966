#pragma once
// A graph's edges laid out for many path queries: for each node its edges in both directions, with
// what a step over them costs, cheapest first. A query then reads one run of memory a node instead
// of several tables. Made once, in O(edges log(degree)); 12 bytes an edge and direction, 4 a node:
// 124 MB for a million nodes and five million edges. Owns its arrays; immutable; thread-safe.
// A PathFinder works without one, too, and then needs no memory beyond what it visits.

#include <cstdint>
#include <span>
#include <vector>

#include "graph/graph.h"

namespace relata {

class PathIndex final {
 public:
  /// An edge seen from one of its nodes. Edges of a node to itself are left out.
  struct Entry {
    std::uint32_t node = 0;    ///< at the other end
    std::uint32_t edge = 0;    ///< EdgeId
    std::uint16_t arrive = 0;  ///< standing of the edge and the whole weight of `node`
    std::uint16_t half = 0;    ///< half the weight of `node`; the top bits say how it may be walked
    static constexpr std::uint16_t along = 0x8000;      ///< from its source
    static constexpr std::uint16_t symmetric = 0x4000;  ///< it has no direction
    [[nodiscard]] std::uint32_t half_weight() const { return half & 0x3fffU; }
  };

  explicit PathIndex(const Graph& graph);

  /// Ordered by `arrive`, then node, then edge.
  [[nodiscard]] std::span<const Entry> entries(std::uint32_t node) const {
    return std::span(entries_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }

  [[nodiscard]] std::size_t memory() const {
    return entries_.capacity() * sizeof(Entry) + begin_.capacity() * sizeof(std::uint32_t);
  }

  /// The entry of `edge` as seen from `from`. REQUIRES: the edge joins two different nodes, one of
  /// them `from`.
  static Entry entry_of(const Graph& graph, EdgeId edge, NodeId from);

 private:
  std::vector<std::uint32_t> begin_;
  std::vector<Entry> entries_;
};

}  // namespace relata
