#pragma once
// Walks the steps of a plan: every way to fill the query's variables so that patterns and
// conditions hold, one after the other in a fixed order. Part of a running query. One thread.

#include <chrono>
#include <functional>

#include "graph/query/evaluate.h"
#include "graph/query/query.h"

namespace relata::query {

class Matcher final {
 public:
  Matcher(const Graph& graph, const Plan& plan, const Limits& limits);

  [[nodiscard]] Evaluator& evaluate() { return evaluate_; }

  /// Calls `found` for every match, until it returns false. Throws LimitError.
  void run(const std::function<bool()>& found);

 private:
  using Found = std::function<bool()>;

  /// Goes on with step `at`; false when no more matches are wanted.
  bool go(const std::vector<Step>& steps, std::size_t at, const Found& found);
  bool go_on(const std::vector<Step>& steps, std::size_t at, const Found& found);
  bool scan_nodes(const std::vector<Step>& steps, std::size_t at, const Found& found);
  bool scan_edges(const std::vector<Step>& steps, std::size_t at, const Found& found);
  bool walk_one(const std::vector<Step>& steps, std::size_t at, const Found& found);
  bool walk_many(const std::vector<Step>& steps, std::size_t at, const Found& found);
  bool has_match(std::size_t test);
  void tick();

  [[nodiscard]] bool in_use(const EdgePart& part, EdgeId edge) const;
  [[nodiscard]] bool passes_tests(const EdgePart& part, EdgeId edge) const;

  const Graph& graph_;
  const Plan& plan_;
  const Limits& limits_;
  Row row_;
  struct Used {
    std::size_t clause;
    EdgeId edge;
  };
  std::vector<Used> used_;
  Evaluator evaluate_;
  std::chrono::steady_clock::time_point end_;
  std::size_t ticks_ = 0;
};

}  // namespace relata::query
