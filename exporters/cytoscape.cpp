#include "exporters/cytoscape.h"

#include "exporters/columns.h"
#include "exporters/output.h"
#include "exporters/rows_json.h"

namespace relata {

void CytoscapeExporter::write(const Graph& graph, std::ostream& stream,
                              const ExportOptions& options) const {
  require_profile("cytoscape", options.profile);
  const Selection selection(graph, options);
  const Columns columns(graph, selection);
  Output out(stream);
  Row row;
  std::string scratch;
  out.text("{\"data\":{\"name\":\"relata\"},\"elements\":{\n\"nodes\":[");
  bool first = true;
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId id(i);
    if (!selection.node(id)) continue;
    out.text(first ? "\n" : ",\n");
    first = false;
    columns.node_row(id, row);
    out.text("{\"group\":\"nodes\",\"data\":{\"id\":");
    out.json_string(safe_id(graph, id, scratch));
    out.text(",\"name\":");
    out.json_string(row[0]);
    out.put(',');
    write_json_members(columns.node_columns(), row, out);
    out.text("},\"classes\":\"");
    out.text(kind_name(graph.node(id).kind));
    out.text("\"}");
  }
  out.text("],\n\"edges\":[");
  first = true;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    if (!selection.edge(id)) continue;
    out.text(first ? "\n" : ",\n");
    first = false;
    columns.edge_row(id, row);
    // Nodes and edges share one space of ids.
    out.text("{\"group\":\"edges\",\"data\":{\"id\":\"edge~");
    out.number(i);
    out.text("\",\"source\":");
    out.json_string(safe_id(graph, graph.edge(id).source, scratch));
    out.text(",\"target\":");
    out.json_string(safe_id(graph, graph.edge(id).target, scratch));
    out.text(",\"interaction\":");
    out.json_string(graph.relation(id).name);
    out.put(',');
    write_json_members(columns.edge_columns(), row, out);
    out.text("}}");
  }
  out.text("]}}\n");
  out.flush();
}

}  // namespace relata
