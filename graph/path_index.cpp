#include "graph/path_index.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <numeric>
#include <tuple>
#include <type_traits>
#include <utility>

#include <sys/mman.h>

#include "graph/errors.h"
#include "graph/path_costs.h"

namespace relata {

namespace {

PathIndex::Entry make_entry(const Graph& graph, EdgeId id, std::uint32_t place, bool along,
                            std::uint32_t half) {
  PathIndex::Entry entry;
  entry.place = place;
  entry.arrive = static_cast<std::uint16_t>(path_costs::standing(graph, id) + 2 * half);
  entry.half = static_cast<std::uint16_t>(half);
  if (along) entry.half = static_cast<std::uint16_t>(entry.half | PathIndex::Entry::along);
  if (graph.relation(id).symmetric) {
    entry.half = static_cast<std::uint16_t>(entry.half | PathIndex::Entry::symmetric);
  }
  return entry;
}

}  // namespace

void PathIndex::Release::operator()(void* memory) const {
  std::free(memory);
}

/// Memory for `count` values, whose large part lies on large pages: a search goes to and fro in it,
/// and with pages of 4 KB most steps would wait for their addresses.
template <class Value>
PathIndex::Block<Value> PathIndex::block(std::size_t count) {
  static_assert(std::is_trivially_destructible_v<Value>);
  constexpr std::size_t page = std::size_t{1} << 21U;
  const std::size_t bytes = std::max<std::size_t>(1, count * sizeof(Value));
  const bool large = bytes >= page;
  void* const memory =
      large ? std::aligned_alloc(page, (bytes + page - 1) / page * page) : std::malloc(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  if (large) ::madvise(memory, bytes, MADV_HUGEPAGE);  // a wish; nothing depends on it
  auto* const values = static_cast<Value*>(memory);
  std::uninitialized_value_construct_n(values, count);
  return Block<Value>(values);
}

PathIndex::Entry PathIndex::entry_of(const Graph& graph, EdgeId id, NodeId from) {
  const Edge& edge = graph.edge(id);
  const bool along = edge.source == from;
  const NodeId other = along ? edge.target : edge.source;
  return make_entry(graph, id, other.value, along, path_costs::half_weight(graph, other));
}

PathIndex::PathIndex(const Graph& graph) {
  const std::size_t nodes = graph.node_count();
  if (nodes + 2 * graph.edge_count() >= std::numeric_limits<std::uint32_t>::max()) {
    throw UsageError("the graph has too many edges for an index of paths");
  }
  std::vector<std::uint16_t> half(nodes);
  begin_.assign(nodes + 1, 1);
  begin_[0] = 0;
  for (std::size_t i = 0; i < nodes; ++i) {
    half[i] = static_cast<std::uint16_t>(path_costs::half_weight(graph, NodeId(i)));
  }
  for (const Edge& edge : graph.edges()) {
    if (edge.source == edge.target) continue;
    ++begin_[edge.source.value + 1];
    ++begin_[edge.target.value + 1];
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  size_ = begin_.back();
  entries_ = block<Entry>(size_);
  edges_ = block<EdgeId>(size_);

  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (std::size_t i = 0; i < nodes; ++i) {
    const std::uint32_t count = begin_[i + 1] - begin_[i] - 1;
    entries_[next[i]++] = {static_cast<std::uint32_t>(i),
                           static_cast<std::uint16_t>(count & 0xffffU),
                           static_cast<std::uint16_t>(count >> 16U)};
  }
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    const std::uint32_t source = graph.edge(id).source.value;
    const std::uint32_t target = graph.edge(id).target.value;
    if (source == target) continue;
    const Entry there = make_entry(graph, id, begin_[target], true, half[target]);
    Entry back = there;
    back.place = begin_[source];
    back.arrive = static_cast<std::uint16_t>(there.arrive - 2 * half[target] + 2 * half[source]);
    back.half = static_cast<std::uint16_t>((there.half & Entry::symmetric) | half[source]);
    entries_[next[source]] = there;
    edges_[next[source]++] = id;
    entries_[next[target]] = back;
    edges_[next[target]++] = id;
  }
  std::vector<std::pair<Entry, EdgeId>> run;
  for (std::size_t i = 0; i < nodes; ++i) {
    run.clear();
    for (std::size_t at = begin_[i] + 1; at < begin_[i + 1]; ++at) {
      run.emplace_back(entries_[at], edges_[at]);
    }
    std::sort(run.begin(), run.end(), [](const auto& left, const auto& right) {
      return std::tie(left.first.arrive, left.first.place, left.second) <
             std::tie(right.first.arrive, right.first.place, right.second);
    });
    std::size_t at = begin_[i];
    for (const auto& [entry, edge] : run) {
      entries_[++at] = entry;
      edges_[at] = edge;
    }
  }
}

}  // namespace relata
