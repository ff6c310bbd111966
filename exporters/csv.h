#pragma once
// Two tables for Gephi and spreadsheets: the parts "nodes" and "edges". RFC 4180 quoting; the
// profile "gephi" also doubles backslashes, which its reader takes for escapes.

#include "exporters/exporter.h"

namespace relata {

class CsvExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
