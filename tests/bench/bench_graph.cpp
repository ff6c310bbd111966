// Figures of the graph: bytes a node and an edge, speed of every exporter, of path queries and of
// basic walks, on a generated scale-free graph; Boost.Graph's own compressed-sparse-row graph does
// the same work in the same run. Usage: relata_bench [NODES [EDGES]] (1,000,000 and 5,000,000).
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <queue>
#include <random>
#include <streambuf>
#include <string>
#include <utility>
#include <vector>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/page_rank.hpp>
#include <fmt/format.h>
#include <malloc.h>

#include "exporters/exporter.h"
#include "graph/algorithms.h"
#include "graph/csr_view.h"
#include "graph/graph_builder.h"
#include "graph/name_index.h"
#include "graph/paths.h"

using namespace relata;

namespace {

using Clock = std::chrono::steady_clock;
using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

double seconds(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
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
  const TypeId person = builder.type(NodeKind::actor, "person");
  std::vector<NodeId> ids;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    ids.push_back(builder.add_node(fmt::format("actor/person-{:07}", i), person,
                                   fmt::format("Person {} of {}", i, (i * 7919ULL) % 104729)));
  }
  std::vector<RelationId> relations;
  for (const char* name : {"told", "accused", "supports", "works for", "supplies"}) {
    relations.push_back(builder.relation(name).relation);
  }
  SourceDocument document;
  document.name = builder.intern("generated.txt");
  document.date = builder.intern("2024-12-27");
  const DocumentId source = builder.add_document(document);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto [from, to] = pairs[i];
    const auto edge = builder.add_edge(ids[from], relations[i % relations.size()], ids[to],
                                       Polarity::affirmed, Modality::asserted);
    Evidence evidence;
    const auto place = static_cast<std::uint32_t>(i % 100000) * 40;
    evidence.sentence = builder.add_sentence(source, {place, place + 39},
                                             fmt::format("Sentence number {}.", i % 100000));
    evidence.confidence = 0.5F + 0.004F * static_cast<float>(i % 100);
    evidence.time = {static_cast<std::int32_t>(19000 + i % 1000),
                     static_cast<std::int32_t>(19000 + i % 1000), DatePrecision::day};
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
  boost::breadth_first_search(topology, static_cast<std::uint32_t>(nodes / 2),
                              boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                                  distance.data(), boost::on_tree_edge()))));
  return static_cast<std::size_t>(
      std::count_if(distance.begin(), distance.end(), [](int d) { return d > 0; }));
}

void bench_topology(const Graph& graph, const Pairs& pairs) {
  const std::size_t nodes = graph.node_count();
  const CsrView view(nodes, pairs);
  // As Boost's documentation has it: bidirectional, 32-bit indices, no properties.
  using Peer = boost::compressed_sparse_row_graph<boost::bidirectionalS, boost::no_property,
                                                  boost::no_property, boost::no_property,
                                                  std::uint32_t, std::uint32_t>;
  const std::size_t before = allocated();
  const Peer peer(boost::edges_are_unsorted_multi_pass, pairs.begin(), pairs.end(),
                  static_cast<std::uint32_t>(nodes));
  const std::size_t peer_bytes = allocated() - before;
  fmt::print("topology               ours {:.1f} MB, Boost CSR {:.1f} MB\n",
             static_cast<double>(view.topology_memory()) / 1e6,
             static_cast<double>(peer_bytes) / 1e6);
  for (int round = 0; round < 3; ++round) {
    std::size_t mine = 0;
    std::size_t theirs = 0;
    const double my_time = seconds([&] { mine = reach(view, nodes); });
    const double their_time = seconds([&] { theirs = reach(peer, nodes); });
    fmt::print("breadth-first search   ours {:.3f} s, Boost CSR {:.3f} s ({} nodes{})\n", my_time,
               their_time, mine, mine == theirs ? "" : ", DIFFERENT");
  }
  std::vector<double> rank;
  const double rank_time = seconds([&] { rank = page_rank(view); });
  fmt::print("page rank to 1e-8      {:.2f} s\n", rank_time);
}

void bench_paths(const Graph& graph) {
  std::mt19937_64 random(7);
  const PathFinder finder(graph);
  const auto run = [&](const char* name, PathOptions options, std::size_t queries) {
    std::vector<double> times;
    std::size_t hops = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < queries; ++i) {
      const NodeId from(random() % graph.node_count());
      const NodeId to(random() % graph.node_count());
      if (from == to) continue;
      times.push_back(seconds([&] {
        for (const Path& path : finder.find(from, to, options)) {
          hops += path.steps.size();
          ++found;
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
    std::fflush(stdout);
  };
  PathOptions options;
  run("shortest, by hubs", options, 100);
  options.order = PathOrder::hops;
  run("shortest, by hops", options, 100);
  options.max_hops = 4;
  run("by hops, at most 4", options, 50);
  options = {};
  options.count = 5;
  run("five shortest", options, 20);
}

void bench_names(const Graph& graph) {
  std::unique_ptr<NameIndex> names;
  const double time = seconds([&] { names = std::make_unique<NameIndex>(graph); });
  fmt::print("index of names         {:.2f} s, {:.1f} MB\n", time,
             static_cast<double>(names->memory()) / 1e6);
  const std::string_view name = graph.name(NodeId(graph.node_count() / 2));
  std::string slip(name);
  std::swap(slip[slip.size() - 1], slip[slip.size() - 2]);
  slip[2] = 'x';
  std::size_t hits = 0;
  const double exact = seconds([&] {
    for (int i = 0; i < 1000; ++i) hits += names->exact(name).size();
  });
  const double first = seconds([&] { hits += names->similar(slip, 10).size(); });
  const double later = seconds([&] {
    for (int i = 0; i < 10; ++i) hits += names->similar(slip, 10).size();
  });
  fmt::print(
      "name look-up           exact {:.4f} ms, misspelt {:.2f} ms (the first {:.0f} ms), {} "
      "hits\n",
      exact, 1e3 * later / 10, 1e3 * first, hits);
}

std::size_t number(const char* text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), value);
  if (error != std::errc() || *end != 0 || value < 2) {
    fmt::print(stderr, "relata_bench: expected a number of at least 2, found \"{}\"\n", text);
    std::exit(2);
  }
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t nodes = argc > 1 ? number(argv[1]) : 1000000;
  const std::size_t edges = argc > 2 ? number(argv[2]) : 5 * nodes;
  Pairs pairs;
  const double made =
      seconds([&] { pairs = scale_free(static_cast<std::uint32_t>(nodes), edges); });
  const auto start = Clock::now();
  const Graph graph = build(static_cast<std::uint32_t>(nodes), pairs);
  const double built = std::chrono::duration<double>(Clock::now() - start).count();
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
  bench_topology(graph, pairs);
  bench_names(graph);
  bench_paths(graph);
  bench_exporters(graph);
  return 0;
}
