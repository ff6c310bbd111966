#pragma once
// GraphML of any program: keys by their names, nested graphs flat, labels of yEd. Streams.

#include "importers/importer.h"

namespace relata {

class GraphmlImporter final : public GraphImporter {
 public:
  void read(std::istream& in, const std::string& name, GraphBuilder& builder) const override;
};

/// True for XML that has the root element of GraphML in its first bytes.
bool looks_like_graphml(std::string_view head);

}  // namespace relata
