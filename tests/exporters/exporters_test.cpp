// What every format promises, looped over the registry, and what each promises of itself.

#include <algorithm>
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <malloc.h>

#include "exporters/columns.h"
#include "exporters/exporter.h"
#include "exporters/losses.h"
#include "exporters/output.h"
#include "exporters/picture.h"
#include "exporters/tools.h"
#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "tests/exporters/sample_graphs.h"

using namespace relata;
using namespace relata::tests;

namespace {

std::string written(const ExportFormat& format, const Graph& graph, ExportOptions options = {}) {
  std::ostringstream out;
  const auto exporter = format.make();
  if (format.parts.empty() || !options.part.empty()) {
    exporter->write(graph, out, options);
    return out.str();
  }
  for (const std::string_view part : format.parts) {
    options.part = part;
    exporter->write(graph, out, options);
  }
  return out.str();
}

std::string written(std::string_view format, const Graph& graph,
                    const ExportOptions& options = {}) {
  const ExportFormat* const found = find_export_format(format);
  REQUIRE(found != nullptr);
  return written(*found, graph, options);
}

/// A packed or drawn format compresses, so its words cannot be searched for.
bool is_text(const ExportFormat& format) {
  return !format.binary;
}

std::size_t count(const std::string& text, std::string_view word) {
  std::size_t found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++found;
  }
  return found;
}

/// Throws the bytes away and watches the memory meanwhile.
class MeasuringBuffer final : public std::streambuf {
 public:
  MeasuringBuffer() : start_(allocated()) {}
  [[nodiscard]] std::size_t peak() const { return peak_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 protected:
  int_type overflow(int_type c) override {
    ++bytes_;
    return traits_type::not_eof(c);
  }
  std::streamsize xsputn(const char* /*bytes*/, std::streamsize count) override {
    bytes_ += static_cast<std::size_t>(count);
    const std::size_t now = allocated();
    peak_ = std::max(peak_, now > start_ ? now - start_ : 0);
    return count;
  }

 private:
  static std::size_t allocated() {
    const struct mallinfo2 state = mallinfo2();
    return state.uordblks + state.hblkhd;
  }
  std::size_t start_;
  std::size_t peak_ = 0;
  std::size_t bytes_ = 0;
};

std::vector<std::string_view> loss_names(const Graph& graph, const std::vector<Loss>& losses) {
  std::vector<std::string_view> names;
  for (const LossCount& count : count_losses(graph, {}, losses)) {
    names.push_back(loss_words(count.loss).name);
  }
  return names;
}

}  // namespace

TEST_CASE("formats are sorted by name and found by name and extension") {
  const auto formats = export_formats();
  CHECK(std::is_sorted(formats.begin(), formats.end(),
                       [](const auto& left, const auto& right) { return left.name < right.name; }));
  for (const ExportFormat& format : formats) {
    CHECK(find_export_format(format.name) == &format);
    REQUIRE_FALSE(format.extensions.empty());
    CHECK_FALSE(format.description.empty());
    CHECK(export_format_of_path("a.b/graph." + std::string(format.extensions[0])) != nullptr);
  }
  CHECK(find_export_format("no such format") == nullptr);
  CHECK(export_format_of_path("graph.JSON") == find_export_format("json"));
  CHECK(export_format_of_path("json") == nullptr);
  CHECK(export_format_of_path("graph.csv") == find_export_format("csv"));
  CHECK(export_format_of_path("graph.facts.csv") == find_export_format("facts-csv"));
  // An extension of several formats means the one that the tool opens.
  CHECK(export_format_of_path("graph.json", "gephi-lite") == find_export_format("graphology"));
  CHECK(export_format_of_path("graph.json", "cytoscape") == find_export_format("cytoscape"));
  CHECK(export_format_of_path("graph.csv", "neo4j") == find_export_format("neo4j-csv"));
  CHECK(export_format_of_path("graph.csv", "excel") == find_export_format("facts-csv"));
  CHECK(export_format_of_path("graph.csv", "gephi") == find_export_format("csv"));
  CHECK(export_format_of_path("graph.json", "gephi") == find_export_format("json"));
}

TEST_CASE("every format that was promised is there") {
  for (const std::string_view name :
       {"gexf",   "graphml", "dot",    "csv",    "neo4j-csv", "cypher",   "graphology", "cytoscape",
        "json",   "jsonld",  "turtle", "nquads", "mermaid",   "geojson",  "kml",        "xlsx",
        "sqlite", "ftm",     "svg",    "png",    "pdf",       "facts-csv"}) {
    CAPTURE(name);
    CHECK(find_export_format(name) != nullptr);
  }
}

