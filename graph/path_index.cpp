#include "graph/path_index.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "graph/path_costs.h"

namespace relata {

namespace {

PathIndex::Entry make_entry(const Graph& graph, EdgeId id, NodeId other, bool along,
                            std::uint32_t half) {
  PathIndex::Entry entry;
  entry.node = other.value;
  entry.edge = id.value;
  entry.arrive = static_cast<std::uint16_t>(path_costs::standing(graph, id) + 2 * half);
  entry.half = static_cast<std::uint16_t>(half);
  if (along) entry.half = static_cast<std::uint16_t>(entry.half | PathIndex::Entry::along);
  if (graph.relation(id).symmetric) {
    entry.half = static_cast<std::uint16_t>(entry.half | PathIndex::Entry::symmetric);
  }
  return entry;
}

}  // namespace

PathIndex::Entry PathIndex::entry_of(const Graph& graph, EdgeId id, NodeId from) {
  const Edge& edge = graph.edge(id);
  const bool along = edge.source == from;
  const NodeId other = along ? edge.target : edge.source;
  return make_entry(graph, id, other, along, path_costs::half_weight(graph, other));
}

PathIndex::PathIndex(const Graph& graph) {
  const std::size_t nodes = graph.node_count();
  std::vector<std::uint16_t> half(nodes);
  begin_.assign(nodes + 1, 0);
  for (std::size_t i = 0; i < nodes; ++i) {
    half[i] = static_cast<std::uint16_t>(path_costs::half_weight(graph, NodeId(i)));
  }
  for (const Edge& edge : graph.edges()) {
    if (edge.source == edge.target) continue;
    ++begin_[edge.source.value + 1];
    ++begin_[edge.target.value + 1];
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  entries_.resize(begin_.back());
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    const Edge& edge = graph.edge(id);
    if (edge.source == edge.target) continue;
    entries_[next[edge.source.value]++] =
        make_entry(graph, id, edge.target, true, half[edge.target.value]);
    entries_[next[edge.target.value]++] =
        make_entry(graph, id, edge.source, false, half[edge.source.value]);
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    std::sort(entries_.begin() + begin_[i], entries_.begin() + begin_[i + 1],
              [](const Entry& left, const Entry& right) {
                return std::tie(left.arrive, left.node, left.edge) <
                       std::tie(right.arrive, right.node, right.edge);
              });
  }
}

}  // namespace relata
