#include "exporters/gexf.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "exporters/columns.h"
#include "exporters/output.h"
#include "exporters/style.h"

namespace relata {

namespace {

std::string_view type_name(ColumnType type) {
  switch (type) {
    case ColumnType::real:
      return "double";
    case ColumnType::integer:
      return "integer";
    case ColumnType::boolean:
      return "boolean";
    case ColumnType::string:
      break;
  }
  return "string";
}

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph),
        selection_(graph, options),
        columns_(graph, selection_),
        out_(stream),
        networkx_(options.profile == "networkx"),
        node_openings_(openings(columns_.node_columns(), false)),
        edge_openings_(openings(columns_.edge_columns(), true)) {}

  void write() {
    dynamic_ = !networkx_ && has_dates();
    out_.text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (networkx_) {
      out_.text(
          "<gexf xmlns=\"http://www.gexf.net/1.2draft\""
          " xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">\n");
    } else {
      out_.text(
          "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\""
          " version=\"1.3\">\n");
    }
    out_.text(
        "<meta><creator>Relata</creator><description>A knowledge graph</description></meta>\n"
        "<graph defaultedgetype=\"directed\"");
    out_.text(dynamic_ ? " mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">\n"
                       : " mode=\"static\">\n");
    // The label stands in an XML attribute of its own, and so does an edge's weight.
    attributes("node", columns_.node_columns());
    attributes("edge", columns_.edge_columns());
    out_.text("<nodes>\n");
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (selection_.node(NodeId(i))) node(NodeId(i));
    }
    out_.text("</nodes>\n<edges>\n");
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i))) edge(EdgeId(i));
    }
    out_.text("</edges>\n</graph>\n</gexf>\n");
    out_.flush();
  }

 private:
  [[nodiscard]] bool has_dates() const {
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i)) && graph_.edge(EdgeId(i)).time.known()) return true;
    }
    return false;
  }

  static bool is_attribute(const Column& column, bool of_edges) {
    return column.name != "label" && !(of_edges && column.name == "weight");
  }

  void attributes(std::string_view kind, const std::vector<Column>& columns) {
    out_.text("<attributes class=\"");
    out_.text(kind);
    out_.text("\" mode=\"static\">\n");
    for (const Column& column : columns) {
      if (!is_attribute(column, kind == "edge")) continue;
      out_.text("<attribute id=\"");
      out_.xml(column.name);
      out_.text("\" title=\"");
      out_.xml(column.name);
      out_.text("\" type=\"");
      out_.text(type_name(column.type));
      out_.text("\"/>\n");
    }
    out_.text("</attributes>\n");
  }

  /// What stands before the values of each column; "" for one that is no attribute.
  static std::vector<std::string> openings(const std::vector<Column>& columns, bool of_edges) {
    std::vector<std::string> all;
    for (const Column& column : columns) {
      std::ostringstream opening;
      Output out(opening);
      out.text("<attvalue for=\"");
      out.xml(column.name);
      out.text("\" value=\"");
      out.flush();
      all.push_back(is_attribute(column, of_edges) ? std::move(opening).str() : "");
    }
    return all;
  }

  void values(const std::vector<std::string>& openings) {
    out_.text("<attvalues>");
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (row_[i].empty() || openings[i].empty()) continue;
      out_.text(openings[i]);
      out_.xml(row_[i]);
      out_.text("\"/>");
    }
    out_.text("</attvalues>");
  }

  void node(NodeId id) {
    columns_.node_row(id, row_);
    out_.text("<node id=\"");
    out_.xml(safe_id(graph_, id, scratch_));
    out_.text("\" label=\"");
    out_.xml(row_[0]);
    out_.text("\">");
    values(node_openings_);
    const NodeKind kind = graph_.node(id).kind;
    const Rgb color = node_style(kind, graph_.type_name(id)).border;
    const auto [first, last] = graph_.out_edges(id);
    const std::size_t degree = last.value - first.value + graph_.in_edges(id).size();
    out_.text("<viz:size value=\"");
    out_.text(fmt::format("{:.2f}", (kind == NodeKind::event ? 4.0 : 6.0) +
                                        4 * std::log2(1.0 + static_cast<double>(degree))));
    out_.text("\"/><viz:color r=\"");
    out_.number(unsigned{color.red});
    out_.text("\" g=\"");
    out_.number(unsigned{color.green});
    out_.text("\" b=\"");
    out_.number(unsigned{color.blue});
    out_.text("\"/></node>\n");
  }

  void edge(EdgeId id) {
    const Edge& edge = graph_.edge(id);
    columns_.edge_row(id, row_);
    out_.text("<edge id=\"e");
    out_.number(id.value);
    out_.text("\" source=\"");
    out_.xml(safe_id(graph_, edge.source, scratch_));
    out_.text("\" target=\"");
    out_.xml(safe_id(graph_, edge.target, scratch_));
    if (!networkx_) {
      out_.text("\" kind=\"");
      out_.xml(row_[0]);
    }
    out_.text("\" label=\"");
    out_.xml(row_[0]);
    out_.text("\" weight=\"");
    out_.number(edge.weight);
    if (dynamic_ && edge.time.known()) {
      // An open end is an attribute that is not there.
      if (edge.time.from != TimeSpan::open_from) day("start", edge.time.from);
      if (edge.time.to != TimeSpan::open_to) day("end", edge.time.to);
    }
    out_.text("\">");
    values(edge_openings_);
    out_.text("</edge>\n");
  }

  void day(std::string_view name, std::int32_t date) {
    out_.text("\" ");
    out_.text(name);
    out_.text("=\"");
    out_.text(iso_date(date));
  }

  const Graph& graph_;
  Selection selection_;
  Columns columns_;
  Output out_;
  bool networkx_;
  bool dynamic_ = false;
  std::vector<std::string> node_openings_;
  std::vector<std::string> edge_openings_;
  Row row_;
  std::string scratch_;
};

}  // namespace

void GexfExporter::write(const Graph& graph, std::ostream& out,
                         const ExportOptions& options) const {
  require_profile("gexf", options.profile);
  Writer(graph, out, options).write();
}

}  // namespace relata
