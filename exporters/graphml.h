#pragma once
// GraphML as NetworkX, igraph, Gephi, yEd and Cytoscape read it. Profiles: "yed" adds shapes and
// labels, "cytoscape" names keys by their fields and the edge's type "interaction", "gephi" gives
// edges a kind by the XML attribute `label` (outside the schema) so that parallel edges stay apart;
// "networkx" and "igraph" are the standard form.

#include "exporters/exporter.h"

namespace relata {

class GraphmlExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
