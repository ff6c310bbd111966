// Paths: compared with every simple path of small random graphs, and the filters one by one.
#include "graph/paths.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graph/graph_builder.h"
#include "graph/path_costs.h"
#include "graph/path_index.h"
#include "graph/path_scratch.h"

using namespace relata;

namespace {

struct Line {
  int source;
  int target;
  std::string relation = "told";
  float confidence = 1;
  Polarity polarity = Polarity::affirmed;
  std::string day = "";
  Modality modality = Modality::asserted;
};

std::string key(int number) {
  return std::string(1, static_cast<char>('a' + number));
}

Graph build(int nodes, const std::vector<Line>& lines) {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  const TypeId city = builder.type(NodeKind::place, "city");
  std::vector<NodeId> ids;
  for (int i = 0; i < nodes; ++i) {
    // The third node is a place, for the filter of kinds.
    ids.push_back(builder.add_node(key(i), i == 2 ? city : person, key(i)));
  }
  for (const Line& line : lines) {
    const auto edge = builder.add_edge(
        ids[static_cast<std::size_t>(line.source)], builder.relation(line.relation).relation,
        ids[static_cast<std::size_t>(line.target)], line.polarity, line.modality);
    GraphBuilder::EdgeValues values;
    values.confidence = line.confidence;
    if (!line.day.empty()) {
      const auto day = parse_iso_date(line.day);
      values.time = {*day, *day, DatePrecision::day};
    }
    builder.set_values(edge, values);
  }
  return std::move(builder).build();
}

Graph random_graph(std::mt19937& random, int nodes, int edges) {
  std::vector<Line> lines;
  for (int i = 0; i < edges; ++i) {
    const auto pick = [&] { return std::uniform_int_distribution<int>(0, nodes - 1)(random); };
    Line line{pick(), pick()};
    line.confidence = 0.1F * static_cast<float>(1 + i % 9);
    if (i % 3 == 0) line.relation = "met with";
    if (i % 7 == 0) line.polarity = Polarity::negated;
    lines.push_back(line);
  }
  return build(nodes, lines);
}

/// Every simple path under the options, as sequences of nodes.
void walk(const Graph& graph, const PathOptions& options, NodeId to, std::vector<NodeId>& nodes,
          std::vector<std::vector<NodeId>>& all) {
  if (nodes.back() == to) {
    all.push_back(nodes);
    return;
  }
  if (options.max_hops != 0 && nodes.size() > options.max_hops) return;
  for (std::size_t next = 0; next < graph.node_count(); ++next) {
    const NodeId node(next);
    if (std::find(nodes.begin(), nodes.end(), node) != nodes.end()) continue;
    bool joined = false;
    for (std::size_t e = 0; e < graph.edge_count(); ++e) {
      const Edge& edge = graph.edge(EdgeId(e));
      const bool forth = edge.source == nodes.back() && edge.target == node;
      const bool back = edge.target == nodes.back() && edge.source == node;
      if (forth || (back && (!options.directed || graph.relation(EdgeId(e)).symmetric))) {
        joined = true;
      }
    }
    if (!joined) continue;
    nodes.push_back(node);
    walk(graph, options, to, nodes, all);
    nodes.pop_back();
  }
}

std::string names(const Graph& graph, const Path& path) {
  std::string text;
  for (const NodeId node : path.nodes) text += graph.name(node);
  return text;
}

std::vector<std::string> find(const Graph& graph, const std::string& from, const std::string& to,
                              const PathOptions& options) {
  std::vector<std::string> all;
  for (const Path& path :
       PathFinder(graph).find(graph.find_key(from), graph.find_key(to), options)) {
    all.push_back(names(graph, path));
  }
  return all;
}

using Names = std::vector<std::string>;

// a-b-d and a-c-d, and a longer way a-e-f-d.
Graph diamond() {
  return build(6, {{0, 1}, {1, 3}, {0, 2}, {2, 3}, {0, 4}, {4, 5}, {5, 3}});
}

}  // namespace

