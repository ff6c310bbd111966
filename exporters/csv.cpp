#include "exporters/csv.h"

#include <algorithm>

#include "exporters/columns.h"
#include "exporters/output.h"
#include "exporters/parts.h"

namespace relata {

namespace {

/// "relation" -> "Relation"; Gephi takes no blanks in a header.
std::string header(const std::string& column) {
  std::string name = column;
  std::replace(name.begin(), name.end(), ' ', '_');
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 32);
  return name;
}

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph),
        selection_(graph, options),
        columns_(graph, selection_),
        out_(stream),
        gephi_(options.profile == "gephi") {}

  void nodes() {
    // An id holds no line break and no blank at its ends, so every reader keeps it.
    out_.text("Id");
    for (const Column& column : columns_.node_columns()) cell(header(column.name));
    end_row();
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      const NodeId id(i);
      if (!selection_.node(id)) continue;
      columns_.node_row(id, row_);
      value(safe_id(graph_, id));
      for (const std::string& text : row_) cell(text);
      end_row();
    }
    out_.flush();
  }

  // Type is Gephi's word for the direction; the relation is the kind, which keeps parallel edges
  // apart.
  void edges() {
    out_.text("Source,Target,Type,Kind,Id");
    for (const Column& column : columns_.edge_columns()) cell(header(column.name));
    end_row();
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      const EdgeId id(i);
      if (!selection_.edge(id)) continue;
      columns_.edge_row(id, row_);
      value(safe_id(graph_, graph_.edge(id).source));
      cell(safe_id(graph_, graph_.edge(id).target));
      cell("Directed");
      cell(row_[0]);
      cell(fmt::format("e{}", i));
      for (const std::string& text : row_) cell(text);
      end_row();
    }
    out_.flush();
  }

 private:
  void cell(std::string_view text) {
    out_.put(',');
    value(text);
  }

  void value(std::string_view text) {
    if (text.find_first_of(",\"\n\r\\") == text.npos && !text.starts_with(' ') &&
        !text.ends_with(' ')) {
      return put_clean(text);
    }
    out_.put('"');
    put_clean(text);
    out_.put('"');
  }

  void put_clean(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t length = utf8_length(text.substr(i));
      if (text[i] == '"') {
        out_.text("\"\"");
      } else if (text[i] == '\\' && gephi_) {
        out_.text("\\\\");
      } else if (text[i] != '\0' && length > 0) {
        out_.text(text.substr(i, length));  // no reader of tables takes NUL
      }
      i += length == 0 ? 1 : length;
    }
  }

  void end_row() { out_.text("\r\n"); }

  const Graph& graph_;
  Selection selection_;
  Columns columns_;
  Output out_;
  bool gephi_;
  std::vector<std::string> row_;
};

}  // namespace

void CsvExporter::write(const Graph& graph, std::ostream& out, const ExportOptions& options) const {
  require_profile("csv", options.profile, {"gephi"});
  Writer writer(graph, out, options);
  if (is_nodes_part("csv", options)) {
    writer.nodes();
  } else {
    writer.edges();
  }
}

}  // namespace relata
