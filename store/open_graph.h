#pragma once
// The graph of a store for reading. A large one is kept as an image beside the store, in the file
// STORE-index, which is mapped in place (graph/graph_image.h) in a few milliseconds whatever its
// size. The image names the state of the store that it shows, so an old one is never taken for the
// graph: the first reader after a change brings it up to date by what changed
// (store/image_update.h), and makes it anew where that is not known or much. It can be deleted at
// any time.

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

/// Makes the image of a large graph now, so that the first reader finds it. A store whose image
/// cannot be made, for want of memory or room, is as good without.
void make_image(const std::string& path) noexcept;

/// The name of the store's image.
std::string image_path(const std::string& path);

}  // namespace relata::store
