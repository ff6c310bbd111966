#include "graph/paths.h"

#include <algorithm>
#include <set>

#include "graph/path_search.h"

namespace relata {

namespace {

/// Paths in the order in which they are told.
bool better(const Path& left, const Path& right) {
  if (left.cost != right.cost) return left.cost < right.cost;
  if (left.nodes.size() != right.nodes.size()) return left.nodes.size() < right.nodes.size();
  return left.nodes < right.nodes;
}

/// Yen's algorithm: the next best path leaves an accepted one at some node by a step that no
/// accepted path with the same beginning takes. A path is only branched at or after the node where
/// it left its own parent (Lawler 1972): earlier branches were made there.
std::vector<Path> best_paths(PathSearch& search, NodeId from, NodeId to, std::size_t count) {
  struct Candidate {
    Path path;
    std::size_t branch = 0;
    bool operator<(const Candidate& other) const { return better(path, other.path); }
  };
  std::vector<Path> found;
  std::set<Candidate> candidates;
  search.clear_blocks();
  search.set_ends(from, to);
  if (auto first = search.shortest(from, to, 0)) candidates.insert({std::move(*first), 0});
  while (!candidates.empty() && found.size() < count) {
    const Candidate best = std::move(candidates.extract(candidates.begin()).value());
    const Path& path = best.path;
    found.push_back(path);
    if (found.size() == count) break;
    Path root;
    for (std::size_t i = 0; i + 1 < path.nodes.size(); ++i) {
      root.nodes.push_back(path.nodes[i]);
      if (i > 0) {
        root.steps.push_back(path.steps[i - 1]);
        root.cost += search.step_cost(path.nodes[i - 1], path.nodes[i], path.steps[i - 1].edge);
      }
      if (i < best.branch) continue;
      search.clear_blocks();
      for (std::size_t j = 0; j < i; ++j) search.block_node(path.nodes[j]);
      for (const Path& other : found) {
        if (other.nodes.size() > i + 1 &&
            std::equal(root.nodes.begin(), root.nodes.end(), other.nodes.begin())) {
          search.block_first_step(other.nodes[i + 1]);
        }
      }
      auto rest = search.shortest(path.nodes[i], to, i);
      if (!rest) continue;
      Path whole = root;
      whole.nodes.insert(whole.nodes.end(), rest->nodes.begin() + 1, rest->nodes.end());
      whole.steps.insert(whole.steps.end(), rest->steps.begin(), rest->steps.end());
      whole.cost += rest->cost;
      candidates.insert({std::move(whole), i});
    }
  }
  return found;
}

bool disjoint(const Path& head, const Path& tail) {
  return std::none_of(tail.nodes.begin() + 1, tail.nodes.end(), [&](NodeId node) {
    return std::find(head.nodes.begin(), head.nodes.end(), node) != head.nodes.end();
  });
}

/// Each stretch's best paths, joined where they share no node; only the best `keep` joins go on.
std::vector<Path> paths_via(PathSearch& search, const std::vector<NodeId>& stops,
                            const PathOptions& options) {
  const std::size_t keep = std::max<std::size_t>(16, options.count);
  std::vector<Path> heads = {Path{{stops.front()}, {}, 0}};
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    const std::vector<Path> tails = best_paths(search, stops[i], stops[i + 1], keep);
    std::vector<Path> joined;
    for (const Path& head : heads) {
      for (const Path& tail : tails) {
        const std::size_t hops = head.steps.size() + tail.steps.size();
        if (!disjoint(head, tail) || (options.max_hops != 0 && hops > options.max_hops)) continue;
        Path path = head;
        path.nodes.insert(path.nodes.end(), tail.nodes.begin() + 1, tail.nodes.end());
        path.steps.insert(path.steps.end(), tail.steps.begin(), tail.steps.end());
        path.cost += tail.cost;
        joined.push_back(std::move(path));
      }
    }
    std::sort(joined.begin(), joined.end(), better);
    if (joined.size() > keep) joined.resize(keep);
    heads = std::move(joined);
  }
  if (heads.size() > options.count) heads.resize(options.count);
  return heads;
}

bool only_denied(const Graph& graph, EdgeId edge) {
  const auto evidence = graph.evidence(edge);
  return !evidence.empty() &&
         std::all_of(evidence.begin(), evidence.end(),
                     [](const Evidence& piece) { return piece.strength == Strength::denied; });
}

bool in_period(const Graph& graph, EdgeId edge, const PathFilter& filter) {
  const TimeSpan time = telling_time(graph, edge);
  if (!time.known()) return !filter.since;
  return (!filter.until || time.from <= *filter.until) &&
         (!filter.since || time.to >= *filter.since);
}

}  // namespace

TimeSpan telling_time(const Graph& graph, EdgeId id) {
  const TimeSpan& time = graph.edge(id).time;
  if (time.known()) return time;
  TimeSpan published;
  for (const Evidence& piece : graph.evidence(id)) {
    const SourceSentence& sentence = graph.sentence(piece.sentence);
    const std::string_view date = graph.text(graph.document(sentence.document).date);
    if (const auto day = parse_iso_date(date.substr(0, 10))) {
      published = merge(published, {*day, *day, DatePrecision::day});
    }
  }
  return published;
}

std::size_t degree(const Graph& graph, NodeId node) {
  const auto [first, last] = graph.out_edges(node);
  return last.value - first.value + graph.in_edges(node).size();
}

bool edge_passes(const Graph& graph, EdgeId id, const PathFilter& filter) {
  const Edge& edge = graph.edge(id);
  if (edge.confidence < filter.min_confidence) return false;
  if (!filter.relations.empty() && std::find(filter.relations.begin(), filter.relations.end(),
                                             edge.relation) == filter.relations.end()) {
    return false;
  }
  if (filter.no_denied && (edge.polarity == Polarity::negated || only_denied(graph, id))) {
    return false;
  }
  if ((filter.since || filter.until) && !in_period(graph, id, filter)) return false;
  return !filter.edge_allowed || filter.edge_allowed(id);
}

std::vector<Path> PathFinder::find(NodeId from, NodeId to, const PathOptions& options,
                                   PathScratch* scratch) const {
  if (options.count == 0) return {};
  if (from == to && options.via.empty()) return {Path{{from}, {}, 0}};
  PathSearch search(*graph_, options, index_, scratch);
  if (options.via.empty()) return best_paths(search, from, to, options.count);
  std::vector<NodeId> stops = {from};
  stops.insert(stops.end(), options.via.begin(), options.via.end());
  stops.push_back(to);
  search.set_stops(stops);
  return paths_via(search, stops, options);
}

}  // namespace relata
