// What goes into a picture and how it looks; exporters/picture.cpp draws it.

#include <algorithm>
#include <map>
#include <sstream>
#include <vector>

#include "exporters/output.h"
#include "exporters/picture.h"
#include "exporters/selection.h"
#include "exporters/style.h"

namespace relata {

namespace {

constexpr std::size_t max_labels = 4;  ///< relations named on one line; the rest is counted

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// The first `count` characters.
std::string_view prefix(std::string_view text, std::size_t count) {
  std::size_t bytes = 0;
  while (bytes < text.size() && count > 0) {
    bytes += std::max<std::size_t>(1, utf8_length(text.substr(bytes)));
    --count;
  }
  return text.substr(0, std::min(bytes, text.size()));
}

/// One drawn line: all edges of a pair that point the same way and are equally sure.
struct Line {
  std::vector<std::string> labels;
  float weight = 0;
};

struct LineKey {
  NodeId source;
  NodeId target;
  bool doubtful = false;
  bool role = false;
  bool symmetric = false;
  friend auto operator<=>(const LineKey&, const LineKey&) = default;
};

class Composer final {
 public:
  Composer(const Graph& graph, const ExportOptions& options)
      : graph_(graph), selection_(graph, options), out_(stream_) {}

  std::string compose() {
    choose();
    bundle();
    head();
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (chosen_[i]) node(NodeId(i));
    }
    for (const auto& [key, line] : lines_) edge(key, line);
    out_.text("}\n");
    out_.flush();
    return std::move(stream_).str();
  }

