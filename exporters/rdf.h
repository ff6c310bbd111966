#pragma once
// RDF in three notations: N-Quads, Turtle and JSON-LD, with one vocabulary (docs/formats.md). Nodes
// are resources with classes of schema.org; every edge is a resource of its own (a statement about
// the statement) with confidence, time, speaker and evidence by PROV-O. What the texts affirm is
// also there as a plain triple, in N-Quads within a graph that is named by the edge; what is
// negated, planned or only possible is never a plain triple.

#include "exporters/exporter.h"

namespace relata {

enum class RdfNotation : std::uint8_t { jsonld, nquads, turtle };

class RdfExporter final : public Exporter {
 public:
  explicit RdfExporter(RdfNotation notation) : notation_(notation) {}
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;

 private:
  RdfNotation notation_;
};

}  // namespace relata
