// Speed of GraphML against igraph's C writer: the same nodes, edges and values, both written in
// this process, in turn, measured in processor time. Usage: bench_graphml [NODES [EDGES [FILE]]]
// (1,000,000, 5 a node, /dev/null).
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <igraph.h>

#include "exporters/columns.h"
#include "exporters/exporter.h"
#include "graph/graph_builder.h"
#include "tests/bench/bench_support.h"

using namespace relata;

namespace {

/// The process's largest memory so far, in kilobytes; 0 where the system does not tell.
std::size_t peak_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::size_t kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes;
  }
  return 0;
}

/// From now on the largest memory counts anew.
void forget_peak() {
  std::ofstream("/proc/self/clear_refs") << 5;
}

/// Every edge has a sentence, a date and a confidence, as those of news have.
Graph generate(std::size_t nodes, std::size_t edges) {
  GraphBuilder builder(Ontology::built_in());
  const auto [ids, relations] = bench::add_cast(builder, nodes);
  const DocumentId source = bench::add_document(builder, "generated.txt");
  std::uint64_t state = 1;
  const auto next = [&state](std::size_t bound) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state >> 33U) % bound);
  };
  for (std::size_t i = 0; i < edges; ++i) {
    const auto edge = builder.add_edge(ids[next(nodes)], relations[i % relations.size()],
                                       ids[next(nodes)], Polarity::affirmed, Modality::asserted);
    Evidence evidence;
    const auto place = static_cast<std::uint32_t>(i % 100000) * 80;
    evidence.sentence = builder.add_sentence(
        source, {place, place + 79},
        fmt::format("Sentence {} says \"it\" of R&D in about as many words as news do.",
                    i % 100000));
    bench::set_figures(evidence, i);
    builder.add_evidence(edge, evidence);
  }
  return std::move(builder).build();
}

void require(igraph_error_t code) {
  if (code == IGRAPH_SUCCESS) return;
  fmt::print(stderr, "bench_graphml: igraph says {}\n", igraph_strerror(code));
  std::exit(1);
}

/// One table of attributes, nodes or edges, filled by `fill(index, row)` and handed to igraph.
template <class Fill>
void set_attributes(igraph_t* graph, const std::vector<Column>& columns, std::size_t rows,
                    bool edges, Fill fill) {
  Row row;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const char* const name = columns[column].name.c_str();
    const ColumnType type = columns[column].type;
    const auto count = static_cast<igraph_integer_t>(rows);
    if (type == ColumnType::string) {
      igraph_strvector_t values;
      require(igraph_strvector_init(&values, count));
      for (std::size_t i = 0; i < rows; ++i) {
        fill(i, row);
        require(igraph_strvector_set(&values, static_cast<igraph_integer_t>(i),
                                     std::string(row[column]).c_str()));
      }
      require(edges ? igraph_cattribute_EAS_setv(graph, name, &values)
                    : igraph_cattribute_VAS_setv(graph, name, &values));
      igraph_strvector_destroy(&values);
    } else if (type == ColumnType::boolean) {
      igraph_vector_bool_t values;
      require(igraph_vector_bool_init(&values, count));
      for (std::size_t i = 0; i < rows; ++i) {
        fill(i, row);
        VECTOR(values)[i] = row[column] == "true";
      }
      require(edges ? igraph_cattribute_EAB_setv(graph, name, &values)
                    : igraph_cattribute_VAB_setv(graph, name, &values));
      igraph_vector_bool_destroy(&values);
    } else {
      igraph_vector_t values;
      require(igraph_vector_init(&values, count));
      for (std::size_t i = 0; i < rows; ++i) {
        fill(i, row);
        double value = 0;
        std::from_chars(row[column].data(), row[column].data() + row[column].size(), value);
        VECTOR(values)[i] = value;
      }
      require(edges ? igraph_cattribute_EAN_setv(graph, name, &values)
                    : igraph_cattribute_VAN_setv(graph, name, &values));
      igraph_vector_destroy(&values);
    }
  }
}

void copy(const Graph& graph, igraph_t* copy) {
  igraph_vector_int_t ends;
  require(igraph_vector_int_init(&ends, static_cast<igraph_integer_t>(2 * graph.edge_count())));
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    VECTOR(ends)[2 * i] = graph.edge(EdgeId(i)).source.value;
    VECTOR(ends)[2 * i + 1] = graph.edge(EdgeId(i)).target.value;
  }
  require(igraph_create(copy, &ends, static_cast<igraph_integer_t>(graph.node_count()),
                        IGRAPH_DIRECTED));
  igraph_vector_int_destroy(&ends);
  const Columns columns(graph, Selection(graph, {}));
  set_attributes(copy, columns.node_columns(), graph.node_count(), false,
                 [&](std::size_t i, Row& row) { columns.node_row(NodeId(i), row); });
  set_attributes(copy, columns.edge_columns(), graph.edge_count(), true,
                 [&](std::size_t i, Row& row) { columns.edge_row(EdgeId(i), row); });
}

double write_ours(const Graph& graph, const std::string& file) {
  return bench::seconds([&] {
    std::ofstream out(file, std::ios::binary);
    find_export_format("graphml")->make()->write(graph, out, {});
    out.close();
    if (!out) {
      fmt::print(stderr, "bench_graphml: cannot write to {}\n", file);
      std::exit(1);
    }
  });
}

double write_theirs(const igraph_t* graph, const std::string& file) {
  return bench::seconds([&] {
    std::FILE* const out = std::fopen(file.c_str(), "wb");
    if (out == nullptr) {
      fmt::print(stderr, "bench_graphml: cannot write to {}\n", file);
      std::exit(1);
    }
    require(igraph_write_graph_graphml(graph, out, true));
    std::fclose(out);
  });
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t nodes = argc > 1 ? bench::number("bench_graphml", argv[1]) : 1000000;
  const std::size_t edges = argc > 2 ? bench::number("bench_graphml", argv[2]) : 5 * nodes;
  const std::string file = argc > 3 ? argv[3] : "/dev/null";
  const Graph graph = generate(nodes, edges);
  const auto count = static_cast<double>(graph.edge_count());
  fmt::print("graph: {} nodes, {} edges\n", graph.node_count(), graph.edge_count());
  std::fflush(stdout);
  igraph_set_attribute_table(&igraph_cattribute_table);
  igraph_t peer;
  copy(graph, &peer);
  forget_peak();
  const std::size_t before = peak_kilobytes();
  write_ours(graph, file);
  fmt::print("memory that writing takes: {} kB beside {} kB of both graphs\n",
             peak_kilobytes() - before, before);
  std::fflush(stdout);
  for (int round = 0; round < 3; ++round) {
    const double ours = write_ours(graph, file);
    const double theirs = write_theirs(&peer, file);
    fmt::print(
        "graphml: ours {:.2f} s ({:.0f} edges/s), igraph {} {:.2f} s ({:.0f} edges/s), ours {:.2f} "
        "times as fast\n",
        ours, count / ours, IGRAPH_VERSION, theirs, count / theirs, theirs / ours);
    std::fflush(stdout);
  }
  igraph_destroy(&peer);
  return 0;
}
