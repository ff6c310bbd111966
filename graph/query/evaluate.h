#pragma once
// Values of expressions over one match. Part of a running query: refers to its graph, its plan and
// the row at hand. One thread.

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "graph/fold.h"
#include "graph/query/plan.h"

namespace relata::query {

/// What the variables stand for in one match; indexed by variable.
struct Row {
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;
  std::vector<std::vector<EdgeId>> many;  ///< from left to right
};

class Evaluator final {
 public:
  /// `has_match` answers patterns inside expressions, by their number.
  Evaluator(const Graph& graph, const Plan& plan, const Row& row,
            std::function<bool(std::size_t)> has_match);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// Throws QueryError when values do not fit their operator.
  Value operator()(const Expression& expression);
  /// True only for true: neither false nor null passes.
  bool passes(const Expression& expression);

  /// The results of aggregates, by their slots, while rows of groups are made.
  void use_results(const std::vector<Value>* results) { results_ = results; }

  [[nodiscard]] Value edge_property(EdgeId edge, Property property, std::string_view key) const;

 private:
  struct Patterns;

  Value logic(const Expression& expression);
  Value comparison(const Expression& expression);
  Value text_test(const Expression& expression);
  Value arithmetic(const Expression& expression);
  Value call(const Expression& expression);
  Value element_call(const Expression& expression, const Value& value) const;
  Value variable(const Expression& expression) const;
  Value property(const Expression& expression);
  [[nodiscard]] Value node_property(NodeId node, Property property, std::string_view key) const;
  [[nodiscard]] Path path_of(const PathPart& part) const;
  bool known_as(NodeId node, std::string_view name);
  std::optional<bool> truth(const Expression& expression);

  const Graph& graph_;
  const Plan& plan_;
  const Row& row_;
  std::function<bool(std::size_t)> has_match_;
  const std::vector<Value>* results_ = nullptr;
  std::unique_ptr<Patterns> patterns_;
  NameFolder folder_;
};

}  // namespace relata::query
