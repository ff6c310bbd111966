#pragma once
// GeoJSON (RFC 7946): a point for each place with coordinates, and for each event whose place has
// some.

#include "exporters/exporter.h"

namespace relata {

class GeojsonExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