 private:
  /// Keeps the nodes with the most evidence on their edges; in a tie the one that stands first.
  /// Nodes without edges would only take room, so each comes with one that it is joined to.
  void choose() {
    std::vector<float> importance(graph_.node_count(), 0);
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (!selection_.edge(EdgeId(i))) continue;
      const Edge& edge = graph_.edge(EdgeId(i));
      importance[edge.source.value] += edge.weight;
      importance[edge.target.value] += edge.weight;
    }
    std::vector<std::uint32_t> order;
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (!selection_.node(NodeId(i))) continue;
      ++total_;
      if (importance[i] > 0) order.push_back(static_cast<std::uint32_t>(i));
    }
    connected_ = order.size();
    // A graph without any edge is shown as it is.
    for (std::size_t i = 0; connected_ == 0 && i < graph_.node_count(); ++i) {
      if (selection_.node(NodeId(i))) order.push_back(static_cast<std::uint32_t>(i));
    }
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
      return importance[left] > importance[right];
    });
    chosen_.assign(graph_.node_count(), false);
    for (const std::uint32_t i : order) {
      if (shown_ == picture_nodes) break;
      if (chosen_[i]) continue;
      const NodeId partner = connected_ == 0 ? NodeId(i) : best_partner(NodeId(i), importance);
      const std::size_t needed = chosen_[partner.value] || partner == NodeId(i) ? 1 : 2;
      if (shown_ + needed > picture_nodes) continue;
      chosen_[i] = true;
      chosen_[partner.value] = true;
      shown_ += needed;
    }
  }

  /// A neighbour that is shown already, else the most important one; the node itself when it has
  /// but a loop.
  [[nodiscard]] NodeId best_partner(NodeId id, const std::vector<float>& importance) const {
    NodeId best = id;
    const auto consider = [&](EdgeId edge, NodeId other) {
      if (other == id || !selection_.edge(edge)) return;
      const auto rank = [&](NodeId node) {
        return std::pair(bool(chosen_[node.value]), importance[node.value]);
      };
      if (best == id || rank(other) > rank(best)) best = other;
    };
    const auto [first, last] = graph_.out_edges(id);
    for (EdgeId edge = first; edge < last; edge = EdgeId(edge.value + 1)) {
      consider(edge, graph_.edge(edge).target);
    }
    for (const EdgeId edge : graph_.in_edges(id)) consider(edge, graph_.edge(edge).source);
    return best;
  }

  void bundle() {
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      const EdgeId id(i);
      const Edge& edge = graph_.edge(id);
      if (!selection_.edge(id) || !chosen_[edge.source.value] || !chosen_[edge.target.value]) {
        continue;
      }
      const Relation& relation = graph_.relation(id);
      const bool doubtful = edge.polarity == Polarity::negated ||
                            edge.modality == Modality::planned ||
                            edge.modality == Modality::possible;
      Line& line = lines_[{edge.source, edge.target, doubtful, relation.role, relation.symmetric}];
      line.labels.push_back(
          wrap_text(relation.role ? relation.name : edge_label(graph_, id), 26, 2));
      line.weight += edge.weight;
    }
  }

  void head() {
    out_.text(
        "digraph relata {\n"
        "graph [charset=\"UTF-8\", rankdir=TB, bgcolor=\"white\", pad=0.35, nodesep=0.28,"
        " ranksep=\"0.55\", splines=true, fontname=\"DejaVu Sans\", fontsize=10,"
        " labelloc=b, labeljust=l, outputorder=edgesfirst, label=<");
    legend();
    out_.text(
        ">];\n"
        "node [fontname=\"DejaVu Sans\", fontsize=11, fontcolor=\"#1c1c1c\", style=filled,"
        " penwidth=1.1, margin=\"0.11,0.06\", height=0.3, width=0.4];\n"
        "edge [fontname=\"DejaVu Sans\", fontsize=8.5, fontcolor=\"#444444\","
        " color=\"#7a7a7a\", arrowsize=0.65, penwidth=1.0];\n");
  }

  void legend_cell(NodeKind kind, std::string_view type, std::string_view text) {
    const NodeStyle style = node_style(kind, type);
    out_.text("<TD STYLE=\"ROUNDED\" BORDER=\"1\" COLOR=\"");
    out_.text(hex_color(style.border));
    out_.text("\" BGCOLOR=\"");
    out_.text(hex_color(style.fill));
    out_.text("\">");
    out_.xml(text);
    out_.text("</TD>");
  }

  void legend() {
    std::map<std::pair<NodeKind, std::string_view>, std::string_view> types;
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      const NodeId id(i);
      if (!chosen_[i]) continue;
      const NodeKind kind = graph_.node(id).kind;
      const std::string_view type = graph_.type_name(id);
      if (kind != NodeKind::event) {
        types[{kind, type}] = type;
      } else {
        types[{kind, is_harm(type) ? "attack" : ""}] = is_harm(type) ? "event of harm" : "event";
      }
    }
    // Graphviz takes either text or one table as a label, so the notes are rows of an outer table.
    out_.text("<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">");
    if (!types.empty()) {
      out_.text(
          "<TR><TD ALIGN=\"LEFT\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"5\""
          " CELLPADDING=\"4\"><TR>");
      for (const auto& [type, words] : types) legend_cell(type.first, type.second, words);
      out_.text("</TR></TABLE></TD></TR>");
    }
    note("boxes: actors, ellipses: places, hexagons: events; dashed: denied, planned or possible");
    if (connected_ > shown_) {
      note(fmt::format("the {} best connected of {} nodes", shown_, total_));
    } else if (shown_ < total_) {
      note(fmt::format("{} nodes without relations are left out", total_ - shown_));
    }
    out_.text("</TABLE>");
  }

  void note(std::string_view text) {
    out_.text("<TR><TD ALIGN=\"LEFT\"><FONT COLOR=\"#666666\">");
    out_.xml(text);
    out_.text("</FONT></TD></TR>");
  }

  void id(NodeId node) {
    out_.put('n');
    out_.number(node.value);
  }

  void node(NodeId node_id) {
    const Node& node = graph_.node(node_id);
    const NodeStyle style = node_style(node.kind, graph_.type_name(node_id));
    const bool event = node.kind == NodeKind::event;
    id(node_id);
    out_.text(" [label=");
    out_.dot_string(wrap_text(graph_.text(node.name), event ? 18 : 20, 4));
    out_.text(", fillcolor=\"");
    out_.text(hex_color(style.fill));
    out_.text("\", color=\"");
    out_.text(hex_color(style.border));
    switch (node.kind) {
      case NodeKind::actor:
        out_.text("\", shape=box, style=\"filled,rounded\"];\n");
        break;
      case NodeKind::place:
        out_.text("\", shape=ellipse, margin=\"0.04,0.03\"];\n");
        break;
      case NodeKind::event:
        out_.text("\", shape=hexagon, fontsize=9, margin=\"0.02,0.02\", height=0.2, width=0.3];\n");
        break;
    }
  }

  void edge(const LineKey& key, const Line& line) {
    id(key.source);
    out_.text(" -> ");
    id(key.target);
    std::string label;
    for (std::size_t i = 0; i < line.labels.size(); ++i) {
      if (i == max_labels) {
        label += fmt::format("\n+ {} more", line.labels.size() - i);
        break;
      }
      if (i > 0) label += '\n';
      label += " " + line.labels[i] + " ";  // blanks keep the words off the line
    }
    out_.text(" [label=");
    out_.dot_string(label);
    if (key.doubtful) out_.text(", style=dashed");
    if (key.symmetric) out_.text(", dir=none");
    if (key.role) {
      out_.text(", fontsize=7.5, color=\"#d39a5f\", fontcolor=\"#a8641f\", penwidth=0.8");
    } else if (line.weight >= 2) {
      out_.text(line.weight >= 4 ? ", penwidth=2.2" : ", penwidth=1.6");
    }
    out_.text("];\n");
  }

  const Graph& graph_;
  Selection selection_;
  std::ostringstream stream_;
  Output out_;
  std::vector<bool> chosen_;
  std::size_t total_ = 0;
  std::size_t connected_ = 0;
  std::size_t shown_ = 0;
  std::map<LineKey, Line> lines_;
};

}  // namespace

std::string wrap_text(std::string_view text, std::size_t width, std::size_t max_lines) {
  const std::string line = one_line(text);
  std::string wrapped;
  std::size_t lines = 1;
  std::size_t used = 0;
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    std::string_view word = std::string_view(line).substr(begin, end - begin);
    const std::size_t length = characters(word);
    if (used > 0 && used + 1 + length > width) {
      if (lines == max_lines) return wrapped + "\u2026";
      wrapped += '\n';
      ++lines;
      used = 0;
    }
    if (used > 0) {
      wrapped += ' ';
      ++used;
    }
    if (length > width * 2) return wrapped.append(prefix(word, width * 2)) + "\u2026";
    wrapped += word;
    used += length;
    begin = end + 1;
  }
  return wrapped;
}

std::string picture_source(const Graph& graph, const ExportOptions& options) {
  return Composer(graph, options).compose();
}

}  // namespace relata
