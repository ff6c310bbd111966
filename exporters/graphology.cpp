#include "exporters/graphology.h"

#include "exporters/columns.h"
#include "exporters/output.h"
#include "exporters/rows_json.h"
#include "exporters/style.h"

namespace relata {

void GraphologyExporter::write(const Graph& graph, std::ostream& stream,
                               const ExportOptions& options) const {
  require_profile("graphology", options.profile);
  const Selection selection(graph, options);
  const Columns columns(graph, selection);
  Output out(stream);
  Row row;
  std::string scratch;
  out.text(
      "{\"options\":{\"type\":\"directed\",\"multi\":true,\"allowSelfLoops\":true},"
      "\"attributes\":{\"name\":\"relata\"},\n\"nodes\":[");
  bool first = true;
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId id(i);
    if (!selection.node(id)) continue;
    out.text(first ? "\n" : ",\n");
    first = false;
    columns.node_row(id, row);
    out.text("{\"key\":");
    out.json_string(safe_id(graph, id, scratch));
    out.text(",\"attributes\":{");
    write_json_members(columns.node_columns(), row, out);
    out.text(",\"color\":\"");
    out.text(hex_color(node_style(graph.node(id).kind, graph.type_name(id)).border));
    out.text("\"}}");
  }
  out.text("],\n\"edges\":[");
  first = true;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    if (!selection.edge(id)) continue;
    out.text(first ? "\n" : ",\n");
    first = false;
    columns.edge_row(id, row);
    out.text("{\"key\":\"e");
    out.number(i);
    out.text("\",\"source\":");
    out.json_string(safe_id(graph, graph.edge(id).source, scratch));
    out.text(",\"target\":");
    out.json_string(safe_id(graph, graph.edge(id).target, scratch));
    out.text(",\"attributes\":{");
    write_json_members(columns.edge_columns(), row, out);
    out.text("}}");
  }
  out.text("]}\n");
  out.flush();
}

}  // namespace relata
