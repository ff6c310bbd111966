// The query language: what each part finds, that plans do not change answers, limits, errors.
#include "graph/query/query.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "graph/graph_builder.h"

using namespace relata;
using query::Indexes;
using query::LimitError;
using query::Limits;
using query::Query;
using query::QueryError;
using query::Value;

namespace {

// Ann, Bob and Cat; Ann met Bob in Oslo; guards captured Bob; Cat leads the group.
Graph small() {
  GraphBuilder builder(Ontology::built_in());
  const auto node = [&](const char* key, NodeKind kind, const char* type, const char* name) {
    return builder.add_node(key, builder.type(kind, type), name);
  };
  const NodeId ann = node("ann", NodeKind::actor, "person", "Ann");
  const NodeId bob = node("bob", NodeKind::actor, "person", "Bob");
  const NodeId cat = node("cat", NodeKind::actor, "person", "Cat");
  const NodeId guards = node("guards", NodeKind::actor, "group", "guards");
  const NodeId oslo = node("oslo", NodeKind::place, "city", "Oslo");
  const NodeId meeting = node("meeting", NodeKind::event, "meeting", "met");
  builder.add_alias(bob, "Robert");
  builder.add_attribute(oslo, "country", "NO");
  builder.add_attribute(oslo, "latitude", "59.9");
  const auto edge = [&](NodeId source, const char* relation, NodeId target, float confidence,
                        const char* day) {
    const auto handle = builder.add_edge(source, builder.relation(relation).relation, target,
                                         Polarity::affirmed, Modality::asserted);
    GraphBuilder::EdgeValues values;
    values.confidence = confidence;
    if (*day != 0) {
      const auto number = parse_iso_date(day);
      values.time = {*number, *number, DatePrecision::day};
    }
    builder.set_values(handle, values);
  };
  edge(ann, "met with", bob, 0.9F, "2024-12-01");
  edge(bob, "captured by", guards, 0.8F, "2024-12-05");
  edge(cat, "leader of", guards, 0.7F, "");
  edge(ann, "moved to", oslo, 0.5F, "2024-11-01");
  edge(meeting, "agent", ann, 0.9F, "");
  edge(meeting, "patient", bob, 0.9F, "");
  edge(meeting, "place", oslo, 0.9F, "");
  return std::move(builder).build();
}

std::string tell(const Graph& graph, const Value& value) {
  if (value.is_null()) return "null";
  if (value.truth() != nullptr) return *value.truth() ? "true" : "false";
  if (value.integer() != nullptr) return fmt::format("{}", *value.integer());
  if (value.real() != nullptr) return fmt::format("{}", *value.real());
  if (value.string() != nullptr) return std::string(*value.string());
  if (value.node() != nullptr) return std::string(graph.name(*value.node()));
  if (value.edge() != nullptr) return graph.relation(*value.edge()).name;
  std::string text;
  if (const Path* path = value.path()) {
    for (const NodeId node : path->nodes) text += fmt::format("/{}", graph.name(node));
    return text;
  }
  for (const Value& part : *value.list()) text += fmt::format("[{}]", tell(graph, part));
  return text.empty() ? "[]" : text;
}

std::vector<std::string> ask(const Graph& graph, const std::string& text,
                             const Limits& limits = {}) {
  Indexes indexes(graph);
  Query query(text, indexes);
  std::vector<std::string> rows;
  query.run(limits, [&](std::span<const Value> row) {
    std::string line;
    for (const Value& value : row) line += (line.empty() ? "" : " ") + tell(graph, value);
    rows.push_back(line);
    return true;
  });
  return rows;
}

using Rows = std::vector<std::string>;

std::string complaint(const Graph& graph, const std::string& text) {
  try {
    ask(graph, text);
  } catch (const QueryError& error) {
    return fmt::format("{}: {}", error.place(), error.what());
  }
  return "none";
}

}  // namespace

TEST_CASE("a pattern with a relation, a condition and columns") {
  const Graph graph = small();
  CHECK(ask(graph,
            "MATCH (a:actor)-[r:captured_by]->(b) WHERE r.date > \"2024-12-01\" "
            "RETURN a.name, b.name") == Rows{"Bob guards"});
}

