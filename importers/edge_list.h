#pragma once
// Edges in a table, as pandas, Gephi and spreadsheets write them: columns Source and Target, or
// From and To, and any of the names of importers/foreign_graph.h. Nodes come about by their edges.

#include "importers/importer.h"

namespace relata {

class EdgeListImporter final : public GraphImporter {
 public:
  void read(std::istream& in, const std::string& name, GraphBuilder& builder) const override;
};

/// True for a first line with columns for both ends of an edge.
bool looks_like_edge_list(std::string_view head);

}  // namespace relata