TEST_CASE("tools are sorted, open formats that exist, and are the formats' profiles") {
  CHECK(std::is_sorted(tools().begin(), tools().end(),
                       [](const Tool& left, const Tool& right) { return left.name < right.name; }));
  for (const Tool& tool : tools()) {
    CAPTURE(tool.name);
    CHECK(find_tool(tool.name) == &tool);
    REQUIRE_FALSE(tool.doors.empty());
    for (const Door& door : tool.doors) {
      const ExportFormat* const format = find_export_format(door.format);
      REQUIRE(format != nullptr);
      CHECK(std::count(format->profiles.begin(), format->profiles.end(), tool.name) == 1);
    }
  }
  CHECK(find_tool("no such tool") == nullptr);
}

TEST_CASE("the words of a loss stand under its number") {
  for (const ExportFormat& format : export_formats()) {
    for (const Loss loss : losses_of_format(format.name)) CHECK(loss_words(loss).loss == loss);
  }
}

TEST_CASE("memory does not grow with the output") {
  const Graph small = generated_graph(2000, 4000);
  const Graph large = generated_graph(2000, 60000);
  const auto measure = [](const ExportFormat& format, const Graph& graph) {
    ExportOptions options;
    if (!format.parts.empty()) options.part = "edges";
    MeasuringBuffer buffer;
    std::ostream out(&buffer);
    format.make()->write(graph, out, options);
    return std::pair(buffer.bytes(), buffer.peak());
  };
  for (const ExportFormat& format : export_formats()) {
    // Pictures are bounded by what they show, the database by its cache of 16 MB.
    if (format.name == "svg" || format.name == "png" || format.name == "pdf") continue;
    if (format.name == "sqlite") continue;
    CAPTURE(format.name);
    const auto [few, little] = measure(format, small);
    const auto [many, much] = measure(format, large);
    CHECK((many > 5 * few || format.name == "geojson" || format.name == "kml"));
    CHECK(much < little + std::size_t{256} * 1024);
  }
}

TEST_CASE("a whole format loses nothing, and what is not there is not lost") {
  CHECK(loss_names(news_graph(), losses_of_format("json")).empty());
  CHECK(loss_names(news_graph(), losses_of_format("sqlite")).empty());
  for (const ExportFormat& format : export_formats()) {
    CHECK(loss_names(empty_graph(), losses_of_format(format.name)).empty());
  }
}

TEST_CASE("control characters are lost where XML is") {
  const Graph graph = awkward_names_graph();
  const auto names = loss_names(graph, losses_of_format("graphml"));
  CHECK(std::count(names.begin(), names.end(), "control") == 1);
  const auto json = loss_names(graph, losses_of_format("graphology"));
  CHECK(std::count(json.begin(), json.end(), "control") == 0);
  const auto counts = count_losses(graph, {}, {Loss::control});
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].touched == 4);  // its name, alias, attribute and relation
  CHECK(counts[0].example.find("control") != std::string::npos);
}

TEST_CASE("names of attributes that a column cannot bear are told") {
  CHECK(count_losses(news_graph(), {}, {Loss::renamed}).empty());
  const auto counts = count_losses(awkward_keys_graph(), {}, {Loss::renamed});
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].all == awkward_keys().size());
  CHECK(counts[0].touched == 20);
}

TEST_CASE("Gephi merges parallel edges by DOT, and none of different labels by GEXF") {
  const Graph graph = parallel_edges_graph();
  const Tool* const gephi = find_tool("gephi");
  REQUIRE(gephi != nullptr);
  const auto dot = count_losses(graph, {}, {Loss::parallel});
  REQUIRE(dot.size() == 1);
  CHECK(dot[0].touched == graph.edge_count() - 3);  // a to b, b to a, a to itself
  CHECK(loss_names(graph, find_door(*gephi, "gexf")->losses).empty());
}

TEST_CASE("every format writes every awkward graph, the same bytes each time") {
  for (const ExportFormat& format : export_formats()) {
    for (const auto& sample : sample_graphs()) {
      const auto& [name, graph] = sample;
      CAPTURE(format.name);
      CAPTURE(sample.name);
      const std::string first = written(format, graph);
      // Lines without a head: no record, no byte.
      CHECK(first.empty() == (format.name == "ftm" && name == "empty"));
      CHECK(first == written(format, graph));
    }
  }
}

