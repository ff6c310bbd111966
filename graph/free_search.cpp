#include "graph/free_search.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "graph/path_costs.h"
#include "graph/path_scratch.h"

namespace relata {

namespace {

using Label = PathScratch::Label;
using State = PathScratch::State;
using Entry = PathIndex::Entry;

constexpr std::uint64_t infinite = Label::infinite;

}  // namespace

// Labels of a side hold the cost of the way from its end to a node with half the node's weight
// beyond it, so that label + base + label is the cost of a path over an edge between them, and
// label + label - weight that of a path through a node that both have reached.
struct FreeSearch::Engine {
  Engine(const FreeSearch& search, const Question& q)
      : graph(search.graph_),
        index(search.index_),
        scratch(search.scratch_),
        question(q),
        least(path_costs::least_base(q.order)),
        plain(q.order == PathOrder::hubs) {
    scratch.begin();
  }

  const Graph& graph;
  const PathIndex* index;
  PathScratch& scratch;
  const Question& question;
  std::uint64_t least;
  bool plain;
  std::uint64_t best = infinite;
  std::uint32_t best_hops = 0;
  std::array<std::uint32_t, 2> ends{};
  std::array<std::uint64_t, 2> end_half{};

  /// The entries of `node`; without an index they are made for it.
  std::span<const Entry> entries(std::uint32_t node) {
    if (index != nullptr) return index->entries(node);
    std::vector<Entry>& made = scratch.entries;
    made.clear();
    const NodeId id(node);
    const auto [first, last] = graph.out_edges(id);
    for (std::uint32_t e = first.value; e < last.value; ++e) {
      if (graph.edge(EdgeId(e)).target != id) {
        made.push_back(PathIndex::entry_of(graph, EdgeId(e), id));
      }
    }
    for (const EdgeId edge : graph.in_edges(id)) {
      if (graph.edge(edge).source != id) made.push_back(PathIndex::entry_of(graph, edge, id));
    }
    return made;
  }

  /// Base of the step and the whole weight of the node it leads to.
  [[nodiscard]] std::uint64_t step(const Entry& entry) const {
    if (plain) return path_costs::step_unit + entry.arrive;
    const std::uint32_t weight = 2 * entry.half_weight();
    return path_costs::base(graph, EdgeId(entry.edge), entry.arrive - weight, question.order) +
           weight;
  }

  /// True when side `side` may walk from `node` over the entry.
  [[nodiscard]] bool may_walk(std::uint32_t node, const Entry& entry, std::size_t side) const {
    if (question.directed && (entry.half & Entry::symmetric) == 0 &&
        ((entry.half & Entry::along) != 0) != (side == 0)) {
      return false;
    }
    if (question.first_passes != nullptr) {
      const std::uint32_t tail = side == 0 ? node : entry.node;
      const std::uint32_t head = side == 0 ? entry.node : node;
      if (tail == ends[0] && !(*question.first_passes)(NodeId(head))) return false;
    }
    if (question.edge_passes != nullptr && !(*question.edge_passes)(EdgeId(entry.edge))) {
      return false;
    }
    return question.node_passes == nullptr || entry.node == ends[0] || entry.node == ends[1] ||
           (*question.node_passes)(NodeId(entry.node));
  }

  void meet(std::uint32_t node, const State& state, std::uint64_t weight) {
    const std::uint64_t cost = state.label[0].cost + state.label[1].cost - weight;
    const std::uint32_t hops = state.label[0].hops + state.label[1].hops;
    if (std::tie(cost, hops) > std::tie(best, best_hops) && best != infinite) return;
    if (std::tie(cost, hops) != std::tie(best, best_hops)) scratch.meetings.clear();
    best = cost;
    best_hops = hops;
    scratch.meetings.push_back(node);
  }

  void begin(std::size_t side, NodeId node) {
    ends[side] = node.value;
    end_half[side] = path_costs::half_weight(graph, node);
    State& state = scratch.state(node.value);
    state.label[side].cost = end_half[side];
    scratch.push(side, {end_half[side], 0, node.value});
  }

