// `relata stats`: how much of what a graph holds.

#include <algorithm>
#include <map>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "graph/paths.h"

namespace relata::cli {

namespace {

using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

/// Most frequent first, then by name.
Counts ordered(const std::map<std::string, std::uint64_t>& counts) {
  Counts list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& left, const auto& right) { return left.second > right.second; });
  return list;
}

struct Table {
  std::string title;
  Counts rows;
};

std::vector<Table> count(const Graph& graph) {
  std::map<std::string, std::uint64_t> types;
  std::map<std::string, std::uint64_t> relations;
  std::map<std::string, std::uint64_t> standing;
  std::uint64_t kinds[3] = {};
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId node(i);
    ++kinds[static_cast<std::size_t>(graph.node(node).kind)];
    ++types[fmt::format("{} / {}", kind_name(graph.node(node).kind), graph.type_name(node))];
  }
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const Edge& edge = graph.edge(EdgeId(i));
    ++relations[graph.relation(EdgeId(i)).name];
    ++standing[edge.polarity == Polarity::negated ? "negated"
                                                  : std::string(modality_name(edge.modality))];
  }
  std::vector<NodeId> hubs;
  for (std::size_t i = 0; i < graph.node_count(); ++i) hubs.emplace_back(i);
  const std::size_t top = std::min<std::size_t>(10, hubs.size());
  std::partial_sort(hubs.begin(), hubs.begin() + static_cast<std::ptrdiff_t>(top), hubs.end(),
                    [&](NodeId left, NodeId right) {
                      const std::size_t a = degree(graph, left);
                      const std::size_t b = degree(graph, right);
                      return a != b ? a > b : left < right;
                    });
  Counts connected;
  for (std::size_t i = 0; i < top; ++i) {
    connected.emplace_back(printable(graph.name(hubs[i])), degree(graph, hubs[i]));
  }
  return {{"size",
           {{"nodes", graph.node_count()},
            {"actors", kinds[0]},
            {"places", kinds[1]},
            {"events", kinds[2]},
            {"edges", graph.edge_count()},
            {"evidence", graph.evidence_count()},
            {"sentences", graph.sentences().size()},
            {"documents", graph.documents().size()},
            {"bytes in memory", graph.memory()}}},
          {"nodes by type", ordered(types)},
          {"edges by relation", ordered(relations)},
          {"edges by standing", ordered(standing)},
          {"most connected", connected}};
}

class StatsCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options.flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    const Graph graph = input_.load(console);
    const std::vector<Table> tables = count(graph);
    if (json_) {
      JsonWriter json(console.out);
      json.begin_object();
      for (const Table& table : tables) {
        json.key(table.title);
        json.begin_array();
        for (const auto& [name, number] : table.rows) {
          json.begin_object();
          json.member("name", std::string_view(name));
          json.member("count", number);
          json.end_object();
        }
        json.end_array();
      }
      json.end_object();
      return found;
    }
    bool first = true;
    for (const Table& table : tables) {
      if (table.rows.empty()) continue;
      console.out << (first ? "" : "\n") << table.title << '\n';
      for (const auto& [name, number] : table.rows) {
        console.out << fmt::format("  {:>12}  {}\n", number, printable(name));
      }
      first = false;
    }
    return found;
  }

 private:
  GraphOptions input_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_stats() {
  return std::make_unique<StatsCommand>();
}

}  // namespace relata::cli
