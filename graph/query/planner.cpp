// The order in which a query looks for its matches: begins at the end with the fewest nodes, then
// goes on where most is known.

#include <algorithm>
#include <cmath>

#include "graph/query/plan.h"

namespace relata::query {

namespace {

/// `variable.PROPERTY = literal` or the other way round; null when it is something else.
const Value* compared_with(const Expression& expression, std::size_t variable, Property property) {
  if (expression.op != Operator::equal) return nullptr;
  for (std::size_t i = 0; i < 2; ++i) {
    const Expression& left = expression.arguments[i];
    const Expression& right = expression.arguments[1 - i];
    if (left.op == Operator::property && left.property == static_cast<std::uint8_t>(property) &&
        left.arguments[0].op == Operator::variable &&
        left.arguments[0].kind == VariableKind::node && left.arguments[0].slot == variable &&
        right.op == Operator::literal) {
      return &right.value;
    }
  }
  return nullptr;
}

class Planner final {
 public:
  Planner(Indexes& indexes, Plan& plan, const std::vector<Bound::Condition>& conditions)
      : indexes_(indexes), graph_(indexes.graph()), plan_(plan), conditions_(conditions) {
    bound_.assign(plan.variables.size(), false);
    used_.assign(conditions.size(), false);
  }

  void know(std::size_t variable) { bound_[variable] = true; }

  /// Steps for all of the clause's nodes and edges.
  void add_clause(const Bound::Clause& clause, std::vector<Step>& steps) {
    attach_to_first(steps);
    std::vector<std::size_t> edges = clause.edges;
    const auto open_nodes = [&] {
      return std::count_if(clause.nodes.begin(), clause.nodes.end(),
                           [this](std::size_t node) { return !bound_[node]; });
    };
    while (!edges.empty() || open_nodes() > 0) {
      if (take_edge(edges, steps)) continue;
      start(clause, edges, steps);
    }
  }

 private:
  struct Choice {
    bool chosen = false;
    std::vector<NodeId> nodes;
    double estimate = 0;
  };

  /// The smallest set of nodes that an index gives for the variable.
  Choice candidates(std::size_t variable) {
    Choice best{false, {}, static_cast<double>(graph_.node_count())};
    const auto offer = [&](std::vector<NodeId> nodes) {
      const auto size = static_cast<double>(nodes.size());
      if (!best.chosen || size < best.estimate) best = {true, std::move(nodes), size};
    };
    const std::vector<bool>* types = nullptr;
    for (const Bound::Condition& condition : conditions_) {
      const Expression& expression = condition.expression;
      if (const Value* key = compared_with(expression, variable, Property::key)) {
        std::vector<NodeId> found;
        if (const auto* text = key->string()) {
          if (const NodeId node = graph_.find_key(*text); node.valid()) found.push_back(node);
        }
        offer(std::move(found));
      } else if (const Value* name = compared_with(expression, variable, Property::name)) {
        const auto* text = name->string();
        offer(text == nullptr ? std::vector<NodeId>() : indexes_.named(*text));
      } else if (expression.op == Operator::call && expression.function == Function::known_as &&
                 expression.arguments[0].op == Operator::variable &&
                 expression.arguments[0].slot == variable &&
                 expression.arguments[1].op == Operator::literal) {
        const auto* text = expression.arguments[1].value.string();
        offer(text == nullptr ? std::vector<NodeId>() : indexes_.known_as(*text));
      } else if (expression.op == Operator::has_label &&
                 expression.arguments[0].op == Operator::variable &&
                 expression.arguments[0].slot == variable) {
        types = &expression.types;
      }
    }
    if (best.chosen || types == nullptr) return best;
    std::size_t count = 0;
    for (std::size_t i = 0; i < types->size(); ++i) {
      if ((*types)[i]) count += indexes_.of_type(TypeId(i)).size();
    }
    best.estimate = static_cast<double>(count);
    if (count * 4 > graph_.node_count()) return best;  // a scan in order is as good
    std::vector<NodeId> nodes;
    for (std::size_t i = 0; i < types->size(); ++i) {
      if (!(*types)[i]) continue;
      const auto more = indexes_.of_type(TypeId(i));
      nodes.insert(nodes.end(), more.begin(), more.end());
    }
    std::sort(nodes.begin(), nodes.end());
    return {true, std::move(nodes), best.estimate};
  }

  [[nodiscard]] double mean_degree() const {
    return graph_.node_count() == 0 ? 0
                                    : 2 * static_cast<double>(graph_.edge_count()) /
                                          static_cast<double>(graph_.node_count());
  }

