#pragma once
// One shortest path under filters and blocks: the search inside graph/paths.h, of use to nobody
// else. A way of any length is found by graph/free_search.h; where that one has too many steps, by
// a bidirectional Dijkstra search (Pohl 1971) over labels of cost and steps, in which each side
// goes half of the steps and a node may be reached again with fewer steps at a higher cost. One
// thread; scratch memory is kept between calls.

#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include "graph/flat_map.h"
#include "graph/path_scratch.h"
#include "graph/paths.h"

namespace relata {

class PathSearch final {
 public:
  /// `index` and `scratch` may be null; all that is given must outlive the search.
  PathSearch(const Graph& graph, const PathOptions& options, const PathIndex* index = nullptr,
             PathScratch* scratch = nullptr)
      : graph_(graph), options_(options), index_(index), scratch_(scratch) {}

  /// The ends of the whole path, which the filters of nodes do not concern.
  void set_ends(NodeId from, NodeId to) {
    from_ = from;
    to_ = to;
  }
  /// Nodes that a path passes only as its ends: where other stretches of the way begin and end.
  void set_stops(std::vector<NodeId> stops) { stops_ = std::move(stops); }
  void clear_blocks();
  /// No path passes `node`.
  void block_node(NodeId node) { blocked_.insert(node.value); }
  /// The path's first step does not lead to `node`.
  void block_first_step(NodeId node) { blocked_first_.insert(node.value); }

  /// The best path between two different nodes, when there is one; `used_hops` steps of the bound
  /// are gone already.
  [[nodiscard]] std::optional<Path> shortest(NodeId from, NodeId to, std::size_t used_hops);

  /// False for nodes that are blocked or that the filter does not let pass.
  [[nodiscard]] bool passable(NodeId node) const;

  /// Cost of one step over `edge`.
  [[nodiscard]] std::uint64_t step_cost(NodeId from, NodeId to, EdgeId edge) const;

 private:
  static constexpr std::uint32_t none = Id<void>::invalid;
  static constexpr std::uint64_t infinite = ~std::uint64_t{0};

  struct Label {
    NodeId node;
    std::uint32_t parent = none;
    EdgeId edge;
    std::uint32_t hops = 0;
    std::uint64_t cost = 0;
    bool forward = true;  ///< the edge is walked from source to target, seen from path's start
  };
  struct Reached {
    std::uint64_t cost = infinite;  ///< least cost of a label, and the steps of that label
    std::uint32_t hops = none;
    std::uint32_t settled_hops = none;  ///< fewest steps of a settled label
    std::uint32_t label = none;         ///< the label of least cost
  };
  struct QueueItem {
    std::uint64_t cost;
    std::uint32_t hops;
    NodeId node;
    std::uint32_t label;
  };
  struct Side {
    std::vector<Label> labels;
    std::vector<QueueItem> queue;  // heap
    FlatMap<Reached> reached;
    std::uint32_t max_hops = none;
    bool backward = false;
  };
  struct Meeting {
    std::uint64_t cost = infinite;
    std::uint32_t hops = 0;
    NodeId node;
    std::uint32_t ahead = none;
    std::uint32_t behind = none;
  };

  std::optional<Path> of_any_length(NodeId from, NodeId to);
  /// At most `left` steps.
  std::optional<Path> bounded(NodeId from, NodeId to, std::size_t left);
  void start(Side& side, NodeId node, std::uint32_t max_hops, bool backward);
  void settle(Side& side, Side& other, NodeId start, NodeId goal);
  void relax(Side& side, Side& other, std::uint32_t parent, NodeId to, EdgeId edge, bool forward);
  void meet(const Side& side, const Side& other, std::uint32_t label);
  [[nodiscard]] Path path_of(const Meeting& meeting) const;

  const Graph& graph_;
  const PathOptions& options_;
  const PathIndex* index_;
  PathScratch* scratch_;
  std::unique_ptr<PathScratch> own_scratch_;
  NodeId from_;
  NodeId to_;
  std::vector<NodeId> stops_;
  Side ahead_;
  Side behind_;
  Meeting best_;
  std::unordered_set<std::uint32_t> blocked_;
  std::unordered_set<std::uint32_t> blocked_first_;
};

}  // namespace relata
