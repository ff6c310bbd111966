// Figures of the graph: bytes a node and an edge, speed of every exporter, of path queries and of
// basic walks, on a generated scale-free graph; Boost.Graph's own compressed-sparse-row graph does
// the same work in the same run, and igraph's C library where it is installed.
// Usage: relata_bench [--figures] [--topology] [--paths] [NODES [EDGES]] (1,000,000 and 5,000,000).
//   --figures    lines "figure,NAME,NODES,VALUE" for scripts/plot_growth.py; no exporters
//   --topology   what needs no names and no evidence
//   --paths      path queries alone
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <queue>
#include <random>
#include <streambuf>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <fmt/format.h>
#include <malloc.h>
#ifdef RELATA_BENCH_IGRAPH
#include <igraph/igraph.h>
#endif

#include "exporters/exporter.h"
#include "graph/algorithms.h"
#include "graph/csr_view.h"
#include "graph/graph_builder.h"
#include "graph/name_index.h"
#include "graph/path_index.h"
#include "graph/path_scratch.h"
#include "graph/paths.h"
#include "tests/bench/bench_support.h"

using namespace relata;
using bench::number;
using bench::processor_seconds;
using bench::seconds;

namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

bool figures = false;         // NOLINT: set once from the command line
std::size_t graph_nodes = 0;  // NOLINT: likewise

/// A line for the plot of growth.
void figure(const char* name, double value) {
  if (figures) fmt::print("figure,{},{},{:.6g}\n", name, graph_nodes, value);
  std::fflush(stdout);
}

/// Preferential attachment: a new node joins nodes chosen in proportion to their degree.
Pairs scale_free(std::uint32_t nodes, std::size_t edges) {
  std::mt19937_64 random(20241227);
  Pairs pairs;
  pairs.reserve(edges);
  std::vector<std::uint32_t> ends = {0};
  const std::size_t each = std::max<std::size_t>(1, edges / nodes);
  for (std::uint32_t node = 1; pairs.size() < edges; node = node + 1 < nodes ? node + 1 : 1) {
    for (std::size_t i = 0; i < each && pairs.size() < edges; ++i) {
      const std::uint32_t other = ends[random() % ends.size()];
      if (other == node) continue;
      pairs.emplace_back(node, other);
      ends.push_back(node);
      ends.push_back(other);
    }
  }
  return pairs;
}

Graph build(std::uint32_t nodes, const Pairs& pairs) {
  GraphBuilder builder(Ontology::built_in());
  const auto [ids, relations] = bench::add_cast(builder, nodes);
  const DocumentId source = bench::add_document(builder, "generated.txt");
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto [from, to] = pairs[i];
    const auto edge = builder.add_edge(ids[from], relations[i % relations.size()], ids[to],
                                       Polarity::affirmed, Modality::asserted);
    Evidence evidence;
    const auto place = static_cast<std::uint32_t>(i % 100000) * 40;
    evidence.sentence = builder.add_sentence(source, {place, place + 39},
                                             fmt::format("Sentence number {}.", i % 100000));
    bench::set_figures(evidence, i);
    builder.add_evidence(edge, evidence);
  }
  return std::move(builder).build();
}

/// Counts bytes and throws them away.
class CountingBuffer final : public std::streambuf {
 public:
  [[nodiscard]] std::size_t count() const { return count_; }

 protected:
  int_type overflow(int_type c) override {
    ++count_;
    return traits_type::not_eof(c);
  }
  std::streamsize xsputn(const char* /*bytes*/, std::streamsize size) override {
    count_ += static_cast<std::size_t>(size);
    return size;
  }

 private:
  std::size_t count_ = 0;
};

void bench_exporters(const Graph& graph) {
  for (const ExportFormat& format : export_formats()) {
    // Pictures are laid out for people: a graph of that size has none.
    if (format.name == "svg" || format.name == "png" || format.name == "pdf") continue;
    std::size_t bytes = 0;
    const double time = seconds([&] {
      const std::vector<std::string_view> parts =
          format.parts.empty() ? std::vector<std::string_view>{""} : format.parts;
      for (const std::string_view part : parts) {
        CountingBuffer buffer;
        std::ostream out(&buffer);
        ExportOptions options;
        options.part = part;
        format.make()->write(graph, out, options);
        bytes += buffer.count();
      }
    });
    fmt::print("export {:<12} {:>8.2f} s  {:>12.0f} edges/s  {:>8.1f} MB\n", format.name, time,
               static_cast<double>(graph.edge_count()) / time, static_cast<double>(bytes) / 1e6);
    std::fflush(stdout);
  }
}

