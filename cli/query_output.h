#pragma once
// Rows of a query as an aligned table, JSON or CSV. Refers to the graph and the stream; one thread.

#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/query/value.h"

namespace relata::cli {

enum class RowFormat : std::uint8_t { table, json, csv };

class RowWriter {
 public:
  virtual ~RowWriter() = default;
  virtual void add(std::span<const query::Value> row) = 0;
  /// Writes what is still held. Call once, at the end.
  virtual void finish() = 0;
};

/// A table is as wide as the first 1,000 rows ask for; later rows are written as they come. In CSV
/// (RFC 4180) nodes are their keys; in a table, their names.
std::unique_ptr<RowWriter> make_row_writer(RowFormat format, const Graph& graph,
                                           std::vector<std::string> columns, bool colour,
                                           std::ostream& out);

/// A value on one line, as a table shows it.
std::string tell_value(const Graph& graph, const query::Value& value);

}  // namespace relata::cli
