// `relata diff`: what came, went and changed from one graph to another.

#include <algorithm>
#include <cmath>
#include <ostream>
#include <tuple>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"

namespace relata::cli {

namespace {

/// What makes a statement the same in two graphs.
using Statement =
    std::tuple<std::string_view, std::string_view, std::string_view, Polarity, Modality>;

Statement statement_of(const Graph& graph, EdgeId id) {
  const Edge& edge = graph.edge(id);
  const Modality reality = edge.modality == Modality::reported ? Modality::asserted : edge.modality;
  return {graph.key(edge.source), graph.key(edge.target), graph.relation(id).name, edge.polarity,
          reality};
}

struct Changes {
  std::vector<DocumentId> documents_gone;  // of the old graph
  std::vector<DocumentId> documents_new;   // of the new one
  std::vector<NodeId> nodes_gone;
  std::vector<NodeId> nodes_new;
  std::vector<std::pair<NodeId, NodeId>> nodes_changed;
  std::vector<EdgeId> gone;
  std::vector<EdgeId> came;
  std::vector<std::pair<EdgeId, EdgeId>> changed;

  [[nodiscard]] bool any() const {
    return !documents_gone.empty() || !documents_new.empty() || !nodes_gone.empty() ||
           !nodes_new.empty() || !nodes_changed.empty() || !gone.empty() || !came.empty() ||
           !changed.empty();
  }
};

std::string values_of(const Graph& graph, EdgeId id) {
  const Edge& edge = graph.edge(id);
  std::string text = fmt::format(
      "{}, confidence {:.2f}, {} {} of evidence", modality_name(edge.modality), edge.confidence,
      graph.evidence(id).size(), graph.evidence(id).size() == 1 ? "piece" : "pieces");
  if (const std::string time = tell_time(edge.time); !time.empty()) text += ", " + time;
  if (const Quantity* quantity = graph.quantity(id)) {
    text += ", " + tell_quantity(graph, *quantity);
  }
  if (edge.attribution.valid()) text += ", says " + printable(graph.name(edge.attribution));
  return text;
}

/// What a node is and is called, its mentions aside.
std::string features_of(const Graph& graph, NodeId id) {
  std::string text =
      fmt::format("{} ({})", printable(graph.name(id)), printable(graph.type_name(id)));
  for (const StringId alias : graph.aliases(id)) {
    text += fmt::format(", also {}", printable(graph.text(alias)));
  }
  for (const Attribute& attribute : graph.attributes(id)) {
    text += fmt::format(", {} {}", printable(graph.text(attribute.key)),
                        printable(graph.text(attribute.value)));
  }
  return text;
}

/// Walks two sorted lists at once: `left` and `right` take what only one of them holds, `both`
/// what both do.
template <class Left, class Right, class Both>
void walk(std::size_t left_size, std::size_t right_size, const auto& compare, Left left,
          Right right, Both both) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < left_size || j < right_size) {
    const int order = i == left_size ? 1 : j == right_size ? -1 : compare(i, j);
    if (order < 0) {
      left(i++);
    } else if (order > 0) {
      right(j++);
    } else {
      both(i++, j++);
    }
  }
}

std::vector<EdgeId> sorted_edges(const Graph& graph) {
  std::vector<EdgeId> edges;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) edges.emplace_back(i);
  std::sort(edges.begin(), edges.end(), [&](EdgeId left, EdgeId right) {
    return statement_of(graph, left) < statement_of(graph, right);
  });
  return edges;
}

Changes compare(const Graph& before, const Graph& after) {
  Changes changes;
  walk(
      before.documents().size(), after.documents().size(),
      [&](std::size_t i, std::size_t j) {
        return before.text(before.documents()[i].name)
            .compare(after.text(after.documents()[j].name));
      },
      [&](std::size_t i) { changes.documents_gone.emplace_back(i); },
      [&](std::size_t j) { changes.documents_new.emplace_back(j); },
      [](std::size_t, std::size_t) {});
  walk(
      before.node_count(), after.node_count(),
      [&](std::size_t i, std::size_t j) {
        return before.key(NodeId(i)).compare(after.key(NodeId(j)));
      },
      [&](std::size_t i) { changes.nodes_gone.emplace_back(i); },
      [&](std::size_t j) { changes.nodes_new.emplace_back(j); },
      [&](std::size_t i, std::size_t j) {
        if (features_of(before, NodeId(i)) != features_of(after, NodeId(j)))
          changes.nodes_changed.emplace_back(NodeId(i), NodeId(j));
      });
  const std::vector<EdgeId> old_edges = sorted_edges(before);
  const std::vector<EdgeId> new_edges = sorted_edges(after);
  walk(
      old_edges.size(), new_edges.size(),
      [&](std::size_t i, std::size_t j) {
        const Statement left = statement_of(before, old_edges[i]);
        const Statement right = statement_of(after, new_edges[j]);
        return left < right ? -1 : right < left ? 1 : 0;
      },
      [&](std::size_t i) { changes.gone.push_back(old_edges[i]); },
      [&](std::size_t j) { changes.came.push_back(new_edges[j]); },
      [&](std::size_t i, std::size_t j) {
        if (values_of(before, old_edges[i]) != values_of(after, new_edges[j])) {
          changes.changed.emplace_back(old_edges[i], new_edges[j]);
        }
      });
  return changes;
}

class DiffCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    options.argument("OLD", input_.graph, "A graph; - for standard input")
        .argument("NEW", other_, "The graph to compare it with");
    input_.declare_rest(options);
    options.flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    const Graph before = input_.load(console);
    GraphOptions second = input_;
    second.graph = other_;
    const Graph after = second.load(console);
    const Changes changes = compare(before, after);
    if (json_) {
      write(before, after, changes, console.out);
    } else {
      print(before, after, changes, console);
    }
    return changes.any() ? found : nothing_found;
  }

 private:
  static void print(const Graph& before, const Graph& after, const Changes& changes,
                    Console& console) {
    const Style style(console.colour);
    std::ostream& out = console.out;
    const auto document = [&](char sign, const Graph& graph, DocumentId id) {
      out << fmt::format("{} text {}\n", sign, printable(graph.text(graph.document(id).name)));
    };
    for (const DocumentId id : changes.documents_gone) document('-', before, id);
    for (const DocumentId id : changes.documents_new) document('+', after, id);
    for (const NodeId node : changes.nodes_gone) out << "- " << describe_node(before, node) << '\n';
    for (const NodeId node : changes.nodes_new) out << "+ " << describe_node(after, node) << '\n';
    for (const auto& [left, right] : changes.nodes_changed) {
      out << "~ " << describe_node(after, right) << "\n    was "
          << style.faint(features_of(before, left)) << "\n    is  "
          << style.faint(features_of(after, right)) << '\n';
    }
    for (const EdgeId edge : changes.gone) {
      out << "- " << tell_edge(before, edge, true, style) << "  "
          << style.faint(values_of(before, edge)) << '\n';
    }
    for (const EdgeId edge : changes.came) {
      out << "+ " << tell_edge(after, edge, true, style) << "  "
          << style.faint(values_of(after, edge)) << '\n';
    }
    for (const auto& [left, right] : changes.changed) {
      out << "~ " << tell_edge(after, right, true, style) << "\n    was "
          << style.faint(values_of(before, left)) << "\n    is  "
          << style.faint(values_of(after, right)) << '\n';
    }
  }

  static void write_nodes(JsonWriter& json, const char* name, const Graph& graph,
                          const std::vector<NodeId>& nodes) {
    json.key(name);
    json.begin_array();
    for (const NodeId node : nodes) write_node(json, graph, node);
    json.end_array();
  }

  static void write_documents(JsonWriter& json, const char* name, const Graph& graph,
                              const std::vector<DocumentId>& documents) {
    json.key(name);
    json.begin_array();
    for (const DocumentId id : documents) json.value(graph.text(graph.document(id).name));
    json.end_array();
  }

  static void write_features(JsonWriter& json, const Graph& graph, NodeId id) {
    json.begin_object();
    json.member("key", graph.key(id));
    json.member("name", graph.name(id));
    json.member("type", graph.type_name(id));
    json.key("aliases");
    json.begin_array();
    for (const StringId alias : graph.aliases(id)) json.value(graph.text(alias));
    json.end_array();
    json.key("attributes");
    json.begin_array();
    for (const Attribute& attribute : graph.attributes(id)) {
      json.begin_object();
      json.member("key", graph.text(attribute.key));
      json.member("value", graph.text(attribute.value));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }

  static void write_edges(JsonWriter& json, const char* name, const Graph& graph,
                          const std::vector<EdgeId>& edges) {
    json.key(name);
    json.begin_array();
    for (const EdgeId edge : edges) write_edge(json, graph, edge, true);
    json.end_array();
  }

  static void write(const Graph& before, const Graph& after, const Changes& changes,
                    std::ostream& out) {
    JsonWriter json(out);
    json.begin_object();
    write_documents(json, "documents_gone", before, changes.documents_gone);
    write_documents(json, "documents_new", after, changes.documents_new);
    write_nodes(json, "nodes_gone", before, changes.nodes_gone);
    write_nodes(json, "nodes_new", after, changes.nodes_new);
    json.key("nodes_changed");
    json.begin_array();
    for (const auto& [left, right] : changes.nodes_changed) {
      json.begin_object();
      json.key("was");
      write_features(json, before, left);
      json.key("is");
      write_features(json, after, right);
      json.end_object();
    }
    json.end_array();
    write_edges(json, "edges_gone", before, changes.gone);
    write_edges(json, "edges_new", after, changes.came);
    json.key("edges_changed");
    json.begin_array();
    for (const auto& [left, right] : changes.changed) {
      json.begin_object();
      json.key("was");
      write_edge(json, before, left, true);
      json.key("is");
      write_edge(json, after, right, true);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }

  GraphOptions input_;
  std::string other_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_diff() {
  return std::make_unique<DiffCommand>();
}

}  // namespace relata::cli
