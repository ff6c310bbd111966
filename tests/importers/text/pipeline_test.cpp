// The whole way from text to graph, with the model and the knowledge of the repository. The
// sentences are plain on purpose: they test the stages together, not the reader's accuracy
// (scripts/evaluate.sh does).

#include "importers/text/pipeline.h"

#include <algorithm>
#include <memory>
#include <sstream>

#include <doctest/doctest.h>

#include "exporters/json.h"

using namespace relata;
using namespace relata::text;

namespace {

const Pipeline& pipeline(unsigned threads = 1) {
  static const auto make = [](unsigned count) {
    PipelineOptions options;
    options.data_folder = RELATA_SOURCE_DIR;
    options.threads = count;
    return Pipeline(options);
  };
  static const Pipeline one = make(1);
  static const Pipeline two = make(2);
  return threads == 1 ? one : two;
}

Document document(const std::string& text, const std::string& id = "test",
                  const std::string& date = "2024-06-12") {
  Document result;
  result.id = id;
  result.text = text;
  result.metadata.date = date;
  return result;
}

Graph graph_of(std::vector<Document> documents, unsigned threads = 1) {
  GraphBuilder builder(Ontology::built_in());
  pipeline(threads).add(std::move(documents), builder);
  return std::move(builder).build();
}

Graph graph_of(const std::string& text) {
  return graph_of(std::vector<Document>{document(text)});
}

/// "SOURCE --relation--> TARGET" of all edges, with marks for what is not simply said; one a line,
/// sorted.
std::vector<std::string> edges_of(const Graph& graph) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    const Edge& edge = graph.edge(id);
    std::string line = std::string(graph.name(edge.source)) + " --" + graph.relation(id).name +
                       "--> " + std::string(graph.name(edge.target));
    if (edge.polarity == Polarity::negated) line += " (denied)";
    if (edge.modality != Modality::asserted)
      line += " (" + std::string(modality_name(edge.modality)) + ")";
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

bool has(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

constexpr const char* article =
    "Rebels captured the town of Kobane on Monday, the Syrian army said. President Emmanuel Macron "
    "of France condemned the attack. "
    "Macron met German Chancellor Olaf Scholz in Berlin.";

}  // namespace

TEST_CASE("active and passive say the same") {
  CHECK(has(edges_of(graph_of("Ukrainian forces captured a Russian general.")),
            "Russian general --captured by--> Ukrainian forces"));
  CHECK(has(edges_of(graph_of("A Russian general was captured by Ukrainian forces.")),
            "Russian general --captured by--> Ukrainian forces"));
}

TEST_CASE("an event stands beside its direct relation") {
  const auto edges = edges_of(graph_of("Ukrainian forces captured a Russian general."));
  CHECK(has(edges, "captured --agent--> Ukrainian forces"));
  CHECK(has(edges, "captured --patient--> Russian general"));
}

TEST_CASE("nationality words tie forces to their country") {
  CHECK(has(edges_of(graph_of("Ukrainian forces captured a Russian general.")),
            "Ukrainian forces --part of--> Ukraine"));
}

TEST_CASE("a negated sentence gives a negated edge") {
  CHECK(has(edges_of(graph_of("Ukrainian forces did not capture the Russian general.")),
            "Russian general --captured by--> Ukrainian forces (denied)"));
}

TEST_CASE("a light verb's negation denies what its noun tells") {
  const auto edges = edges_of(graph_of("Japan has not held talks with North Korea."));
  CHECK(has(edges, "Japan --negotiated with--> North Korea (denied)"));
  CHECK_FALSE(has(edges, "Japan --negotiated with--> North Korea"));
}

TEST_CASE("what may happen is possible, what will happen is planned") {
  CHECK(has(edges_of(graph_of("Ukrainian forces may attack Crimea.")),
            "Crimea --attacked by--> Ukrainian forces (possible)"));
  CHECK(has(edges_of(graph_of("Germany will invade Poland.")),
            "Poland --invaded by--> Germany (planned)"));
}

TEST_CASE("a title before a name gives its office") {
  CHECK(has(edges_of(graph_of("French President Emmanuel Macron met Olaf Scholz in Berlin.")),
            "Emmanuel Macron --leader of--> France"));
}

TEST_CASE("every edge has evidence, and its spans are the words of the text") {
  const Document text = document(article);
  const Graph graph = graph_of(std::vector<Document>{text});
  REQUIRE(graph.edge_count() > 5);
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const auto evidence = graph.evidence(EdgeId(i));
    REQUIRE_FALSE(evidence.empty());
    for (const Evidence& piece : evidence) {
      const SourceSentence& sentence = graph.sentence(piece.sentence);
      CHECK(graph.text(sentence.text) ==
            text.text.substr(sentence.span.begin, sentence.span.end - sentence.span.begin));
      CHECK(piece.trigger.begin < piece.trigger.end);
      CHECK(piece.trigger.end <= text.text.size());
      CHECK(piece.confidence > 0);
      CHECK(piece.confidence <= 1);
    }
  }
}

