#pragma once
// A part of a graph as a graph of its own: the way between two nodes, the surroundings of one.

#include <span>

#include "graph/graph.h"

namespace relata {

/// The edges `edges` with all that is known of them, their ends, the nodes `nodes`, and whoever
/// says so in the evidence. Documents and sentences are those that the evidence and the mentions
/// of these nodes stand in. Ids may come in any order and several times. O(size of the part).
Graph subgraph(const Graph& graph, std::span<const NodeId> nodes, std::span<const EdgeId> edges);

}  // namespace relata
