// `relata rank`: which nodes matter most.

#include <algorithm>
#include <numeric>
#include <ostream>
#include <thread>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/edge_selection.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "graph/algorithms.h"
#include "graph/csr_view.h"

namespace relata::cli {

namespace {

enum class Measure : std::uint8_t { pagerank, betweenness, degree };

class RankCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options
        .choice<Measure>("--by", measure_,
                         {{"pagerank", Measure::pagerank},
                          {"betweenness", Measure::betweenness},
                          {"degree", Measure::degree}},
                         "What counts: being near what matters, lying between others, or the "
                         "number of edges (pagerank)")
        .number("--sample", sample_, 1, 100000000,
                "Betweenness from N nodes, evenly spread, instead of all")
        .list("--relation", relations_, "NAME", "Count only this relation; again for more")
        .list("--kind", kinds_, "KIND", "List only nodes of this kind: actor, place, event")
        .flag("--directed", directed_, "Follow relations in their own direction only")
        .number("--limit", limit_, 1, 100000000, "The first N nodes (20)");
    selection_.declare(options);
    options.flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    std::vector<NodeKind> kinds;
    for (const std::string& kind : kinds_) kinds.push_back(resolve_kind(kind));
    const Graph graph = input_.load(console);
    const std::vector<double> values = measure(graph);
    std::vector<NodeId> order;
    for (std::size_t i = 0; i < graph.node_count(); ++i) {
      const NodeKind kind = graph.node(NodeId(i)).kind;
      if (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) {
        order.emplace_back(i);
      }
    }
    std::stable_sort(order.begin(), order.end(), [&](NodeId left, NodeId right) {
      return values[left.value] > values[right.value];
    });
    if (order.size() > limit_) order.resize(limit_);
    if (json_) {
      write(graph, order, values, console.out);
    } else {
      for (const NodeId node : order) {
        console.out << fmt::format("{:>12}  {}\n", tell(values[node.value]),
                                   describe_node(graph, node));
      }
    }
    return order.empty() ? nothing_found : found;
  }

 private:
  [[nodiscard]] std::vector<double> measure(const Graph& graph) const {
    std::vector<RelationId> relations;
    for (const std::string& name : relations_) {
      relations.push_back(resolve_relation(graph.ontology(), name).relation);
    }
    const auto keep = [&](EdgeId edge) {
      return (relations.empty() || std::find(relations.begin(), relations.end(),
                                             graph.edge(edge).relation) != relations.end()) &&
             selection_.passes(graph, edge);
    };
    const CsrView view(graph, directed_ ? CsrDirection::as_is : CsrDirection::both, keep);
    switch (measure_) {
      case Measure::pagerank:
        return page_rank(view, {}, pagerank_options());
      case Measure::betweenness: {
        std::vector<double> values = betweenness(view, sample_);
        // Both directions of a way were counted.
        if (!directed_) {
          for (double& value : values) value /= 2;
        }
        return values;
      }
      case Measure::degree:
        break;
    }
    std::vector<double> values;
    for (std::uint32_t node = 0; node < view.node_count(); ++node) {
      values.push_back(static_cast<double>(out_degree(node, view)));
    }
    return values;
  }

  [[nodiscard]] static PageRankOptions pagerank_options() {
    PageRankOptions options;
    options.threads = std::max(1U, std::thread::hardware_concurrency());
    return options;
  }

  [[nodiscard]] std::string tell(double value) const {
    if (measure_ == Measure::pagerank) return fmt::format("{:.6f}", value);
    return measure_ == Measure::degree ? fmt::format("{:.0f}", value)
                                       : fmt::format("{:.1f}", value);
  }

  static void write(const Graph& graph, const std::vector<NodeId>& order,
                    const std::vector<double>& values, std::ostream& out) {
    JsonWriter json(out);
    json.begin_array();
    for (const NodeId node : order) {
      json.begin_object();
      json.key("node");
      write_node(json, graph, node);
      json.member("value", values[node.value]);
      json.end_object();
    }
    json.end_array();
  }

  GraphOptions input_;
  EdgeSelection selection_;
  Measure measure_ = Measure::pagerank;
  std::vector<std::string> relations_;
  std::vector<std::string> kinds_;
  std::size_t sample_ = 0;
  std::size_t limit_ = 20;
  bool directed_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_rank() {
  return std::make_unique<RankCommand>();
}

}  // namespace relata::cli
