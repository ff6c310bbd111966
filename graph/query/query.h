#pragma once
// Asks a graph in the reading part of openCypher (docs/query_language.md): MATCH patterns of nodes
// and relations, WHERE, RETURN with counts and collections, ORDER BY, SKIP, LIMIT. A query is
// prepared once (names resolved, steps planned) and then run; rows are handed on as they are found
// unless they have to be grouped or ordered, and come in the same order every time.
//
// Bounds: memory for what must be held (groups, rows to be ordered, distinct rows) is limited, and
// so is time when asked for; a relation of variable length without an upper bound goes at most
// open_length steps. Refers to the graph and the indexes, which must outlive it. One thread.

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/query/indexes.h"
#include "graph/query/syntax.h"
#include "graph/query/value.h"

namespace relata::query {

struct Limits {
  std::chrono::milliseconds time{0};           ///< 0 for no limit
  std::size_t memory = std::size_t{1} << 30U;  ///< bytes of rows that are held at once
  const std::atomic<bool>* stop = nullptr;     ///< ends the query when it becomes true
};

/// Takes one row, one value a column; returns false when no more are wanted. The values' text lasts
/// as long as the query and the graph.
using RowTaker = std::function<bool(std::span<const Value> row)>;

class Query final {
 public:
  /// Throws QueryError with the place and, for a slip, what was probably meant.
  Query(std::string_view text, Indexes& indexes);
  ~Query();
  Query(Query&&) noexcept;
  Query& operator=(Query&&) noexcept;
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  [[nodiscard]] const std::vector<std::string>& columns() const;
  /// What the user should know of how the query is taken; mostly empty.
  [[nodiscard]] const std::vector<std::string>& notes() const;
  /// A relation of any length ([*], [*2..]) is among what it looks for, of which there may be more
  /// ways than anybody can wait for: such a query should get a limit of time.
  [[nodiscard]] bool has_open_way() const;
  /// The steps, one a line, with their estimated rows.
  [[nodiscard]] std::string explain() const;

  /// Finds the rows. Throws LimitError when a limit is reached, QueryError for values that do not
  /// fit their operators.
  void run(const Limits& limits, const RowTaker& take);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata::query
