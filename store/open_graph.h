#pragma once
// The graph of a store for reading. A large one is kept as an image beside the store, in the file
// STORE-index, which is mapped in place (graph/graph_image.h): the first reader after a change
// makes it anew, later ones open it in a few milliseconds whatever its size. The image names the
// state of the store that it shows, so an old one is never read; it can be deleted at any time.

#include <string>

#include "graph/graph.h"

namespace relata::store {

struct OpenOptions {
  /// Graphs with fewer nodes and edges together are read from the rows, which takes milliseconds.
  std::size_t least_for_image = 20000;
};

/// Throws InputError, FileError, StoreBusyError. A folder where no image can be written is no
/// error: the rows are read then.
Graph open_graph(const std::string& path, const OpenOptions& options = {});

/// The name of the store's image.
std::string image_path(const std::string& path);

}  // namespace relata::store
