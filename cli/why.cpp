// `relata why`: all evidence between two nodes, the words marked.

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"

namespace relata::cli {

namespace {

/// Events in which both take part.
std::vector<NodeId> shared_events(const Graph& graph, NodeId left, NodeId right) {
  const auto events_of = [&](NodeId node) {
    std::vector<NodeId> events;
    for (const EdgeId edge : graph.in_edges(node)) {
      if (graph.relation(edge).role) events.push_back(graph.edge(edge).source);
    }
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    return events;
  };
  const std::vector<NodeId> of_left = events_of(left);
  const std::vector<NodeId> of_right = events_of(right);
  std::vector<NodeId> shared;
  std::set_intersection(of_left.begin(), of_left.end(), of_right.begin(), of_right.end(),
                        std::back_inserter(shared));
  return shared;
}

class WhyCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options.argument("A", left_, "A node: a name, an alias or a key")
        .argument("B", right_, "Another node")
        .flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    const Graph graph = input_.load(console);
    const NameIndex names(graph);
    const NodeId left = resolve_node(graph, names, left_, console);
    const NodeId right = resolve_node(graph, names, right_, console);
    std::vector<EdgeId> edges = edges_between(graph, left, right);
    const std::size_t direct = edges.size();
    for (const NodeId event : shared_events(graph, left, right)) {
      for (const NodeId end : {left, right}) {
        for (const EdgeId edge : edges_between(graph, event, end)) {
          if (graph.relation(edge).role) edges.push_back(edge);
        }
      }
    }
    if (json_) {
      write_json(graph, left, right, edges, console.out);
      return edges.empty() ? nothing_found : found;
    }
    if (edges.empty()) {
      throw CommandError(nothing_found,
                         fmt::format("nothing connects {} and {} directly",
                                     printable(graph.name(left)), printable(graph.name(right))),
                         fmt::format("relata path {} finds a way over other nodes", input_.graph));
    }
    print(graph, left, edges, direct, console);
    return found;
  }

 private:
  static void print(const Graph& graph, NodeId left, const std::vector<EdgeId>& edges,
                    std::size_t direct, Console& console) {
    const Style style(console.colour);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (i > 0) console.out << '\n';
      // Roles are told from the event's side, direct relations from the first node's.
      const bool forward = i >= direct || graph.edge(edges[i]).source == left;
      console.out << tell_edge(graph, edges[i], forward, style) << '\n';
      for (const Evidence& evidence : graph.evidence(edges[i])) {
        console.out << "  " << tell_sentence(graph, evidence, style, true) << "\n    ";
        std::string source = tell_source(graph, evidence);
        if (evidence.rule.valid()) {
          source += fmt::format("; read by {}", printable(graph.text(evidence.rule)));
        }
        console.out << style.faint(source) << '\n';
      }
      if (graph.evidence(edges[i]).empty()) {
        console.out << "  "
                    << style.faint(fmt::format("no sentence is kept; confidence {:.2f}",
                                               graph.edge(edges[i]).confidence))
                    << '\n';
      }
    }
  }

  static void write_json(const Graph& graph, NodeId left, NodeId right,
                         const std::vector<EdgeId>& edges, std::ostream& out) {
    JsonWriter json(out);
    json.begin_object();
    json.key("nodes");
    json.begin_array();
    write_node(json, graph, left);
    write_node(json, graph, right);
    json.end_array();
    json.key("edges");
    json.begin_array();
    for (const EdgeId edge : edges) write_edge(json, graph, edge, true);
    json.end_array();
    json.end_object();
  }

  GraphOptions input_;
  std::string left_;
  std::string right_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_why() {
  return std::make_unique<WhyCommand>();
}

}  // namespace relata::cli