TEST_CASE("every profile of every format writes") {
  const Graph graph = news_graph();
  for (const ExportFormat& format : export_formats()) {
    for (const std::string_view profile : format.profiles) {
      ExportOptions options;
      options.profile = profile;
      CHECK_FALSE(written(format, graph, options).empty());
    }
  }
}

TEST_CASE("an unknown profile is refused with the known ones named") {
  const Graph graph = empty_graph();
  for (const ExportFormat& format : export_formats()) {
    ExportOptions options;
    options.profile = "no such tool";
    if (!format.parts.empty()) options.part = format.parts.front();
    CHECK_THROWS_AS(written(format, graph, options), UsageError);
  }
}

TEST_CASE("text formats hold no byte that is not UTF-8") {
  for (const ExportFormat& format : export_formats()) {
    if (!is_text(format)) continue;
    for (const auto& [name, graph] : sample_graphs()) {
      const std::string text = written(format, graph);
      for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(std::string_view(text).substr(i));
        REQUIRE(length > 0);
        i += length;
      }
    }
  }
}

TEST_CASE("least confidence leaves weaker edges out") {
  const Graph graph = news_graph();
  ExportOptions options;
  options.min_confidence = 0.85F;
  const std::string all = written("graphml", graph);
  const std::string sure = written("graphml", graph, options);
  CHECK(count(all, "<edge ") == graph.edge_count());
  CHECK(count(sure, "<edge ") < graph.edge_count());
  CHECK(count(sure, "<edge ") > 0);
}

TEST_CASE("the view without events has no node of an event and no edge to one") {
  const Graph graph = news_graph();
  ExportOptions options;
  options.events = EventView::relations;
  const std::string text = written("json", graph, options);
  CHECK(text.find("\"kind\":\"event\"") == std::string::npos);
  CHECK(text.find("\"relation\":\"agent\"") == std::string::npos);
  CHECK(text.find("\"relation\":\"captured by\"") != std::string::npos);
}

TEST_CASE("the view of events drops the direct relation that an event repeats") {
  const Graph graph = news_graph();
  ExportOptions options;
  options.events = EventView::nodes;
  const std::string text = written("json", graph, options);
  CHECK(text.find("\"relation\":\"captured by\"") == std::string::npos);
  CHECK(text.find("\"relation\":\"leader of\"") != std::string::npos);
}

TEST_CASE("json holds the words of the evidence and leaves an open bound out") {
  const std::string text = written("json", news_graph());
  CHECK(text.find("\"trigger\":{\"begin\":") != std::string::npos);
  CHECK(text.find("\"text\":\"arrested\"") != std::string::npos);
  CHECK(text.find("\"quantity\":{\"min\":40}") != std::string::npos);
  CHECK(text.find("inf") == std::string::npos);
}

TEST_CASE("XML leaves out what XML cannot hold and keeps line breaks") {
  std::ostringstream stream;
  Output out(stream);
  out.xml(std::string_view("a\x01<b>&\"\n\r\t\xEF\xBF\xBF\xFFz\0!", 17));
  out.flush();
  CHECK(stream.str() == "a&lt;b&gt;&amp;&quot;&#10;&#13;&#9;z!");
}

TEST_CASE("JSON strings replace ill-formed UTF-8") {
  std::ostringstream stream;
  Output out(stream);
  out.json_string("a\xC3(\xF0\x9F\x98\x80\x01\"\\");
  out.flush();
  CHECK(stream.str() == "\"a\xEF\xBF\xBD(\xF0\x9F\x98\x80\\u0001\\\"\\\\\"");
}

TEST_CASE("numbers are written in the shortest form that reads back") {
  std::ostringstream stream;
  Output out(stream);
  out.number(0.1F);
  out.put(' ');
  out.number(1.0);
  out.put(' ');
  out.number(1e300);
  out.flush();
  CHECK(stream.str() == "0.1 1 1e+300");
}

TEST_CASE("DOT strings double backslashes and end where they should") {
  std::ostringstream stream;
  Output out(stream);
  out.dot_string("a\\\"\n\\");
  out.flush();
  CHECK(stream.str() == "\"a\\\\\\\"\\n\\\\\"");
}

