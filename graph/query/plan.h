#pragma once
// How a query is answered: its variables, what each part of its patterns asks for, and the steps
// that find the matches, most selective end first. Made by the binder (binder.cpp) and the planner
// (planner.cpp), walked by the matcher. Immutable while a query runs.

#include <cstdint>
#include <string>
#include <vector>

#include "graph/query/indexes.h"
#include "graph/query/syntax.h"

namespace relata::query {

/// Built-in properties, of nodes and of edges; 0 is an attribute.
enum class Property : std::uint8_t {
  attribute,
  name,
  key,
  kind,
  type,
  aliases,
  degree,
  mentions,
  relation,
  date,
  from,
  to,
  precision,
  published,
  confidence,
  weight,
  negated,
  modality,
  mood,
  attribution,
  quantity_min,
  quantity_max,
  quantity_unit,
  evidence,
  sentence,
  documents,
};

struct Variable {
  std::string name;  ///< "" for a part of a pattern that has none
  VariableKind kind = VariableKind::node;
  std::size_t path = 0;  ///< for a path: which of the plan's paths
};

/// A relation of a pattern between two node variables. `ways[relation]`: bit 0 when the edge may be
/// walked from its source at the left end, bit 1 when from its target.
struct EdgePart {
  std::size_t variable = 0;
  std::size_t left = 0;
  std::size_t right = 0;
  std::vector<std::uint8_t> ways;
  std::vector<RelationId> relations;  ///< those allowed; empty for all
  bool many = false;                  ///< of variable length
  std::size_t least = 1;
  std::size_t most = 1;
  bool open = false;                              ///< no upper bound was given
  std::vector<std::pair<Property, Value>> tests;  ///< each edge of variable length has to pass
  std::size_t clause = 0;                         ///< edges of one clause are different ones
};

/// The parts of a path variable, from left to right.
struct PathPart {
  std::vector<std::size_t> nodes;
  std::vector<std::size_t> edges;  ///< indices into `edges` of the plan
};

enum class StepKind : std::uint8_t {
  scan_nodes,  ///< every node, or those of `candidates`
  scan_edges,  ///< every edge of the part's relations, both its ends new
  expand,      ///< edges from a bound node to a new one
  join,        ///< edges between two bound nodes
  check,       ///< nothing new: conditions alone
};

struct Step {
  StepKind kind = StepKind::scan_nodes;
  std::size_t node = 0;    ///< variable that is bound
  std::size_t edge = 0;    ///< index into `edges` of the plan
  bool backwards = false;  ///< from the part's right end to its left one
  bool chosen = false;     ///< `candidates` says which nodes
  std::vector<NodeId> candidates;
  std::vector<const Expression*> conditions;
  double estimate = 0;  ///< rows, roughly
};

/// A pattern inside an expression.
struct TestPlan {
  std::vector<Step> steps;
};

struct Plan {
  std::vector<Variable> variables;
  std::vector<EdgePart> edges;
  std::vector<PathPart> paths;
  std::vector<Step> steps;
  std::vector<TestPlan> tests;
};

/// A query's syntax with all names resolved. Conditions are split at AND and name the variables
/// that they need.
struct Bound {
  struct Condition {
    Expression expression;
    std::vector<std::size_t> needs;
  };
  struct Clause {
    std::vector<std::size_t> nodes;  ///< variables, in the order of the text
    std::vector<std::size_t> edges;  ///< indices into `edges` of the plan
  };
  std::vector<Clause> clauses;
  std::vector<Condition> conditions;
  /// One a pattern inside an expression: a clause and conditions of its own.
  std::vector<Clause> tests;
  std::vector<std::vector<Condition>> test_conditions;
  std::vector<std::string> notes;  ///< what the user should know of how the query is taken
};

/// The longest way of a relation of variable length without an upper bound.
constexpr std::size_t open_length = 16;

/// Resolves all names of `syntax` in place. Throws QueryError with the nearest name.
Bound bind(Syntax& syntax, Indexes& indexes, Plan& plan);

/// Orders the steps. The plan refers to the conditions of `bound` from then on.
void make_plan(const Bound& bound, Indexes& indexes, Plan& plan);

/// The variables that the expression needs, without those of patterns inside it.
void collect_needs(const Expression& expression, const Plan& plan, std::vector<std::size_t>& needs);

/// True when the expression holds a function of rows: count, collect, ...
bool is_aggregate(const Expression& expression);
bool holds_aggregate(const Expression& expression);

}  // namespace relata::query
