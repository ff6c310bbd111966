#include "exporters/neo4j_csv.h"

#include <algorithm>

#include "exporters/columns.h"
#include "exporters/output.h"
#include "exporters/parts.h"

namespace relata {

namespace {

std::string_view type_name(const Column& column) {
  switch (column.type) {
    case ColumnType::real:
      return ":double";
    case ColumnType::integer:
      return ":long";
    case ColumnType::boolean:
      return ":boolean";
    case ColumnType::string:
      break;
  }
  return "";
}

/// The importer takes a colon for the start of a type.
std::string header(const Column& column) {
  std::string name = column.name;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == ':' || c == ';'; }, '_');
  return name;
}

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph), selection_(graph, options), columns_(graph, selection_), out_(stream) {}

  void nodes() {
    value("id:ID(Entity)");
    out_.put(',');
    value(":LABEL");
    header_row(columns_.node_columns(), false);
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      const NodeId id(i);
      if (!selection_.node(id)) continue;
      columns_.node_row(id, row_);
      value(safe_id(graph_, id, scratch_));
      out_.put(',');
      value(kind_label(graph_.node(id).kind));
      data_row();
    }
    out_.flush();
  }

  void edges() {
    out_.text("\":START_ID(Entity)\",\":END_ID(Entity)\",\":TYPE\"");
    header_row(columns_.edge_columns(), true);
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      const EdgeId id(i);
      if (!selection_.edge(id)) continue;
      columns_.edge_row(id, row_);
      value(safe_id(graph_, graph_.edge(id).source, scratch_));
      out_.put(',');
      value(safe_id(graph_, graph_.edge(id).target, scratch_));
      out_.put(',');
      value(graph_.relation(id).name);
      data_row();
    }
    out_.flush();
  }

 private:
  // Several labels would be parted by ";", so a type's name, which may hold one, is a property.
  static std::string_view kind_label(NodeKind kind) {
    switch (kind) {
      case NodeKind::actor:
        return "Actor";
      case NodeKind::place:
        return "Place";
      case NodeKind::event:
        return "Event";
    }
    return "";
  }

  void header_row(const std::vector<Column>& columns, bool of_edges) {
    const std::vector<std::string> names = renamed_columns(columns, header);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      out_.put(',');
      // What nodes call so is any text.
      const bool date = of_edges && (columns[i].name == "from" || columns[i].name == "to");
      value(names[i] + std::string(date ? ":date" : type_name(columns[i])));
    }
    out_.put('\n');
  }

  void data_row() {
    for (std::size_t i = 0; i < row_.size(); ++i) {
      out_.put(',');
      if (!row_[i].empty()) value(row_[i]);
    }
    out_.put('\n');
  }

  // Always quoted: blanks are trimmed from what is not.
  void value(std::string_view text) { out_.csv_quoted(text); }

  const Graph& graph_;
  Selection selection_;
  Columns columns_;
  Output out_;
  Row row_;
  std::string scratch_;
};

}  // namespace

void Neo4jCsvExporter::write(const Graph& graph, std::ostream& out,
                             const ExportOptions& options) const {
  require_profile("neo4j-csv", options.profile);
  Writer writer(graph, out, options);
  if (is_nodes_part("neo4j-csv", options)) {
    writer.nodes();
  } else {
    writer.edges();
  }
}

}  // namespace relata