  void relax(std::size_t side, std::uint32_t from, std::uint32_t hops, std::uint64_t cost,
             const Entry& entry, std::uint64_t other_front) {
    // What the other side has not come near and what is too dear is not even noted.
    if (best != infinite && cost + least + other_front > best &&
        scratch.find(entry.node) == nullptr) {
      return;
    }
    State& state = scratch.state(entry.node);
    Label& label = state.label[side];
    if (std::tie(cost, hops) >= std::tie(label.cost, label.hops)) {
      if (cost == label.cost && hops == label.hops && label.parent != from) label.tied = true;
      return;
    }
    label.cost = cost;
    label.hops = hops;
    label.parent = from;
    label.tied = false;
    const Label& opposite = state.label[1 - side];
    if (opposite.cost != infinite) {
      meet(entry.node, state, 2ULL * entry.half_weight());
      if (opposite.settled) return;  // the rest of the way is known
    } else if (best != infinite && cost + least + other_front > best) {
      return;  // nothing that begins so can be as good
    }
    scratch.push(side, {cost, hops, entry.node});
  }

  void expand(std::size_t side) {
    const PathScratch::Item item = scratch.pop(side);
    State& state = scratch.state(item.node);
    Label& label = state.label[side];
    if (label.settled || label.cost != item.cost || label.hops != item.hops) return;
    label.settled = true;
    const std::uint64_t cost = item.cost;
    const std::uint32_t hops = item.hops + 1;
    if (item.node == ends[1 - side]) return;  // a path ends where the other side began
    const std::uint64_t other_front = scratch.front(1 - side);
    for (const Entry& entry : entries(item.node)) {
      const std::uint64_t next = cost + step(entry);
      if (best != infinite && plain && next + least + end_half[1 - side] > best) {
        // Any way on to the other end has one more step, but for the edges to it; with an index
        // the cheapest of those stands before this entry, and both ends are looked into first.
        if (index != nullptr) break;
        if (entry.node != ends[1 - side]) continue;
      }
      if (!may_walk(item.node, entry, side)) continue;
      relax(side, item.node, hops, next, entry, other_front);
    }
  }

  /// The nodes from an end to `node`, the end first, smallest sequence as read from the path's
  /// beginning. For side 1 that is from `node` to the end.
  std::vector<NodeId> way(std::size_t side, std::uint32_t node) {
    std::vector<NodeId> nodes = {NodeId(node)};
    bool tied = false;
    for (std::uint32_t at = node; at != ends[side]; at = nodes.back().value) {
      const Label& label = scratch.state(at).label[side];
      tied = tied || label.tied;
      nodes.emplace_back(label.parent);
    }
    if (!tied) {
      if (side == 0) std::reverse(nodes.begin(), nodes.end());
      return nodes;
    }
    return side == 0 ? smallest_ahead(node) : smallest_behind(node);
  }

  /// Calls `take` with every node from which a best way to `node` takes its last step.
  template <class Take>
  void for_each_parent(std::size_t side, std::uint32_t node, Take take) {
    const Label mine = scratch.state(node).label[side];
    const std::uint64_t weight = 2 * std::uint64_t{path_costs::half_weight(graph, NodeId(node))};
    if (mine.hops == 0) return;
    const std::span<const Entry> all = entries(node);
    const std::vector<Entry> copy(all.begin(), all.end());
    for (const Entry& entry : copy) {
      const State* const state = scratch.find(entry.node);
      if (state == nullptr || !state->label[side].settled) continue;
      const Label& label = state->label[side];
      if (label.hops + 1 != mine.hops) continue;
      const std::uint64_t cost = label.cost + step(entry) - 2ULL * entry.half_weight() + weight;
      if (cost != mine.cost || !may_walk(entry.node, reversed(entry, node), side)) continue;
      take(entry.node);
    }
  }

