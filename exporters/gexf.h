#pragma once
// GEXF 1.3 for Gephi and Gephi Lite: colours and sizes, edges with a kind so that parallel ones
// stay apart, intervals of days where the graph has dates. The profile "networkx" writes 1.2draft
// without intervals, which NetworkX reads.

#include "exporters/exporter.h"

namespace relata {

class GexfExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
