#pragma once
// What queries look up in a graph: nodes by type and by name, edges by relation. Each index is made
// when it is first asked for, in one pass over the nodes or edges, and kept. Refers to the graph,
// which must outlive it. One thread.
//
// Memory: 4 bytes a node for the types, 12 for the names, 4 an edge for the relations.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "graph/name_index.h"

namespace relata::query {

class Indexes final {
 public:
  explicit Indexes(const Graph& graph) : graph_(graph) {}

  [[nodiscard]] const Graph& graph() const { return graph_; }

  /// Nodes of that type, in the order of ids.
  std::span<const NodeId> of_type(TypeId type);
  /// Nodes whose name is exactly `name`, in the order of ids.
  std::vector<NodeId> named(std::string_view name);
  /// Nodes that are called so by name or alias, without case, diacritics and punctuation, in the
  /// order of ids.
  std::vector<NodeId> known_as(std::string_view name);
  /// Edges of that relation, in the order of ids.
  std::span<const EdgeId> of_relation(RelationId relation);
  /// The keys of all attributes in the graph, sorted.
  const std::vector<std::string>& attribute_keys();
  /// The index of names, for look-ups of other kinds.
  const NameIndex& names();

 private:
  void index_types();
  void index_relations();

  const Graph& graph_;
  std::vector<std::uint32_t> type_begin_;
  std::vector<NodeId> by_type_;
  std::vector<std::uint32_t> relation_begin_;
  std::vector<EdgeId> by_relation_;
  struct Named {
    std::uint64_t hash;
    NodeId node;
    friend auto operator<=>(const Named&, const Named&) = default;
  };
  std::vector<Named> by_name_;
  std::unique_ptr<NameIndex> names_;
  std::vector<std::string> attribute_keys_;
  bool attribute_keys_known_ = false;
};

}  // namespace relata::query
