#pragma once
// A query as it is written: what the parser makes of the text and the binder fills in. Plain values
// that own their text; places are byte offsets into the query.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/errors.h"
#include "graph/query/value.h"

namespace relata::query {

/// What is wrong with a query, and where. `what()` is one line without the place; `show()` adds the
/// line of the query with a caret below the place.
class QueryError final : public Error {
 public:
  /// `place`: byte offset into the query; `suggestion`: what was probably meant, "" when unknown.
  QueryError(std::size_t place, const std::string& problem, const std::string& suggestion = "");
  [[nodiscard]] std::size_t place() const { return place_; }
  /// "line 1, column 12: PROBLEM" and the line of `query` with a caret.
  [[nodiscard]] std::string show(std::string_view query) const;

 private:
  std::size_t place_;
};

/// A query asks for more time or memory than it was given.
class LimitError final : public Error {
 public:
  using Error::Error;
};

enum class Operator : std::uint8_t {
  literal,     ///< `value`
  variable,    ///< `text`
  property,    ///< argument 0 . `text`
  index,       ///< argument 0 [ argument 1 ]
  list,        ///< [ arguments ]
  call,        ///< `text` ( arguments )
  count_rows,  ///< count(*)
  pattern,     ///< true when the path pattern number `pattern` has a match
  has_label,   ///< argument 0 : labels of `names`
  negation,    ///< not
  conjunction,
  disjunction,
  exclusion,  ///< xor
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  starts_with,
  ends_with,
  contains,
  matches,  ///< =~
  is_null,
  is_not_null,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  minus,  ///< of one argument
};

/// A name as written, and where.
struct Name {
  std::string text;
  std::size_t place = 0;
};

enum class VariableKind : std::uint8_t { node, edge, edges, path };

enum class Function : std::uint8_t {
  none,
  // of rows
  count,
  collect,
  min,
  max,
  sum,
  avg,
  // of values
  type,
  labels,
  length,
  nodes,
  relationships,
  size,
  to_lower,
  to_upper,
  to_integer,
  to_float,
  to_string,
  start_node,
  end_node,
  coalesce,
  degree,
  known_as,
  head,
  last,
  abs,
  round,
};

struct Expression {
  Operator op = Operator::literal;
  std::size_t place = 0;  ///< where errors point
  std::size_t begin = 0;  ///< of the whole expression
  std::size_t end = 0;
  std::string text;  ///< name of a variable, a property or a function
  Value value;
  std::vector<Expression> arguments;
  std::vector<Name> names;  ///< labels
  bool distinct = false;
  std::size_t pattern = 0;
  // Set by the binder:
  Function function = Function::none;
  VariableKind kind = VariableKind::node;
  std::size_t slot = 0;       ///< of a variable, or of an aggregate's result
  std::uint8_t property = 0;  ///< which one of the built-in properties; 0 for an attribute
  std::vector<bool> types;    ///< node types that the labels allow
};

/// key: value inside { } of a pattern.
struct PropertyTest {
  Name key;
  Expression value;
};

struct NodePattern {
  std::string variable;  ///< "" when it has none
  std::size_t place = 0;
  std::vector<std::vector<Name>> labels;  ///< all of these groups, any name of a group
  std::vector<PropertyTest> properties;
};

enum class Arrow : std::uint8_t { right, left, either };

struct EdgePattern {
  std::string variable;
  std::size_t place = 0;
  std::vector<Name> types;
  std::vector<PropertyTest> properties;
  Arrow arrow = Arrow::either;
  bool variable_length = false;
  std::size_t least = 1;
  std::size_t most = 1;
  bool open = false;  ///< no upper bound was written
};

/// Nodes and the edges between them: edges[i] joins nodes[i] and nodes[i + 1].
struct PathPattern {
  std::string variable;
  std::size_t place = 0;
  std::vector<NodePattern> nodes;
  std::vector<EdgePattern> edges;
};

struct MatchClause {
  std::vector<PathPattern> patterns;
  std::optional<Expression> where;
};

struct ReturnItem {
  Expression expression;
  std::string name;  ///< the alias, else the expression as written
};

struct SortItem {
  Expression expression;
  bool descending = false;
};

struct Syntax {
  std::vector<MatchClause> matches;
  std::vector<PathPattern> tests;  ///< patterns inside expressions
  bool distinct = false;
  bool everything = false;  ///< RETURN *
  std::vector<ReturnItem> items;
  std::vector<SortItem> order;
  std::uint64_t skip = 0;
  std::optional<std::uint64_t> limit;
};

/// Reads a query. Throws QueryError. Queries are at most 64 KiB long and nest at most 64 deep, so
/// that no text exhausts the stack.
Syntax parse(std::string_view query);

/// The words that are no names of variables, in upper case: MATCH, WHERE, ...
const std::vector<std::string>& keywords();

/// `word` with its ASCII letters in upper case.
std::string upper_case(std::string_view word);

/// The one of `known` that `word` is probably a slip of, without case; "" when none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

}  // namespace relata::query
