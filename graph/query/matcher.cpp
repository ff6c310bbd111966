#include "graph/query/matcher.h"

#include <algorithm>

#include <fmt/format.h>

namespace relata::query {

namespace {

/// The edges at a node, those that leave it first; an edge from the node to itself comes once.
class Around final {
 public:
  Around(const Graph& graph, NodeId node)
      : graph_(graph), node_(node), out_(graph.out_edges(node)), in_(graph.in_edges(node)) {}

  struct Step {
    EdgeId edge;
    NodeId other;
    bool along = true;
  };

  /// Steps on to the next edge; false when there is none left.
  bool next(Step& step) {
    if (out_.first < out_.second) {
      step = {out_.first, graph_.edge(out_.first).target, true};
      out_.first = EdgeId(out_.first.value + 1);
      return true;
    }
    while (at_ < in_.size()) {
      const EdgeId edge = in_[at_++];
      const NodeId source = graph_.edge(edge).source;
      if (source == node_) continue;
      step = {edge, source, false};
      return true;
    }
    return false;
  }

 private:
  const Graph& graph_;
  NodeId node_;
  std::pair<EdgeId, EdgeId> out_;
  std::span<const EdgeId> in_;
  std::size_t at_ = 0;
};

/// True when a walk over `edge` from one end of the part to the other is allowed.
bool may_walk(const Graph& graph, const EdgePart& part, EdgeId edge, NodeId from, bool along,
              bool backwards) {
  const std::uint8_t ways = part.ways[graph.edge(edge).relation.value];
  if (ways == 0) return false;
  const Edge& record = graph.edge(edge);
  if (record.source == record.target && record.source == from) return true;
  const bool from_source_at_left = along != backwards;
  return (ways & (from_source_at_left ? 1U : 2U)) != 0;
}

}  // namespace

Matcher::Matcher(const Graph& graph, const Plan& plan, const Limits& limits)
    : graph_(graph),
      plan_(plan),
      limits_(limits),
      evaluate_(graph, plan, row_, [this](std::size_t test) { return has_match(test); }) {
  row_.nodes.resize(plan.variables.size());
  row_.edges.resize(plan.variables.size());
  row_.many.resize(plan.variables.size());
  end_ = std::chrono::steady_clock::now() + limits.time;
}

void Matcher::run(const Found& found) {
  go(plan_.steps, 0, found);
}

void Matcher::tick() {
  if (++ticks_ % 1024 != 0) return;
  if (limits_.stop != nullptr && limits_.stop->load()) throw LimitError("the query was stopped");
  if (limits_.time.count() > 0 && std::chrono::steady_clock::now() > end_) {
    throw LimitError(fmt::format("the query takes longer than the {} seconds it was given",
                                 static_cast<double>(limits_.time.count()) / 1000));
  }
}

bool Matcher::in_use(const EdgePart& part, EdgeId edge) const {
  return std::any_of(used_.begin(), used_.end(), [&](const Used& used) {
    return used.clause == part.clause && used.edge == edge;
  });
}

bool Matcher::passes_tests(const EdgePart& part, EdgeId edge) const {
  return std::all_of(part.tests.begin(), part.tests.end(), [&](const auto& test) {
    return equal(evaluate_.edge_property(edge, test.first, ""), test.second) == true;
  });
}

bool Matcher::has_match(std::size_t test) {
  bool any = false;
  go(plan_.tests[test].steps, 0, [&] {
    any = true;
    return false;
  });
  return any;
}

bool Matcher::go(const std::vector<Step>& steps, std::size_t at, const Found& found) {
  if (at == steps.size()) return found();
  switch (steps[at].kind) {
    case StepKind::scan_nodes:
      return scan_nodes(steps, at, found);
    case StepKind::scan_edges:
      return scan_edges(steps, at, found);
    case StepKind::check:
      return go_on(steps, at, found);
    case StepKind::expand:
    case StepKind::join:
      break;
  }
  return plan_.edges[steps[at].edge].many ? walk_many(steps, at, found)
                                          : walk_one(steps, at, found);
}

/// What the step binds is bound: looks at its conditions and goes on.
bool Matcher::go_on(const std::vector<Step>& steps, std::size_t at, const Found& found) {
  tick();
  for (const Expression* condition : steps[at].conditions) {
    if (!evaluate_.passes(*condition)) return true;
  }
  return go(steps, at + 1, found);
}

bool Matcher::scan_nodes(const std::vector<Step>& steps, std::size_t at, const Found& found) {
  const Step& step = steps[at];
  NodeId& node = row_.nodes[step.node];
  if (step.chosen) {
    for (const NodeId candidate : step.candidates) {
      node = candidate;
      if (!go_on(steps, at, found)) return false;
    }
    return true;
  }
  for (std::size_t i = 0; i < graph_.node_count(); ++i) {
    node = NodeId(i);
    if (!go_on(steps, at, found)) return false;
  }
  return true;
}

bool Matcher::scan_edges(const std::vector<Step>& steps, std::size_t at, const Found& found) {
  const EdgePart& part = plan_.edges[steps[at].edge];
  for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
    const EdgeId id(i);
    const Edge& edge = graph_.edge(id);
    const std::uint8_t ways = part.ways[edge.relation.value];
    if (ways == 0) continue;
    tick();
    if (in_use(part, id)) continue;
    used_.push_back({part.clause, id});
    row_.edges[part.variable] = id;
    bool more = true;
    if ((ways & 1U) != 0 || edge.source == edge.target) {
      row_.nodes[part.left] = edge.source;
      row_.nodes[part.right] = edge.target;
      more = go_on(steps, at, found);
    }
    if (more && (ways & 2U) != 0 && edge.source != edge.target) {
      row_.nodes[part.left] = edge.target;
      row_.nodes[part.right] = edge.source;
      more = go_on(steps, at, found);
    }
    used_.pop_back();
    if (!more) return false;
  }
  return true;
}

