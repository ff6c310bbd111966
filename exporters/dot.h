#pragma once
// The language of Graphviz. The profile "gephi" writes the bare dialect that Gephi's own reader
// takes: one attribute list a statement, no defaults, no empty values, no hexadecimal colours.

#include "exporters/exporter.h"

namespace relata {

class DotExporter final : public Exporter {
 public:
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
