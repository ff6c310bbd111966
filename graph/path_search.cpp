#include "graph/path_search.h"

#include <algorithm>
#include <tuple>

#include "graph/free_search.h"
#include "graph/path_costs.h"

namespace relata {

namespace {

struct Later {
  template <class Item>
  bool operator()(const Item& left, const Item& right) const {
    return std::tie(left.cost, left.hops, left.node, left.label) >
           std::tie(right.cost, right.hops, right.node, right.label);
  }
};

}  // namespace

void PathSearch::clear_blocks() {
  blocked_.clear();
  blocked_first_.clear();
}

std::uint64_t PathSearch::step_cost(NodeId from, NodeId to, EdgeId edge) const {
  return path_costs::base(graph_, edge, path_costs::standing(graph_, edge), options_.order) +
         path_costs::half_weight(graph_, from) + path_costs::half_weight(graph_, to);
}

bool PathSearch::passable(NodeId node) const {
  if (blocked_.contains(node.value)) return false;
  if (node == from_ || node == to_) return true;
  const PathFilter& filter = options_.filter;
  const auto holds = [](const auto& values, const auto& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  };
  if (holds(stops_, node) || holds(filter.avoid, node)) return false;
  if (!filter.kinds.empty() && !holds(filter.kinds, graph_.node(node).kind)) return false;
  return !filter.node_allowed || filter.node_allowed(node);
}

void PathSearch::start(Side& side, NodeId node, std::uint32_t max_hops, bool backward) {
  side.labels.clear();
  side.queue.clear();
  side.reached.clear();
  side.max_hops = max_hops;
  side.backward = backward;
  side.labels.push_back({node, none, {}, 0, 0, true});
  side.queue.push_back({0, 0, node, 0});
  side.reached[node.value] = {0, 0, none, 0};
}

void PathSearch::meet(const Side& side, const Side& other, std::uint32_t index) {
  const Label& label = side.labels[index];
  const Reached* there = other.reached.find(label.node.value);
  if (there == nullptr || there->label == none) return;
  const Label& opposite = other.labels[there->label];
  Meeting meeting{label.cost + opposite.cost, label.hops + opposite.hops, label.node, index,
                  there->label};
  if (side.backward) std::swap(meeting.ahead, meeting.behind);
  if (std::tie(meeting.cost, meeting.hops, meeting.node) <
      std::tie(best_.cost, best_.hops, best_.node)) {
    best_ = meeting;
  }
}

void PathSearch::relax(Side& side, Side& other, std::uint32_t parent, NodeId to, EdgeId edge,
                       bool forward) {
  const Label from = side.labels[parent];
  const bool bounded = side.max_hops != none;
  const std::uint64_t cost = from.cost + step_cost(from.node, to, edge);
  const std::uint32_t hops = from.hops + 1;
  if (best_.cost != infinite && cost >= best_.cost) return;
  Reached& reached = side.reached[to.value];
  if (reached.settled_hops != none && (!bounded || hops >= reached.settled_hops)) return;
  const bool cheaper = std::tie(cost, hops) < std::tie(reached.cost, reached.hops);
  if (!cheaper && (!bounded || hops >= reached.hops)) return;
  if (!passable(to)) return;
  const auto label = static_cast<std::uint32_t>(side.labels.size());
  side.labels.push_back({to, parent, edge, hops, cost, forward});
  if (cheaper) {
    reached.cost = cost;
    reached.hops = hops;
    reached.label = label;
  }
  side.queue.push_back({cost, hops, to, label});
  std::push_heap(side.queue.begin(), side.queue.end(), Later());
  meet(side, other, label);
}

void PathSearch::settle(Side& side, Side& other, NodeId start, NodeId goal) {
  std::pop_heap(side.queue.begin(), side.queue.end(), Later());
  const QueueItem item = side.queue.back();
  side.queue.pop_back();
  Reached& reached = side.reached[item.node.value];
  if (reached.settled_hops != none &&
      (side.max_hops == none || item.hops >= reached.settled_hops)) {
    return;
  }
  reached.settled_hops = item.hops;
  // A path ends where the other side began.
  if (item.node == (side.backward ? start : goal)) return;
  if (side.max_hops != none && item.hops >= side.max_hops) return;
  const NodeId node = item.node;
  // `along`: the walk goes over the edge from its source to its target, seen from `node`. A
  // symmetric relation has no direction though its ends stand in an order.
  const auto walk = [&](EdgeId edge, NodeId to, bool along) {
    if (to == node) return;
    const bool forward = along != side.backward;
    if (options_.directed && !forward && !graph_.relation(edge).symmetric) return;
    const NodeId tail = side.backward ? to : node;
    const NodeId head = side.backward ? node : to;
    if (tail == start && blocked_first_.contains(head.value)) return;
    if (!edge_passes(graph_, edge, options_.filter)) return;
    relax(side, other, item.label, to, edge, forward);
  };
  const auto [first, last] = graph_.out_edges(node);
  for (std::uint32_t e = first.value; e < last.value; ++e) {
    walk(EdgeId(e), graph_.edge(EdgeId(e)).target, true);
  }
  for (const EdgeId edge : graph_.in_edges(node)) walk(edge, graph_.edge(edge).source, false);
}

std::optional<Path> PathSearch::shortest(NodeId from, NodeId to, std::size_t used_hops) {
  if (options_.max_hops != 0 && used_hops >= options_.max_hops) return std::nullopt;
  // The best way of any length is the best of those that are short enough, when it is one of them.
  std::optional<Path> way = of_any_length(from, to);
  if (!way || options_.max_hops == 0 || way->steps.size() + used_hops <= options_.max_hops) {
    return way;
  }
  return bounded(from, to, options_.max_hops - used_hops);
}

std::optional<Path> PathSearch::of_any_length(NodeId from, NodeId to) {
  if (scratch_ == nullptr) {
    own_scratch_ = std::make_unique<PathScratch>();
    scratch_ = own_scratch_.get();
  }
  FreeSearch::Question question;
  question.from = from;
  question.to = to;
  question.order = options_.order;
  question.directed = options_.directed;
  const PathFilter& filter = options_.filter;
  const std::function<bool(NodeId)> node_passes = [this](NodeId node) { return passable(node); };
  const std::function<bool(EdgeId)> edge_test = [this](EdgeId edge) {
    return edge_passes(graph_, edge, options_.filter);
  };
  const std::function<bool(NodeId)> first_passes = [this](NodeId node) {
    return !blocked_first_.contains(node.value);
  };
  if (!blocked_.empty() || !stops_.empty() || !filter.avoid.empty() || !filter.kinds.empty() ||
      filter.node_allowed) {
    question.node_passes = &node_passes;
  }
  if (!filter.relations.empty() || filter.min_confidence > 0 || filter.no_denied || filter.since ||
      filter.until || filter.edge_allowed) {
    question.edge_passes = &edge_test;
  }
  if (!blocked_first_.empty()) question.first_passes = &first_passes;
  return FreeSearch(graph_, index_, *scratch_).find(question);
}

std::optional<Path> PathSearch::bounded(NodeId from, NodeId to, std::size_t left) {
  const auto ahead_hops = static_cast<std::uint32_t>((left + 1) / 2);
  const auto behind_hops = static_cast<std::uint32_t>(left / 2);
  best_ = {};
  start(ahead_, from, ahead_hops, false);
  start(behind_, to, behind_hops, true);
  while (!ahead_.queue.empty() || !behind_.queue.empty()) {
    const std::uint64_t ahead = ahead_.queue.empty() ? infinite : ahead_.queue.front().cost;
    const std::uint64_t behind = behind_.queue.empty() ? infinite : behind_.queue.front().cost;
    if (best_.cost != infinite) {
      const std::uint64_t nearest_ahead = ahead == infinite ? 0 : ahead;
      const std::uint64_t nearest_behind = behind == infinite ? 0 : behind;
      if (nearest_ahead + nearest_behind > best_.cost) break;
    }
    const bool advance =
        behind == infinite || (ahead != infinite && ahead_.queue.size() <= behind_.queue.size());
    settle(advance ? ahead_ : behind_, advance ? behind_ : ahead_, from, to);
  }
  if (best_.cost == infinite) return std::nullopt;
  return path_of(best_);
}

Path PathSearch::path_of(const Meeting& meeting) const {
  Path path;
  path.cost = meeting.cost;
  for (std::uint32_t i = meeting.ahead; i != none; i = ahead_.labels[i].parent) {
    const Label& label = ahead_.labels[i];
    path.nodes.push_back(label.node);
    if (label.parent != none) path.steps.push_back({label.edge, label.forward});
  }
  std::reverse(path.nodes.begin(), path.nodes.end());
  std::reverse(path.steps.begin(), path.steps.end());
  for (std::uint32_t i = meeting.behind; behind_.labels[i].parent != none;
       i = behind_.labels[i].parent) {
    const Label& label = behind_.labels[i];
    path.steps.push_back({label.edge, label.forward});
    path.nodes.push_back(behind_.labels[label.parent].node);
  }
  return path;
}

}  // namespace relata
