#pragma once
// The serialised form of graphology, which Gephi Lite and Sigma open.

#include "exporters/exporter.h"

namespace relata {

class GraphologyExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
