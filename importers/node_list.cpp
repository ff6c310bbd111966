#include "importers/node_list.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/csv_rows.h"
#include "importers/edge_list.h"
#include "importers/foreign_graph.h"

namespace relata {

namespace {

bool is_id(std::string_view column) {
  const std::string name = lower(column);
  return name == "id" || name.ends_with(":id") || name.find(":id(") != std::string::npos;
}

/// Neo4j's "lat:double" is the field "lat", and its ":LABEL" the type where there is none.
std::vector<std::string> field_names(const std::vector<std::string>& columns) {
  std::vector<std::string> names;
  bool has_type = false;
  for (const std::string& column : columns) {
    names.push_back(column.substr(0, column.find(':', 1)));
    has_type = has_type || lower(names.back()) == "type";
  }
  for (std::string& name : names) {
    if (lower(name) == ":label") name = has_type ? "" : "type";
  }
  return names;
}

}  // namespace

void NodeListImporter::read(std::istream& in, const std::string& name,
                            GraphBuilder& builder) const {
  CsvRows rows(in, name);
  std::vector<std::string> columns;
  if (!rows.next(columns)) throw InputError(name, "", "expected a row of column names, found none");
  const auto id = std::find_if(columns.begin(), columns.end(), is_id);
  if (id == columns.end()) throw InputError(name, rows.place(), "expected a column named Id");
  const auto id_column = static_cast<std::size_t>(id - columns.begin());
  const std::vector<std::string> names = field_names(columns);
  ForeignGraph graph(builder, name, ForeignGraph::Undeclared::refuse);
  std::vector<std::string> row;
  std::vector<ForeignField> fields;
  while (rows.next(row)) {
    if (row.size() > columns.size() || row.size() <= id_column) {
      throw InputError(name, rows.place(),
                       "expected " + std::to_string(columns.size()) + " fields, found " +
                           std::to_string(row.size()));
    }
    fields.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i != id_column && !names[i].empty()) fields.push_back({names[i], row[i]});
    }
    graph.node(row[id_column], fields, [&rows] { return rows.place(); });
  }
  graph.finish();
}

bool looks_like_node_list(std::string_view head) {
  if (looks_like_edge_list(head)) return false;
  std::istringstream line(std::string(head.substr(0, head.find('\n'))));
  try {
    CsvRows rows(line, "");
    std::vector<std::string> columns;
    if (!rows.next(columns)) return false;
    static constexpr std::array<std::string_view, 6> naming = {"label", "name",   "kind",
                                                               "type",  ":label", "aliases"};
    static constexpr std::array<std::string_view, 5> texts = {"text", "body", "content", "article",
                                                              "title"};
    const auto has = [&](const auto& names) {
      return std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
        return std::find(names.begin(), names.end(), lower(column)) != names.end();
      });
    };
    return std::any_of(columns.begin(), columns.end(), is_id) && has(naming) && !has(texts);
  } catch (const InputError&) {
    return false;  // a cut-off first line tells nothing
  }
}

}  // namespace relata
