#pragma once
// Graphs in JSON: our own format (docs/json_format.md), which comes back as it was, and those of
// NetworkX (node-link), graphology and Cytoscape.js. Streams: one record at a time is held, unless
// the file puts records before those that they refer to.

#include "importers/importer.h"

namespace relata {

class JsonImporter final : public GraphImporter {
 public:
  void read(std::istream& in, const std::string& name, GraphBuilder& builder) const override;
};

/// True for JSON that begins with an object whose first members look like a graph.
bool looks_like_json_graph(std::string_view head);

}  // namespace relata
