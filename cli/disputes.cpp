// `relata disputes`: what the sources contradict each other in.

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>
#include <tuple>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"

namespace relata::cli {

namespace {

/// Edges of the same ends and relation that do not go together, and why.
struct Dispute {
  std::string_view about;  ///< "denial" or "quantity"
  std::vector<EdgeId> edges;
};

bool is_denied(const Graph& graph, EdgeId edge) {
  if (graph.edge(edge).polarity == Polarity::negated) return true;
  const auto evidence = graph.evidence(edge);
  return std::any_of(evidence.begin(), evidence.end(),
                     [](const Evidence& piece) { return piece.strength == Strength::denied; });
}

bool is_affirmed(const Graph& graph, EdgeId id) {
  const Edge& edge = graph.edge(id);
  if (edge.polarity == Polarity::negated || edge.modality == Modality::planned ||
      edge.modality == Modality::possible) {
    return false;
  }
  const auto evidence = graph.evidence(id);
  return evidence.empty() ||
         std::any_of(evidence.begin(), evidence.end(),
                     [](const Evidence& piece) { return piece.strength != Strength::denied; });
}

/// True when two pieces of the edge's evidence give amounts of one unit that do not overlap.
bool amounts_differ(const Graph& graph, EdgeId edge) {
  const auto evidence = graph.evidence(edge);
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    for (std::size_t j = i + 1; j < evidence.size(); ++j) {
      const Quantity& left = evidence[i].quantity;
      const Quantity& right = evidence[j].quantity;
      if (left.known && right.known && left.unit == right.unit &&
          (left.max < right.min || right.max < left.min)) {
        return true;
      }
    }
  }
  return false;
}

std::vector<Dispute> find_disputes(const Graph& graph) {
  std::map<std::tuple<NodeId, NodeId, RelationId>, std::vector<EdgeId>> statements;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const Edge& edge = graph.edge(EdgeId(i));
    statements[{edge.source, edge.target, edge.relation}].emplace_back(i);
  }
  std::vector<Dispute> disputes;
  for (const auto& [what, edges] : statements) {
    const auto denied = [&](EdgeId edge) { return is_denied(graph, edge); };
    const auto affirmed = [&](EdgeId edge) { return is_affirmed(graph, edge); };
    if (std::any_of(edges.begin(), edges.end(), denied) &&
        std::any_of(edges.begin(), edges.end(), affirmed)) {
      std::vector<EdgeId> sides;
      std::copy_if(edges.begin(), edges.end(), std::back_inserter(sides),
                   [&](EdgeId edge) { return denied(edge) || affirmed(edge); });
      disputes.push_back({"denial", sides});
    }
    for (const EdgeId edge : edges) {
      if (amounts_differ(graph, edge)) disputes.push_back({"quantity", {edge}});
    }
  }
  return disputes;
}

class DisputesCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options.flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    const Graph graph = input_.load(console);
    const std::vector<Dispute> disputes = find_disputes(graph);
    if (json_) {
      JsonWriter json(console.out);
      json.begin_array();
      for (const Dispute& dispute : disputes) {
        json.begin_object();
        json.member("about", dispute.about);
        json.key("edges");
        json.begin_array();
        for (const EdgeId edge : dispute.edges) write_edge(json, graph, edge, true);
        json.end_array();
        json.end_object();
      }
      json.end_array();
    } else {
      print(graph, disputes, console);
    }
    if (disputes.empty() && !json_) throw CommandError(nothing_found, "nothing is disputed");
    return disputes.empty() ? nothing_found : found;
  }

 private:
  static void print(const Graph& graph, const std::vector<Dispute>& disputes, Console& console) {
    const Style style(console.colour);
    for (std::size_t i = 0; i < disputes.size(); ++i) {
      if (i > 0) console.out << '\n';
      console.out << (disputes[i].about == "denial" ? "said and denied\n" : "amounts differ\n");
      for (const EdgeId edge : disputes[i].edges) {
        console.out << "  " << tell_edge(graph, edge, true, style) << '\n';
        for (const Evidence& evidence : graph.evidence(edge)) {
          console.out << "    \"" << tell_sentence(graph, evidence, style, false) << "\"\n"
                      << "    " << style.faint(tell_source(graph, evidence)) << '\n';
        }
      }
    }
  }

  GraphOptions input_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_disputes() {
  return std::make_unique<DisputesCommand>();
}

}  // namespace relata::cli
