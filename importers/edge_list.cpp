#include "importers/edge_list.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/csv_rows.h"
#include "importers/foreign_graph.h"

namespace relata {

namespace {

/// Index of the first column of one of the names; the number of columns when there is none.
std::size_t find_column(const std::vector<std::string>& columns,
                        std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (same_ignoring_case(columns[i], name)) return i;
    }
  }
  return columns.size();
}

struct Ends {
  std::size_t source = 0;
  std::size_t target = 0;
  [[nodiscard]] bool known(std::size_t columns) const {
    return source < columns && target < columns;
  }
};

// "from" and "to" are dates beside "source" and "target".
Ends ends_of(const std::vector<std::string>& columns) {
  static constexpr std::array<std::string_view, 3> sources = {"source", ":start_id(entity)",
                                                              ":start_id"};
  static constexpr std::array<std::string_view, 3> targets = {"target", ":end_id(entity)",
                                                              ":end_id"};
  static constexpr std::array<std::string_view, 1> from = {"from"};
  static constexpr std::array<std::string_view, 1> to = {"to"};
  const Ends ends{find_column(columns, sources), find_column(columns, targets)};
  if (ends.known(columns.size())) return ends;
  return {find_column(columns, from), find_column(columns, to)};
}

}  // namespace

void EdgeListImporter::read(std::istream& in, const std::string& name,
                            GraphBuilder& builder) const {
  CsvRows rows(in, name);
  std::vector<std::string> columns;
  if (!rows.next(columns)) throw InputError(name, "", "expected a row of column names, found none");
  const Ends ends = ends_of(columns);
  if (!ends.known(columns.size())) {
    throw InputError(name, rows.place(),
                     "expected columns named Source and Target, or From and To");
  }
  // Gephi's "Type" says whether the edge is directed.
  static constexpr std::array<std::string_view, 1> type_name = {"type"};
  const std::size_t type = find_column(columns, type_name);
  ForeignGraph graph(builder, name, ForeignGraph::Undeclared::make_node);
  std::vector<std::string> row;
  std::vector<ForeignField> fields;
  while (rows.next(row)) {
    if (row.size() > columns.size() || row.size() <= std::max(ends.source, ends.target)) {
      throw InputError(name, rows.place(),
                       "expected " + std::to_string(columns.size()) + " fields, found " +
                           std::to_string(row.size()));
    }
    fields.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool direction = i == type && (row[i] == "Directed" || row[i] == "Undirected");
      if (i == ends.source || i == ends.target || direction) continue;
      // Neo4j's "weight:double" is the field "weight", its ":TYPE" the type.
      const std::size_t colon = columns[i].find(':', 1);
      fields.push_back(
          {columns[i].starts_with(':') ? columns[i].substr(1) : columns[i].substr(0, colon),
           row[i]});
    }
    graph.edge(row[ends.source], row[ends.target], fields, [&rows] { return rows.place(); });
  }
  graph.finish();
}

bool looks_like_edge_list(std::string_view head) {
  std::istringstream line(std::string(head.substr(0, head.find('\n'))));
  try {
    CsvRows rows(line, "");
    std::vector<std::string> columns;
    return rows.next(columns) && ends_of(columns).known(columns.size());
  } catch (const InputError&) {
    return false;  // a cut-off first line tells nothing
  }
}

}  // namespace relata
