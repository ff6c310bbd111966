// Ranks, components and communities, against Boost.Graph, definitions and known answers.
#include "graph/algorithms.h"

#include <random>
#include <vector>

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/page_rank.hpp>
#include <doctest/doctest.h>

#include "graph/csr_view.h"

using namespace relata;

namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Pairs both_ways(const Pairs& pairs) {
  Pairs all;
  for (const auto& [source, target] : pairs) {
    all.emplace_back(source, target);
    all.emplace_back(target, source);
  }
  return all;
}

Pairs random_pairs(unsigned seed, std::uint32_t nodes, std::size_t count) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::uint32_t> node(0, nodes - 1);
  Pairs pairs;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t source = node(random);
    pairs.emplace_back(source, node(random));
  }
  return pairs;
}

/// Two cliques of five, joined by one edge.
Pairs barbell() {
  Pairs pairs;
  for (std::uint32_t base : {0U, 5U}) {
    for (std::uint32_t i = 0; i < 5; ++i) {
      for (std::uint32_t j = i + 1; j < 5; ++j) pairs.emplace_back(base + i, base + j);
    }
  }
  pairs.emplace_back(4, 5);
  return pairs;
}

}  // namespace

TEST_CASE("page rank is what Boost.Graph computes where no node is a dead end") {
  const CsrView view(60, both_ways(random_pairs(1, 60, 200)));
  std::vector<double> expected(60);
  boost::graph::page_rank(
      view, boost::make_iterator_property_map(expected.begin(), get(boost::vertex_index, view)),
      boost::graph::n_iterations(200));
  const std::vector<double> rank = page_rank(view);
  double sum = 0;
  for (const double value : expected) sum += value;
  for (std::size_t i = 0; i < 60; ++i) {
    CHECK(rank[i] == doctest::Approx(expected[i] / sum).epsilon(1e-5));
  }
}

TEST_CASE("page rank sums up to one with dead ends and weights too") {
  const Pairs pairs = random_pairs(2, 40, 50);
  const CsrView view(40, pairs);
  std::vector<double> weights(pairs.size());
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = 1.0 + static_cast<double>(i % 5);
  double sum = 0;
  for (const double value : page_rank(view, weights)) sum += value;
  CHECK(sum == doctest::Approx(1).epsilon(1e-6));
  CHECK(page_rank(CsrView(0, Pairs{})).empty());
}

TEST_CASE("page rank has the same bits for any number of threads") {
  // Several stretches of nodes, with edges within them, up and down, and one node that many enter.
  constexpr std::uint32_t nodes = 60000;
  Pairs pairs = random_pairs(4, nodes, 400000);
  for (std::uint32_t i = 0; i < nodes; i += 3) pairs.emplace_back(i, 41000);
  for (std::uint32_t i = 0; i + 7 < nodes; i += 2) pairs.emplace_back(i, i + 7);
  const CsrView view(nodes, pairs);
  std::vector<double> weights(pairs.size());
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = 1.0 + static_cast<double>(i % 7);
  for (const bool weighted : {false, true}) {
    const std::span<const double> own =
        weighted ? std::span<const double>(weights) : std::span<const double>();
    const std::vector<double> one = page_rank(view, own);
    for (const unsigned threads : {2U, 3U, 8U}) {
      PageRankOptions options;
      options.threads = threads;
      CHECK(page_rank(view, own, options) == one);
    }
    double sum = 0;
    for (const double value : one) sum += value;
    CHECK(sum == doctest::Approx(1).epsilon(1e-6));
    CHECK(std::max_element(one.begin(), one.end()) - one.begin() == 41000);
  }
}

TEST_CASE("betweenness is what Boost.Graph computes, and all samples are exact") {
  const CsrView view(50, random_pairs(3, 50, 150));
  std::vector<double> expected(50);
  boost::brandes_betweenness_centrality(
      view, boost::make_iterator_property_map(expected.begin(), get(boost::vertex_index, view)));
  const std::vector<double> exact = betweenness(view);
  CHECK(betweenness(view, 50) == exact);
  for (std::size_t i = 0; i < 50; ++i) CHECK(exact[i] == doctest::Approx(expected[i]));
}

TEST_CASE("components hang together whichever direction edges have") {
  const CsrView view(7, Pairs{{1, 0}, {1, 2}, {5, 4}, {6, 6}});
  const Partition parts = weak_components(view);
  CHECK(parts.sizes == std::vector<std::uint32_t>{3, 2, 1, 1});
  CHECK(parts.of == std::vector<std::uint32_t>{0, 0, 0, 2, 1, 1, 3});
}

TEST_CASE("two cliques are two communities") {
  const CsrView view(10, both_ways(barbell()));
  const Partition parts = communities(view);
  CHECK(parts.sizes == std::vector<std::uint32_t>{5, 5});
  for (std::uint32_t node = 0; node < 10; ++node) CHECK(parts.of[node] == (node < 5 ? 0 : 1));
  CHECK(modularity(view, parts) == doctest::Approx(20.0 / 21 - 0.5));
}

TEST_CASE("communities are never worse than single nodes or one part, and the same each time") {
  for (unsigned seed = 0; seed < 10; ++seed) {
    const CsrView view(80, both_ways(random_pairs(seed, 80, 60 + 20 * seed)));
    const Partition parts = communities(view);
    CHECK(parts.of == communities(view).of);
    Partition single;
    Partition one;
    for (std::uint32_t i = 0; i < 80; ++i) {
      single.of.push_back(i);
      single.sizes.push_back(1);
      one.of.push_back(0);
    }
    one.sizes = {80};
    CHECK(modularity(view, parts) >= modularity(view, single));
    CHECK(modularity(view, parts) >= modularity(view, one));
  }
}

TEST_CASE("nodes without edges are communities of their own") {
  CHECK(communities(CsrView(3, Pairs{})).sizes.size() == 3);
}
