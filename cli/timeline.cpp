// `relata timeline`: what happened when.

#include <algorithm>
#include <ostream>
#include <tuple>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/edge_selection.h"
#include "cli/graph_options.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"

namespace relata::cli {

namespace {

class TimelineCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    input_.declare(options);
    options.optional_argument("NODE", node_, "Only what concerns this node")
        .pair("--between", between_, "D1 D2", "Only what overlaps the time from D1 to D2")
        .number("--limit", limit_, 1, 100000000, "The first N edges (all)");
    selection_.declare(options);
    options.flag("--json", json_, "Write JSON");
  }

  int run(Console& console) const override {
    TimeSpan period;
    if (!between_.empty()) {
      period.from = resolve_date(between_[0], "--between", false);
      period.to = resolve_date(between_[1], "--between", true);
    }
    const Graph graph = input_.load(console);
    NodeId node;
    if (!node_.empty()) node = resolve_node(graph, NameIndex(graph), node_, console);
    std::vector<EdgeId> edges;
    std::size_t undated = 0;
    for (std::size_t i = 0; i < graph.edge_count(); ++i) {
      const EdgeId id(i);
      const Edge& edge = graph.edge(id);
      if (node.valid() && edge.source != node && edge.target != node) continue;
      if (!selection_.passes(graph, id)) continue;
      if (!edge.time.known()) {
        ++undated;
      } else if (edge.time.from <= period.to && edge.time.to >= period.from) {
        edges.push_back(id);
      }
    }
    const auto when = [&](EdgeId id) {
      const TimeSpan& time = graph.edge(id).time;
      // What is only known to end is put where it ends.
      return std::pair(time.from == TimeSpan::open_from ? time.to : time.from, time.to);
    };
    std::stable_sort(edges.begin(), edges.end(),
                     [&](EdgeId left, EdgeId right) { return when(left) < when(right); });
    if (limit_ != 0 && edges.size() > limit_) edges.resize(limit_);
    if (json_) {
      JsonWriter json(console.out);
      json.begin_array();
      for (const EdgeId edge : edges) write_edge(json, graph, edge, true);
      json.end_array();
    } else {
      print(graph, edges, node, console);
    }
    if (undated > 0 && !edges.empty()) {
      console.err << fmt::format("note: {} more {} no date\n", undated,
                                 undated == 1 ? "edge has" : "edges have");
    }
    if (edges.empty() && !json_) {
      throw CommandError(nothing_found, "nothing with a date");
    }
    return edges.empty() ? nothing_found : found;
  }

 private:
  static void print(const Graph& graph, const std::vector<EdgeId>& edges, NodeId node,
                    Console& console) {
    const Style style(console.colour);
    std::size_t width = 0;
    for (const EdgeId id : edges) {
      width = std::max(width, tell_time(graph.edge(id).time).size());
    }
    for (const EdgeId id : edges) {
      const bool forward = !node.valid() || graph.edge(id).source == node;
      console.out << fmt::format("{:<{}}  {}\n", tell_time(graph.edge(id).time), width,
                                 tell_edge(graph, id, forward, style));
    }
  }

  GraphOptions input_;
  EdgeSelection selection_;
  std::string node_;
  std::vector<std::string> between_;
  std::size_t limit_ = 0;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_timeline() {
  return std::make_unique<TimelineCommand>();
}

}  // namespace relata::cli
