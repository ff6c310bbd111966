#pragma once
// What the steps of a path cost (graph/paths.h), in integers so that every machine gets the same.
// A step over an edge costs its base and half the weight of each of its two nodes: a node with d
// edges weighs log2(1 + d) / 4 plain steps, 1 step at 15 edges, 2.5 at 1,000. So the two ends,
// which are on every path, change nothing. Of use inside graph/ only. Thread-safe.

#include <cstdint>

#include "graph/paths.h"

namespace relata::path_costs {

constexpr std::uint64_t step_unit = 1024;  ///< one plain step

/// Half the weight of a node with `degree` edges; at most 4,096.
std::uint32_t half_weight(std::size_t degree);
std::uint32_t half_weight(const Graph& graph, NodeId node);

/// What the edge's own standing adds to a plain step: a way through an event is longer than a
/// direct relation, and what is negated or not said to be real joins little. At most 4,000.
std::uint32_t standing(const Graph& graph, EdgeId edge);

/// The base of a step: a plain step, its standing, and what the order asks for.
std::uint64_t base(const Graph& graph, EdgeId edge, std::uint32_t edge_standing, PathOrder order);
/// The least base that any edge can have.
std::uint64_t least_base(PathOrder order);

}  // namespace relata::path_costs
