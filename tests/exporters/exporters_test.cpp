// What every format promises, looped over the registry, and what each promises of itself.

#include <algorithm>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "exporters/columns.h"
#include "exporters/exporter.h"
#include "exporters/output.h"
#include "exporters/picture.h"
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
}

TEST_CASE("every format writes every awkward graph, the same bytes each time") {
  for (const ExportFormat& format : export_formats()) {
    for (const auto& [name, graph] : sample_graphs()) {
      CAPTURE(format.name);
      CAPTURE(name);
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

TEST_CASE("pictures begin as their formats do") {
  const Graph graph = news_graph();
  CHECK(written("png", graph).starts_with("\x89PNG\r\n"));
  CHECK(written("pdf", graph).starts_with("%PDF-"));
  CHECK(written("svg", graph).find("<svg ") != std::string::npos);
}