  /// The entry as seen from its other end.
  [[nodiscard]] static Entry reversed(Entry entry, std::uint32_t node) {
    entry.node = node;
    entry.half = static_cast<std::uint16_t>(entry.half ^ Entry::along);
    return entry;
  }

  std::vector<NodeId> smallest_behind(std::uint32_t node) {
    std::vector<NodeId> nodes = {NodeId(node)};
    while (nodes.back().value != ends[1]) {
      std::uint32_t least_node = ~std::uint32_t{0};
      for_each_parent(1, nodes.back().value,
                      [&](std::uint32_t parent) { least_node = std::min(least_node, parent); });
      nodes.emplace_back(least_node);
    }
    return nodes;
  }

  /// From the end of the way every node that a best way passes, level by level; then from its
  /// beginning always the smallest of those.
  std::vector<NodeId> smallest_ahead(std::uint32_t node) {
    std::vector<std::vector<std::uint32_t>> levels = {{node}};
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> steps;  // parent, child
    while (levels.back().size() != 1 || levels.back()[0] != ends[0]) {
      steps.emplace_back();
      std::vector<std::uint32_t> parents;
      for (const std::uint32_t child : levels.back()) {
        for_each_parent(0, child, [&](std::uint32_t parent) {
          parents.push_back(parent);
          steps.back().emplace_back(parent, child);
        });
      }
      std::sort(parents.begin(), parents.end());
      parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
      levels.push_back(std::move(parents));
    }
    std::vector<NodeId> nodes = {NodeId(ends[0])};
    for (std::size_t level = steps.size(); level-- > 0;) {
      std::uint32_t least_node = ~std::uint32_t{0};
      for (const auto& [parent, child] : steps[level]) {
        if (parent == nodes.back().value) least_node = std::min(least_node, child);
      }
      nodes.emplace_back(least_node);
    }
    return nodes;
  }

  /// The cheapest edge of a step, the smallest of equal ones.
  PathStep best_edge(NodeId from, NodeId to) {
    const bool swap = degree(graph, to) < degree(graph, from);
    const NodeId here = swap ? to : from;
    const NodeId there = swap ? from : to;
    std::uint64_t least_cost = infinite;
    PathStep found;
    for (const Entry& entry : entries(here.value)) {
      if (entry.node != there.value || !may_walk(here.value, entry, swap ? 1 : 0)) continue;
      const std::uint64_t cost = step(entry);
      const bool along = (entry.half & Entry::along) != 0;
      if (std::tie(cost, entry.edge) < std::tie(least_cost, found.edge.value)) {
        least_cost = cost;
        found = {EdgeId(entry.edge), along != swap};
      }
    }
    return found;
  }

  Path path() {
    std::vector<NodeId> smallest;
    std::sort(scratch.meetings.begin(), scratch.meetings.end());
    const auto last = std::unique(scratch.meetings.begin(), scratch.meetings.end());
    for (auto meeting = scratch.meetings.begin(); meeting != last; ++meeting) {
      std::vector<NodeId> nodes = way(0, *meeting);
      const std::vector<NodeId> rest = way(1, *meeting);
      nodes.insert(nodes.end(), rest.begin() + 1, rest.end());
      if (smallest.empty() || nodes < smallest) smallest = std::move(nodes);
    }
    Path path;
    path.cost = best;
    for (std::size_t i = 0; i + 1 < smallest.size(); ++i) {
      path.steps.push_back(best_edge(smallest[i], smallest[i + 1]));
    }
    path.nodes = std::move(smallest);
    return path;
  }

  std::optional<Path> run() {
    begin(0, question.from);
    begin(1, question.to);
    expand(0);
    expand(1);
    while (!scratch.empty(0) && !scratch.empty(1)) {
      if (best != infinite && scratch.front(0) + scratch.front(1) + least > best) break;
      expand(scratch.size(0) <= scratch.size(1) ? 0 : 1);
    }
    if (best == infinite) return std::nullopt;
    return path();
  }
};

std::optional<Path> FreeSearch::find(const Question& question) {
  return Engine(*this, question).run();
}

}  // namespace relata