TEST_CASE("all simple paths are found, once each, cheapest first") {
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    const Graph graph = random_graph(random, 7, 6 + round % 12);
    PathOptions options;
    options.count = 100000;
    options.directed = round % 2 == 0;
    options.max_hops = round % 3 == 0 ? 3 : 0;
    options.order = static_cast<PathOrder>(round % 3);
    std::vector<std::vector<NodeId>> expected;
    std::vector<NodeId> start = {NodeId(0)};
    walk(graph, options, NodeId(6), start, expected);
    const std::vector<Path> paths = PathFinder(graph).find(NodeId(0), NodeId(6), options);
    REQUIRE(paths.size() == expected.size());
    std::vector<std::vector<NodeId>> found;
    for (const Path& path : paths) found.push_back(path.nodes);
    std::sort(found.begin(), found.end());
    std::sort(expected.begin(), expected.end());
    CHECK(found == expected);
    CHECK(std::is_sorted(paths.begin(), paths.end(), [](const Path& left, const Path& right) {
      return left.cost < right.cost;
    }));
    for (std::size_t count = 1; count <= paths.size(); count += 3) {
      options.count = count;
      const std::vector<Path> few = PathFinder(graph).find(NodeId(0), NodeId(6), options);
      REQUIRE(few.size() == count);
      for (std::size_t i = 0; i < count; ++i) CHECK(few[i].cost == paths[i].cost);
    }
  }
}

namespace {

/// The best path by hand: costs and steps to the goal from everywhere, then always the smallest
/// node on.
std::optional<Path> plain_best(const Graph& graph, NodeId from, NodeId to,
                               const PathOptions& options) {
  using Cost = std::pair<std::uint64_t, std::size_t>;
  constexpr Cost far = {~std::uint64_t{0}, 0};
  const auto step = [&](NodeId here, NodeId there) {
    std::pair<std::uint64_t, std::uint32_t> best = {~std::uint64_t{0}, 0};
    for (std::uint32_t e = 0; e < graph.edge_count(); ++e) {
      const Edge& edge = graph.edge(EdgeId(e));
      const bool forth = edge.source == here && edge.target == there;
      const bool back = edge.target == here && edge.source == there &&
                        (!options.directed || graph.relation(EdgeId(e)).symmetric);
      if (!forth && !back) continue;
      best = std::min(
          best, {path_costs::base(graph, EdgeId(e), path_costs::standing(graph, EdgeId(e)),
                                  options.order) +
                     path_costs::half_weight(graph, here) + path_costs::half_weight(graph, there),
                 e});
    }
    return best;
  };
  std::vector<Cost> rest(graph.node_count(), far);
  rest[to.value] = {0, 0};
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t u = 0; u < graph.node_count(); ++u) {
      for (std::size_t v = 0; v < graph.node_count(); ++v) {
        if (u == v || rest[v] == far) continue;
        const auto cost = step(NodeId(u), NodeId(v)).first;
        if (cost == ~std::uint64_t{0}) continue;
        const Cost way = {rest[v].first + cost, rest[v].second + 1};
        if (way < rest[u]) {
          rest[u] = way;
          changed = true;
        }
      }
    }
  }
  if (rest[from.value] == far) return std::nullopt;
  Path path;
  path.cost = rest[from.value].first;
  path.nodes = {from};
  while (path.nodes.back() != to) {
    const NodeId here = path.nodes.back();
    for (std::size_t v = 0; v < graph.node_count(); ++v) {
      if (NodeId(v) == here || rest[v] == far) continue;
      const auto [cost, edge] = step(here, NodeId(v));
      if (cost == ~std::uint64_t{0} ||
          Cost{rest[v].first + cost, rest[v].second + 1} != rest[here.value]) {
        continue;
      }
      path.nodes.emplace_back(v);
      path.steps.push_back({EdgeId(edge), graph.edge(EdgeId(edge)).source == here});
      break;
    }
  }
  return path;
}

}  // namespace

