#pragma once
// A flow chart in Mermaid, for Markdown pages and wikis. Meant for small graphs.

#include "exporters/exporter.h"

namespace relata {

class MermaidExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
