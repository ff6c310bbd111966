#pragma once
// A source's graph on its way into rows, and what a source says of a node.

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "store/database.h"

namespace relata::store {

/// What a source says of a node, as the columns kind, type, name, aliases and attributes of its row
/// (store/values.h).
struct Saying {
  static constexpr const char* columns = "kind, type, name, aliases, attributes";

  std::array<std::string, 5> values;

  friend auto operator<=>(const Saying&, const Saying&) = default;
};

Saying saying_of(const Graph& graph, NodeId node);
/// Of five columns, the first of which is `column`.
Saying saying_of(const Statement& row, int column);

/// By the ids of nodes and edges. Sayings may be left out: each is made when it is needed then, so
/// that a graph of any size takes no memory for them.
struct GraphRows {
  std::vector<Saying> sayings;
  std::vector<std::int64_t> nodes;  ///< rows
  std::vector<std::int64_t> edges;  ///< rows
};

/// What can be told of the rows without looking into the store.
GraphRows rows_of(const Graph& graph);

}  // namespace relata::store
