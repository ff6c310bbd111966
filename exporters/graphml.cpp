#include "exporters/graphml.h"

#include <algorithm>
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
      return "int";
    case ColumnType::boolean:
      return "boolean";
    case ColumnType::string:
      break;
  }
  return "string";
}

std::string_view yed_shape(NodeKind kind) {
  switch (kind) {
    case NodeKind::actor:
      return "roundrectangle";
    case NodeKind::place:
      return "ellipse";
    case NodeKind::event:
      return "hexagon";
  }
  return "";
}

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph),
        selection_(graph, options),
        columns_(graph, selection_),
        out_(stream),
        yed_(options.profile == "yed"),
        cytoscape_(options.profile == "cytoscape"),
        gephi_(options.profile == "gephi") {}

  void write() {
    name_keys();
    out_.text(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"");
    if (yed_) {
      out_.text(
          " xmlns:y=\"http://www.yworks.com/xml/graphml\""
          " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
          " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
          " http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd\"");
    } else {
      out_.text(
          " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
          " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
          " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\"");
    }
    out_.text(">\n");
    keys("node", columns_.node_columns(), node_keys_);
    keys("edge", columns_.edge_columns(), edge_keys_);
    if (yed_) {
      out_.text(
          "<key id=\"nodegraphics\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n"
          "<key id=\"edgegraphics\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n");
    }
    out_.text("<graph id=\"relata\" edgedefault=\"directed\">\n");
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (selection_.node(NodeId(i))) node(NodeId(i));
    }
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i))) edge(EdgeId(i));
    }
    out_.text("</graph>\n</graphml>\n");
    out_.flush();
  }

 private:
  struct Key {
    std::string id;
    std::string name;
    std::string opening;  ///< the tag that begins a value
    bool text = true;     ///< numbers and booleans hold nothing to escape
  };

  // Gephi looks at a key's id before its name, so the ids say nothing; Cytoscape looks only at the
  // id, so there they are the names, and a name that nodes and edges share is one key each.
  void name_keys() {
    std::size_t number = 0;
    // One key has one type, so a column of nodes gives way to one of edges with another type.
    const auto name_of = [this](const Column& column) {
      const auto& edges = columns_.edge_columns();
      const bool clash =
          cytoscape_ && std::any_of(edges.begin(), edges.end(), [&](const Column& edge) {
            return edge.name == column.name && edge.type != column.type;
          });
      return clash ? column.name + "_" : column.name;
    };
    const std::vector<std::string> names = renamed_columns(columns_.node_columns(), name_of);
    for (std::size_t i = 0; i < names.size(); ++i) {
      node_keys_.push_back(key(cytoscape_ ? names[i] : fmt::format("d{}", number++), names[i],
                               columns_.node_columns()[i].type));
    }
    for (const Column& column : columns_.edge_columns()) {
      const std::string name =
          cytoscape_ && column.name == "relation" ? "interaction" : column.name;
      edge_keys_.push_back(
          key(cytoscape_ ? name : fmt::format("d{}", number++), name, column.type));
    }
  }

  static Key key(const std::string& id, const std::string& name, ColumnType type) {
    std::ostringstream opening;
    Output out(opening);
    out.text("<data key=\"");
    out.xml(id);
    out.text("\">");
    out.flush();
    return {id, name, std::move(opening).str(), type == ColumnType::string};
  }

  void keys(std::string_view what, const std::vector<Column>& columns,
            const std::vector<Key>& names) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      out_.text("<key id=\"");
      out_.xml(names[i].id);
      out_.text("\" for=\"");
      out_.text(what);
      out_.text("\" attr.name=\"");
      out_.xml(names[i].name);
      out_.text("\" attr.type=\"");
      out_.text(type_name(columns[i].type));
      out_.text("\"/>\n");
    }
  }

  void data(const std::vector<Key>& keys) {
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (row_[i].empty()) continue;
      out_.text(keys[i].opening);
      if (keys[i].text) {
        out_.xml(row_[i]);
      } else {
        out_.text(row_[i]);
      }
      out_.text("</data>");
    }
  }

  void node(NodeId id) {
    out_.text("<node id=\"");
    out_.xml(safe_id(graph_, id, scratch_));
    out_.text("\">");
    columns_.node_row(id, row_);
    data(node_keys_);
    if (yed_) node_graphics(id);
    out_.text("</node>\n");
  }

  void edge(EdgeId id) {
    out_.text("<edge id=\"e");
    out_.number(id.value);
    out_.text("\" source=\"");
    out_.xml(safe_id(graph_, graph_.edge(id).source, scratch_));
    out_.text("\" target=\"");
    out_.xml(safe_id(graph_, graph_.edge(id).target, scratch_));
    columns_.edge_row(id, row_);
    if (gephi_) {
      out_.text("\" label=\"");
      out_.xml(row_[0]);
    }
    out_.text("\">");
    data(edge_keys_);
    if (yed_) edge_graphics(id);
    out_.text("</edge>\n");
  }

  void node_graphics(NodeId id) {
    const Node& node = graph_.node(id);
    const NodeStyle style = node_style(node.kind, graph_.type_name(id));
    const std::string_view name = graph_.name(id);
    const bool event = node.kind == NodeKind::event;
    const std::size_t width = std::clamp<std::size_t>(name.size() * 8 + 24, 40, 400);
    out_.text("<data key=\"nodegraphics\"><y:ShapeNode><y:Geometry height=\"");
    out_.text(event ? "24" : "34");
    out_.text("\" width=\"");
    out_.number(width);
    out_.text("\"/><y:Fill color=\"");
    out_.text(hex_color(style.fill));
    out_.text("\" transparent=\"false\"/><y:BorderStyle color=\"");
    out_.text(hex_color(style.border));
    out_.text("\" type=\"line\" width=\"1.0\"/><y:NodeLabel fontSize=\"");
    out_.text(event ? "10" : "13");
    out_.text("\">");
    out_.xml(name);
    out_.text("</y:NodeLabel><y:Shape type=\"");
    out_.text(yed_shape(node.kind));
    out_.text("\"/></y:ShapeNode></data>");
  }

  void edge_graphics(EdgeId id) {
    const Edge& edge = graph_.edge(id);
    const bool doubtful = edge.polarity == Polarity::negated ||
                          edge.modality == Modality::planned || edge.modality == Modality::possible;
    out_.text("<data key=\"edgegraphics\"><y:PolyLineEdge><y:LineStyle color=\"#555555\" type=\"");
    out_.text(doubtful ? "dashed" : "line");
    out_.text(
        "\" width=\"1.0\"/><y:Arrows source=\"none\" target=\"standard\"/>"
        "<y:EdgeLabel fontSize=\"10\">");
    out_.xml(row_[0]);
    out_.text("</y:EdgeLabel></y:PolyLineEdge></data>");
  }

  const Graph& graph_;
  Selection selection_;
  Columns columns_;
  Output out_;
  bool yed_;
  bool cytoscape_;
  bool gephi_;
  std::vector<Key> node_keys_;
  std::vector<Key> edge_keys_;
  Row row_;
  std::string scratch_;
};

}  // namespace

void GraphmlExporter::write(const Graph& graph, std::ostream& out,
                            const ExportOptions& options) const {
  require_profile("graphml", options.profile);
  Writer(graph, out, options).write();
}

}  // namespace relata
