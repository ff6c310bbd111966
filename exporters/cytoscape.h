#pragma once
// The elements of Cytoscape.js, which Cytoscape opens as well.

#include "exporters/exporter.h"

namespace relata {

class CytoscapeExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