bool Matcher::walk_one(const std::vector<Step>& steps, std::size_t at, const Found& found) {
  const Step& step = steps[at];
  const EdgePart& part = plan_.edges[step.edge];
  const bool join = step.kind == StepKind::join;
  std::size_t from = step.backwards ? part.right : part.left;
  std::size_t to = step.backwards ? part.left : part.right;
  bool backwards = step.backwards;
  if (join && degree(graph_, row_.nodes[to]) < degree(graph_, row_.nodes[from])) {
    std::swap(from, to);
    backwards = !backwards;
  }
  const NodeId start = row_.nodes[from];
  const NodeId goal = join ? row_.nodes[to] : NodeId();
  Around around(graph_, start);
  Around::Step walk;
  while (around.next(walk)) {
    tick();
    if (join && walk.other != goal) continue;
    if (!may_walk(graph_, part, walk.edge, start, walk.along, backwards)) continue;
    if (in_use(part, walk.edge)) continue;
    row_.nodes[to] = walk.other;
    row_.edges[part.variable] = walk.edge;
    used_.push_back({part.clause, walk.edge});
    const bool more = go_on(steps, at, found);
    used_.pop_back();
    if (!more) return false;
  }
  if (join) row_.nodes[to] = goal;
  return true;
}

bool Matcher::walk_many(const std::vector<Step>& steps, std::size_t at, const Found& found) {
  const Step& step = steps[at];
  const EdgePart& part = plan_.edges[step.edge];
  const bool join = step.kind == StepKind::join;
  const std::size_t from = step.backwards ? part.right : part.left;
  const std::size_t to = step.backwards ? part.left : part.right;
  const NodeId start = row_.nodes[from];
  const NodeId goal = join ? row_.nodes[to] : NodeId();
  std::vector<EdgeId> way;
  const auto arrive = [&](NodeId node) {
    if (way.size() < part.least || (join && node != goal)) return true;
    if (!join) row_.nodes[to] = node;
    std::vector<EdgeId>& many = row_.many[part.variable];
    many = way;
    if (step.backwards) std::reverse(many.begin(), many.end());
    return go_on(steps, at, found);
  };
  if (!arrive(start)) return false;
  if (part.most == 0) return true;
  struct Frame {
    NodeId node;
    Around around;
  };
  std::vector<Frame> frames;
  frames.push_back({start, Around(graph_, start)});
  bool more = true;
  while (more && !frames.empty()) {
    Around::Step walk;
    if (!frames.back().around.next(walk)) {
      frames.pop_back();
      if (!way.empty()) {
        way.pop_back();
        used_.pop_back();
      }
      continue;
    }
    tick();
    const NodeId node = frames.back().node;
    if (!may_walk(graph_, part, walk.edge, node, walk.along, step.backwards)) continue;
    if (in_use(part, walk.edge) || !passes_tests(part, walk.edge)) continue;
    way.push_back(walk.edge);
    used_.push_back({part.clause, walk.edge});
    more = arrive(walk.other);
    if (more && way.size() < part.most) {
      frames.push_back({walk.other, Around(graph_, walk.other)});
    } else {
      way.pop_back();
      used_.pop_back();
    }
  }
  while (!way.empty()) {
    way.pop_back();
    used_.pop_back();
  }
  return more;
}

}  // namespace relata::query
