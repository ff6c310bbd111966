#pragma once
// How two nodes are connected: the k best simple paths (Yen 1971, with Lawler's restriction of the
// branching points), each found by a bidirectional Dijkstra search that looks only at what it
// needs (graph/free_search.h). Edges are walked both ways unless asked otherwise. Costs are
// integers, so equal costs are equal on every machine, and ties are broken by fewer steps and then
// by the order of nodes. A PathFinder reads the graph and the index, which must outlive it; each
// call is independent and thread-safe as long as no two share scratch memory.
//
// Cost: memory and time grow with the part of the graph that is nearer to either end than half the
// length of the path, never with the whole graph.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "graph/graph.h"

namespace relata {

/// What makes a path good.
enum class PathOrder : std::uint8_t {
  hubs,        ///< few steps, and not through nodes that everything is connected with
  hops,        ///< few steps; of equal ones, as `hubs`
  confidence,  ///< the likeliest to be true in all its steps
};

/// Which nodes and edges a path may use. Tests are cheap ones first; all have to pass.
struct PathFilter {
  std::vector<RelationId> relations;  ///< allowed relations; empty for all
  std::vector<NodeKind> kinds;  ///< allowed kinds of the nodes between the ends; empty for all
  std::vector<NodeId> avoid;    ///< nodes that no path passes
  float min_confidence = 0;
  bool no_denied = false;  ///< leave out what is negated or only ever denied
  /// Days since 1970-01-01. An edge whose time lies outside is left out; one without a time of its
  /// own counts by the publication dates of its documents (kept when they have none and only
  /// `until` is given).
  std::optional<std::int32_t> since;
  std::optional<std::int32_t> until;
  /// Further conditions, when set.
  std::function<bool(EdgeId)> edge_allowed;
  std::function<bool(NodeId)> node_allowed;
};

struct PathOptions {
  PathOrder order = PathOrder::hubs;
  std::size_t count = 1;     ///< how many paths at most
  std::size_t max_hops = 0;  ///< longest path in steps; 0 for any length
  bool directed = false;     ///< walk edges from source to target only
  std::vector<NodeId> via;   ///< nodes to pass, in this order
  PathFilter filter;
};

/// One step: over `edge`, from its source to its target when `forward`, otherwise back.
struct PathStep {
  EdgeId edge;
  bool forward = true;
  friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// Nodes from end to end and the best edge of each step: `steps[i]` joins `nodes[i]` and
/// `nodes[i + 1]`. No node comes twice.
struct Path {
  std::vector<NodeId> nodes;
  std::vector<PathStep> steps;
  std::uint64_t cost = 0;
};

class PathIndex;
class PathScratch;

class PathFinder final {
 public:
  /// `index` (graph/path_index.h) makes many queries fast; null to read the graph's own tables.
  explicit PathFinder(const Graph& graph, const PathIndex* index = nullptr)
      : graph_(&graph), index_(index) {}

  /// The best `options.count` simple paths, best first; empty when there is none. With `via`, each
  /// stretch between two given nodes is one of its best max(16, count) paths. A path from a node to
  /// itself has no steps. `scratch` (graph/path_scratch.h), one a thread, spares the allocation of
  /// memory in every call. REQUIRES: all ids are valid.
  [[nodiscard]] std::vector<Path> find(NodeId from, NodeId to, const PathOptions& options,
                                       PathScratch* scratch = nullptr) const;

 private:
  const Graph* graph_;
  const PathIndex* index_;
};

/// True when `filter` lets the edge pass (its nodes aside).
bool edge_passes(const Graph& graph, EdgeId edge, const PathFilter& filter);

/// When the edge holds: its own time, else that of its documents' publication; unknown when they
/// state none.
TimeSpan telling_time(const Graph& graph, EdgeId edge);

/// The best path each of whose steps can have happened not earlier than the one before, when there
/// is one. Steps whose time is unknown are not walked. Dijkstra over labels of cost, time and
/// steps, from one side: it may look at the whole graph. `options.count` and `options.via` are not
/// looked at. REQUIRES: all ids are valid and from is not to.
std::optional<Path> time_respecting_path(const Graph& graph, NodeId from, NodeId to,
                                         const PathOptions& options);

/// Number of edges at the node, both directions.
std::size_t degree(const Graph& graph, NodeId node);

}  // namespace relata