  /// Begins a new part of the pattern at its most selective node, or at its edges when those are
  /// fewer.
  void start(const Bound::Clause& clause, std::vector<std::size_t>& edges,
             std::vector<Step>& steps) {
    std::size_t node = plan_.variables.size();
    Choice best;
    for (const std::size_t variable : clause.nodes) {
      if (bound_[variable]) continue;
      Choice choice = candidates(variable);
      if (node == plan_.variables.size() || choice.estimate < best.estimate) {
        node = variable;
        best = std::move(choice);
      }
    }
    // Counting the edges of a relation looks at all edges once: of use only where walking would.
    const double walk = best.estimate * mean_degree();
    const bool few = best.chosen && best.estimate <= 16;
    if (!few && walk > static_cast<double>(graph_.edge_count()) / 4) {
      std::size_t least = edges.size();
      double fewest = walk;
      for (std::size_t i = 0; i < edges.size(); ++i) {
        const EdgePart& part = plan_.edges[edges[i]];
        if (part.many || part.relations.empty() || part.left == part.right) continue;
        double count = 0;
        for (const RelationId relation : part.relations) {
          count += static_cast<double>(indexes_.of_relation(relation).size());
        }
        if (count < fewest) {
          fewest = count;
          least = i;
        }
      }
      if (least < edges.size()) {
        Step step;
        step.kind = StepKind::scan_edges;
        step.edge = edges[least];
        step.estimate = fewest;
        const EdgePart& part = plan_.edges[edges[least]];
        bound_[part.left] = bound_[part.right] = bound_[part.variable] = true;
        edges.erase(edges.begin() + static_cast<std::ptrdiff_t>(least));
        return add(std::move(step), steps);
      }
    }
    Step step;
    step.kind = StepKind::scan_nodes;
    step.node = node;
    step.chosen = best.chosen;
    step.candidates = std::move(best.nodes);
    step.estimate = best.estimate;
    bound_[node] = true;
    add(std::move(step), steps);
  }

  /// Walks an edge that a bound node has; false when there is none. Both ends bound come first,
  /// then fixed lengths, then the end with fewer nodes, then the order of the text.
  bool take_edge(std::vector<std::size_t>& edges, std::vector<Step>& steps) {
    std::size_t best = edges.size();
    double best_cost = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const EdgePart& part = plan_.edges[edges[i]];
      const bool left = bound_[part.left];
      const bool right = bound_[part.right];
      if (!left && !right) continue;
      double cost = 1;
      if (!left || !right) {
        const double share = candidates(left ? part.right : part.left).estimate /
                             std::max(1.0, static_cast<double>(graph_.node_count()));
        cost = 2 + mean_degree() * share;
      }
      if (part.many) {
        cost +=
            std::pow(mean_degree() + 1, static_cast<double>(std::min<std::size_t>(part.most, 8)));
      }
      if (best == edges.size() || cost < best_cost) {
        best = i;
        best_cost = cost;
      }
    }
    if (best == edges.size()) return false;
    const EdgePart& part = plan_.edges[edges[best]];
    const bool left = bound_[part.left];
    const bool right = bound_[part.right];
    Step step;
    step.kind = left && right ? StepKind::join : StepKind::expand;
    step.edge = edges[best];
    step.backwards = !left;
    if (step.kind == StepKind::expand) step.node = left ? part.right : part.left;
    step.estimate = best_cost;
    bound_[part.left] = bound_[part.right] = bound_[part.variable] = true;
    edges.erase(edges.begin() + static_cast<std::ptrdiff_t>(best));
    add(std::move(step), steps);
    return true;
  }

  /// Conditions that need nothing of this clause.
  void attach_to_first(std::vector<Step>& steps) {
    Step step;
    step.kind = StepKind::check;
    attach(step);
    if (!step.conditions.empty()) steps.push_back(std::move(step));
  }

  void attach(Step& step) {
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      if (used_[i]) continue;
      const auto& needs = conditions_[i].needs;
      if (!std::all_of(needs.begin(), needs.end(),
                       [this](std::size_t variable) { return bound_[variable]; })) {
        continue;
      }
      used_[i] = true;
      step.conditions.push_back(&conditions_[i].expression);
    }
    // Labels and plain comparisons are cheap, patterns are not.
    std::stable_sort(step.conditions.begin(), step.conditions.end(),
                     [](const Expression* left, const Expression* right) {
                       const auto cost = [](const Expression& expression) {
                         if (expression.op == Operator::has_label) return 0;
                         return expression.op == Operator::pattern ? 2 : 1;
                       };
                       return cost(*left) < cost(*right);
                     });
  }

  void add(Step step, std::vector<Step>& steps) {
    attach(step);
    steps.push_back(std::move(step));
  }

  Indexes& indexes_;
  const Graph& graph_;
  Plan& plan_;
  const std::vector<Bound::Condition>& conditions_;
  std::vector<bool> bound_;
  std::vector<bool> used_;
};

}  // namespace

void make_plan(const Bound& bound, Indexes& indexes, Plan& plan) {
  Planner planner(indexes, plan, bound.conditions);
  for (const Bound::Clause& clause : bound.clauses) planner.add_clause(clause, plan.steps);
  for (std::size_t i = 0; i < bound.tests.size(); ++i) {
    // All that the clauses bind is known when a pattern is looked at: its condition waits for
    // what it names, and its other nodes are its own.
    Planner inner(indexes, plan, bound.test_conditions[i]);
    std::vector<std::size_t> outer;
    for (const Bound::Clause& clause : bound.clauses) {
      outer.insert(outer.end(), clause.nodes.begin(), clause.nodes.end());
    }
    for (const std::size_t node : bound.tests[i].nodes) {
      if (std::find(outer.begin(), outer.end(), node) != outer.end()) inner.know(node);
    }
    TestPlan test;
    inner.add_clause(bound.tests[i], test.steps);
    plan.tests.push_back(std::move(test));
  }
}

}  // namespace relata::query
