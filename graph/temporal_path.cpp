// time_respecting_path() of graph/paths.h.

#include <algorithm>
#include <queue>
#include <tuple>

#include "graph/flat_map.h"
#include "graph/path_search.h"
#include "graph/paths.h"

namespace relata {

namespace {

struct Label {
  std::uint64_t cost = 0;
  std::uint32_t hops = 0;
  std::int32_t day = TimeSpan::open_from;  ///< the earliest day on which the last step can be
  NodeId node;
  std::uint32_t parent = Id<void>::invalid;
  PathStep step;
};

class TemporalSearch final {
 public:
  TemporalSearch(const Graph& graph, NodeId from, NodeId to, const PathOptions& options)
      : graph_(graph), options_(options), costs_(graph, options), to_(to) {
    costs_.set_ends(from, to);
    push({0, 0, TimeSpan::open_from, from, Id<void>::invalid, {}});
  }

  std::optional<Path> run() {
    while (!queue_.empty()) {
      const std::uint32_t index = queue_.top().label;
      queue_.pop();
      const Label label = labels_[index];
      if (label.node == to_) return path_to(index);
      if (!settle(label)) continue;
      if (options_.max_hops != 0 && label.hops >= options_.max_hops) continue;
      const auto [first, last] = graph_.out_edges(label.node);
      for (std::uint32_t e = first.value; e < last.value; ++e) {
        walk(index, EdgeId(e), graph_.edge(EdgeId(e)).target, true);
      }
      for (const EdgeId edge : graph_.in_edges(label.node)) {
        walk(index, edge, graph_.edge(edge).source, false);
      }
    }
    return std::nullopt;
  }

 private:
  struct Item {
    std::uint64_t cost;
    std::uint32_t hops;
    NodeId node;
    std::uint32_t label;
    bool operator<(const Item& other) const {
      return std::tie(cost, hops, node, label) >
             std::tie(other.cost, other.hops, other.node, other.label);
    }
  };
  struct Settled {
    std::int32_t day;
    std::uint32_t hops;
  };

  void push(const Label& label) {
    queue_.push({label.cost, label.hops, label.node, static_cast<std::uint32_t>(labels_.size())});
    labels_.push_back(label);
  }

  /// Labels come in the order of cost: a later one is of use only where it is earlier in time, or
  /// in fewer steps when those are bounded.
  bool settle(const Label& label) {
    std::vector<Settled>& settled = settled_[label.node.value];
    for (const Settled& other : settled) {
      if (other.day <= label.day && (options_.max_hops == 0 || other.hops <= label.hops)) {
        return false;
      }
    }
    settled.push_back({label.day, label.hops});
    return true;
  }

  void walk(std::uint32_t from, EdgeId edge, NodeId to, bool forward) {
    const Label& label = labels_[from];
    if (to == label.node || !costs_.passable(to)) return;
    if (options_.directed && !forward && !graph_.relation(edge).symmetric) return;
    if (!edge_passes(graph_, edge, options_.filter)) return;
    const TimeSpan time = telling_time(graph_, edge);
    if (!time.known() || time.to < label.day) return;
    push({label.cost + costs_.step_cost(label.node, to, edge),
          label.hops + 1,
          std::max(label.day, time.from),
          to,
          from,
          {edge, forward}});
  }

  [[nodiscard]] Path path_to(std::uint32_t index) const {
    Path path;
    path.cost = labels_[index].cost;
    for (std::uint32_t i = index; i != Id<void>::invalid; i = labels_[i].parent) {
      path.nodes.push_back(labels_[i].node);
      if (labels_[i].parent != Id<void>::invalid) path.steps.push_back(labels_[i].step);
    }
    std::reverse(path.nodes.begin(), path.nodes.end());
    std::reverse(path.steps.begin(), path.steps.end());
    return path;
  }

  const Graph& graph_;
  const PathOptions& options_;
  PathSearch costs_;
  NodeId to_;
  std::vector<Label> labels_;
  std::priority_queue<Item> queue_;
  FlatMap<std::vector<Settled>> settled_;
};

}  // namespace

std::optional<Path> time_respecting_path(const Graph& graph, NodeId from, NodeId to,
                                         const PathOptions& options) {
  return TemporalSearch(graph, from, to, options).run();
}

}  // namespace relata