/// Bytes that are allocated now.
std::size_t allocated() {
  const struct mallinfo2 state = mallinfo2();
  return state.uordblks + state.hblkhd;
}

template <class Topology>
std::size_t reach(const Topology& topology, std::size_t nodes) {
  std::vector<int> distance(nodes, 0);
  boost::breadth_first_search(topology, 0U,
                              boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                                  distance.data(), boost::on_tree_edge()))));
  return static_cast<std::size_t>(
      std::count_if(distance.begin(), distance.end(), [](int d) { return d > 0; }));
}

template <class Topology, class Weights>
double distances(const Topology& topology, std::size_t nodes, Weights weights) {
  std::vector<double> distance(nodes);
  const auto index = get(boost::vertex_index, topology);
  std::vector<std::uint32_t> before(nodes);
  boost::dijkstra_shortest_paths(
      topology, 0U,
      boost::weight_map(weights)
          .distance_map(boost::make_iterator_property_map(distance.begin(), index))
          .predecessor_map(boost::make_iterator_property_map(before.begin(), index)));
  double sum = 0;
  for (const double one : distance) sum += one < 1e9 ? one : 0;
  return sum;
}

#ifdef RELATA_BENCH_IGRAPH
/// igraph's PRPACK on the same graph, and its greatest difference from `rank`.
void bench_igraph_rank(const Pairs& pairs, std::size_t nodes, const std::vector<double>& rank) {
  igraph_vector_int_t ends;
  igraph_vector_int_init(&ends, static_cast<igraph_integer_t>(2 * pairs.size()));
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    VECTOR(ends)[2 * i] = pairs[i].first;
    VECTOR(ends)[2 * i + 1] = pairs[i].second;
  }
  igraph_t graph;
  igraph_create(&graph, &ends, static_cast<igraph_integer_t>(nodes), IGRAPH_DIRECTED);
  igraph_vector_t values;
  igraph_vector_init(&values, 0);
  const double time = seconds([&] {
    igraph_pagerank(&graph, IGRAPH_PAGERANK_ALGO_PRPACK, &values, nullptr, igraph_vss_all(), true,
                    0.85, nullptr, nullptr);
  });
  double difference = 0;
  for (std::size_t i = 0; i < nodes; ++i) {
    difference = std::max(difference, std::abs(VECTOR(values)[i] - rank[i]));
  }
  fmt::print("page rank, igraph      {:.2f} s (PRPACK; greatest difference {:.1e})\n", time,
             difference);
  figure("page rank of igraph", time);
  igraph_vector_destroy(&values);
  igraph_destroy(&graph);
  igraph_vector_int_destroy(&ends);
}
#endif

void bench_rank(std::size_t nodes, const Pairs& pairs) {
  const CsrView view(nodes, pairs);
  std::vector<double> rank;
  const double rank_time = seconds([&] { rank = page_rank(view); });
  fmt::print("page rank to 1e-8      {:.2f} s on one thread\n", rank_time);
  figure("page rank", rank_time);
  PageRankOptions options;
  options.threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<double> again;
  double wall = 1e9;
  const double all = seconds([&] {
    const auto start = std::chrono::steady_clock::now();
    again = page_rank(view, {}, options);
    wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  });
  fmt::print(
      "                       {:.2f} s of processor time on {} threads, {:.2f} s by the clock{}\n",
      all, options.threads, wall, again == rank ? ", the same bits" : ", DIFFERENT");
#ifdef RELATA_BENCH_IGRAPH
  bench_igraph_rank(pairs, nodes, rank);
#endif
  std::fflush(stdout);
}

