#pragma once
// The image of a store's graph (store/open_graph.h) from an older one and what changed since.

#include <ostream>
#include <string>

#include "graph/graph.h"
#include "store/store.h"

namespace relata::store {

/// Writes the image of the store's graph. `old` is the graph of an older image, `changed` what
/// changed since then. False when the two do not fit together, and the graph has to be read as a
/// whole. REQUIRES: between hold() and release().
bool write_changed_image(Store& store, const Graph& old, const ChangedRows& changed,
                         const std::string& stamp, std::ostream& out);

}  // namespace relata::store
