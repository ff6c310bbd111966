#include "store/open_graph.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "graph/graph_image.h"
#include "graph/name_index.h"
#include "store/case.h"
#include "store/image_update.h"

namespace relata::store {

namespace {

/// Images that programs were writing when they were killed.
void remove_broken_off(const std::string& path) {
  namespace fs = std::filesystem;
  constexpr std::string_view ending = ".part";
  const std::string beginning = fs::path(path).filename().string() + ".";
  std::error_code error;
  fs::path folder = fs::path(path).parent_path();
  if (folder.empty()) folder = ".";
  std::vector<fs::path> left;
  for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(beginning) || !name.ends_with(ending)) continue;
    const char* const first = name.data() + beginning.size();
    const char* const last = name.data() + name.size() - ending.size();
    pid_t program = 0;
    const auto [end, fault] = std::from_chars(first, last, program);
    if (fault != std::errc() || end != last || program <= 0) continue;
    if (::kill(program, 0) != 0 && errno == ESRCH) left.push_back(at->path());
  }
  for (const fs::path& file : left) fs::remove(file, error);
}

/// Lets `write` write the image aside and gives it its name; false where that cannot be.
bool write_aside(const std::string& path, const std::function<bool(std::ostream&)>& write) {
  remove_broken_off(path);
  const std::string aside = fmt::format("{}.{}.part", path, ::getpid());
  bool whole = false;
  try {
    std::ofstream out(aside, std::ios::binary | std::ios::trunc);
    if (!out) return false;
    whole = write(out);
    out.close();
    whole = whole && !out.fail();
  } catch (...) {
    std::remove(aside.c_str());
    throw;
  }
  if (whole && std::rename(aside.c_str(), path.c_str()) == 0) return true;
  std::remove(aside.c_str());
  return false;
}

/// Brings an image of an older state up to date; false when that cannot be.
bool update_image(Store& store, const std::string& stamp, const std::string& index) try {
  const auto old = GraphImage::open_any(index);
  if (!old) return false;
  const auto changed = store.changed_since(old->stamp());
  // Damage would go on into the new image, whose checksums would vouch for it.
  if (!changed || !old->verify()) return false;
  // Where most is another than before, reading it all takes no longer.
  const Graph graph = old->graph();
  if (changed->documents.size() > 100 + graph.documents().size() / 4 ||
      changed->nodes.size() > 1000 + graph.node_count() / 4) {
    return false;
  }
  return write_aside(index, [&](std::ostream& out) {
    return write_changed_image(store, graph, *changed, stamp, out);
  });
} catch (const InputError&) {
  return false;  // the log of changes is damaged, or it is told when all is read
}

}  // namespace

std::string image_path(const std::string& path) {
  return path + "-index";
}

void make_image(const std::string& path) noexcept {
  try {
    static_cast<void>(open_graph(path));
  } catch (const std::exception&) {
    // Readers make their own, or tell what is wrong.
  }
}

Graph open_graph(const std::string& path, const OpenOptions& options) {
  Store store = open_case(path, Database::Mode::read);
  store.hold();
  const std::string stamp = store.stamp();
  const std::string index = image_path(path);
  if (const auto image = GraphImage::open(index, stamp)) return image->graph();
  if (update_image(store, stamp, index)) {
    if (const auto image = GraphImage::open(index, stamp)) return image->graph();
  }
  std::optional<Graph> graph = store.graph();
  store.release();
  if (graph->node_count() + graph->edge_count() < options.least_for_image) return std::move(*graph);
  const bool written = write_aside(index, [&](std::ostream& out) {
    const NameIndex names(*graph);
    write_graph_image(*graph, stamp, names.sections(), out);
    return true;
  });
  const auto image = written ? GraphImage::open(index, stamp) : std::nullopt;
  return image ? image->graph() : std::move(*graph);
}

}  // namespace relata::store
