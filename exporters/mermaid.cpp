#include "exporters/mermaid.h"

#include <algorithm>

#include <fmt/format.h>

#include "exporters/output.h"
#include "exporters/selection.h"
#include "exporters/style.h"

namespace relata {

namespace {

/// Mermaid takes entities by number or name between "#" and ";" in quoted text.
/// How long the mark of a list is that `line` begins with ("1. ", "- "); a viewer would take a
/// label for a list, which it cannot draw.
std::size_t list_mark(std::string_view line) {
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const std::string_view rest = line.substr(digits);
  const bool mark =
      digits > 0 ? rest.starts_with(". ") || rest.starts_with(") ")
                 : rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ ");
  return mark ? digits + 1 : 0;
}

std::string mermaid_text(std::string_view text) {
  std::string result;
  const std::string line = one_line(text);
  const std::size_t mark = list_mark(line);
  for (std::size_t i = 0; i < line.size();) {
    if (i + 1 == mark) {
      result += fmt::format("#{};", int{line[i++]});
      continue;
    }
    const std::size_t length = utf8_length(std::string_view(line).substr(i));
    switch (line[i]) {
      case '"':
        result += "#quot;";
        break;
      case '#':
        result += "#35;";
        break;
      case '<':
        result += "#lt;";
        break;
      case '>':
        result += "#gt;";
        break;
      case '&':
        result += "#amp;";
        break;
      case '|':
        result += "#124;";
        break;
      case '`':
        result += "#96;";
        break;
      case '\\':
        result += "#92;";
        break;
      default:
        if (length > 0) result.append(line, i, length);
    }
    i += length == 0 ? 1 : length;
  }
  return result.empty() ? " " : result;
}

}  // namespace

void MermaidExporter::write(const Graph& graph, std::ostream& stream,
                            const ExportOptions& options) const {
  require_profile("mermaid", options.profile);
  const Selection selection(graph, options);
  Output out(stream);
  out.text("flowchart TD\n");
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId id(i);
    if (!selection.node(id)) continue;
    const NodeKind kind = graph.node(id).kind;
    out.text("  n");
    out.number(i);
    out.text(kind == NodeKind::actor ? "[\"" : kind == NodeKind::place ? "([\"" : "{{\"");
    out.text(mermaid_text(graph.name(id)));
    out.text(kind == NodeKind::actor ? "\"]" : kind == NodeKind::place ? "\"])" : "\"}}");
    out.text(":::");
    out.text(kind_name(kind));
    out.put('\n');
  }
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    if (!selection.edge(id)) continue;
    const Edge& edge = graph.edge(id);
    const bool doubtful = edge.polarity == Polarity::negated ||
                          edge.modality == Modality::planned || edge.modality == Modality::possible;
    out.text("  n");
    out.number(edge.source.value);
    out.text(doubtful ? " -.->|\"" : " -->|\"");
    out.text(mermaid_text(edge_label(graph, id)));
    out.text("\"| n");
    out.number(edge.target.value);
    out.put('\n');
  }
  for (const NodeKind kind : {NodeKind::actor, NodeKind::place, NodeKind::event}) {
    const NodeStyle style = node_style(kind, "");
    out.text("  classDef ");
    out.text(kind_name(kind));
    out.text(" fill:");
    out.text(hex_color(style.fill));
    out.text(",stroke:");
    out.text(hex_color(style.border));
    out.text(",color:#1c1c1c\n");
  }
  out.flush();
}

}  // namespace relata
