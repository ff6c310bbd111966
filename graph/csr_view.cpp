#include "graph/csr_view.h"

#include <numeric>

namespace relata {

// Counting sort by source, then by target; edges of one source keep their order. `visit` is called
// with a function that takes source, target and origin of every edge, and must give the same edges
// each time.
template <class Visit>
void CsrView::fill(std::size_t nodes, Visit visit, bool keep_origins) {
  out_begin_.assign(nodes + 1, 0);
  in_begin_.assign(nodes + 1, 0);
  visit([&](std::uint32_t source, std::uint32_t target, EdgeId) {
    ++out_begin_[source + 1];
    ++in_begin_[target + 1];
  });
  std::partial_sum(out_begin_.begin(), out_begin_.end(), out_begin_.begin());
  std::partial_sum(in_begin_.begin(), in_begin_.end(), in_begin_.begin());
  const std::size_t edges = out_begin_.back();
  targets_.resize(edges);
  sources_.resize(edges);
  in_edges_.resize(edges);
  if (keep_origins) origins_.resize(edges);
  std::vector<std::uint32_t> next(out_begin_.begin(), out_begin_.end() - 1);
  visit([&](std::uint32_t source, std::uint32_t target, EdgeId origin) {
    const std::uint32_t at = next[source]++;
    targets_[at] = target;
    if (keep_origins) origins_[at] = origin;
  });
  next.assign(in_begin_.begin(), in_begin_.end() - 1);
  for (std::size_t source = 0; source < nodes; ++source) {
    for (std::uint32_t edge = out_begin_[source]; edge < out_begin_[source + 1]; ++edge) {
      const std::uint32_t at = next[targets_[edge]]++;
      sources_[at] = static_cast<std::uint32_t>(source);
      in_edges_[at] = edge;
    }
  }
}

CsrView::CsrView(const Graph& graph, CsrDirection direction,
                 const std::function<bool(EdgeId)>& keep) {
  const bool both = direction == CsrDirection::both;
  const auto visit = [&](auto take) {
    for (std::size_t i = 0; i < graph.edge_count(); ++i) {
      const EdgeId id(i);
      if (keep && !keep(id)) continue;
      const Edge& edge = graph.edge(id);
      take(edge.source.value, edge.target.value, id);
      if (both) take(edge.target.value, edge.source.value, id);
    }
  };
  // A graph's own edges stand in the order of their sources, so all of them as they are need no
  // names.
  fill(graph.node_count(), visit, both || keep);
}

CsrView::CsrView(std::size_t nodes,
                 std::span<const std::pair<std::uint32_t, std::uint32_t>> edges) {
  const auto visit = [&](auto take) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      take(edges[i].first, edges[i].second, EdgeId(i));
    }
  };
  fill(nodes, visit, true);
}

std::size_t CsrView::topology_memory() const {
  return (out_begin_.capacity() + targets_.capacity() + in_begin_.capacity() + sources_.capacity() +
          in_edges_.capacity()) *
         sizeof(std::uint32_t);
}

std::size_t CsrView::memory() const {
  return topology_memory() + origins_.capacity() * sizeof(EdgeId);
}

}  // namespace relata
