#pragma once
// The project's own format: all that a graph holds, described in docs/json_format.md and
// docs/relata.schema.json. importers/json reads it back; equal graphs give equal bytes.

#include "exporters/exporter.h"

namespace relata {

class JsonExporter final : public Exporter {
 public:
  /// Writes one record a line. Knows no profiles.
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