void bench_topology(std::size_t nodes, const Pairs& pairs) {
  // Walks go from the first node to those that joined later, so that they reach nearly all.
  Pairs turned;
  turned.reserve(pairs.size());
  for (const auto& [from, to] : pairs) turned.emplace_back(to, from);
  const CsrView view(nodes, turned);
  // As Boost's documentation has it: bidirectional, 32-bit indices, no properties.
  using Peer = boost::compressed_sparse_row_graph<boost::bidirectionalS, boost::no_property,
                                                  boost::no_property, boost::no_property,
                                                  std::uint32_t, std::uint32_t>;
  const std::size_t before = allocated();
  const Peer peer(boost::edges_are_unsorted_multi_pass, turned.begin(), turned.end(),
                  static_cast<std::uint32_t>(nodes));
  const std::size_t peer_bytes = allocated() - before;
  fmt::print("topology               ours {:.1f} MB, Boost CSR {:.1f} MB\n",
             static_cast<double>(view.topology_memory()) / 1e6,
             static_cast<double>(peer_bytes) / 1e6);
  figure("topology MB", static_cast<double>(view.topology_memory()) / 1e6);
  figure("topology MB of Boost.Graph", static_cast<double>(peer_bytes) / 1e6);
  double best_mine = 1e9;
  double best_theirs = 1e9;
  std::size_t reached = 0;
  for (int round = 0; round < 5; ++round) {
    std::size_t mine = 0;
    std::size_t theirs = 0;
    best_mine = std::min(best_mine, seconds([&] { mine = reach(view, nodes); }));
    best_theirs = std::min(best_theirs, seconds([&] { theirs = reach(peer, nodes); }));
    if (mine != theirs) fmt::print("breadth-first search   DIFFERENT\n");
    reached = mine;
  }
  fmt::print(
      "breadth-first search   ours {:.4f} s, Boost CSR {:.4f} s, {:.2f} times; {} nodes reached\n",
      best_mine, best_theirs, best_mine / best_theirs, reached);
  figure("breadth-first search", best_mine);
  figure("breadth-first search of Boost.Graph", best_theirs);
  std::vector<double> weights(pairs.size());
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = 1 + static_cast<double>(i % 97);
  best_mine = best_theirs = 1e9;
  double sums[2] = {};
  for (int round = 0; round < 3; ++round) {
    best_mine = std::min(
        best_mine, seconds([&] { sums[0] = distances(view, nodes, edge_array(weights.data())); }));
    best_theirs = std::min(
        best_theirs, seconds([&] {
          sums[1] = distances(
              peer, nodes,
              boost::make_iterator_property_map(weights.begin(), get(boost::edge_index, peer)));
        }));
  }
  fmt::print("shortest paths         ours {:.4f} s, Boost CSR {:.4f} s, {:.2f} times{}\n",
             best_mine, best_theirs, best_mine / best_theirs,
             sums[0] == sums[1] ? "" : ", DIFFERENT");
  figure("shortest paths", best_mine);
  figure("shortest paths of Boost.Graph", best_theirs);
  bench_rank(nodes, pairs);
  std::fflush(stdout);
}

void bench_paths(const Graph& graph) {
  std::mt19937_64 random(7);
  std::unique_ptr<PathIndex> index;
  const double made = seconds([&] { index = std::make_unique<PathIndex>(graph); });
  fmt::print("index of paths         {:.2f} s, {:.1f} MB\n", made,
             static_cast<double>(index->memory()) / 1e6);
  figure("index of paths s", made);
  const PathFinder plain(graph);
  const PathFinder indexed(graph, index.get());
  PathScratch scratch;
  std::size_t read = 0;  // bytes of evidence
  const auto run = [&](const char* name, const PathFinder& finder, PathOptions options,
                       std::size_t queries, const char* figure_name) {
    std::vector<double> times;
    std::size_t hops = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < queries; ++i) {
      const NodeId from(random() % graph.node_count());
      const NodeId to(random() % graph.node_count());
      if (from == to) continue;
      times.push_back(seconds([&] {
        for (const Path& path : finder.find(from, to, options, &scratch)) {
          hops += path.steps.size();
          ++found;
          for (const PathStep& step : path.steps) {
            for (const Evidence& piece : graph.evidence(step.edge)) {
              read += graph.text(graph.sentence(piece.sentence).text).size();
            }
          }
        }
      }));
    }
    std::sort(times.begin(), times.end());
    double sum = 0;
    for (const double time : times) sum += time;
    fmt::print(
        "path {:<22} median {:>9.3f} ms, 95 % {:>9.3f} ms, worst {:>9.3f} ms, {:.0f}/s, "
        "{:.1f} steps\n",
        name, 1e3 * times[times.size() / 2], 1e3 * times[times.size() * 95 / 100],
        1e3 * times.back(), static_cast<double>(times.size()) / sum,
        found == 0 ? 0 : static_cast<double>(hops) / static_cast<double>(found));
    if (figure_name != nullptr) {
      figure(figure_name, static_cast<double>(times.size()) / sum);
    }
    std::fflush(stdout);
  };
  PathOptions options;
  run("warming up", indexed, options, 200, nullptr);
  run("by hubs, index", indexed, options, 1000, "path queries a second");
  run("by hubs, no index", plain, options, 200, nullptr);
  options.order = PathOrder::hops;
  run("by hops, index", indexed, options, 1000, nullptr);
  options.order = PathOrder::confidence;
  run("by confidence, index", indexed, options, 200, nullptr);
  options.order = PathOrder::hops;
  options.max_hops = 4;
  run("by hops, at most 4", indexed, options, 200, nullptr);
  options = {};
  options.count = 5;
  run("five shortest", indexed, options, 50, nullptr);
  fmt::print("evidence read          {:.1f} MB\n", static_cast<double>(read) / 1e6);
}

