// `relata neighbours`: what lies around a node, step by step.

#include <algorithm>
#include <ostream>
#include <vector>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/edge_selection.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"
#include "cli/output_options.h"
#include "graph/subgraph.h"

namespace relata::cli {

namespace {

struct Reached {
  NodeId node;
  std::size_t steps = 0;
  EdgeId edge;  ///< the first one that led there
  bool forward = true;
};

class NeighboursCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options.argument("NODE", node_, "A name, an alias or a key")
        .number("--depth", depth_, 1, 100, "How many steps away at most (1)")
        .list("--kind", kinds_, "KIND", "List only nodes of this kind: actor, place, event")
        .number("--limit", limit_, 1, 100000000, "At most N nodes, nearest first (all)");
    selection_.declare(options);
    options.flag("--json", json_, "Write JSON")
        .text("-o,--output", picture_.path, "FILE",
              "Also write the surroundings as a graph of their own: a picture, or any format of "
              "relata convert")
        .flag("--overwrite", picture_.overwrite, "Replace that file when it is there");
  }

  int run(Console& console) const override {
    std::vector<NodeKind> kinds;
    for (const std::string& kind : kinds_) kinds.push_back(resolve_kind(kind));
    if (!picture_.path.empty()) static_cast<void>(picture_.resolve(console));
    const Graph graph = input_.load(console);
    const NodeId start = resolve_node(graph, NameIndex(graph), node_, console);
    std::vector<Reached> reached = search(graph, start);
    std::erase_if(reached, [&](const Reached& one) {
      return !kinds.empty() &&
             std::find(kinds.begin(), kinds.end(), graph.node(one.node).kind) == kinds.end();
    });
    const std::size_t all = reached.size();
    if (limit_ != 0 && reached.size() > limit_) reached.resize(limit_);
    if (!picture_.path.empty() && !reached.empty()) {
      picture_.write(part_of(graph, start, reached), console);
    }
    if (json_) {
      write(graph, start, reached, console.out);
    } else if (reached.empty()) {
      throw CommandError(nothing_found,
                         fmt::format("nothing lies around {}", printable(graph.name(start))));
    } else {
      print(graph, reached, all, console);
    }
    return all == 0 ? nothing_found : found;
  }

 private:
  /// Breadth first; within a step in the order of edges.
  [[nodiscard]] std::vector<Reached> search(const Graph& graph, NodeId start) const {
    std::vector<bool> seen(graph.node_count(), false);
    seen[start.value] = true;
    std::vector<Reached> order = {{start, 0, {}, true}};
    for (std::size_t head = 0; head < order.size(); ++head) {
      const Reached from = order[head];
      if (from.steps == depth_) break;
      const auto visit = [&](EdgeId edge, NodeId to, bool forward) {
        if (seen[to.value] || !selection_.passes(graph, edge)) return;
        seen[to.value] = true;
        order.push_back({to, from.steps + 1, edge, forward});
      };
      const auto [first, last] = graph.out_edges(from.node);
      for (std::uint32_t e = first.value; e < last.value; ++e) {
        visit(EdgeId(e), graph.edge(EdgeId(e)).target, true);
      }
      for (const EdgeId edge : graph.in_edges(from.node)) {
        visit(edge, graph.edge(edge).source, false);
      }
    }
    order.erase(order.begin());
    return order;
  }

  /// The nodes listed and all edges between them that count.
  [[nodiscard]] Graph part_of(const Graph& graph, NodeId start,
                              const std::vector<Reached>& reached) const {
    std::vector<bool> inside(graph.node_count(), false);
    std::vector<NodeId> nodes = {start};
    for (const Reached& one : reached) nodes.push_back(one.node);
    for (const NodeId node : nodes) inside[node.value] = true;
    std::vector<EdgeId> edges;
    for (const NodeId node : nodes) {
      const auto [first, last] = graph.out_edges(node);
      for (std::uint32_t e = first.value; e < last.value; ++e) {
        const EdgeId edge(e);
        if (inside[graph.edge(edge).target.value] && selection_.passes(graph, edge)) {
          edges.push_back(edge);
        }
      }
    }
    return subgraph(graph, nodes, edges);
  }

  static void print(const Graph& graph, const std::vector<Reached>& reached, std::size_t all,
                    Console& console) {
    const Style style(console.colour);
    std::size_t steps = 0;
    for (const Reached& one : reached) {
      if (one.steps != steps) {
        steps = one.steps;
        console.out << fmt::format("{}{} {} away\n", steps == 1 ? "" : "\n", steps,
                                   steps == 1 ? "step" : "steps");
      }
      console.out << fmt::format(
          "  {}  {}\n", describe_node(graph, one.node),
          style.faint(tell_edge(graph, one.edge, one.forward, Style(false))));
    }
    if (reached.size() < all) {
      console.out << fmt::format("and {} more\n", all - reached.size());
    }
  }

  static void write(const Graph& graph, NodeId start, const std::vector<Reached>& reached,
                    std::ostream& out) {
    JsonWriter json(out);
    json.begin_object();
    json.key("node");
    write_node(json, graph, start);
    json.key("neighbours");
    json.begin_array();
    for (const Reached& one : reached) {
      json.begin_object();
      json.member("steps", std::uint64_t{one.steps});
      json.key("node");
      write_node(json, graph, one.node);
      json.key("by");
      write_edge(json, graph, one.edge, one.forward);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }

  GraphOptions input_;
  EdgeSelection selection_;
  OutputOptions picture_;
  std::string node_;
  std::vector<std::string> kinds_;
  std::size_t depth_ = 1;
  std::size_t limit_ = 0;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_neighbours() {
  return std::make_unique<NeighboursCommand>();
}

}  // namespace relata::cli
