#pragma once
// A graph's topology in compressed sparse rows: for each node the targets of its edges and the
// sources of those that enter it, in three arrays of four bytes an edge and two of four bytes a
// node: 68 MB for a million nodes and five million edges. Models Boost.Graph's IncidenceGraph,
// BidirectionalGraph, AdjacencyGraph, VertexListGraph, EdgeListGraph and VertexAndEdgeListGraph, so
// that Boost's algorithms run on it: include this header before them. Owns its arrays; immutable;
// reading is thread-safe. Weights and other values are arrays of the caller's, indexed by
// vertex or by CsrEdge::index (edge_array() makes a property map of one).
//
// Boost's headers cost seconds of compile time: include this in .cpp files that run algorithms.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include "graph/graph.h"

namespace relata {

/// An edge of a CsrView: its ends and its place among all edges, 0 to edges - 1.
struct CsrEdge {
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  std::uint32_t index = 0;
  friend bool operator==(const CsrEdge& left, const CsrEdge& right) {
    return left.index == right.index;
  }
  friend bool operator!=(const CsrEdge& left, const CsrEdge& right) { return !(left == right); }
};

/// How the edges of a graph become those of a view.
enum class CsrDirection : std::uint8_t {
  as_is,  ///< from source to target
  both,   ///< each edge twice, there and back: an undirected graph for algorithms that need one
};

class CsrView final {
 public:
  /// The edges of `graph` that `keep` lets pass; all when it is empty.
  explicit CsrView(const Graph& graph, CsrDirection direction = CsrDirection::as_is,
                   const std::function<bool(EdgeId)>& keep = {});

  /// Of `nodes` nodes and edges given by their ends. REQUIRES: all ends are less than `nodes`.
  CsrView(std::size_t nodes, std::span<const std::pair<std::uint32_t, std::uint32_t>> edges);

  [[nodiscard]] std::size_t node_count() const { return out_begin_.size() - 1; }
  [[nodiscard]] std::size_t edge_count() const { return targets_.size(); }

  [[nodiscard]] std::uint32_t first_out(std::uint32_t node) const { return out_begin_[node]; }
  [[nodiscard]] std::uint32_t last_out(std::uint32_t node) const { return out_begin_[node + 1]; }
  [[nodiscard]] std::uint32_t first_in(std::uint32_t node) const { return in_begin_[node]; }
  [[nodiscard]] std::uint32_t last_in(std::uint32_t node) const { return in_begin_[node + 1]; }
  [[nodiscard]] std::uint32_t target(std::uint32_t edge) const { return targets_[edge]; }
  [[nodiscard]] std::uint32_t source_of_in(std::uint32_t slot) const { return sources_[slot]; }
  [[nodiscard]] std::uint32_t edge_of_in(std::uint32_t slot) const { return in_edges_[slot]; }

  /// The graph's edge behind the view's edge `index`.
  [[nodiscard]] EdgeId edge_id(std::uint32_t index) const {
    return origins_.empty() ? EdgeId(index) : origins_[index];
  }

  /// Bytes of the topology, and with the names of the graph's edges where those are kept.
  [[nodiscard]] std::size_t topology_memory() const;
  [[nodiscard]] std::size_t memory() const;

 private:
  template <class Visit>
  void fill(std::size_t nodes, Visit visit, bool keep_origins);

  std::vector<std::uint32_t> out_begin_;
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint32_t> in_begin_;
  std::vector<std::uint32_t> sources_;   // of in-edges
  std::vector<std::uint32_t> in_edges_;  // their indices
  std::vector<EdgeId> origins_;          // empty when index and EdgeId are the same number
};

class CsrOutIterator final
    : public boost::iterator_facade<CsrOutIterator, CsrEdge, std::random_access_iterator_tag,
                                    CsrEdge> {
 public:
  CsrOutIterator() = default;
  CsrOutIterator(const CsrView& view, std::uint32_t source, std::uint32_t at)
      : view_(&view), source_(source), at_(at) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] CsrEdge dereference() const { return {source_, view_->target(at_), at_}; }
  [[nodiscard]] bool equal(const CsrOutIterator& other) const { return at_ == other.at_; }
  void increment() { ++at_; }
  void decrement() { --at_; }
  void advance(std::ptrdiff_t n) { at_ = static_cast<std::uint32_t>(at_ + n); }
  [[nodiscard]] std::ptrdiff_t distance_to(const CsrOutIterator& other) const {
    return static_cast<std::ptrdiff_t>(other.at_) - static_cast<std::ptrdiff_t>(at_);
  }
  const CsrView* view_ = nullptr;
  std::uint32_t source_ = 0;
  std::uint32_t at_ = 0;
};