/// Persons whose names sound like names, many of them differing in one syllable.
Graph named(std::size_t nodes) {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  for (std::size_t i = 0; i < nodes; ++i) {
    const std::uint64_t own = bench::scattered(i);
    builder.add_node(
        fmt::format("actor/{}", i), person,
        fmt::format("{} {}", bench::coined(own / 8000 % 400, 2), bench::coined(own % 8000, 3)));
  }
  return std::move(builder).build();
}

/// Returns the median of looking up a misspelt name, in milliseconds.
double bench_names(const Graph& graph, const char* kind) {
  std::unique_ptr<NameIndex> names;
  const double time = seconds([&] { names = std::make_unique<NameIndex>(graph); });
  fmt::print("index of names         {:.2f} s, {:.1f} MB, of {}\n", time,
             static_cast<double>(names->memory()) / 1e6, kind);
  const double prepared = seconds([&] { names->prepare(); });
  fmt::print("its later orders       {:.2f} s, {:.1f} MB in all\n", prepared,
             static_cast<double>(names->memory()) / 1e6);
  std::mt19937_64 random(5);
  std::size_t hits = 0;
  const auto run = [&](const char* what, const auto& look_up) {
    std::vector<double> times;
    for (int i = 0; i < 300; ++i) {
      const std::string name(graph.name(NodeId(random() % graph.node_count())));
      std::string query = name;
      // Two slips: a wrong letter and two that changed places.
      query[random() % query.size()] = 'x';
      const std::size_t at = random() % (query.size() - 1);
      std::swap(query[at], query[at + 1]);
      times.push_back(seconds([&] { hits += look_up(name, query); }));
    }
    std::sort(times.begin(), times.end());
    fmt::print("name look-up, {:<9} median {:.4f} ms, 95 % {:.4f} ms, worst {:.4f} ms\n", what,
               1e3 * times[times.size() / 2], 1e3 * times[times.size() * 95 / 100],
               1e3 * times.back());
    return 1e3 * times[times.size() / 2];
  };
  run("exact", [&](const auto& name, const auto&) { return names->exact(name).size(); });
  run("prefix", [&](const auto& name, const auto&) {
    return names->with_prefix(name.substr(0, name.size() - 2), 10).size();
  });
  run("words", [&](const auto& name, const auto&) {
    return names->containing(name.substr(name.rfind(' ') + 1), 10).size();
  });
  const double misspelt = run(
      "misspelt", [&](const auto&, const auto& query) { return names->similar(query, 10).size(); });
  fmt::print("                       {} hits\n", hits);
  return misspelt;
}

}  // namespace

int main(int argc, char** argv) {
  bool topology = false;
  bool paths = false;
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--figures") {
      figures = true;
    } else if (word == "--topology") {
      topology = true;
    } else if (word == "--paths") {
      paths = true;
    } else {
      sizes.push_back(number("relata_bench", argv[i]));
    }
  }
  const std::size_t nodes = sizes.empty() ? 1000000 : sizes[0];
  const std::size_t edges = sizes.size() < 2 ? 5 * nodes : sizes[1];
  graph_nodes = nodes;
  Pairs pairs;
  const double made =
      seconds([&] { pairs = scale_free(static_cast<std::uint32_t>(nodes), edges); });
  if (!paths) bench_topology(nodes, pairs);
  if (topology) return 0;
  const double start = processor_seconds();
  const Graph graph = build(static_cast<std::uint32_t>(nodes), pairs);
  const double built = processor_seconds() - start;
  fmt::print(
      "graph: {} nodes, {} edges, {} pieces of evidence (generated in {:.1f} s, built in "
      "{:.1f} s)\n",
      graph.node_count(), graph.edge_count(), graph.evidence_count(), made, built);
  fmt::print(
      "records: {} bytes a node, {} an edge, {} a piece of evidence; all in all {:.1f} MB, "
      "{:.0f} bytes an edge\n",
      sizeof(Node), sizeof(Edge), sizeof(Evidence), static_cast<double>(graph.memory()) / 1e6,
      static_cast<double>(graph.memory()) / static_cast<double>(graph.edge_count()));
  std::fflush(stdout);
  figure("bytes an edge",
         static_cast<double>(graph.memory()) / static_cast<double>(graph.edge_count()));
  if (!paths) {
    figure("misspelt name ms", bench_names(graph, "names that differ in digits"));
    bench_names(named(nodes), "names that sound like names");
  }
  bench_paths(graph);
  if (!figures && !paths) bench_exporters(graph);
  return 0;
}
