#pragma once
// Nodes in a table, as Gephi, spreadsheets and Neo4j's bulk import have them beside a table of
// edges: a column Id (or one that ends with ":ID" or ":ID(...)"), a column Label, Name, Kind or
// Type, and any of the names of importers/foreign_graph.h; other columns become attributes.

#include "importers/importer.h"

namespace relata {

class NodeListImporter final : public GraphImporter {
 public:
  void read(std::istream& in, const std::string& name, GraphBuilder& builder) const override;
};

/// True for a first line with an id and a name or kind, without the ends of an edge and without the
/// text of an article.
bool looks_like_node_list(std::string_view head);

}  // namespace relata
