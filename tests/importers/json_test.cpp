// The project's own JSON: what goes out comes back; what is malformed is refused with its place.

#include <sstream>

#include <doctest/doctest.h>

#include "exporters/exporter.h"
#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "importers/importer.h"
#include "importers/json_records.h"
#include "tests/exporters/sample_graphs.h"

using namespace relata;
using namespace relata::tests;

namespace {

Graph read(const std::string& json) {
  std::istringstream in(json);
  GraphBuilder builder(Ontology::built_in());
  find_import_format("json")->make_graph()->read(in, "g.json", builder);
  return std::move(builder).build();
}

std::string write(const Graph& graph) {
  std::ostringstream out;
  find_export_format("json")->make()->write(graph, out, {});
  return out.str();
}

std::string failure(const std::string& json) {
  try {
    read(json);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

std::string with_edges(const std::string& edges) {
  return "{\"format\":\"relata\",\"version\":1,\n\"nodes\":[{\"id\":\"a\",\"kind\":\"actor\","
         "\"type\":\"person\",\"name\":\"A\"},{\"id\":\"b\",\"kind\":\"place\",\"type\":\"city\","
         "\"name\":\"B\"}],\n\"edges\":[" +
         edges + "]}";
}

}  // namespace

TEST_CASE("graph to json to graph to json is the same bytes") {
  for (const auto& [name, graph] : sample_graphs()) {
    CAPTURE(name);
    const std::string first = write(graph);
    CHECK(write(read(first)) == first);
  }
  const std::string large = write(generated_graph(300, 3000));
  CHECK(write(read(large)) == large);
}

TEST_CASE("reading gives the evidence back") {
  const Graph graph = read(write(news_graph()));
  const NodeId workers = graph.find_key("actor/dockworkers");
  REQUIRE(workers.valid());
  bool found = false;
  for (auto [id, end] = graph.out_edges(workers); id < end; id = EdgeId(id.value + 1)) {
    if (graph.relation(id).name != "captured by") continue;
    found = true;
    REQUIRE(graph.evidence(id).size() == 1);
    const Evidence& piece = graph.evidence(id)[0];
    CHECK(graph.name(piece.attribution) == "The Coast Herald");
    CHECK(piece.quantity.min == 40);
    CHECK(graph.text(graph.document(graph.sentence(piece.sentence).document).outlet) ==
          "The Coast Herald");
  }
  CHECK(found);
}

TEST_CASE("sections may come in any order") {
  const std::string json =
      "{\"edges\":[{\"source\":\"a\",\"target\":\"b\",\"relation\":\"leader of\","
      "\"evidence\":[{\"sentence\":0}]}],\"documents\":[{\"name\":\"d\"}],"
      "\"format\":\"relata\",\"nodes\":[{\"id\":\"b\",\"kind\":\"place\",\"type\":\"city\","
      "\"name\":\"B\",\"mentions\":[{\"sentence\":0,\"begin\":0,\"end\":1}]},{\"id\":\"a\","
      "\"kind\":\"actor\",\"type\":\"person\",\"name\":\"A\"}],"
      "\"sentences\":[{\"document\":0,\"begin\":0,\"end\":3,\"text\":\"A B\"}],\"version\":1}";
  const std::string sorted = "{\"documents\":[{\"name\":\"d\"}]," +
                             json.substr(1, json.find(",\"documents\"") - 1) +
                             json.substr(json.find(",\"format\""));
  const Graph graph = read(sorted);
  REQUIRE(graph.edge_count() == 1);
  CHECK(graph.evidence(EdgeId(0)).size() == 1);
  CHECK(graph.mentions(graph.find_key("b")).size() == 1);
}

TEST_CASE("an inverse relation's ends are swapped") {
  const Graph graph =
      read(with_edges("{\"source\":\"b\",\"target\":\"a\",\"relation\":\"led by\"}"));
  REQUIRE(graph.edge_count() == 1);
  CHECK(graph.relation(EdgeId(0)).name == "leader of");
  CHECK(graph.key(graph.edge(EdgeId(0)).source) == "a");
}

TEST_CASE("unknown members are passed over") {
  CHECK(read("{\"format\":\"relata\",\"version\":1,\"new\":{\"deep\":[1,{\"x\":[]}]},\"nodes\":[{"
             "\"id\":\"a\",\"type\":\"person\",\"name\":\"A\",\"later\":[1]}],\"edges\":[]}")
            .node_count() == 1);
}

TEST_CASE("node-link JSON of NetworkX is read") {
  const Graph graph = read(
      "{\"directed\": true, \"multigraph\": true, \"graph\": {}, \"nodes\": [{\"kind\": "
      "\"place\", \"type\": \"city\", \"id\": 1}, {\"id\": \"x\", \"color\": \"red\"}], "
      "\"links\": [{\"relation\": \"related to\", \"weight\": 2.5, \"source\": 1, \"target\": "
      "\"x\", \"key\": 0}]}");
  CHECK(graph.node_count() == 2);
  REQUIRE(graph.edge_count() == 1);
  CHECK(graph.edge(EdgeId(0)).weight == 2.5F);
  CHECK(graph.attribute(graph.find_key("x"), "color") == "red");
  CHECK(graph.type_name(graph.find_key("1")) == "city");
}

TEST_CASE("graphs of Cytoscape.js and graphology are read") {
  const Graph cytoscape = read(
      "{\"elements\":{\"nodes\":[{\"data\":{\"id\":\"a\",\"label\":\"A\"}},{\"data\":{\"id\":"
      "\"b\"}}],\"edges\":[{\"data\":{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\","
      "\"interaction\":\"told\"}}]}}");
  CHECK(cytoscape.edge_count() == 1);
  CHECK(cytoscape.relation(EdgeId(0)).name == "told");
  const Graph flat = read(
      "{\"elements\":[{\"data\":{\"id\":\"a\"}},{\"data\":{\"id\":\"b\"}},{\"data\":{\"source\":"
      "\"a\",\"target\":\"b\"}}]}");
  CHECK(flat.edge_count() == 1);
  const Graph graphology = read(
      "{\"options\":{\"type\":\"mixed\"},\"attributes\":{},\"nodes\":[{\"key\":\"a\","
      "\"attributes\":"
      "{\"label\":\"A!\"}},{\"key\":\"b\"}],\"edges\":[{\"key\":\"e\",\"source\":\"a\",\"target\":"
      "\"b\",\"attributes\":{\"relation\":\"told\"}}]}");
  CHECK(graphology.name(graphology.find_key("a")) == "A!");
  CHECK(graphology.edge_count() == 1);
}

TEST_CASE("malformed JSON is refused with its place") {
  CHECK(failure("") == "g.json, line 1, column 1: expected JSON, found the end of the file");
  CHECK(failure("{\"nodes\":[\n{\"id\":\"a\"") ==
        "g.json, line 2, column 10: expected , or } after a member, found the end of the file");
  CHECK(failure("{\"nodes\":[]} x") ==
        "g.json, line 1, column 14: expected the end of the file, found \"x\"");
  CHECK(failure("{\"nodes\":[{\"id\":\"\xFF\"}]}").find("expected UTF-8") != std::string::npos);
  CHECK(failure("[1,2]").find("expected a graph") != std::string::npos);
  CHECK(failure("{\"a\":1}").find("expected a graph") != std::string::npos);
  CHECK(failure("nonsense").find("expected a JSON value") != std::string::npos);
  CHECK(failure(std::string(100000, '[')).find("nested at most 64") != std::string::npos);
  CHECK(failure("{\"nodes\":[" + std::string(100000, '[')).find("nested at most 64") !=
        std::string::npos);
  CHECK(failure("{\"x\":" + std::string(100000, '[')).find("nested at most 64") !=
        std::string::npos);
}

TEST_CASE("records with wrong contents are refused with their place") {
  CHECK(failure(with_edges("{\"source\":\"a\",\"target\":\"c\",\"relation\":\"told\"}")) ==
        "g.json, line 3, column 54: the record refers to \"c\", which the file does not have");
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"1", "expected an object"},
      {"{\"source\":1,\"target\":\"b\",\"relation\":\"told\"}", "expected a string as \"source\""},
      {"{\"source\":\"a\",\"target\":\"b\"}", "expected a record with \"relation\""},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"confidence\":2}", "from 0 to 1"},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"confidence\":\"x\"}",
       "expected a number"},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"weight\":0}", "above 0"},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"weight\":1e999}", "number"},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"modality\":\"sung\"}",
       "unknown modality"},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"negated\":1}", "a boolean"},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"time\":{\"from\":\"tomorrow\"}}",
       "expected a date"},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"evidence\":[{\"sentence\":7}]}",
       "sentence 7"},
      {"{\"source\":\"a\",\"target\":\"b\",\"relation\":\"told\",\"evidence\":[{\"sentence\":-1}]}",
       "whole number"},
  };
  for (const auto& [edge, message] : wrong) {
    CAPTURE(edge);
    CHECK(failure(with_edges(edge)).find(message) != std::string::npos);
  }
  CHECK(failure("{\"format\":\"other\"}").find("expected the format \"relata\"") !=
        std::string::npos);
  CHECK(failure("{\"format\":\"relata\",\"version\":2}").find("expected version 1") !=
        std::string::npos);
}

TEST_CASE("a JSON value remembers where it stands") {
  const JsonValue value = parse_json("{\"a\": [1.50, true, null]}", "x");
  REQUIRE(value.find("a") != nullptr);
  CHECK(value.find("a")->items[0].text == "1.50");
  CHECK(value.find("b") == nullptr);
  CHECK_THROWS_AS(parse_json("{", "x"), InputError);
}