TEST_CASE("ids stay apart when what tells them apart cannot be written") {
  GraphBuilder builder(Ontology::built_in());
  const TypeId type = builder.type(NodeKind::actor, "person");
  for (const std::string_view key : {"a", " a", "a\n", "a\x01", "a~1", "\x01"}) {
    builder.add_node(key, type, "A");
  }
  const Graph graph = std::move(builder).build();
  std::set<std::string> ids;
  for (std::size_t i = 0; i < graph.node_count(); ++i) ids.insert(safe_id(graph, NodeId(i)));
  CHECK(ids.size() == graph.node_count());
  CHECK(ids.contains("a"));
}

TEST_CASE("parallel edges have labels of their own") {
  const Graph graph = parallel_edges_graph();
  std::set<std::tuple<NodeId, NodeId, std::string>> seen;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const Edge& edge = graph.edge(EdgeId(i));
    seen.emplace(edge.source, edge.target, edge_label(graph, EdgeId(i)));
  }
  CHECK(seen.size() == graph.edge_count());
}

TEST_CASE("columns give an attribute whose name is taken another one") {
  const Graph graph = awkward_names_graph();
  const Columns columns(graph, Selection(graph, {}));
  std::set<std::string> names;
  for (const Column& column : columns.node_columns()) names.insert(column.name);
  CHECK(names.contains("Label_"));
  CHECK(names.contains("note"));
}

TEST_CASE("names wrap at blanks and long ones end in an ellipsis") {
  CHECK(wrap_text("one two three", 7, 4) == "one two\nthree");
  CHECK(wrap_text("one two three", 3, 2) == "one\ntwo\u2026");
  CHECK(wrap_text(std::string(100, 'x'), 10, 2) == std::string(20, 'x') + "\u2026");
  CHECK(wrap_text("a\n\tb", 10, 1) == "a b");
}

TEST_CASE("a large graph's picture says how many nodes it shows") {
  const std::string source = picture_source(generated_graph(500, 1500), {});
  CHECK(source.find("the 50 best connected of 500 nodes") != std::string::npos);
  CHECK(picture_source(news_graph(), {}).find("best connected") == std::string::npos);
}

TEST_CASE("a picture that is cut shows no node without a line") {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  const RelationId told = builder.relation("told").relation;
  for (int i = 0; i < 60; ++i) {  // sixty hubs with three ends each: the best fifty are all hubs
    const NodeId hub = builder.add_node("hub" + std::to_string(i), person, "Hub");
    for (int j = 0; j < 3; ++j) {
      const std::string key = std::to_string(i) + "/" + std::to_string(j);
      builder.add_edge(hub, told, builder.add_node(key, person, "End"), Polarity::affirmed,
                       Modality::asserted);
    }
  }
  const std::string source = picture_source(std::move(builder).build(), {});
  CHECK(count(source, "label=\"Hub\"") == 25);
  CHECK(count(source, "label=\"End\"") == 25);
  CHECK(count(source, " -> ") == 25);
}

TEST_CASE("pictures drawn one after another in one process come out as the first did") {
  const Graph news = news_graph();
  const Graph parallel = parallel_edges_graph();
  const std::string first = written("svg", news);
  const std::string other = written("svg", parallel);
  CHECK(written("svg", news) == first);
  CHECK(written("pdf", parallel) == written("pdf", parallel));
  CHECK(written("svg", parallel) == other);
  CHECK(written("svg", news) == first);
}

TEST_CASE("an SVG shows its whole drawing: window and drawing are of one scale") {
  const std::string svg = written("svg", news_graph());
  const auto number_after = [&](const std::string& words) {
    const std::size_t at = svg.find(words);
    REQUIRE(at != std::string::npos);
    return std::stod(svg.substr(at + words.size()));
  };
  const std::size_t box = svg.find("viewBox=\"0.00 0.00 ");
  REQUIRE(box != std::string::npos);
  CHECK(number_after("<svg width=\"") ==
        doctest::Approx(number_after("viewBox=\"0.00 0.00 ")).epsilon(0.01));
  CHECK(svg.find("transform=\"scale(1 1) ") != std::string::npos);
}

TEST_CASE("pictures begin as their formats do") {
  const Graph graph = news_graph();
  CHECK(written("png", graph).starts_with("\x89PNG\r\n"));
  CHECK(written("pdf", graph).starts_with("%PDF-"));
  CHECK(written("svg", graph).find("<svg ") != std::string::npos);
}
