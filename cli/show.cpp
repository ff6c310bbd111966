// `relata show`: a node and its edges.

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"
#include "graph/paths.h"

namespace relata::cli {

namespace {

class ShowCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options.argument("NODE", node_, "A name, an alias or a key")
        .number("--limit", limit_, 1, 1000000000, "At most N edges, most evidence first (all)")
        .flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    const Graph graph = input_.load(console);
    const NodeId node = resolve_node(graph, NameIndex(graph), node_, console);
    std::vector<EdgeId> edges = edges_of(graph, node);
    const std::size_t all = edges.size();
    if (limit_ != 0 && edges.size() > limit_) edges.resize(limit_);
    if (json_) {
      write_json(graph, node, edges, console.out);
    } else {
      print(graph, node, edges, all, console);
    }
    return found;
  }

 private:
  static std::vector<EdgeId> edges_of(const Graph& graph, NodeId node) {
    std::vector<EdgeId> edges;
    const auto [first, last] = graph.out_edges(node);
    for (std::uint32_t e = first.value; e < last.value; ++e) edges.emplace_back(e);
    for (const EdgeId edge : graph.in_edges(node)) {
      if (graph.edge(edge).source != node) edges.push_back(edge);
    }
    std::stable_sort(edges.begin(), edges.end(), [&](EdgeId left, EdgeId right) {
      const Edge& a = graph.edge(left);
      const Edge& b = graph.edge(right);
      return a.weight != b.weight ? a.weight > b.weight : a.confidence > b.confidence;
    });
    return edges;
  }

  static void print(const Graph& graph, NodeId node, const std::vector<EdgeId>& edges,
                    std::size_t all, Console& console) {
    const Style style(console.colour);
    std::ostream& out = console.out;
    out << fmt::format("{} ({}, {})\n", style.bold(printable(graph.name(node))),
                       kind_name(graph.node(node).kind), printable(graph.type_name(node)));
    out << "  key: " << printable(graph.key(node)) << '\n';
    std::string aliases;
    for (const StringId alias : graph.aliases(node)) {
      aliases += (aliases.empty() ? "" : "; ") + printable(graph.text(alias));
    }
    if (!aliases.empty()) out << "  also called: " << aliases << '\n';
    for (const Attribute& attribute : graph.attributes(node)) {
      out << fmt::format("  {}: {}\n", printable(graph.text(attribute.key)),
                         printable(graph.text(attribute.value)));
    }
    if (const std::size_t count = graph.mentions(node).size(); count > 0) {
      out << fmt::format("  mentioned {} {}\n", count, count == 1 ? "time" : "times");
    }
    out << fmt::format("\n{} {}\n", all, all == 1 ? "edge" : "edges");
    for (const EdgeId id : edges) {
      const Edge& edge = graph.edge(id);
      const bool forward = edge.source == node;
      out << "  " << tell_edge(graph, id, forward, style);
      std::string facts = fmt::format("confidence {:.2f}", edge.confidence);
      if (const std::size_t count = graph.evidence(id).size(); count > 1) {
        facts += fmt::format(", {} pieces of evidence", count);
      }
      if (const std::string time = tell_time(edge.time); !time.empty()) facts += ", " + time;
      if (edge.attribution.valid()) {
        facts += ", says " + printable(graph.name(edge.attribution));
      }
      out << "  " << style.faint(facts) << '\n';
    }
    if (edges.size() < all) out << fmt::format("  and {} more\n", all - edges.size());
  }

  static void write_json(const Graph& graph, NodeId node, const std::vector<EdgeId>& edges,
                         std::ostream& out) {
    JsonWriter json(out);
    json.begin_object();
    json.key("node");
    write_node(json, graph, node);
    json.key("aliases");
    json.begin_array();
    for (const StringId alias : graph.aliases(node)) json.value(graph.text(alias));
    json.end_array();
    json.key("attributes");
    json.begin_array();
    for (const Attribute& attribute : graph.attributes(node)) {
      json.begin_object();
      json.member("key", graph.text(attribute.key));
      json.member("value", graph.text(attribute.value));
      json.end_object();
    }
    json.end_array();
    json.key("edges");
    json.begin_array();
    for (const EdgeId edge : edges) {
      write_edge(json, graph, edge, graph.edge(edge).source == node);
    }
    json.end_array();
    json.end_object();
  }

  GraphOptions input_;
  std::string node_;
  std::size_t limit_ = 0;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_show() {
  return std::make_unique<ShowCommand>();
}

}  // namespace relata::cli
