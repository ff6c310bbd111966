#include "store/open_graph.h"

#include <cstdio>
#include <fstream>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "graph/graph_image.h"
#include "graph/name_index.h"
#include "store/case.h"

namespace relata::store {

namespace {

/// Writes the image aside and gives it its name; false where that cannot be.
bool write_image(const Graph& graph, const std::string& stamp, const std::string& path) {
  const std::string aside = fmt::format("{}.{}.part", path, ::getpid());
  bool whole = false;
  {
    std::ofstream out(aside, std::ios::binary | std::ios::trunc);
    if (!out) return false;
    const NameIndex names(graph);
    write_graph_image(graph, stamp, names.sections(), out);
    out.close();
    whole = !out.fail();
  }
  if (whole && std::rename(aside.c_str(), path.c_str()) == 0) return true;
  std::remove(aside.c_str());
  return false;
}

}  // namespace

std::string image_path(const std::string& path) {
  return path + "-index";
}

Graph open_graph(const std::string& path, const OpenOptions& options) {
  Store store = open_case(path, Database::Mode::read);
  store.hold();
  const std::string stamp = store.stamp();
  const std::string index = image_path(path);
  if (const auto image = GraphImage::open(index, stamp)) return image->graph();
  std::optional<Graph> graph = store.graph();
  store.release();
  if (graph->node_count() + graph->edge_count() < options.least_for_image) return std::move(*graph);
  if (!write_image(*graph, stamp, index)) return std::move(*graph);
  const auto image = GraphImage::open(index, stamp);
  return image ? image->graph() : std::move(*graph);
}

}  // namespace relata::store
