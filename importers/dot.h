#pragma once
// DOT through Graphviz' own reader (libcgraph), which holds the whole graph in memory. A lock lets
// one file through at a time, since that reader is not thread-safe.

#include "importers/importer.h"

namespace relata {

class DotImporter final : public GraphImporter {
 public:
  void read(std::istream& in, const std::string& name, GraphBuilder& builder) const override;
};

/// True for text that begins as a graph in DOT does.
bool looks_like_dot(std::string_view head);

}  // namespace relata
