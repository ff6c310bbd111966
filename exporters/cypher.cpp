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

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph), selection_(graph, options), columns_(graph, selection_), out_(stream) {}

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
  void properties(const std::vector<Column>& columns) {
    bool first = true;
    out_.put('{');
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (row_[i].empty()) continue;
      if (!first) out_.text(", ");
      first = false;
      out_.text(quoted_name(columns[i].name));
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
    out_.json_string(safe_id(graph_, id));
    out_.text("}) SET n:");
    out_.put(static_cast<char>(kind[0] - 32));
    out_.text(kind.substr(1));
    out_.text(", n += ");
    properties(columns_.node_columns());
    out_.text(";\n");
  }

  void edge(EdgeId id) {
    columns_.edge_row(id, row_);
    out_.text("MATCH (a:Entity {id: ");
    out_.json_string(safe_id(graph_, graph_.edge(id).source));
    out_.text("}), (b:Entity {id: ");
    out_.json_string(safe_id(graph_, graph_.edge(id).target));
    out_.text("}) MERGE (a)-[r:");
    out_.text(relation_type(graph_.relation(id).name));
    out_.text(" {label: ");
    out_.json_string(row_[0]);
    out_.text("}]->(b) SET r += ");
    properties(columns_.edge_columns());
    out_.text(";\n");
  }

  const Graph& graph_;
  Selection selection_;
  Columns columns_;
  Output out_;
  std::vector<std::string> row_;
};

}  // namespace

void CypherExporter::write(const Graph& graph, std::ostream& out,
                           const ExportOptions& options) const {
  require_profile("cypher", options.profile, {});
  Writer(graph, out, options).write();
}

}  // namespace relata
