#pragma once
// FollowTheMoney entities as JSON lines, for Aleph and OpenAleph: people, companies, organizations,
// public bodies, addresses of places and events, and a link entity for each edge between things
// that may be linked.

#include "exporters/exporter.h"

namespace relata {

class FtmExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
