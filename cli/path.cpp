#include "cli/path.h"

#include <map>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/json_writer.h"
#include "cli/narrate.h"
#include "graph/subgraph.h"

namespace relata::cli {

namespace {

std::string_view order_name(PathOrder order) {
  switch (order) {
    case PathOrder::hubs:
      return "hubs";
    case PathOrder::hops:
      return "hops";
    case PathOrder::confidence:
      return "confidence";
  }
  return "";
}

std::string_view order_note(PathOrder order) {
  switch (order) {
    case PathOrder::hubs:
      return "shortest first; ways through much-connected nodes count as longer (--by hops counts "
             "steps alone)";
    case PathOrder::hops:
      return "fewest steps first";
    case PathOrder::confidence:
      return "likeliest first";
  }
  return "";
}

PathOptions path_options(const PathCommandOptions& options, const Graph& graph,
                         const NameIndex& names, Console& console) {
  PathOptions path;
  path.order = options.order;
  path.count = options.all ? 100000 : options.count;
  path.max_hops = options.max_hops;
  path.directed = options.directed;
  for (const std::string& node : options.via) {
    path.via.push_back(resolve_node(graph, names, node, console));
  }
  for (const std::string& relation : options.relations) {
    path.filter.relations.push_back(resolve_relation(graph.ontology(), relation).relation);
  }
  for (const std::string& kind : options.kinds) path.filter.kinds.push_back(resolve_kind(kind));
  for (const std::string& node : options.avoid) {
    path.filter.avoid.push_back(resolve_node(graph, names, node, console));
  }
  path.filter.min_confidence = options.min_confidence;
  path.filter.no_denied = options.no_denied;
  if (!options.as_of.empty()) path.filter.until = resolve_date(options.as_of, "--as-of", true);
  if (!options.between.empty()) {
    path.filter.since = resolve_date(options.between[0], "--between", false);
    path.filter.until = resolve_date(options.between[1], "--between", true);
    if (*path.filter.since > *path.filter.until) {
      throw CommandError(failed, "--between: the first date is later than the second");
    }
  }
  return path;
}

void print_step(const Graph& graph, const PathStep& step, const Style& style, std::ostream& out) {
  out << "   " << tell_edge(graph, step.edge, step.forward, style) << '\n';
  const Evidence* evidence = best_evidence(graph, step.edge);
  if (evidence == nullptr) {
    out << "     "
        << style.faint(fmt::format("no sentence is kept; confidence {:.2f}",
                                   graph.edge(step.edge).confidence))
        << '\n';
    return;
  }
  out << "     \"" << tell_sentence(graph, *evidence, style, false) << "\"\n";
  std::string source = tell_source(graph, *evidence);
  if (const std::size_t more = graph.evidence(step.edge).size() - 1; more > 0) {
    source += fmt::format("; {} more {} of evidence", more, more == 1 ? "piece" : "pieces");
  }
  out << "     " << style.faint(source) << '\n';
}

/// The step as a sentence, then every piece of evidence with its words marked.
void explain_step(const Graph& graph, std::size_t number, const PathStep& step, const Style& style,
                  std::ostream& out) {
  const Edge& edge = graph.edge(step.edge);
  const NodeId from = step.forward ? edge.source : edge.target;
  const NodeId to = step.forward ? edge.target : edge.source;
  const std::string time = tell_time(edge.time);
  out << fmt::format("   Step {}: {} {} {}{}. It is {}, with confidence {:.2f}.\n", number,
                     style.bold(printable(graph.name(from))),
                     relation_phrase(graph, step.edge, step.forward),
                     style.bold(printable(graph.name(to))), time.empty() ? "" : " (" + time + ")",
                     modality_name(edge.modality), edge.confidence);
  if (graph.evidence(step.edge).empty()) out << "     No sentence is kept for it.\n";
  for (const Evidence& evidence : graph.evidence(step.edge)) {
    out << "     \"" << tell_sentence(graph, evidence, style, true) << "\"\n"
        << "     " << style.faint(tell_source(graph, evidence)) << '\n';
  }
}

void print_paths(const Graph& graph, const std::vector<Path>& paths, PathOrder order, bool explain,
                 const Console& console) {
  const Style style(console.colour);
  const Path& first = paths.front();
  console.out << fmt::format("{} {} from {} to {}, {}\n", paths.size(),
                             paths.size() == 1 ? "way" : "ways",
                             printable(graph.name(first.nodes.front())),
                             printable(graph.name(first.nodes.back())), order_note(order));
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::size_t hops = paths[i].steps.size();
    console.out << fmt::format("\n{}. {} {}\n", i + 1, hops, hops == 1 ? "step" : "steps");
    for (std::size_t j = 0; j < hops; ++j) {
      if (explain) {
        explain_step(graph, j + 1, paths[i].steps[j], style, console.out);
      } else {
        print_step(graph, paths[i].steps[j], style, console.out);
      }
    }
  }
}

/// The nodes of the ways and all edges between neighbours on them; with `around`, also what lies
/// within that many steps of a way, and all edges in between.
Graph part_of(const Graph& graph, const std::vector<Path>& paths, std::size_t around) {
  std::vector<EdgeId> edges;
  std::set<NodeId> inside;
  for (const Path& path : paths) {
    inside.insert(path.nodes.begin(), path.nodes.end());
    for (std::size_t i = 0; i + 1 < path.nodes.size(); ++i) {
      const std::vector<EdgeId> step = edges_between(graph, path.nodes[i], path.nodes[i + 1]);
      edges.insert(edges.end(), step.begin(), step.end());
    }
  }
  if (around == 0) return subgraph(graph, {}, edges);
  std::vector<NodeId> last(inside.begin(), inside.end());
  for (std::size_t step = 0; step < around; ++step) {
    std::vector<NodeId> next;
    const auto visit = [&](NodeId node) {
      if (inside.insert(node).second) next.push_back(node);
    };
    for (const NodeId node : last) {
      const auto [first, end] = graph.out_edges(node);
      for (EdgeId edge = first; edge < end; ++edge.value) visit(graph.edge(edge).target);
      for (const EdgeId edge : graph.in_edges(node)) visit(graph.edge(edge).source);
    }
    last = std::move(next);
  }
  for (const NodeId node : inside) {
    const auto [first, end] = graph.out_edges(node);
    for (EdgeId edge = first; edge < end; ++edge.value) {
      if (inside.contains(graph.edge(edge).target)) edges.push_back(edge);
    }
  }
  return subgraph(graph, {}, edges);
}

void write_paths(const Graph& graph, const std::vector<Path>& paths, NodeId from, NodeId to,
                 PathOrder order, Console& console) {
  JsonWriter json(console.out);
  json.begin_object();
  json.key("from");
  write_node(json, graph, from);
  json.key("to");
  write_node(json, graph, to);
  json.member("order", order_name(order));
  json.key("paths");
  json.begin_array();
  for (const Path& path : paths) {
    json.begin_object();
    json.member("hops", std::uint64_t{path.steps.size()});
    json.key("nodes");
    json.begin_array();
    for (const NodeId node : path.nodes) write_node(json, graph, node);
    json.end_array();
    json.key("steps");
    json.begin_array();
    for (const PathStep& step : path.steps) write_edge(json, graph, step.edge, step.forward);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

void PathCommand::declare(OptionSet& options) {
  options_.input.declare(options);
  options.argument("FROM", options_.from, "Where the way begins: a name, an alias or a key")
      .argument("TO", options_.to, "Where it ends")
      .number("-k,--count", options_.count, 1, 10000, "How many ways, best first (1)")
      .number("--max-hops", options_.max_hops, 1, 1000, "No way of more than N steps")
      .flag("--directed", options_.directed, "Walk relations in their own direction only")
      .choice<PathOrder>("--by", options_.order,
                         {{"hubs", PathOrder::hubs},
                          {"hops", PathOrder::hops},
                          {"confidence", PathOrder::confidence}},
                         "What makes a way good: few steps around much-connected nodes, few "
                         "steps, or being true (hubs)")
      .list("--relation", options_.relations, "NAME", "Only this relation; again for more")
      .list("--kind", options_.kinds, "KIND", "Pass only nodes of this kind: actor, place, event")
      .list("--via", options_.via, "NODE", "Pass this node; again for more, in that order")
      .list("--avoid", options_.avoid, "NODE", "Do not pass this node; again for more")
      .share("--min-confidence", options_.min_confidence, "Only relations at least this sure")
      .flag("--no-denied", options_.no_denied, "Leave out what is negated or only ever denied")
      .text("--as-of", options_.as_of, "DATE",
            "Only what had begun by this date; where the text gives no time, its publication "
            "counts")
      .pair("--between", options_.between, "D1 D2", "Only what overlaps the time from D1 to D2",
            "--as-of")
      .flag("--all", options_.all, "Every way within --max-hops (at most 100,000 of them)")
      .flag("--time-respecting", options_.time_respecting,
            "The best way whose steps follow one another in time; what has no date is not walked")
      .flag("--explain", options_.explain,
            "Tell each step as a sentence with all its evidence, the words marked")
      .flag("--json", options_.json, "Write JSON")
      .text("-o,--output", options_.picture.path, "FILE",
            "Also write the ways as a graph of their own: a picture, or any format of relata "
            "convert")
      .number("--around", options_.around, 0, 100,
              "In that file, also what lies within N steps of the ways (0)")
      .flag("--overwrite", options_.picture.overwrite, "Replace that file when it is there");
}

bool PathCommand::has_conditions() const {
  const PathCommandOptions& o = options_;
  return o.max_hops != 0 || o.directed || o.no_denied || o.time_respecting ||
         o.min_confidence > 0 || !o.relations.empty() || !o.kinds.empty() || !o.avoid.empty() ||
         !o.via.empty() || !o.as_of.empty() || !o.between.empty();
}

std::vector<Path> PathCommand::find_paths(const Graph& graph, NodeId from, NodeId to,
                                          const PathOptions& path) const {
  if (!options_.time_respecting) return PathFinder(graph).find(from, to, path);
  std::vector<Path> paths;
  if (auto one = time_respecting_path(graph, from, to, path)) paths.push_back(std::move(*one));
  return paths;
}

int PathCommand::run(Console& console) const {
  if (options_.all && options_.max_hops == 0) {
    throw CommandError(failed, "--all needs --max-hops: there is no end of ways otherwise");
  }
  if (options_.around > 0 && options_.picture.path.empty()) {
    throw CommandError(failed, "--around says what the file of --output holds; it needs one");
  }
  if (!options_.picture.path.empty()) {
    static_cast<void>(options_.picture.resolve(console));  // told before the long work
  }
  if (options_.time_respecting && (options_.all || options_.count > 1 || !options_.via.empty())) {
    throw CommandError(failed, "--time-respecting finds one way: not with -k, --all or --via");
  }
  const Graph graph = options_.input.load(console);
  const NameIndex names(graph);
  const NodeId from = resolve_node(graph, names, options_.from, console);
  const NodeId to = resolve_node(graph, names, options_.to, console);
  const PathOptions path = path_options(options_, graph, names, console);
  if (from == to && path.via.empty()) {
    throw CommandError(
        failed, fmt::format("\"{}\" and \"{}\" are the same node, {}", printable(options_.from),
                            printable(options_.to), describe_node(graph, from)));
  }
  const std::vector<Path> paths = find_paths(graph, from, to, path);
  if (!options_.picture.path.empty() && !paths.empty()) {
    options_.picture.write(part_of(graph, paths, options_.around), console);
  }
  if (options_.json) {
    write_paths(graph, paths, from, to, options_.order, console);
    return paths.empty() ? nothing_found : found;
  }
  if (paths.empty()) {
    throw CommandError(
        nothing_found,
        fmt::format("no way from {} to {}", printable(graph.name(from)), printable(graph.name(to))),
        has_conditions() ? "fewer conditions may find one" : "");
  }
  print_paths(graph, paths, options_.order, options_.explain, console);
  return found;
}

std::unique_ptr<Command> make_path() {
  return std::make_unique<PathCommand>();
}

}  // namespace relata::cli
