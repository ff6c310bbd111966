// Boost.Graph's algorithms on CsrView give what they give on adjacency_list.
#include "graph/csr_view.h"

#include <random>
#include <vector>

#include <boost/concept/assert.hpp>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/graph/strong_components.hpp>
#include <doctest/doctest.h>

#include "graph/graph_builder.h"

using namespace relata;

namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Reference = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

constexpr std::size_t nodes = 200;

Pairs random_pairs(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::uint32_t> node(0, nodes - 1);
  Pairs pairs;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t source = node(random);
    pairs.emplace_back(source, node(random));
  }
  return pairs;
}

Reference reference_of(const Pairs& pairs) {
  Reference graph(nodes);
  for (const auto& [source, target] : pairs) boost::add_edge(source, target, graph);
  return graph;
}

template <class Graph>
std::vector<int> levels(const Graph& graph) {
  std::vector<int> distance(nodes, -1);
  distance[0] = 0;
  const auto record = boost::record_distances(distance.data(), boost::on_tree_edge());
  boost::breadth_first_search(graph, vertex(0, graph),
                              boost::visitor(boost::make_bfs_visitor(record)));
  return distance;
}

template <class Graph>
std::vector<double> page_ranks(const Graph& graph) {
  std::vector<double> rank(nodes);
  boost::graph::page_rank(
      graph, boost::make_iterator_property_map(rank.begin(), get(boost::vertex_index, graph)),
      boost::graph::n_iterations(30));
  return rank;
}

}  // namespace

TEST_CASE("the view models Boost.Graph's concepts") {
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<CsrView>));
  BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<CsrView>));
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<CsrView>));
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<CsrView>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<CsrView>));
  BOOST_CONCEPT_ASSERT((boost::VertexAndEdgeListGraphConcept<CsrView>));
  BOOST_CONCEPT_ASSERT(
      (boost::ReadablePropertyGraphConcept<CsrView, std::uint32_t, boost::vertex_index_t>));
  BOOST_CONCEPT_ASSERT(
      (boost::ReadablePropertyGraphConcept<CsrView, CsrEdge, boost::edge_index_t>));
  CHECK(boost::graph_traits<CsrView>::null_vertex() == ~std::uint32_t{0});
}

TEST_CASE("edges are seen alike from all sides") {
  const Pairs pairs = random_pairs(1, 900);
  const CsrView view(nodes, pairs);
  REQUIRE(num_edges(view) == pairs.size());
  Pairs listed;
  for (auto [edge, last] = edges(view); edge != last; ++edge) {
    listed.emplace_back((*edge).source, (*edge).target);
    CHECK(pairs[view.edge_id((*edge).index).value] == listed.back());
  }
  CHECK(std::is_sorted(listed.begin(), listed.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; }));
  Pairs out;
  Pairs in;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    for (auto [edge, last] = out_edges(node, view); edge != last; ++edge) {
      out.emplace_back(node, (*edge).target);
    }
    for (auto [edge, last] = in_edges(node, view); edge != last; ++edge) {
      CHECK((*edge).target == node);
      CHECK(view.target((*edge).index) == node);
      in.emplace_back((*edge).source, node);
    }
  }
  Pairs expected = pairs;
  for (Pairs* list : {&expected, &listed, &out, &in}) std::sort(list->begin(), list->end());
  CHECK(listed == expected);
  CHECK(out == expected);
  CHECK(in == expected);
}

TEST_CASE("breadth-first search gives the same levels") {
  const Pairs pairs = random_pairs(2, 400);
  CHECK(levels(CsrView(nodes, pairs)) == levels(reference_of(pairs)));
}

TEST_CASE("Dijkstra gives the same distances") {
  const Pairs pairs = random_pairs(3, 700);
  const CsrView view(nodes, pairs);
  std::vector<double> weights(view.edge_count());
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                        boost::property<boost::edge_weight_t, double>>
      reference(nodes);
  for (auto [edge, last] = edges(view); edge != last; ++edge) {
    const double weight = 1 + ((*edge).source * 7 + (*edge).target * 3) % 11;
    weights[(*edge).index] = weight;
    boost::add_edge((*edge).source, (*edge).target, weight, reference);
  }
  std::vector<double> mine(nodes);
  std::vector<double> theirs(nodes);
  boost::dijkstra_shortest_paths(
      view, 0U, boost::weight_map(edge_array(weights.data())).distance_map(mine.data()));
  boost::dijkstra_shortest_paths(reference, 0U, boost::distance_map(theirs.data()));
  CHECK(mine == theirs);
}

TEST_CASE("page rank, strong components and betweenness are the same") {
  const Pairs pairs = random_pairs(4, 600);
  const CsrView view(nodes, pairs);
  const Reference reference = reference_of(pairs);
  const std::vector<double> mine = page_ranks(view);
  const std::vector<double> theirs = page_ranks(reference);
  for (std::size_t i = 0; i < nodes; ++i) CHECK(mine[i] == doctest::Approx(theirs[i]));
  std::vector<int> component(nodes);
  std::vector<int> expected(nodes);
  CHECK(boost::strong_components(view, boost::make_iterator_property_map(
                                           component.begin(), get(boost::vertex_index, view))) ==
        boost::strong_components(
            reference, boost::make_iterator_property_map(expected.begin(),
                                                         get(boost::vertex_index, reference))));
  std::vector<double> between(nodes);
  std::vector<double> between_expected(nodes);
  boost::brandes_betweenness_centrality(
      view, boost::make_iterator_property_map(between.begin(), get(boost::vertex_index, view)));
  boost::brandes_betweenness_centrality(
      reference, boost::make_iterator_property_map(between_expected.begin(),
                                                   get(boost::vertex_index, reference)));
  for (std::size_t i = 0; i < nodes; ++i) {
    CHECK(between[i] == doctest::Approx(between_expected[i]));
  }
}

TEST_CASE("a view with both directions joins what an undirected graph joins") {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  std::vector<NodeId> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(builder.add_node("k" + std::to_string(i), person, "n"));
  }
  const RelationId told = builder.relation("told").relation;
  for (const auto& [source, target] : Pairs{{1, 0}, {1, 2}, {4, 3}}) {
    builder.add_edge(ids[source], told, ids[target], Polarity::affirmed, Modality::asserted);
  }
  const Graph graph = std::move(builder).build();
  const CsrView view(graph, CsrDirection::both);
  CHECK(view.edge_count() == 6);
  std::vector<int> component(5);
  CHECK(boost::strong_components(view, boost::make_iterator_property_map(
                                           component.begin(), get(boost::vertex_index, view))) ==
        2);
  CHECK(component[0] == component[2]);
  CHECK(component[3] == component[4]);
  CHECK(component[0] != component[3]);
  const CsrView few(graph, CsrDirection::as_is, [](EdgeId edge) { return edge.value != 0; });
  CHECK(few.edge_count() == 2);
  CHECK(few.edge_id(0) == EdgeId(1));
}

TEST_CASE("the topology stays at or below four bytes for each number kept") {
  const CsrView view(nodes, random_pairs(5, 1000));
  CHECK(view.topology_memory() <= 4 * (2 * (nodes + 1) + 3 * 1000));
}
