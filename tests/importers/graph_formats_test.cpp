// Graphs from elsewhere: our own exports come back through other formats with all that those carry,
// and each reader takes what other programs write.

#include <sstream>

#include <doctest/doctest.h>

#include "exporters/exporter.h"
#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "importers/importer.h"
#include "tests/exporters/sample_graphs.h"

using namespace relata;
using namespace relata::tests;

namespace {

Graph read(std::string_view format, const std::string& bytes) {
  std::istringstream in(bytes);
  GraphBuilder builder(Ontology::built_in());
  find_import_format(format)->make_graph()->read(in, "g", builder);
  return std::move(builder).build();
}

std::string write(std::string_view format, const Graph& graph, std::string part = "") {
  std::ostringstream out;
  ExportOptions options;
  options.part = std::move(part);
  find_export_format(format)->make()->write(graph, out, options);
  return out.str();
}

std::string failure(std::string_view format, const std::string& bytes) {
  try {
    read(format, bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("graphs come back through GraphML, GEXF, DOT, graphology and Cytoscape.js") {
  for (const auto& pair :
       {std::pair("graphml", "graphml"), std::pair("gexf", "gexf"), std::pair("dot", "dot"),
        std::pair("graphology", "json"), std::pair("cytoscape", "json")}) {
    const auto& [format, importer] = pair;
    for (const auto& sample : sample_graphs()) {
      const auto& [name, graph] = sample;
      CAPTURE(pair.first);
      CAPTURE(sample.name);
      const Graph back = read(importer, write(format, graph));
      REQUIRE(back.node_count() == graph.node_count());
      REQUIRE(back.edge_count() == graph.edge_count());
      if (name == "awkward") continue;  // what a format cannot hold is told by the clients' checks
      for (std::size_t i = 0; i < graph.node_count(); ++i) {
        const NodeId id(i);
        CHECK(back.key(id) == graph.key(id));
        CHECK(back.name(id) == graph.name(id));
        CHECK(back.node(id).kind == graph.node(id).kind);
        CHECK(back.type_name(id) == graph.type_name(id));
        CHECK(back.aliases(id).size() == graph.aliases(id).size());
      }
      for (std::size_t i = 0; i < graph.edge_count(); ++i) {
        const EdgeId id(i);
        CHECK(back.relation(id).name == graph.relation(id).name);
        CHECK(back.edge(id).source == graph.edge(id).source);
        CHECK(back.edge(id).target == graph.edge(id).target);
        CHECK(back.edge(id).polarity == graph.edge(id).polarity);
        CHECK(back.edge(id).modality == graph.edge(id).modality);
        CHECK(back.edge(id).confidence == graph.edge(id).confidence);
        CHECK(back.edge(id).time == graph.edge(id).time);
        CHECK(back.edge(id).attribution == graph.edge(id).attribution);
      }
    }
  }
}

TEST_CASE("names with any character come back through GraphML as far as XML can hold them") {
  const Graph graph = awkward_names_graph();
  const Graph back = read("graphml", write("graphml", graph));
  for (const std::string_view name :
       {"quote \" and ' and ` quotes", "back\\slash, \\N \\G \\n and one at the end \\",
        "two\nlines\r\nthree\ttabbed", "<&> &amp; <b>bold</b> ]]> <!-- -->"}) {
    bool found = false;
    for (std::size_t i = 0; i < back.node_count(); ++i) {
      found = found || back.name(NodeId(i)) == name;
    }
    CAPTURE(name);
    CHECK(found);
  }
}

TEST_CASE("the table of edges is read back") {
  const Graph graph = news_graph();
  const Graph back = read("edge-list", write("csv", graph, "edges"));
  CHECK(back.edge_count() == graph.edge_count());
  const Graph neo4j = read("edge-list", write("neo4j-csv", graph, "edges"));
  CHECK(neo4j.edge_count() == graph.edge_count());
}

TEST_CASE("tables of pairs are read with any separator") {
  const Graph graph = read("edge-list", "From;To;Relation;Weight\na;\"b \"\"x\"\"\nc\";told;2\n\n");
  REQUIRE(graph.edge_count() == 1);
  CHECK(graph.find_key("b \"x\"\nc").valid());
  CHECK(graph.edge(EdgeId(0)).weight == 2);
}

TEST_CASE("GraphML of other programs is read") {
  const Graph graph = read("graphml", R"(<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
 <key id="k0" for="node" attr.name="colour" attr.type="string"><default>grey</default></key>
 <key id="d6" for="node" yfiles.type="nodegraphics"/>
 <graph edgedefault="undirected">
  <edge source="a" target="b"/>
  <node id="a"><data key="d6"><y:ShapeNode xmlns:y="http://www.yworks.com/xml/graphml">
    <y:NodeLabel>Label A</y:NodeLabel></y:ShapeNode></data></node>
  <node id="b"><data key="k0">red</data>
   <graph><node id="inner"/></graph>
  </node>
 </graph>
</graphml>)");
  CHECK(graph.node_count() == 3);
  CHECK(graph.edge_count() == 1);
  CHECK(graph.name(graph.find_key("a")) == "Label A");
  CHECK(graph.attribute(graph.find_key("a"), "colour") == "grey");
  CHECK(graph.attribute(graph.find_key("b"), "colour") == "red");
}

TEST_CASE("DOT of other programs is read") {
  const Graph graph = read("dot",
                           "strict graph { a -- b -- c [label=told]; subgraph cluster_x { d } "
                           "\"e\\\\f\" [label=\"two\\nlines\"] }");
  CHECK(graph.node_count() == 5);
  CHECK(graph.edge_count() == 2);
  CHECK(graph.name(graph.find_key("e\\f")) == "two\nlines");
  CHECK(graph.relation(EdgeId(0)).name == "told");
}

TEST_CASE("XML that is no graph, or hostile, is refused with its place") {
  CHECK(failure("graphml", "<html/>").find("expected the element graphml, found html") !=
        std::string::npos);
  CHECK(failure("graphml", "<graphml><graph><node id=\"a\"></graph>").find("line 1, column") !=
        std::string::npos);
  CHECK(failure("gexf", "<gexf><graph><nodes><node id=\"\"/></nodes></graph></gexf>")
            .find("expected an id") != std::string::npos);
  CHECK(failure("graphml", "<graphml><graph><edge source=\"a\" target=\"b\"/></graph></graphml>")
            .find("which the file does not have") != std::string::npos);
  CHECK(failure("graphml", "<!DOCTYPE graphml [<!ENTITY a \"b\">]><graphml>&a;</graphml>")
            .find("entities") != std::string::npos);
  std::string deep = "<graphml>";
  for (int i = 0; i < 100000; ++i) deep += "<graph>";
  CHECK(failure("graphml", deep).find("nested at most 256") != std::string::npos);
  CHECK(failure("dot", "digraph { a -> ").find("expected a graph in DOT") != std::string::npos);
  CHECK(failure("edge-list", "x,y\n1,2\n").find("expected columns") != std::string::npos);
  CHECK(failure("edge-list", "source,target\n\"1,2\n").find("closing quote") != std::string::npos);
}

TEST_CASE("formats are told by their first bytes") {
  const Graph graph = news_graph();
  for (const std::string_view format : {"graphml", "gexf", "dot", "json"}) {
    CAPTURE(format);
    const std::string bytes = write(format, graph);
    const ImportFormat* const found = import_format_of("-", bytes.substr(0, 4096));
    REQUIRE(found != nullptr);
    CHECK(found->name == format);
  }
  CHECK(import_format_of("x.csv", "Source,Target\n")->name == "edge-list");
  CHECK(import_format_of("x.csv", "title,text\n")->name == "csv");
  CHECK(import_format_of("x.json", "[{\"title\":\"t\"")->name == "jsonl");
  CHECK(import_format_of("x.xml", "<rss version=\"2.0\">")->name == "feed");
}

TEST_CASE(
    "a graph in DOT that the parser cannot hold, or one of several, is refused and leaves "
    "nothing") {
  std::string deep = "digraph {";
  for (int i = 0; i < 9000; ++i) deep += "subgraph {";
  CHECK(failure("dot", deep + " a -> b " + std::string(9001, '}')).find("memory exhausted") !=
        std::string::npos);
  CHECK(read("dot", "digraph { c -> d }").node_count() == 2);
  CHECK(
      failure("dot", "digraph { a -> b } digraph { b -> c } digraph { c -> d }").find("several") !=
      std::string::npos);
  CHECK(read("dot", "digraph { c -> d }\n// end\n").node_count() == 2);
  CHECK(failure("dot", "digraph { a -> b } more").find("syntax error") != std::string::npos);
  CHECK(read("dot", "digraph { c -> d }").node_count() == 2);
}
