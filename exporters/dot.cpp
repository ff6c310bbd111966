#include "exporters/dot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

#include "exporters/columns.h"
#include "exporters/output.h"
#include "exporters/style.h"
#include "graph/ascii.h"

namespace relata {

namespace {

/// Names that Graphviz acts on; a column of that name gets a "_" behind it.
constexpr std::array<std::string_view, 54> live_names = {
    "area",     "class",         "color",        "colorscheme", "comment",    "constraint",
    "dir",      "distortion",    "fillcolor",    "fixedsize",   "fontcolor",  "fontname",
    "fontsize", "gradientangle", "group",        "head_lp",     "height",     "href",
    "id",       "image",         "imagepath",    "imagepos",    "imagescale", "labelloc",
    "layer",    "len",           "margin",       "nojustify",   "ordering",   "orientation",
    "penwidth", "peripheries",   "pin",          "pos",         "rank",       "rects",
    "regular",  "root",          "samplepoints", "shape",       "shapefile",  "showboxes",
    "sides",    "size",          "skew",         "style",       "target",     "tooltip",
    "URL",      "vertices",      "width",        "xlabel",      "xlp",        "z"};

std::string attribute_name(const Column& column) {
  const bool live =
      std::find(live_names.begin(), live_names.end(), column.name) != live_names.end();
  return live ? column.name + "_" : column.name;
}

/// A name as it stands before its values.
std::string quoted_where_needed(const std::string& name) {
  if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos) return name;
  std::ostringstream quoted;
  Output out(quoted);
  out.dot_string(name);
  out.flush();
  return std::move(quoted).str();
}

std::string_view shape(NodeKind kind) {
  switch (kind) {
    case NodeKind::actor:
      return "box";
    case NodeKind::place:
      return "ellipse";
    case NodeKind::event:
      return "hexagon";
  }
  return "";
}

/// Gephi's reader takes these words for its language's own even within quotes.
bool is_word_of_gephi(std::string_view id) {
  for (const std::string_view word : {"digraph", "edge", "graph", "node", "strict", "subgraph"}) {
    if (same_ignoring_case(id, word)) return true;
  }
  return false;
}

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph),
        selection_(graph, options),
        columns_(graph, selection_),
        out_(stream),
        gephi_(options.profile == "gephi") {
    for (const std::string& name : renamed_columns(columns_.node_columns(), attribute_name)) {
      node_names_.push_back(quoted_where_needed(name));
    }
    for (const std::string& name : renamed_columns(columns_.edge_columns(), attribute_name)) {
      edge_names_.push_back(quoted_where_needed(name));
    }
  }

  void write() {
    out_.text("digraph relata {\n");
    if (!gephi_) {
      out_.text(
          "  graph [charset=\"UTF-8\", overlap=false, splines=true];\n"
          "  node [fontname=\"DejaVu Sans\", fontsize=11];\n"
          "  edge [fontname=\"DejaVu Sans\", fontsize=9];\n");
    }
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (selection_.node(NodeId(i))) node(NodeId(i));
    }
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i))) edge(EdgeId(i));
    }
    out_.text("}\n");
    out_.flush();
  }

 private:
  void put_id(NodeId id) {
    const std::string_view text = safe_id(graph_, id, scratch_);
    if (!gephi_ || !is_word_of_gephi(text)) return out_.dot_string(text);
    out_.dot_string(fmt::format("{}~{}", text, id.value));  // as safe_id() makes ids unique
  }

  void open_list() {
    out_.text(" [");
    first_ = true;
  }
  void attribute(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!first_) out_.text(", ");
    first_ = false;
    out_.text(name);
    out_.put('=');
    out_.dot_string(value);
  }
  void close_list() { out_.text("];\n"); }

  void node(NodeId id) {
    const NodeKind kind = graph_.node(id).kind;
    out_.text("  ");
    put_id(id);
    open_list();
    columns_.node_row(id, row_);
    // An absent label would show the id.
    if (row_[0].empty() && !gephi_) {
      out_.text("label=\"\"");
      first_ = false;
    }
    for (std::size_t i = 0; i < row_.size(); ++i) {
      attribute(node_names_[i], row_[i]);
    }
    if (!gephi_) {
      const NodeStyle style = node_style(kind, graph_.type_name(id));
      attribute("shape", shape(kind));
      attribute("style", kind == NodeKind::actor ? "filled,rounded" : "filled");
      attribute("fillcolor", hex_color(style.fill));
      attribute("color", hex_color(style.border));
    }
    close_list();
  }

  void edge(EdgeId id) {
    const Edge& edge = graph_.edge(id);
    out_.text("  ");
    put_id(edge.source);
    out_.text(" -> ");
    put_id(edge.target);
    open_list();
    columns_.edge_row(id, row_);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      const std::string& name = columns_.edge_columns()[i].name;
      // Graphviz reads weight as a whole number.
      if (name == "weight" && !gephi_ && edge.weight != std::floor(edge.weight)) {
        attribute("weight", std::to_string(std::max(1L, std::lround(edge.weight))));
        attribute("evidence_weight", row_[i]);
      } else {
        attribute(edge_names_[i], row_[i]);
      }
    }
    if (!gephi_ && (edge.polarity == Polarity::negated || edge.modality == Modality::planned ||
                    edge.modality == Modality::possible)) {
      attribute("style", "dashed");
    }
    close_list();
  }

  const Graph& graph_;
  Selection selection_;
  Columns columns_;
  Output out_;
  bool gephi_;
  bool first_ = true;
  std::vector<std::string> node_names_;
  std::vector<std::string> edge_names_;
  Row row_;
  std::string scratch_;
};

}  // namespace

void DotExporter::write(const Graph& graph, std::ostream& out, const ExportOptions& options) const {
  require_profile("dot", options.profile);
  Writer(graph, out, options).write();
}

}  // namespace relata
