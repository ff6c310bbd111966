#pragma once
// The strings of a changed graph, for graph/graph_update.h.

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/graph.h"
#include "graph/image_writer.h"

namespace relata {

/// The strings of the old graph, which keep their ids, and those of the others after them.
class UpdateStrings final {
 public:
  explicit UpdateStrings(const Graph& base) : base_(base) {}

  /// Takes a graph whose strings are wanted; of() has them, by their ids there, after find().
  void add(const Graph& graph);
  [[nodiscard]] const std::vector<StringId>& of(std::size_t graph) const {
    return graphs_[graph].ids;
  }

  void find();

  [[nodiscard]] std::string_view text(StringId id) const {
    if (!id.valid()) return {};
    const std::size_t old = base_.tables().string_begin.size() - 1;
    return id.value < old ? base_.text(id) : added_[id.value - old];
  }

  /// What is not used by the time of write() is written as an empty string.
  void use(StringId id) {
    if (id.valid()) used_[id.value] = true;
  }
  [[nodiscard]] bool mostly_used() const {
    return 2 * static_cast<std::size_t>(std::count(used_.begin(), used_.end(), true)) + 1000 >
           used_.size();
  }

  void write(ImageWriter& writer) const;

 private:
  struct OfGraph {
    const Graph* graph;
    std::vector<StringId> ids;
  };

  const Graph& base_;
  std::unordered_map<std::string_view, StringId> wanted_;
  std::vector<OfGraph> graphs_;
  std::vector<std::string_view> added_;
  std::vector<bool> used_;
};

/// The id of a string of another graph, by UpdateStrings::of().
inline StringId in(const std::vector<StringId>& ids, StringId id) {
  return id.valid() ? ids[id.value] : id;
}

}  // namespace relata