TEST_CASE("relations by inverse, quoted and several names, in all directions") {
  const Graph graph = small();
  CHECK(ask(graph, "MATCH (a)-[:captured]->(b) RETURN a, b") == Rows{"guards Bob"});
  CHECK(ask(graph, "MATCH (a)<-[:`captured by`]-(b) RETURN a, b") == Rows{"guards Bob"});
  CHECK(ask(graph, "MATCH (a)-[:captured]-(b) RETURN a, b ORDER BY a.name") ==
        Rows{"Bob guards", "guards Bob"});
  CHECK(ask(graph, "MATCH (a)-[r:captured_by|leader_of]->(b) RETURN a, type(r) ORDER BY a.name") ==
        Rows{"Bob captured by", "Cat leader of"});
  // A symmetric relation has no direction.
  CHECK(ask(graph, "MATCH (a {name: 'Bob'})-[:met_with]->(b) RETURN b") == Rows{"Ann"});
  CHECK(ask(graph, "MATCH (a)<--(b {name: 'Cat'}) RETURN a") == Rows{"guards"});
}

TEST_CASE("labels are kinds and types, in patterns and conditions") {
  const Graph graph = small();
  CHECK(ask(graph, "MATCH (a:city) RETURN a") == Rows{"Oslo"});
  CHECK(ask(graph, "MATCH (a:group|city) RETURN a ORDER BY a.name") == Rows{"Oslo", "guards"});
  CHECK(ask(graph, "MATCH (a:actor) WHERE NOT a:person RETURN a") == Rows{"guards"});
  CHECK(ask(graph, "MATCH (a:Place) RETURN a.country, a.latitude > 50, a.geonames") ==
        Rows{"NO true null"});
}

TEST_CASE("several patterns, several clauses, and nodes that come twice") {
  const Graph graph = small();
  CHECK(ask(graph, "MATCH (a)-[:met_with]-(b), (b)-[:captured_by]->(c) RETURN a, b, c") ==
        Rows{"Ann Bob guards"});
  CHECK(ask(graph,
            "MATCH (a)-[:met_with]-(b) MATCH (c)-[:leader_of]->(d)<-[:captured_by]-(b) "
            "WHERE c <> a RETURN a, b, c") == Rows{"Ann Bob Cat"});
  CHECK(ask(graph, "MATCH (a:person), (b:person) WHERE a.name < b.name RETURN a, b").size() == 3);
  CHECK(ask(graph, "MATCH (a)-[r]-(b)-[s]-(a) RETURN a").empty());  // one edge is not used twice
}

TEST_CASE("relations of variable length and paths") {
  const Graph graph = small();
  CHECK(ask(graph,
            "MATCH p = (a {name: 'Ann'})-[:met_with|captured_by*2]-(b) "
            "RETURN p, length(p)") == Rows{"/Ann/Bob/guards 2"});
  CHECK(ask(graph,
            "MATCH (a {name: 'Ann'})-[:met_with|captured_by*0..2]-(b) "
            "RETURN b ORDER BY b.name") == Rows{"Ann", "Bob", "guards"});
  CHECK(ask(graph,
            "MATCH p = (b:group)<-[r*1..2 {modality: 'asserted'}]-(a {name: 'Ann'}) "
            "RETURN nodes(p), relationships(p), size(r)") ==
        Rows{"[guards][Bob][Ann] [captured by][met with] 2"});
  CHECK(ask(graph, "MATCH (a {name: 'Cat'})-[*3]-(b) WHERE known_as(b, 'ANN') RETURN b") ==
        Rows{"Ann"});
}

TEST_CASE("a query tells that a relation of any length is among what it looks for") {
  const Graph graph = small();
  Indexes indexes(graph);
  const auto is_open = [&](const char* pattern) {
    return Query(std::string("MATCH ") + pattern + " RETURN a", indexes).has_open_way();
  };
  CHECK(is_open("(a)-[*]->(b)"));
  CHECK(is_open("(a)-[:told*2..]-(b)"));
  CHECK(is_open("(a)--(b) WHERE (a)-[*]->(:place)"));
  CHECK_FALSE(is_open("(a)-[*..3]->(b)"));
  CHECK_FALSE(is_open("(a)-[*2]->(b)"));
  CHECK_FALSE(is_open("(a)-->(b)"));
}

