#pragma once
// The index of names (graph/name_index.h) of a changed graph from that of the graph before.

#include <cstdint>
#include <span>

#include "graph/graph.h"
#include "graph/image_writer.h"

namespace relata {

/// A node that has names now, with its id in the changed graph.
struct NamedNode {
  NodeId of_changes;
  NodeId now;
};

/// Writes the sections of the index. `now[node of base]` is the node's id now; invalid when it is
/// gone or has other names, which are those of `named` nodes of `changes`. Of a graph before
/// without an index one is made first.
void write_updated_names(const Graph& base, std::span<const NodeId> now, const Graph& changes,
                         std::span<const NamedNode> named, ImageWriter& writer);

}  // namespace relata
