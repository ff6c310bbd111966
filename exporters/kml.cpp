#include "exporters/kml.h"

#include "exporters/columns.h"
#include "exporters/located.h"
#include "exporters/output.h"
#include "graph/time_span.h"

namespace relata {

namespace {

void write_time(const Graph& graph, NodeId id, Output& out) {
  const std::string_view from = graph.attribute(id, "from");
  const std::string_view to = graph.attribute(id, "to");
  const bool has_from = parse_iso_date(from).has_value();
  const bool has_to = parse_iso_date(to).has_value();
  if (!has_from && !has_to) return;
  out.text("<TimeSpan>");
  if (has_from) {
    out.text("<begin>");
    out.text(from);
    out.text("</begin>");
  }
  if (has_to) {
    out.text("<end>");
    out.text(to);
    out.text("</end>");
  }
  out.text("</TimeSpan>");
}

}  // namespace

void KmlExporter::write(const Graph& graph, std::ostream& stream,
                        const ExportOptions& options) const {
  require_profile("kml", options.profile);
  const Selection selection(graph, options);
  const Columns columns(graph, selection);
  Output out(stream);
  Row row;
  out.text(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>Relata</name>\n");
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId id(i);
    if (!selection.node(id)) continue;
    const auto where = coordinates_of(graph, id);
    if (!where) continue;
    columns.node_row(id, row);
    out.text("<Placemark><name>");
    out.xml(graph.name(id));
    out.text("</name>");
    write_time(graph, id, out);
    out.text("<ExtendedData>");
    for (std::size_t column = 1; column < row.size(); ++column) {
      if (row[column].empty()) continue;
      out.text("<Data name=\"");
      out.xml(columns.node_columns()[column].name);
      out.text("\"><value>");
      out.xml(row[column]);
      out.text("</value></Data>");
    }
    out.text("</ExtendedData><Point><coordinates>");
    out.number(where->longitude);
    out.put(',');
    out.number(where->latitude);
    out.text("</coordinates></Point></Placemark>\n");
  }
  out.text("</Document></kml>\n");
  out.flush();
}

}  // namespace relata
