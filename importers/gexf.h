#pragma once
// GEXF 1.1 to 1.3: attributes by their titles, times of edges. Streams.

#include "importers/importer.h"

namespace relata {

class GexfImporter final : public GraphImporter {
 public:
  void read(std::istream& in, const std::string& name, GraphBuilder& builder) const override;
};

/// True for XML that has the root element of GEXF in its first bytes.
bool looks_like_gexf(std::string_view head);

}  // namespace relata