TEST_CASE("the best path is the same by hand, with and without an index, whatever the ties") {
  std::mt19937 random(11);
  PathScratch scratch;
  for (int round = 0; round < 40; ++round) {
    // Even rounds have edges that are all alike, so that most ways have equals.
    const int nodes = 8 + round % 17;
    std::vector<Line> lines;
    const int count = nodes + round % 7 * nodes / 3;
    for (int i = 0; i < count; ++i) {
      const auto pick = [&] { return std::uniform_int_distribution<int>(0, nodes - 1)(random); };
      Line line{pick(), pick()};
      if (round % 2 == 1) line.confidence = 0.1F * static_cast<float>(1 + i % 9);
      if (i % 5 == 0) line.relation = "met with";
      lines.push_back(line);
    }
    const Graph graph = build(nodes, lines);
    const PathIndex index(graph);
    PathOptions options;
    options.order = static_cast<PathOrder>(round % 3);
    options.directed = round % 5 == 0;
    for (int to = 1; to < nodes; ++to) {
      const NodeId goal(static_cast<std::size_t>(to));
      const auto expected = plain_best(graph, NodeId(0), goal, options);
      for (const PathIndex* with : {static_cast<const PathIndex*>(nullptr), &index}) {
        const auto found = PathFinder(graph, with).find(NodeId(0), goal, options, &scratch);
        REQUIRE(found.empty() == !expected.has_value());
        if (!expected) continue;
        CHECK(found[0].cost == expected->cost);
        CHECK(found[0].nodes == expected->nodes);
        CHECK(found[0].steps == expected->steps);
      }
    }
  }
}

TEST_CASE("each step's edge joins its nodes in the direction told") {
  std::mt19937 random(6);
  const Graph graph = random_graph(random, 8, 20);
  PathOptions options;
  options.count = 50;
  for (const Path& path : PathFinder(graph).find(NodeId(0), NodeId(7), options)) {
    REQUIRE(path.steps.size() + 1 == path.nodes.size());
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
      const Edge& edge = graph.edge(path.steps[i].edge);
      CHECK((path.steps[i].forward ? edge.source : edge.target) == path.nodes[i]);
      CHECK((path.steps[i].forward ? edge.target : edge.source) == path.nodes[i + 1]);
    }
  }
}

TEST_CASE("without a way there is no path, and a node reaches itself in no step") {
  const Graph graph = build(3, {{0, 1}});
  CHECK(find(graph, "a", "c", {}).empty());
  CHECK(find(graph, "a", "a", {}) == Names{"a"});
}

TEST_CASE("nodes are avoided, passed, or passed by kind") {
  const Graph graph = diamond();
  PathOptions options;
  options.count = 9;
  CHECK(find(graph, "a", "d", options) == Names{"abd", "acd", "aefd"});
  options.filter.avoid = {graph.find_key("b")};
  CHECK(find(graph, "a", "d", options) == Names{"acd", "aefd"});
  options.filter = {};
  options.filter.kinds = {NodeKind::actor};
  CHECK(find(graph, "a", "d", options) == Names{"abd", "aefd"});
  options.filter = {};
  options.via = {graph.find_key("f")};
  CHECK(find(graph, "a", "d", options) == Names{"aefd"});
  options.via = {graph.find_key("f"), graph.find_key("e")};
  CHECK(find(graph, "a", "d", options).empty());
  options.via = {};
  options.filter.node_allowed = [&](NodeId node) { return graph.name(node) != "c"; };
  CHECK(find(graph, "a", "d", options) == Names{"abd", "aefd"});
}

TEST_CASE("the number of steps is bounded") {
  const Graph graph = diamond();
  PathOptions options;
  options.count = 9;
  options.max_hops = 2;
  CHECK(find(graph, "a", "d", options) == Names{"abd", "acd"});
  options.max_hops = 1;
  CHECK(find(graph, "a", "d", options).empty());
}

TEST_CASE("a much-connected node is gone around, unless only steps count") {
  std::vector<Line> lines = {{0, 1}, {1, 3}, {0, 4}, {4, 5}, {5, 3}};
  for (int i = 6; i < 24; ++i) {
    for (const char* relation :
         {"told", "praised", "accused", "supports", "supplies", "threatened", "condemned",
          "met with", "owned by", "leader of", "works for", "part of"}) {
      lines.push_back({1, i, relation});
    }
  }
  const Graph graph = build(24, lines);
  PathOptions options;
  CHECK(find(graph, "a", "d", options) == Names{"aefd"});
  options.order = PathOrder::hops;
  CHECK(find(graph, "a", "d", options) == Names{"abd"});
}

TEST_CASE("by confidence, the likeliest way is the best") {
  const Graph graph =
      build(6, {{0, 1, "told", 0.2F}, {1, 3}, {0, 4, "told", 0.9F}, {4, 5, "told", 0.9F}, {5, 3}});
  PathOptions options;
  options.order = PathOrder::confidence;
  CHECK(find(graph, "a", "d", options) == Names{"aefd"});
}

