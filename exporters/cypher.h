#pragma once
// Statements for Neo4j, Memgraph and other property graphs. Running them twice changes nothing:
// nodes are merged by id, edges by id.

#include "exporters/exporter.h"

namespace relata {

class CypherExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