TEST_CASE("conditions: truth tables with null, text, lists, numbers, patterns") {
  const Graph graph = small();
  const auto names = [&](const std::string& condition) {
    std::string all;
    for (const std::string& row :
         ask(graph, "MATCH (a) WHERE " + condition + " RETURN a.name ORDER BY a.name")) {
      all += row + " ";
    }
    return all;
  };
  CHECK(names("a.name STARTS WITH 'A' OR a.name ENDS WITH 't'") == "Ann Cat met ");
  CHECK(names("a.name CONTAINS 'o' AND NOT a.name = 'Oslo'") == "Bob ");
  CHECK(names("a.name IN ['Ann', 'Cat', 1]") == "Ann Cat ");
  CHECK(names("'Robert' IN a.aliases") == "Bob ");
  CHECK(names("a.country IS NOT NULL") == "Oslo ");
  CHECK(names("a.country = 'NO' XOR a.kind = 'place'").empty());
  CHECK(names("NOT a.country = 'SE'") == "Oslo ");  // null is neither true nor false
  CHECK(names("a.country = 'SE' OR a.name = 'Ann'") == "Ann ");
  CHECK(names("a.name =~ '[AB].*'") == "Ann Bob ");
  CHECK(names("2 <= a.degree < 3") == "Oslo guards ");
  CHECK(names("a.degree * 2 - 1 = 5 AND a.degree % 2 = 1 AND -a.degree < 0") == "Ann Bob met ");
  CHECK(names("(a)-[:captured_by]->()") == "Bob ");
  CHECK(names("a:person AND NOT (a)--(:event)") == "Cat ");
  CHECK(names("known_as(a, 'robert')") == "Bob ");
  CHECK(names("a.key = 'bob'") == "Bob ");
  CHECK(names("size(a.name) = 3 AND toUpper(a.name) = 'CAT'") == "Cat ");
}

TEST_CASE("counts and collections, by group and over nothing") {
  const Graph graph = small();
  CHECK(ask(graph, "MATCH (a) RETURN a.kind, count(*) AS n, collect(a.name) ORDER BY n DESC") ==
        Rows{"actor 4 [Ann][Bob][Cat][guards]", "event 1 [met]", "place 1 [Oslo]"});
  CHECK(ask(graph,
            "MATCH (a)-[r]->() RETURN min(r.date), max(r.confidence), count(r.date), "
            "count(DISTINCT type(r)), sum(a.degree) + 1") == Rows{"2024-11-01 0.9 4 7 23"});
  CHECK(ask(graph, "MATCH (a {name: 'nobody'}) RETURN count(a), collect(a), max(a.name)") ==
        Rows{"0 [] null"});
  CHECK(ask(graph, "MATCH (a {name: 'nobody'}) RETURN a.kind, count(a)").empty());
}

TEST_CASE("distinct rows, order, skip and limit") {
  const Graph graph = small();
  CHECK(ask(graph, "MATCH (a) RETURN DISTINCT a.kind ORDER BY a.kind DESC") ==
        Rows{"place", "event", "actor"});
  CHECK(ask(graph, "MATCH (a) RETURN a.name ORDER BY a.degree DESC, a.name SKIP 1 LIMIT 2") ==
        Rows{"Bob", "met"});
  CHECK(ask(graph, "MATCH (a) RETURN a LIMIT 2") == Rows{"Ann", "Bob"});
  CHECK(ask(graph, "MATCH (a) RETURN a LIMIT 0").empty());
  CHECK(ask(graph, "MATCH (a:person)-[r]->(b) RETURN *").size() == 5);
}

TEST_CASE("the order of a long list is that of a full sort") {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  for (int i = 0; i < 5000; ++i) {
    builder.add_node(fmt::format("n{:05}", i), person, fmt::format("N{:05}", i * 7919 % 5000));
  }
  const Graph graph = std::move(builder).build();
  const Rows first = ask(graph, "MATCH (a) RETURN a.name ORDER BY a.name SKIP 3 LIMIT 5");
  CHECK(first == Rows{"N00003", "N00004", "N00005", "N00006", "N00007"});
}