TEST_CASE("edges are filtered by relation, confidence and denial") {
  const Graph graph = build(4, {{0, 1, "told", 0.9F},
                                {1, 3, "told", 0.3F},
                                {0, 2, "praised", 0.9F},
                                {2, 3, "praised", 0.9F, Polarity::negated}});
  PathOptions options;
  options.count = 9;
  CHECK(find(graph, "a", "d", options).size() == 2);
  options.filter.relations = {graph.ontology().find_relation("told")->relation};
  CHECK(find(graph, "a", "d", options) == Names{"abd"});
  options.filter = {};
  options.filter.min_confidence = 0.5F;
  CHECK(find(graph, "a", "d", options) == Names{"acd"});
  options.filter = {};
  options.filter.no_denied = true;
  CHECK(find(graph, "a", "d", options) == Names{"abd"});
}

TEST_CASE("as of a date, what began later is left out; within a period, what lies outside") {
  const Graph graph = build(4, {{0, 1, "told", 1, Polarity::affirmed, "2024-01-10"},
                                {1, 3, "told", 1, Polarity::affirmed, "2024-01-10"},
                                {0, 2},
                                {2, 3, "told", 1, Polarity::affirmed, "2024-03-10"}});
  PathOptions options;
  options.count = 9;
  options.filter.until = parse_iso_date("2024-02-01");
  CHECK(find(graph, "a", "d", options) == Names{"abd"});
  options.filter.until = parse_iso_date("2024-04-01");
  CHECK(find(graph, "a", "d", options).size() == 2);
  options.filter.since = parse_iso_date("2024-01-01");
  CHECK(find(graph, "a", "d", options) == Names{"abd"});  // an edge without any date is outside
}

TEST_CASE("of parallel edges the affirmed and surest is walked") {
  const Graph graph = build(
      2,
      {{0, 1, "told", 0.9F, Polarity::negated}, {0, 1, "praised", 0.4F}, {0, 1, "accused", 0.8F}});
  const auto paths = PathFinder(graph).find(NodeId(0), NodeId(1), {});
  REQUIRE(paths.size() == 1);
  CHECK(graph.relation(paths[0].steps[0].edge).name == "accused");
}

TEST_CASE("in a time-respecting path no step is earlier than the one before") {
  const auto on = [](int source, int target, const char* day) {
    return Line{source, target, "told", 1, Polarity::affirmed, day};
  };
  // The short way a-b-d goes back in time, a-c-e-d does not.
  const Graph graph =
      build(5, {on(0, 1, "2024-03-02"), on(1, 3, "2024-03-01"), on(0, 2, "2024-03-01"),
                on(2, 4, "2024-03-01"), on(4, 3, "2024-03-05")});
  const auto way = [&](const char* from, const char* to, const PathOptions& options) {
    const auto path =
        time_respecting_path(graph, graph.find_key(from), graph.find_key(to), options);
    return path ? names(graph, *path) : "none";
  };
  CHECK(find(graph, "a", "d", {}) == Names{"abd"});
  CHECK(way("a", "d", {}) == "aced");
  CHECK(way("d", "a", {}) == "dba");
  PathOptions few;
  few.max_hops = 2;
  CHECK(way("a", "d", few) == "none");
}

TEST_CASE("a dearer label that is earlier in time is not lost, and undated steps are not walked") {
  const auto on = [](int source, int target, const char* day) {
    return Line{source, target, "told", 1, Polarity::affirmed, day};
  };
  // b is reached straight, too late to go on, or over c in time.
  const Graph graph = build(5, {on(0, 1, "2024-03-09"),
                                on(0, 2, "2024-03-01"),
                                on(2, 1, "2024-03-02"),
                                on(1, 3, "2024-03-03"),
                                {3, 4}});
  const auto path =
      time_respecting_path(graph, graph.find_key("a"), graph.find_key("d"), PathOptions());
  REQUIRE(path.has_value());
  CHECK(names(graph, *path) == "acbd");
  CHECK_FALSE(time_respecting_path(graph, graph.find_key("a"), graph.find_key("e"), PathOptions())
                  .has_value());
}
