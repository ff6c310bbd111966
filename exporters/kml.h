#pragma once
// KML 2.2 for maps and globes: a placemark for each place with coordinates, and for each event
// whose place has some, with its time.

#include "exporters/exporter.h"

namespace relata {

class KmlExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
