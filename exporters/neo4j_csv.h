#pragma once
// Two tables for the bulk import of Neo4j (neo4j-admin import --multiline-fields=true): the parts
// "nodes" and "edges".

#include "exporters/exporter.h"

namespace relata {

class Neo4jCsvExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
