#include "exporters/geojson.h"

#include "exporters/columns.h"
#include "exporters/located.h"
#include "exporters/output.h"
#include "exporters/rows_json.h"

namespace relata {

void GeojsonExporter::write(const Graph& graph, std::ostream& stream,
                            const ExportOptions& options) const {
  require_profile("geojson", options.profile);
  const Selection selection(graph, options);
  const Columns columns(graph, selection);
  Output out(stream);
  Row row;
  out.text("{\"type\":\"FeatureCollection\",\"features\":[");
  bool first = true;
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId id(i);
    if (!selection.node(id)) continue;
    const auto where = coordinates_of(graph, id);
    if (!where) continue;
    out.text(first ? "\n" : ",\n");
    first = false;
    columns.node_row(id, row);
    out.text("{\"type\":\"Feature\",\"id\":");
    out.json_string(safe_id(graph, id));
    out.text(",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
    out.number(where->longitude);
    out.put(',');
    out.number(where->latitude);
    out.text("]},\"properties\":{\"name\":");
    out.json_string(graph.name(id));
    out.put(',');
    write_json_members(columns.node_columns(), row, out);
    out.text("}}");
  }
  out.text("]}\n");
  out.flush();
}

}  // namespace relata
