// Speed of GraphML against igraph's C library, in processor time. Usage:
//   bench_graphml [NODES [EDGES [FILE]]]        writing: the same nodes, edges and values, both
//                                               written in this process, in turn (1,000,000,
//                                               5 a node, /dev/null)
//   bench_graphml read FILE [NODES [EDGES]]     reading: makes a file of nodes with names and edges
//                                               with relations and weights, and lets both read it,
//                                               each in a process of its own, in turn
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <igraph.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exporters/columns.h"
#include "exporters/exporter.h"
#include "graph/graph_builder.h"
#include "importers/graphml.h"
#include "tests/bench/bench_support.h"
#include "tests/numbers.h"

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
  Numbers numbers(1);
  const auto next = [&numbers](std::size_t bound) { return numbers.below(bound); };
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

void fail(const std::string& problem) {
  fmt::print(stderr, "bench_graphml: {}\n", problem);
  std::exit(1);
}

/// A file as other programs write it: ids, names, relations, weights.
void make_file(const std::string& path, std::size_t nodes, std::size_t edges) {
  std::FILE* const out = std::fopen(path.c_str(), "wb");
  if (out == nullptr) fail("cannot write to " + path);
  fmt::print(out,
             R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="relation" for="edge" attr.name="relation" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="double"/>
<graph id="G" edgedefault="directed">
)");
  for (std::size_t i = 0; i < nodes; ++i) {
    fmt::print(out, "<node id=\"n{}\"><data key=\"name\">Person {} of {}</data></node>\n", i, i,
               (i * 7919) % 104729);
  }
  static constexpr const char* relations[] = {"told", "accused", "supports", "works for",
                                              "supplies"};
  Numbers numbers(1);
  for (std::size_t i = 0; i < edges; ++i) {
    fmt::print(out,
               "<edge source=\"n{}\" target=\"n{}\"><data key=\"relation\">{}</data>"
               "<data key=\"weight\">{}</data></edge>\n",
               numbers.below(nodes), numbers.below(nodes), relations[i % 5], 1 + i % 9);
  }
  fmt::print(out, "</graph>\n</graphml>\n");
  if (std::fclose(out) != 0) fail("cannot write to " + path);
}

void read_ours(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  GraphBuilder builder(Ontology::built_in());
  GraphmlImporter().read(in, path, builder);
  const Graph graph = std::move(builder).build();
  fmt::print("  {} nodes, {} edges; ", graph.node_count(), graph.edge_count());
}

void read_theirs(const std::string& path) {
  igraph_set_attribute_table(&igraph_cattribute_table);
  std::FILE* const in = std::fopen(path.c_str(), "rb");
  igraph_t graph;
  require(igraph_read_graph_graphml(&graph, in, 0));
  std::fclose(in);
  fmt::print("  {} nodes, {} edges; ", igraph_vcount(&graph), igraph_ecount(&graph));
}

/// Processor time of `work` in a process of its own; tells its memory, too.
template <class Work>
double apart(const char* who, const Work& work) {
  std::fflush(stdout);
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    std::fflush(stdout);
    ::_exit(0);
  }
  int status = 0;
  struct rusage usage {};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child || status != 0) {
    fail(std::string(who) + " could not read the file");
  }
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  const double time = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  fmt::print("{} {:.2f} s, {:.2f} GB at most\n", who, time,
             static_cast<double>(usage.ru_maxrss) / 1024 / 1024);
  return time;
}

int compare_readers(const std::string& path, std::size_t nodes, std::size_t edges) {
  make_file(path, nodes, edges);
  std::ifstream made(path, std::ios::binary | std::ios::ate);
  fmt::print("graphml: a file of {:.0f} MB\n", static_cast<double>(made.tellg()) / 1e6);
  for (int round = 0; round < 3; ++round) {
    const double ours = apart("ours", [&] { read_ours(path); });
    const double theirs = apart("igraph " IGRAPH_VERSION, [&] { read_theirs(path); });
    fmt::print("  ours reads {:.2f} times as fast\n", theirs / ours);
  }
  std::remove(path.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2 && std::string(argv[1]) == "read") {
    const std::size_t nodes = argc > 3 ? bench::number("bench_graphml", argv[3]) : 1000000;
    return compare_readers(argv[2], nodes,
                           argc > 4 ? bench::number("bench_graphml", argv[4]) : 5 * nodes);
  }
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
