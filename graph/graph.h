#pragma once
// The knowledge graph: immutable tables of nodes, edges and evidence in a canonical order (nodes by
// key, edges by source, target, relation, polarity and modality), so that equal contents give equal
// bytes on export whatever the order of the inputs. Made by GraphBuilder. Safe to read from any
// number of threads. Strings returned as views live as long as the graph.
//
// Cost: a node takes sizeof(Node) + 12 bytes of offsets, an edge sizeof(Edge) + 4, a piece of
// evidence sizeof(Evidence); strings are stored once. `memory()` adds it up and tests/bench
// measures it.

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "graph/ids.h"
#include "graph/model.h"
#include "graph/ontology.h"
#include "graph/string_pool.h"

namespace relata {

class Graph final {
 public:
  Graph(Graph&&) noexcept = default;
  Graph& operator=(Graph&&) noexcept = default;
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;
  ~Graph() = default;

  [[nodiscard]] const Ontology& ontology() const { return *ontology_; }
  [[nodiscard]] std::shared_ptr<const Ontology> shared_ontology() const { return ontology_; }

  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }
  [[nodiscard]] std::size_t edge_count() const { return edges_.size(); }
  [[nodiscard]] std::size_t evidence_count() const { return evidence_.size(); }

  [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }
  [[nodiscard]] std::span<const Edge> edges() const { return edges_; }
  [[nodiscard]] std::span<const SourceDocument> documents() const { return documents_; }
  [[nodiscard]] std::span<const SourceSentence> sentences() const { return sentences_; }

  // REQUIRES: ids are valid and of this graph.
  [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id.value]; }
  [[nodiscard]] const Edge& edge(EdgeId id) const { return edges_[id.value]; }
  [[nodiscard]] const SourceDocument& document(DocumentId id) const { return documents_[id.value]; }
  [[nodiscard]] const SourceSentence& sentence(SentenceId id) const { return sentences_[id.value]; }

  [[nodiscard]] std::string_view text(StringId id) const { return strings_.view(id); }
  [[nodiscard]] std::string_view name(NodeId id) const { return text(node(id).name); }
  [[nodiscard]] std::string_view key(NodeId id) const { return text(node(id).key); }
  [[nodiscard]] std::string_view type_name(NodeId id) const {
    return ontology_->type(node(id).type).name;
  }
  [[nodiscard]] const Relation& relation(EdgeId id) const {
    return ontology_->relation(edge(id).relation);
  }

  /// Other names of the node, sorted; `name` is not among them.
  [[nodiscard]] std::span<const StringId> aliases(NodeId id) const {
    return slice(aliases_, alias_begin_, id);
  }
  /// Sorted by key and value.
  [[nodiscard]] std::span<const Attribute> attributes(NodeId id) const {
    return slice(attributes_, attribute_begin_, id);
  }
  /// The value of the node's first attribute with that key, "" when it has none.
  [[nodiscard]] std::string_view attribute(NodeId id, std::string_view key) const;
  /// In the order of documents and of the text.
  [[nodiscard]] std::span<const NodeMention> mentions(NodeId id) const {
    return slice(mentions_, mention_begin_, id);
  }

  /// Edges that leave the node: a range of consecutive edge ids [first, last).
  [[nodiscard]] std::pair<EdgeId, EdgeId> out_edges(NodeId id) const {
    return {EdgeId(out_begin_[id.value]), EdgeId(out_begin_[id.value + 1])};
  }
  /// Edges that enter the node, in the order of their ids.
  [[nodiscard]] std::span<const EdgeId> in_edges(NodeId id) const {
    return slice(in_edges_, in_begin_, id);
  }

  [[nodiscard]] std::span<const Evidence> evidence(EdgeId id) const {
    return std::span(evidence_).subspan(evidence_begin_[id.value],
                                        evidence_begin_[id.value + 1] - evidence_begin_[id.value]);
  }
  /// The edge's quantity, null when it has none.
  [[nodiscard]] const Quantity* quantity(EdgeId id) const {
    const std::uint32_t index = edge(id).quantity;
    return index == Id<void>::invalid ? nullptr : &quantities_[index];
  }

  /// The node with exactly that key; invalid when there is none. O(log n).
  [[nodiscard]] NodeId find_key(std::string_view key) const;

  /// Bytes held in all tables and strings.
  [[nodiscard]] std::size_t memory() const;

 private:
  friend class GraphBuilder;
  Graph() = default;

  template <class Value, class IdType>
  static std::span<const Value> slice(const std::vector<Value>& values,
                                      const std::vector<std::uint32_t>& begin, IdType id) {
    return std::span(values).subspan(begin[id.value], begin[id.value + 1] - begin[id.value]);
  }

  std::shared_ptr<const Ontology> ontology_;
  StringPool strings_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<SourceDocument> documents_;
  std::vector<SourceSentence> sentences_;
  std::vector<StringId> aliases_;
  std::vector<Attribute> attributes_;
  std::vector<NodeMention> mentions_;
  std::vector<Evidence> evidence_;
  std::vector<Quantity> quantities_;
  std::vector<std::uint32_t> alias_begin_;      // nodes + 1
  std::vector<std::uint32_t> attribute_begin_;  // nodes + 1
  std::vector<std::uint32_t> mention_begin_;    // nodes + 1
  std::vector<std::uint32_t> out_begin_;        // nodes + 1
  std::vector<std::uint32_t> in_begin_;         // nodes + 1
  std::vector<EdgeId> in_edges_;
  std::vector<std::uint32_t> evidence_begin_;  // edges + 1
};

}  // namespace relata