class CsrInIterator final
    : public boost::iterator_facade<CsrInIterator, CsrEdge, std::random_access_iterator_tag,
                                    CsrEdge> {
 public:
  CsrInIterator() = default;
  CsrInIterator(const CsrView& view, std::uint32_t target, std::uint32_t at)
      : view_(&view), target_(target), at_(at) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] CsrEdge dereference() const {
    return {view_->source_of_in(at_), target_, view_->edge_of_in(at_)};
  }
  [[nodiscard]] bool equal(const CsrInIterator& other) const { return at_ == other.at_; }
  void increment() { ++at_; }
  void decrement() { --at_; }
  void advance(std::ptrdiff_t n) { at_ = static_cast<std::uint32_t>(at_ + n); }
  [[nodiscard]] std::ptrdiff_t distance_to(const CsrInIterator& other) const {
    return static_cast<std::ptrdiff_t>(other.at_) - static_cast<std::ptrdiff_t>(at_);
  }
  const CsrView* view_ = nullptr;
  std::uint32_t target_ = 0;
  std::uint32_t at_ = 0;
};

/// The nodes that a node's edges lead to.
class CsrAdjacencyIterator final
    : public boost::iterator_facade<CsrAdjacencyIterator, std::uint32_t,
                                    std::random_access_iterator_tag, std::uint32_t> {
 public:
  CsrAdjacencyIterator() = default;
  CsrAdjacencyIterator(const CsrView& view, std::uint32_t at) : view_(&view), at_(at) {}

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] std::uint32_t dereference() const { return view_->target(at_); }
  [[nodiscard]] bool equal(const CsrAdjacencyIterator& other) const { return at_ == other.at_; }
  void increment() { ++at_; }
  void decrement() { --at_; }
  void advance(std::ptrdiff_t n) { at_ = static_cast<std::uint32_t>(at_ + n); }
  [[nodiscard]] std::ptrdiff_t distance_to(const CsrAdjacencyIterator& other) const {
    return static_cast<std::ptrdiff_t>(other.at_) - static_cast<std::ptrdiff_t>(at_);
  }
  const CsrView* view_ = nullptr;
  std::uint32_t at_ = 0;
};

/// All edges, in the order of their sources.
class CsrEdgeIterator final
    : public boost::iterator_facade<CsrEdgeIterator, CsrEdge, std::forward_iterator_tag, CsrEdge> {
 public:
  CsrEdgeIterator() = default;
  CsrEdgeIterator(const CsrView& view, std::uint32_t source, std::uint32_t at)
      : view_(&view), source_(source), at_(at) {
    find_source();
  }

 private:
  friend class boost::iterator_core_access;
  [[nodiscard]] CsrEdge dereference() const { return {source_, view_->target(at_), at_}; }
  [[nodiscard]] bool equal(const CsrEdgeIterator& other) const { return at_ == other.at_; }
  void increment() {
    ++at_;
    find_source();
  }
  void find_source() {
    while (at_ < view_->edge_count() && view_->last_out(source_) <= at_) ++source_;
  }
  const CsrView* view_ = nullptr;
  std::uint32_t source_ = 0;
  std::uint32_t at_ = 0;
};

}  // namespace relata

namespace boost {

template <>
struct graph_traits<relata::CsrView> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = relata::CsrEdge;
  using directed_category = bidirectional_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  struct traversal_category : bidirectional_graph_tag,
                              adjacency_graph_tag,
                              vertex_list_graph_tag,
                              edge_list_graph_tag {};
  using vertex_iterator = counting_iterator<std::uint32_t>;
  using out_edge_iterator = relata::CsrOutIterator;
  using in_edge_iterator = relata::CsrInIterator;
  using adjacency_iterator = relata::CsrAdjacencyIterator;
  using edge_iterator = relata::CsrEdgeIterator;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return ~std::uint32_t{0}; }
};

