#pragma once
// The knowledge graph: immutable tables of nodes, edges and evidence in a canonical order (nodes by
// key, edges by source, target, relation, polarity and modality), so that equal contents give equal
// bytes on export whatever the order of the inputs. Made by GraphBuilder, or read in place from a
// mapped file (graph/graph_image.h). Safe to read from any number of threads. Strings returned as
// views live as long as the graph.
//
// Cost: a node takes sizeof(Node) + 12 bytes of offsets, an edge sizeof(Edge) + 4, a piece of
// evidence sizeof(Evidence); strings are stored once. `memory()` adds it up and tests/bench
// measures it.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph_tables.h"
#include "graph/ids.h"
#include "graph/model.h"
#include "graph/ontology.h"

namespace relata {

class Graph final {
 public:
  /// Indexes that lie beside the tables, by name.
  using Attachments = std::vector<std::pair<std::string, std::span<const std::byte>>>;

  /// Of tables in canonical order; `storage` keeps what they and the attachments show.
  Graph(std::shared_ptr<const Ontology> ontology, const ReadGraphTables& tables,
        std::shared_ptr<const void> storage, Attachments attachments = {})
      : ontology_(std::move(ontology)),
        tables_(tables),
        storage_(std::move(storage)),
        attachments_(std::move(attachments)) {}
  /// Of tables in canonical order.
  Graph(std::shared_ptr<const Ontology> ontology, OwnedGraphTables tables);
  Graph(Graph&&) noexcept = default;
  Graph& operator=(Graph&&) noexcept = default;
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;
  ~Graph() = default;

  /// Another graph over the same tables, which live as long as either. O(1).
  [[nodiscard]] Graph share() const { return {ontology_, tables_, storage_, attachments_}; }

  [[nodiscard]] const Ontology& ontology() const { return *ontology_; }
  [[nodiscard]] std::shared_ptr<const Ontology> shared_ontology() const { return ontology_; }

  [[nodiscard]] std::size_t node_count() const { return tables_.nodes.size(); }
  [[nodiscard]] std::size_t edge_count() const { return tables_.edges.size(); }
  [[nodiscard]] std::size_t evidence_count() const { return tables_.evidence.size(); }

  [[nodiscard]] std::span<const Node> nodes() const { return tables_.nodes; }
  [[nodiscard]] std::span<const Edge> edges() const { return tables_.edges; }
  [[nodiscard]] std::span<const SourceDocument> documents() const { return tables_.documents; }
  [[nodiscard]] std::span<const SourceSentence> sentences() const { return tables_.sentences; }

  // REQUIRES: ids are valid and of this graph.
  [[nodiscard]] const Node& node(NodeId id) const { return tables_.nodes[id.value]; }
  [[nodiscard]] const Edge& edge(EdgeId id) const { return tables_.edges[id.value]; }
  [[nodiscard]] const SourceDocument& document(DocumentId id) const {
    return tables_.documents[id.value];
  }
  [[nodiscard]] const SourceSentence& sentence(SentenceId id) const {
    return tables_.sentences[id.value];
  }

  [[nodiscard]] std::string_view text(StringId id) const {
    if (!id.valid()) return {};
    const std::uint64_t begin = tables_.string_begin[id.value];
    return {tables_.string_bytes.data() + begin, tables_.string_begin[id.value + 1] - begin};
  }
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
    return slice(tables_.aliases, tables_.alias_begin, id);
  }
  /// Sorted by key and value.
  [[nodiscard]] std::span<const Attribute> attributes(NodeId id) const {
    return slice(tables_.attributes, tables_.attribute_begin, id);
  }
  /// The value of the node's first attribute with that key, "" when it has none.
  [[nodiscard]] std::string_view attribute(NodeId id, std::string_view key) const;
  /// In the order of documents and of the text.
  [[nodiscard]] std::span<const NodeMention> mentions(NodeId id) const {
    return slice(tables_.mentions, tables_.mention_begin, id);
  }

  /// Edges that leave the node: a range of consecutive edge ids [first, last).
  [[nodiscard]] std::pair<EdgeId, EdgeId> out_edges(NodeId id) const {
    return {EdgeId(tables_.out_begin[id.value]), EdgeId(tables_.out_begin[id.value + 1])};
  }
  /// Edges that enter the node, in the order of their ids.
  [[nodiscard]] std::span<const EdgeId> in_edges(NodeId id) const {
    return slice(tables_.in_edges, tables_.in_begin, id);
  }

  [[nodiscard]] std::span<const Evidence> evidence(EdgeId id) const {
    return std::span(tables_.evidence)
        .subspan(tables_.evidence_begin[id.value],
                 tables_.evidence_begin[id.value + 1] - tables_.evidence_begin[id.value]);
  }
  /// The edge's quantity, null when it has none.
  [[nodiscard]] const Quantity* quantity(EdgeId id) const {
    const std::uint32_t index = edge(id).quantity;
    return index == Id<void>::invalid ? nullptr : &tables_.quantities[index];
  }

  /// The node with exactly that key; invalid when there is none. O(log n).
  [[nodiscard]] NodeId find_key(std::string_view key) const;

  /// The bytes of an index that was stored with the graph (graph/name_index.h has one); empty when
  /// there is none. They live as long as `storage()`.
  [[nodiscard]] std::span<const std::byte> attachment(std::string_view name) const;
  /// What keeps tables, strings and attachments alive.
  [[nodiscard]] std::shared_ptr<const void> storage() const { return storage_; }

  /// The tables as they lie in memory.
  [[nodiscard]] const ReadGraphTables& tables() const { return tables_; }

  /// Bytes of all tables and strings.
  [[nodiscard]] std::size_t memory() const;

 private:
  template <class Value, class IdType>
  static std::span<const Value> slice(std::span<const Value> values,
                                      std::span<const std::uint32_t> begin, IdType id) {
    return values.subspan(begin[id.value], begin[id.value + 1] - begin[id.value]);
  }

  std::shared_ptr<const Ontology> ontology_;
  ReadGraphTables tables_;
  std::shared_ptr<const void> storage_;  // of what the tables and attachments show
  Attachments attachments_;
};

}  // namespace relata