TEST_CASE("whatever end a query begins at, the matches are those of trying everything") {
  std::mt19937 random(3);
  for (int round = 0; round < 12; ++round) {
    GraphBuilder builder(Ontology::built_in());
    std::vector<NodeId> nodes;
    const TypeId types[] = {builder.type(NodeKind::actor, "person"),
                            builder.type(NodeKind::place, "city")};
    for (std::size_t i = 0; i < 9; ++i) {
      nodes.push_back(builder.add_node(fmt::format("k{}", i), types[i % 2], fmt::format("n{}", i)));
    }
    const char* relations[] = {"told", "met with", "captured by"};
    for (std::size_t i = 0; i < 14; ++i) {
      builder.add_edge(nodes[random() % 9], builder.relation(relations[random() % 3]).relation,
                       nodes[random() % 9], Polarity::affirmed, Modality::asserted);
    }
    const Graph graph = std::move(builder).build();
    // By hand: every pair of different edges x -[told]-> y -[captured_by or met_with]- z.
    Rows expected;
    for (std::size_t e = 0; e < graph.edge_count(); ++e) {
      const Edge& first = graph.edge(EdgeId(e));
      if (graph.relation(EdgeId(e)).name != "told") continue;
      for (std::size_t f = 0; f < graph.edge_count(); ++f) {
        const Edge& second = graph.edge(EdgeId(f));
        if (f == e || graph.relation(EdgeId(f)).name == "told") continue;
        const auto put = [&](NodeId z) {
          expected.push_back(fmt::format("{} {} {}", graph.name(first.source),
                                         graph.name(first.target), graph.name(z)));
        };
        if (second.source == first.target) put(second.target);
        if (second.target == first.target && second.source != second.target) put(second.source);
      }
    }
    std::sort(expected.begin(), expected.end());
    const auto sorted = [&](const std::string& text) {
      Rows rows = ask(graph, text);
      std::sort(rows.begin(), rows.end());
      return rows;
    };
    CHECK(sorted("MATCH (x)-[:told]->(y)-[:captured_by|met_with]-(z) RETURN x, y, z") == expected);
    CHECK(sorted("MATCH (z)-[:captured_by|met_with]-(y)<-[:told]-(x) RETURN x, y, z") == expected);
    const auto keep = [&](const std::string& name) {
      Rows kept;
      std::copy_if(expected.begin(), expected.end(), std::back_inserter(kept),
                   [&](const std::string& row) { return row.ends_with(name); });
      return kept;
    };
    CHECK(sorted("MATCH (x)-[:told]->(y), (y)-[:captured_by|met_with]-(z {name: 'n3'}) "
                 "RETURN x, y, z") == keep("n3"));
    CHECK(sorted("MATCH (x)-[:told]->(y), (y)-[:captured_by|met_with]-(z) WHERE z.key = 'k4' "
                 "RETURN x, y, z") == keep("n4"));
  }
}

TEST_CASE("a rare relation is begun at, and so is a name") {
  const Graph graph = small();
  Indexes indexes(graph);
  CHECK(Query("MATCH (a)-[r:leader_of]->(b) RETURN a", indexes)
            .explain()
            .starts_with("take the edges of a relation as r"));
  CHECK(Query("MATCH (a)-->(b {key: 'oslo'}) RETURN a", indexes)
            .explain()
            .starts_with("take nodes of an index as b"));
}

TEST_CASE("slips are told with their place and what was meant") {
  const Graph graph = small();
  CHECK(complaint(graph, "MTCH (a) RETURN a") ==
        "0: expected MATCH at the beginning, found MTCH; did you mean MATCH?");
  CHECK(complaint(graph, "MATCH (a) WERE a.name = 'x' RETURN a").ends_with("mean WHERE?"));
  CHECK(complaint(graph, "MATCH (a)-[r:captred_by]->(b) RETURN a") ==
        "13: no relation is called captred_by; did you mean captured_by?");
  CHECK(complaint(graph, "MATCH (a:persn) RETURN a").ends_with("did you mean person?"));
  CHECK(complaint(graph, "MATCH (a) RETURN a.nmae") ==
        "19: no node has the property nmae; did you mean name?");
  CHECK(complaint(graph, "MATCH (a)-[r]-() RETURN r.dat").ends_with("did you mean date?"));
  // Where nothing is near, all that there are.
  CHECK(complaint(graph, "MATCH (a)-[r]-() RETURN r.polarity")
            .starts_with("26: relations have no property polarity; they have relation, date,"));
  CHECK(complaint(graph, "MATCH (actor) RETURN acter").ends_with("did you mean actor?"));
  CHECK(complaint(graph, "MATCH (a) RETURN cuont(a)").ends_with("did you mean count?"));
  CHECK(complaint(graph, "MATCH (a) RETURN a.name, a.name").find("called a.name") !=
        std::string::npos);
  CHECK(complaint(graph, "MATCH (a) WITH a RETURN a").find("no part of this language") !=
        std::string::npos);
  CHECK(complaint(graph, "MATCH (a) RETURN a.name + 1") == "19: expected a number, found text");
  CHECK(complaint(graph, "MATCH (a) RETURN 1 / 0").ends_with("division by zero"));
  CHECK(complaint(graph, "MATCH (a) WHERE a RETURN a").ends_with("a condition, found a node"));
  CHECK(complaint(graph, "MATCH (a) RETURN a.name, count(*) + a.degree").find("column") !=
        std::string::npos);
}