// Some algorithms name the type of their `const Graph&` parameter.
template <>
struct graph_traits<const relata::CsrView> : graph_traits<relata::CsrView> {};

}  // namespace boost

namespace relata {

using CsrTraits = boost::graph_traits<CsrView>;

inline std::uint32_t source(const CsrEdge& edge, const CsrView& /*view*/) {
  return edge.source;
}
inline std::uint32_t target(const CsrEdge& edge, const CsrView& /*view*/) {
  return edge.target;
}

inline std::size_t num_vertices(const CsrView& view) {
  return view.node_count();
}
inline std::size_t num_edges(const CsrView& view) {
  return view.edge_count();
}

inline std::pair<CsrTraits::vertex_iterator, CsrTraits::vertex_iterator> vertices(
    const CsrView& view) {
  return {CsrTraits::vertex_iterator(0),
          CsrTraits::vertex_iterator(static_cast<std::uint32_t>(view.node_count()))};
}
inline std::uint32_t vertex(std::size_t number, const CsrView& /*view*/) {
  return static_cast<std::uint32_t>(number);
}
inline std::pair<CsrEdgeIterator, CsrEdgeIterator> edges(const CsrView& view) {
  const auto end = static_cast<std::uint32_t>(view.edge_count());
  return {CsrEdgeIterator(view, 0, 0), CsrEdgeIterator(view, 0, end)};
}
inline std::pair<CsrOutIterator, CsrOutIterator> out_edges(std::uint32_t node,
                                                           const CsrView& view) {
  return {CsrOutIterator(view, node, view.first_out(node)),
          CsrOutIterator(view, node, view.last_out(node))};
}
inline std::size_t out_degree(std::uint32_t node, const CsrView& view) {
  return view.last_out(node) - view.first_out(node);
}
inline std::pair<CsrInIterator, CsrInIterator> in_edges(std::uint32_t node, const CsrView& view) {
  return {CsrInIterator(view, node, view.first_in(node)),
          CsrInIterator(view, node, view.last_in(node))};
}
inline std::size_t in_degree(std::uint32_t node, const CsrView& view) {
  return view.last_in(node) - view.first_in(node);
}
inline std::size_t degree(std::uint32_t node, const CsrView& view) {
  return out_degree(node, view) + in_degree(node, view);
}
inline std::pair<CsrAdjacencyIterator, CsrAdjacencyIterator> adjacent_vertices(
    std::uint32_t node, const CsrView& view) {
  return {CsrAdjacencyIterator(view, view.first_out(node)),
          CsrAdjacencyIterator(view, view.last_out(node))};
}

/// Property map from a vertex to its number.
using CsrVertexIndex = boost::typed_identity_property_map<std::uint32_t>;
inline CsrVertexIndex get(boost::vertex_index_t /*tag*/, const CsrView& /*view*/) {
  return {};
}
inline std::uint32_t get(boost::vertex_index_t /*tag*/, const CsrView& /*view*/,
                         std::uint32_t node) {
  return node;
}

/// Property map from an edge to its number.
struct CsrEdgeIndex {
  using key_type = CsrEdge;
  using value_type = std::uint32_t;
  using reference = std::uint32_t;
  using category = boost::readable_property_map_tag;
};
inline std::uint32_t get(CsrEdgeIndex /*map*/, const CsrEdge& edge) {
  return edge.index;
}
inline CsrEdgeIndex get(boost::edge_index_t /*tag*/, const CsrView& /*view*/) {
  return {};
}
inline std::uint32_t get(boost::edge_index_t /*tag*/, const CsrView& /*view*/,
                         const CsrEdge& edge) {
  return edge.index;
}

/// Property map from an edge to its value in `values`, which has one for each edge.
template <class Value>
auto edge_array(Value* values) {
  return boost::make_iterator_property_map(values, CsrEdgeIndex{});
}

}  // namespace relata

namespace boost {

template <>
struct property_map<relata::CsrView, vertex_index_t> {
  using type = relata::CsrVertexIndex;
  using const_type = relata::CsrVertexIndex;
};
template <>
struct property_map<relata::CsrView, edge_index_t> {
  using type = relata::CsrEdgeIndex;
  using const_type = relata::CsrEdgeIndex;
};

}  // namespace boost
