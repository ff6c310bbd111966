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
        same_base(q.order != PathOrder::confidence),
        unrestricted(!q.directed && q.node_passes == nullptr && q.edge_passes == nullptr &&
                     q.first_passes == nullptr) {
    scratch.begin();
  }

  const Graph& graph;
  const PathIndex* index;
  PathScratch& scratch;
  const Question& question;
  std::uint64_t least;
  bool same_base;  // the base is `least` and the edge's standing
  bool unrestricted;
  std::uint64_t best = infinite;
  std::uint32_t best_hops = 0;
  std::array<std::uint32_t, 2> ends{};
  std::array<std::uint64_t, 2> end_half{};

  // Nodes are named by their places in the index; without one, a node's place is its id.

  [[nodiscard]] std::uint32_t place_of(NodeId node) const {
    return index != nullptr ? index->place_of(node) : node.value;
  }
  [[nodiscard]] NodeId node_at(std::uint32_t place) const {
    return index != nullptr ? index->node_at(place) : NodeId(place);
  }

  /// The entries at `place`; without an index they are made for it and last until the next call.
  PathIndex::Run run_of(std::uint32_t place) {
    if (index != nullptr) return index->run(place);
    scratch.entries.clear();
    scratch.edges.clear();
    const NodeId id(place);
    const auto add = [&](EdgeId edge) {
      scratch.entries.push_back(PathIndex::entry_of(graph, edge, id));
      scratch.edges.push_back(edge);
    };
    const auto [first, last] = graph.out_edges(id);
    for (std::uint32_t e = first.value; e < last.value; ++e) {
      if (graph.edge(EdgeId(e)).target != id) add(EdgeId(e));
    }
    for (const EdgeId edge : graph.in_edges(id)) {
      if (graph.edge(edge).source != id) add(edge);
    }
    return {scratch.entries, scratch.edges};
  }

  /// Base of the step and the whole weight of the node it leads to. The edge is only read where it
  /// is needed: it lies elsewhere than the entry.
  [[nodiscard]] std::uint64_t step(const Entry& entry, const EdgeId& edge) const {
    if (same_base) return least + entry.arrive;
    const std::uint32_t weight = 2 * entry.half_weight();
    return path_costs::base(graph, edge, entry.arrive - weight, question.order) + weight;
  }

  /// True when side `side` may walk from `place` over the entry.
  [[nodiscard]] bool may_walk(std::uint32_t place, const Entry& entry, const EdgeId& edge,
                              std::size_t side) const {
    if (unrestricted) return true;
    if (question.directed && (entry.half & Entry::symmetric) == 0 &&
        ((entry.half & Entry::along) != 0) != (side == 0)) {
      return false;
    }
    if (question.first_passes != nullptr) {
      const std::uint32_t tail = side == 0 ? place : entry.place;
      const std::uint32_t head = side == 0 ? entry.place : place;
      if (tail == ends[0] && !(*question.first_passes)(node_at(head))) return false;
    }
    if (question.edge_passes != nullptr && !(*question.edge_passes)(edge)) return false;
    return question.node_passes == nullptr || entry.place == ends[0] || entry.place == ends[1] ||
           (*question.node_passes)(node_at(entry.place));
  }

  void meet(std::uint32_t place, const State& state, std::uint64_t weight) {
    const std::uint64_t cost = state.label[0].cost + state.label[1].cost - weight;
    const std::uint32_t hops = state.label[0].hops + state.label[1].hops;
    if (std::tie(cost, hops) > std::tie(best, best_hops) && best != infinite) return;
    if (std::tie(cost, hops) != std::tie(best, best_hops)) scratch.meetings.clear();
    best = cost;
    best_hops = hops;
    scratch.meetings.push_back(place);
  }

  void begin(std::size_t side, NodeId node) {
    ends[side] = place_of(node);
    end_half[side] = path_costs::half_weight(graph, node);
    scratch.state(ends[side]).label[side].cost = end_half[side];
    scratch.push(side, {end_half[side], 0, ends[side]});
  }

  /// Notes a way to `state`'s place. False when it is no better than one that is known.
  bool improve(std::size_t side, State& state, std::uint32_t from, std::uint32_t hops,
               std::uint64_t cost) {
    Label& label = state.label[side];
    if (cost > label.cost) return false;
    if (cost == label.cost && hops >= label.hops) {
      if (hops == label.hops && label.parent != from) label.tied = true;
      return false;
    }
    label.cost = cost;
    label.hops = hops;
    label.parent = from;
    label.tied = false;
    return true;
  }

  void expand(std::size_t side) {
    const PathScratch::Item item = scratch.pop(side);
    Label& label = scratch.find(item.place)->label[side];
    if (label.settled || label.cost != item.cost || label.hops != item.hops) return;
    label.settled = true;
    const std::uint32_t hops = item.hops + 1;
    if (item.place == ends[1 - side]) return;  // a path ends where the other side began
    const std::uint64_t other_front = scratch.front(1 - side);
    const PathIndex::Run run = run_of(item.place);
    for (std::size_t i = 0; i < run.entries.size(); ++i) {
      const Entry& entry = run.entries[i];
      const std::uint64_t cost = item.cost + step(entry, run.edges[i]);
      // What the other side has not come near and what is too dear is not even noted.
      State* state = scratch.find(entry.place);
      const bool too_dear = best != infinite && cost + least + other_front > best;
      if ((too_dear && state == nullptr) || !may_walk(item.place, entry, run.edges[i], side)) {
        continue;
      }
      if (state == nullptr) state = &scratch.state(entry.place);
      if (!improve(side, *state, item.place, hops, cost)) continue;
      const Label& opposite = state->label[1 - side];
      if (opposite.cost != infinite) {
        meet(entry.place, *state, 2ULL * entry.half_weight());
        if (opposite.settled) continue;  // the rest of the way is known
      } else if (too_dear) {
        continue;  // nothing that begins so can be as good
      }
      scratch.push(side, {cost, hops, entry.place});
      if (index != nullptr) index->prefetch(entry.place);
    }
  }

  /// The places from an end to `place`, the end first, smallest sequence as read from the path's
  /// beginning. For side 1 that is from `place` to the end.
  std::vector<std::uint32_t> way(std::size_t side, std::uint32_t place) {
    std::vector<std::uint32_t> places = {place};
    bool tied = false;
    while (places.back() != ends[side]) {
      const Label& label = scratch.find(places.back())->label[side];
      tied = tied || label.tied;
      places.push_back(label.parent);
    }
    if (!tied) {
      if (side == 0) std::reverse(places.begin(), places.end());
      return places;
    }
    return side == 0 ? smallest_ahead(place) : smallest_behind(place);
  }

  /// Calls `take` with every place from which a best way to `place` takes its last step.
  template <class Take>
  void for_each_parent(std::size_t side, std::uint32_t place, Take take) {
    const Label mine = scratch.find(place)->label[side];
    const std::uint64_t weight = 2 * std::uint64_t{path_costs::half_weight(graph, node_at(place))};
    if (mine.hops == 0) return;
    const PathIndex::Run run = run_of(place);
    for (std::size_t i = 0; i < run.entries.size(); ++i) {
      const Entry& entry = run.entries[i];
      const State* const state = scratch.find(entry.place);
      if (state == nullptr || !state->label[side].settled) continue;
      const Label& label = state->label[side];
      if (label.hops + 1 != mine.hops) continue;
      const std::uint64_t cost =
          label.cost + step(entry, run.edges[i]) - 2ULL * entry.half_weight() + weight;
      if (cost == mine.cost && may_walk(entry.place, reversed(entry, place), run.edges[i], side)) {
        take(entry.place);
      }
    }
  }

  /// The entry as seen from its other end.
  [[nodiscard]] static Entry reversed(Entry entry, std::uint32_t place) {
    entry.place = place;
    entry.half = static_cast<std::uint16_t>(entry.half ^ Entry::along);
    return entry;
  }

  std::vector<std::uint32_t> smallest_behind(std::uint32_t place) {
    std::vector<std::uint32_t> places = {place};
    while (places.back() != ends[1]) {
      std::uint32_t smallest = ~std::uint32_t{0};
      for_each_parent(1, places.back(),
                      [&](std::uint32_t parent) { smallest = std::min(smallest, parent); });
      places.push_back(smallest);
    }
    return places;
  }

  /// From the end of the way every place that a best way passes, level by level; then from its
  /// beginning always the smallest of those.
  std::vector<std::uint32_t> smallest_ahead(std::uint32_t place) {
    std::vector<std::vector<std::uint32_t>> levels = {{place}};
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
    std::vector<std::uint32_t> places = {ends[0]};
    for (std::size_t level = steps.size(); level-- > 0;) {
      std::uint32_t smallest = ~std::uint32_t{0};
      for (const auto& [parent, child] : steps[level]) {
        if (parent == places.back()) smallest = std::min(smallest, child);
      }
      places.push_back(smallest);
    }
    return places;
  }

  /// The cheapest edge of a step, the smallest of equal ones.
  PathStep best_edge(std::uint32_t from, std::uint32_t to) {
    const bool swap = degree(graph, node_at(to)) < degree(graph, node_at(from));
    const std::uint32_t here = swap ? to : from;
    const std::uint32_t there = swap ? from : to;
    std::uint64_t least_cost = infinite;
    PathStep found;
    const PathIndex::Run run = run_of(here);
    for (std::size_t i = 0; i < run.entries.size(); ++i) {
      const Entry& entry = run.entries[i];
      const EdgeId edge = run.edges[i];
      if (entry.place != there || !may_walk(here, entry, edge, swap ? 1 : 0)) continue;
      const std::uint64_t cost = step(entry, edge);
      const bool along = (entry.half & Entry::along) != 0;
      if (std::tie(cost, edge) < std::tie(least_cost, found.edge)) {
        least_cost = cost;
        found = {edge, along != swap};
      }
    }
    return found;
  }

  Path path() {
    std::vector<std::uint32_t> smallest;
    std::sort(scratch.meetings.begin(), scratch.meetings.end());
    const auto last = std::unique(scratch.meetings.begin(), scratch.meetings.end());
    for (auto meeting = scratch.meetings.begin(); meeting != last; ++meeting) {
      std::vector<std::uint32_t> places = way(0, *meeting);
      const std::vector<std::uint32_t> rest = way(1, *meeting);
      places.insert(places.end(), rest.begin() + 1, rest.end());
      if (smallest.empty() || places < smallest) smallest = std::move(places);
    }
    Path path;
    path.cost = best;
    for (std::size_t i = 0; i + 1 < smallest.size(); ++i) {
      path.steps.push_back(best_edge(smallest[i], smallest[i + 1]));
    }
    for (const std::uint32_t place : smallest) path.nodes.push_back(node_at(place));
    return path;
  }

  std::optional<Path> run() {
    begin(0, question.from);
    begin(1, question.to);
    expand(0);
    expand(1);
    while (!scratch.empty_queue(0) && !scratch.empty_queue(1)) {
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