TEST_CASE("the place of an error is shown under its line") {
  const std::string text = "MATCH (\xC3\xA4)\n  WHERE \xC3\xA4.name STRATS WITH 'x' RETURN 1";
  try {
    query::parse(text);
    FAIL("expected an error");
  } catch (const QueryError& error) {
    CHECK(error.show(text) ==
          "line 2, column 17: expected WHERE, RETURN, another MATCH or more of the pattern, found "
          "STRATS; did you mean STARTS WITH?\n"
          "    WHERE \xC3\xA4.name STRATS WITH 'x' RETURN 1\n"
          "                 ^");
  }
}

TEST_CASE("no text makes the parser fail otherwise than by its error") {
  const Graph graph = small();
  const std::string seeds[] = {
      "MATCH p = (a:actor|place {name: 'x'})-[r:captured_by*1..3]->(b) WHERE a.x IN [1, 2.5] AND "
      "NOT (a)--(b) OR a.name =~ 'x' RETURN DISTINCT count(*) AS n, -1 ORDER BY n DESC LIMIT 3;",
      "MATCH (`a b`)<-[:`x y`]-() /* c */ RETURN `a b`.name // end"};
  std::mt19937 random(17);
  const auto try_text = [&](const std::string& text) {
    try {
      Limits limits;
      limits.time = std::chrono::milliseconds(200);
      ask(graph, text, limits);
    } catch (const QueryError& error) {
      CHECK_FALSE(error.show(text).empty());
    } catch (const LimitError&) {
    }
  };
  for (const std::string& seed : seeds) {
    for (std::size_t i = 0; i <= seed.size(); ++i) try_text(seed.substr(0, i));
    for (int i = 0; i < 1500; ++i) {
      std::string text = seed;
      for (int change = 0; change < 3; ++change) {
        const std::size_t at = random() % text.size();
        switch (random() % 3) {
          case 0:
            text[at] = static_cast<char>(random() % 256);
            break;
          case 1:
            text.erase(at, random() % 8);
            break;
          default:
            text.insert(at, seed.substr(random() % seed.size(), 5));
        }
        if (text.empty()) text = "(";
      }
      try_text(text);
    }
  }
  try_text(std::string(100000, '('));
  try_text("MATCH (a) WHERE " + std::string(60000, '-') + "1 RETURN a");
  std::string nots = "MATCH (a) WHERE ";
  for (int i = 0; i < 12000; ++i) nots += "NOT ";
  try_text(nots + "true RETURN a");
  std::string chain = "MATCH (a)";
  for (int i = 0; i < 10000; ++i) chain += "--()";
  try_text(chain + " RETURN a");
}

TEST_CASE("time, memory and the wish to stop end a query") {
  const Graph graph = small();
  const std::string all = "MATCH (a), (b), (c), (d), (e), (f), (g), (h), (i), (j) ";
  Limits limits;
  limits.time = std::chrono::milliseconds(50);
  CHECK_THROWS_AS(ask(graph, all + "RETURN count(*)", limits), LimitError);
  limits = {};
  limits.memory = std::size_t{1} << 20U;
  CHECK_THROWS_AS(ask(graph, all + "RETURN DISTINCT a, b, c, d, e, f, g", limits), LimitError);
  CHECK_THROWS_AS(ask(graph, all + "RETURN collect(a)", limits), LimitError);
  CHECK_THROWS_AS(ask(graph, all + "RETURN a ORDER BY b.name", limits), LimitError);
  CHECK(ask(graph, "MATCH (a), (b), (c), (d), (e) RETURN a ORDER BY b.name, c.name LIMIT 1", limits)
            .size() == 1);
  const std::atomic<bool> stop = true;
  limits.stop = &stop;
  CHECK_THROWS_AS(ask(graph, all + "RETURN count(*)", limits), LimitError);
}
