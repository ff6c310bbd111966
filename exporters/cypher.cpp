#include "exporters/cypher.h"

#include <algorithm>

#include "exporters/columns.h"
#include "exporters/output.h"

namespace relata {

namespace {

/// A name within back quotes: back quotes doubled, what is not printable left out.
std::string quoted_name(std::string_view name) {
  std::string result = "`";
  for (const char c : one_line(name)) {
    result += c;
    if (c == '`') result += c;
  }
  return result + (result.size() == 1 ? "_`" : "`");
}

/// "captured by" -> "CAPTURED_BY".
std::string relation_type(std::string_view relation) {
  std::string type(relation);
  for (char& c : type) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (c == ' ') c = '_';
  }
  return quoted_name(type);
}

std::vector<std::string> quoted_names(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const Column& column : columns) names.push_back(quoted_name(column.name));
  return names;
}

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph),
        selection_(graph, options),
        columns_(graph, selection_),
        out_(stream),
        node_names_(quoted_names(columns_.node_columns())),
        edge_names_(quoted_names(columns_.edge_columns())) {
    for (const Relation& relation : graph.ontology().relations()) {
      types_.push_back(relation_type(relation.name));
    }
  }

  void write() {
    out_.text(
        "CREATE CONSTRAINT relata_entity IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n");
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (selection_.node(NodeId(i))) node(NodeId(i));
    }
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i))) edge(EdgeId(i));
    }
    out_.flush();
  }

 private:
  // A string literal knows the escapes of JSON; control characters go as \uXXXX there too.
  void properties(const std::vector<Column>& columns, const std::vector<std::string>& names) {
    bool first = true;
    out_.put('{');
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (row_[i].empty()) continue;
      if (!first) out_.text(", ");
      first = false;
      out_.text(names[i]);
      out_.text(": ");
      if (columns[i].type == ColumnType::string) {
        out_.json_string(row_[i]);
      } else {
        out_.text(row_[i]);
      }
    }
    out_.put('}');
  }

  void node(NodeId id) {
    columns_.node_row(id, row_);
    const std::string_view kind = kind_name(graph_.node(id).kind);
    out_.text("MERGE (n:Entity {id: ");
    out_.json_string(safe_id(graph_, id, scratch_));
    out_.text("}) SET n:");
    out_.put(static_cast<char>(kind[0] - 32));
    out_.text(kind.substr(1));
    out_.text(", n += ");
    properties(columns_.node_columns(), node_names_);
    out_.text(";\n");
  }

  void edge(EdgeId id) {
    columns_.edge_row(id, row_);
    out_.text("MATCH (a:Entity {id: ");
    out_.json_string(safe_id(graph_, graph_.edge(id).source, scratch_));
    out_.text("}), (b:Entity {id: ");
    out_.json_string(safe_id(graph_, graph_.edge(id).target, scratch_));
    out_.text("}) MERGE (a)-[r:");
    out_.text(types_[graph_.edge(id).relation.value]);
    out_.text(" {label: ");
    out_.json_string(row_[0]);
    out_.text("}]->(b) SET r += ");
    properties(columns_.edge_columns(), edge_names_);
    out_.text(";\n");
  }

  const Graph& graph_;
  Selection selection_;
  Columns columns_;
  Output out_;
  std::vector<std::string> node_names_;
  std::vector<std::string> edge_names_;
  std::vector<std::string> types_;  // of the relations
  Row row_;
  std::string scratch_;
};

}  // namespace

void CypherExporter::write(const Graph& graph, std::ostream& out,
                           const ExportOptions& options) const {
  require_profile("cypher", options.profile);
  Writer(graph, out, options).write();
}

}  // namespace relata
