#pragma once
// One shortest path of any length, for graph/paths.h and of use to nobody else. Bidirectional
// Dijkstra search (Pohl 1971) over nodes that carry weights: what a node weighs is paid on the way
// in, on both sides, so that a node with many edges is looked into late or never; both sides end as
// soon as the cheapest step between them would be too dear. Of several best paths the one with the
// fewest steps, then the smallest sequence of nodes is found, then the smallest edges: the answer
// depends on the graph alone. One thread; the scratch memory is kept between calls and grows with
// the nodes that were looked at, never with the graph.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "graph/path_index.h"
#include "graph/paths.h"

namespace relata {

class FreeSearch final {
 public:
  /// `index`: null to read the graph's own tables. Both must outlive the search.
  FreeSearch(const Graph& graph, const PathIndex* index, PathScratch& scratch)
      : graph_(graph), index_(index), scratch_(scratch) {}

  struct Question {
    NodeId from;
    NodeId to;
    PathOrder order = PathOrder::hubs;
    bool directed = false;
    // Tests that are null let everything pass.
    const std::function<bool(NodeId)>* node_passes = nullptr;
    const std::function<bool(EdgeId)>* edge_passes = nullptr;
    /// False for a node that the first step must not lead to.
    const std::function<bool(NodeId)>* first_passes = nullptr;
  };

  /// The best path between two different nodes, when there is one.
  std::optional<Path> find(const Question& question);

 private:
  struct Engine;
  const Graph& graph_;
  const PathIndex* index_;
  PathScratch& scratch_;
};

}  // namespace relata
