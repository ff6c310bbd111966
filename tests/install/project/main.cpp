// Builds a graph of one edge by hand, writes it as JSON, reads that back, and reads a sentence with
// the installed model and knowledge: enough to need every library and the data folder.
#include <iostream>
#include <sstream>
#include <utility>
#include <vector>

#include "exporters/exporter.h"
#include "graph/graph_builder.h"
#include "importers/importer.h"
#include "importers/text/pipeline.h"

namespace {

int fail(const char* what) {
  std::cerr << "failed: " << what << '\n';
  return 1;
}

}  // namespace

int main() {
  const auto ontology = relata::Ontology::built_in();
  relata::GraphBuilder builder(ontology);
  const auto person = builder.type(relata::NodeKind::actor, "person");
  const auto left = builder.add_node("actor/ada", person, "Ada");
  const auto right = builder.add_node("actor/ben", person, "Ben");
  const auto edge = builder.add_edge(left, builder.relation("met with").relation, right,
                                     relata::Polarity::affirmed, relata::Modality::asserted);
  builder.set_values(edge, {});
  const relata::Graph graph = std::move(builder).build();

  std::stringstream json;
  relata::find_export_format("json")->make()->write(graph, json, {});
  relata::GraphBuilder copy(ontology);
  relata::find_import_format("json")->make_graph()->read(json, "memory", copy);
  const relata::Graph again = std::move(copy).build();
  if (again.node_count() != 2 || again.edge_count() != 1) return fail("JSON there and back");

  relata::text::PipelineOptions options;
  options.data_folder = DATA_FOLDER;
  options.ontology = ontology;
  const relata::text::Pipeline pipeline(options);
  relata::text::Document document;
  document.id = "memory";
  document.text = "Russian forces captured the town of Avdiivka in Ukraine on Saturday.";
  std::vector<relata::text::Document> documents;
  documents.push_back(std::move(document));
  relata::GraphBuilder reading(ontology);
  const relata::text::Coverage coverage = pipeline.add(std::move(documents), reading);
  if (coverage.sentences != 1) return fail("one sentence read");
  if (std::move(reading).build().edge_count() == 0) return fail("an edge read off the sentence");
  return 0;
}
