#pragma once
// A graph brought from one state to another: what a graph of millions of edges and a change of some
// texts give is written as an image (graph/graph_image.h) in passes over the old graph's tables, in
// a small part of the time that building it anew takes. The result has the tables that building
// gives, in the same canonical order; only its strings stand in another order, and strings that
// nothing uses any more stay.
//
// Memory: some ten bytes a node and sentence and eight an edge; time: that of reading and writing
// the file.

#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace relata {

/// What became of a graph. Its records are of four graphs; they name each other by keys and names.
struct GraphChange {
  const Graph* base = nullptr;  ///< as it was, with its index of names
  /// Types of the ontology from here on are known by their nodes alone.
  std::size_t own_types_from = 0;
  std::vector<DocumentId> gone;    ///< documents of `base` with all that they tell; sorted
  const Graph* came = nullptr;     ///< what documents that came tell
  const Graph* nodes = nullptr;    ///< nodes that are new or other than they were
  std::vector<NodeId> gone_nodes;  ///< nodes of `base` that are no more; sorted
  std::vector<EdgeId> touched;     ///< edges of `base` that a gone document tells of; sorted
  const Graph* edges = nullptr;    ///< what became of these and of the edges of `came`, without
                                   ///< evidence; those that are not there are no more
};

/// The edges of which one of the documents tells, sorted. O(evidence).
std::vector<EdgeId> edges_told_in(const Graph& graph, const std::vector<DocumentId>& documents);

/// Writes the image of the changed graph with its index of names. False when the parts do not fit
/// together, and what was written is of no use.
bool write_updated_image(const GraphChange& change, std::string_view stamp, std::ostream& out);

}  // namespace relata
