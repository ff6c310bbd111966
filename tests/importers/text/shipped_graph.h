#pragma once
// The graph of a sentence by the model and the knowledge of the repository, for tests of whole
// sentences.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph_builder.h"
#include "importers/text/pipeline.h"

namespace relata::text {

/// The graph of a text published on 2024-06-12.
inline Graph graph_of(const std::string& text) {
  static const Pipeline pipeline = [] {
    PipelineOptions options;
    options.data_folder = RELATA_SOURCE_DIR;
    options.threads = 1;
    return Pipeline(options);
  }();
  Document document;
  document.id = "test";
  document.text = text;
  document.metadata.date = "2024-06-12";
  std::vector<Document> documents;
  documents.push_back(std::move(document));
  GraphBuilder builder(Ontology::built_in());
  pipeline.add(std::move(documents), builder);
  return std::move(builder).build();
}

/// The first edge that reads so, by the names of its ends; for an event the type of the node.
inline std::optional<EdgeId> find_edge(const Graph& graph, std::string_view source,
                                       std::string_view relation, std::string_view target) {
  const auto reads = [&](NodeId node, std::string_view wanted) {
    return graph.name(node) == wanted || graph.type_name(node) == wanted;
  };
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    if (graph.relation(id).name == relation && reads(graph.edge(id).source, source) &&
        reads(graph.edge(id).target, target))
      return id;
  }
  return std::nullopt;
}

/// True when some edge of the text reads so.
inline bool says(const std::string& text, std::string_view source, std::string_view relation,
                 std::string_view target) {
  return find_edge(graph_of(text), source, relation, target).has_value();
}

}  // namespace relata::text