TEST_CASE("who says so stands with what he says") {
  const Graph graph = graph_of("The Pentagon said that rebels attacked Aleppo.");
  bool found = false;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    if (graph.relation(id).name != "attacked by") continue;
    found = true;
    CHECK(graph.edge(id).modality == Modality::reported);
    CHECK(graph.edge(id).attribution.valid());
  }
  CHECK(found);
}

TEST_CASE("threads and the order of the inputs change nothing") {
  const Document a = document(article, "a");
  const Document b =
      document("Russian forces attacked Kharkiv. Olaf Scholz met Vladimir Putin.", "b");
  const Document c = document("Putin condemned the strike on Belgorod.", "c");
  const auto forward = edges_of(graph_of({a, b, c}));
  CHECK(forward == edges_of(graph_of({c, b, a})));
  CHECK(forward == edges_of(graph_of({b, c, a}, 2)));
}

TEST_CASE("one person of two texts is one node") {
  const Graph graph = graph_of({document("Olaf Scholz met Vladimir Putin in Moscow.", "a"),
                                document("Putin praised Germany.", "b")});
  std::size_t putins = 0;
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    putins += graph.name(NodeId(i)).ends_with("Putin") ? 1 : 0;
  }
  CHECK(putins == 1);
}

TEST_CASE("one event of two texts is one node, with both sentences") {
  const Document a = document("Russian forces attacked Kharkiv on Friday.", "a", "2024-06-08");
  const Document b =
      document("On Friday Kharkiv was attacked by Russian forces.", "b", "2024-06-09");
  const Document c = document("Russian forces attacked Kharkiv on Sunday.", "c", "2024-06-09");
  const Graph graph = graph_of({a, b, c});
  std::vector<std::size_t> mentions;
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    if (graph.type_name(NodeId(i)) == "attack")
      mentions.push_back(graph.mentions(NodeId(i)).size());
  }
  std::sort(mentions.begin(), mentions.end());
  CHECK(mentions == std::vector<std::size_t>{1, 2});
}

TEST_CASE("the graph of joined texts has the same bytes for any order of texts and threads") {
  const auto bytes = [](std::vector<Document> documents, unsigned threads) {
    std::ostringstream out;
    JsonExporter().write(graph_of(std::move(documents), threads), out, {});
    return std::move(out).str();
  };
  const Document a = document("Russian forces attacked Kharkiv on Friday.", "a", "2024-06-08");
  const Document b = document("On Friday Kharkiv was attacked by Russian forces, Zelensky said.",
                              "b", "2024-06-09");
  const Document c = document("Volodymyr Zelenskyy condemned the attack on Kharkiv.", "c");
  const std::string forward = bytes({a, b, c}, 1);
  CHECK(forward == bytes({c, b, a}, 1));
  CHECK(forward == bytes({b, c, a}, 2));
}

TEST_CASE("a text without facts is read and gives an empty graph") {
  GraphBuilder builder(Ontology::built_in());
  const Coverage coverage =
      pipeline().add({document("It was fine. Nothing else is known.")}, builder);
  CHECK(coverage.sentences == 2);
  CHECK(std::move(builder).build().edge_count() == 0);
}

TEST_CASE("an empty text is no error") {
  CHECK(graph_of("").node_count() == 0);
}

TEST_CASE("what is annotated is not read again") {
  Document once = document(article);
  pipeline().annotate(once);
  CHECK(edges_of(graph_of(std::vector<Document>{once})) == edges_of(graph_of(article)));
  for (Sentence& sentence : once.sentences) sentence.predicates.clear();
  static_cast<void>(pipeline().chains(once));
  CHECK(edges_of(graph_of(std::vector<Document>{once})).size() <
        edges_of(graph_of(article)).size());
}
