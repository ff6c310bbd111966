#pragma once
// Collects nodes, edges and evidence in any order and freezes them into a Graph. Nodes are one when
// their keys are equal; statements of the same relation between the same nodes with the same
// polarity and reality (holds, planned, possible) are one edge with several pieces of evidence. The
// order of calls has no influence on the result. Owns all that it is given; one thread.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/graph.h"
#include "graph/id_table.h"
#include "graph/string_pool.h"

namespace relata {

class GraphBuilder final {
 public:
  explicit GraphBuilder(std::shared_ptr<const Ontology> ontology);
  GraphBuilder(GraphBuilder&&) noexcept = default;
  GraphBuilder& operator=(GraphBuilder&&) noexcept = default;
  GraphBuilder(const GraphBuilder&) = delete;
  GraphBuilder& operator=(const GraphBuilder&) = delete;
  ~GraphBuilder() = default;

  /// Values of an edge that a source states itself, for edges without evidence (graphs from
  /// elsewhere). With evidence, the values are computed from it.
  struct EdgeValues {
    float confidence = 1;
    float weight = 1;
    TimeSpan time;
    Quantity quantity;
    NodeId attribution;
    Mood mood = Mood::plain;
  };

  /// The ontology, which may have grown by `type` and `relation`.
  [[nodiscard]] const Ontology& ontology() const { return *ontology_; }

  /// The type of that kind and name; added when the ontology lacks it.
  TypeId type(NodeKind kind, std::string_view name);
  /// The relation of that name or inverse name; added (with the inverse "NAME (inverse)") when the
  /// ontology lacks it.
  RelationMatch relation(std::string_view name);

  StringId intern(std::string_view text) { return strings_.intern(text); }
  [[nodiscard]] std::string_view text(StringId id) const { return strings_.view(id); }

  /// The document with `document.name`; of two different values of a field the greater in byte
  /// order stays.
  DocumentId add_document(const SourceDocument& document);
  /// The sentence at that place of the document.
  SentenceId add_sentence(DocumentId document, TextSpan span, std::string_view text);

  /// The node with that key, made when it is new. When the key is there already, the longer of both
  /// names (of equal ones the smaller in byte order) names the node and the other becomes an alias,
  /// whatever the order of calls.
  NodeId add_node(std::string_view key, TypeId type, std::string_view name);
  [[nodiscard]] NodeId find_node(std::string_view key) const;
  /// The same for many keys, in less time than one after the other (StringPool::find). `nodes` has
  /// the size of `keys`.
  void find_nodes(std::span<const std::string_view> keys, std::span<NodeId> nodes) const;
  void add_alias(NodeId node, std::string_view alias);
  void add_attribute(NodeId node, std::string_view key, std::string_view value);
  void add_mention(NodeId node, SentenceId sentence, TextSpan span);

  /// An edge under construction. A symmetric relation's ends are kept in the order of their nodes'
  /// keys, so they may be swapped against the call.
  struct EdgeHandle {
    EdgeId id;
    bool swapped = false;
  };

  /// The edge of these ends, relation, polarity and modality, made when it is new. `asserted` and
  /// `reported` are one edge, whose modality is `reported` until evidence asserts it.
  EdgeHandle add_edge(NodeId source, RelationId relation, NodeId target, Polarity polarity,
                      Modality modality);
  /// Tells of an edge that is about to be added, so that what it needs is fetched from memory in
  /// the meantime. Changes nothing.
  void expect_edge(NodeId source, RelationId relation, NodeId target, Polarity polarity,
                   Modality modality) const;
  /// `evidence.source` and `.target` are the words of the source and target that add_edge was
  /// called with.
  void add_evidence(EdgeHandle edge, const Evidence& evidence);
  /// States the values of an edge that has no evidence; a second call keeps the higher confidence
  /// and adds the weights.
  void set_values(EdgeHandle edge, const EdgeValues& values);

  /// Adds all that `graph` holds: nodes by key, documents by name.
  void add_graph(const Graph& graph);

  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }
  [[nodiscard]] std::size_t edge_count() const { return edges_.size(); }

  /// Freezes. The builder is spent.
  Graph build() &&;

 private:
  static constexpr std::uint32_t none = Id<void>::invalid;

  struct NodeDraft {
    Node node;
    std::vector<StringId> aliases;
    std::vector<Attribute> attributes;
    std::vector<NodeMention> mentions;
  };
  struct EdgeKey {
    NodeId source;
    NodeId target;
    RelationId relation;
    Polarity polarity = Polarity::affirmed;
    Modality reality = Modality::asserted;  // reported counts as asserted
    [[nodiscard]] std::uint64_t hash() const;
    friend auto operator<=>(const EdgeKey&, const EdgeKey&) = default;
  };
  // Evidence of an edge is a list through `next` in one array, the newest first: four bytes an edge
  // while building.
  struct EdgeDraft {
    EdgeKey key;
    Modality modality = Modality::reported;
    std::uint32_t evidence = none;
    std::uint32_t values = none;
  };
  struct EvidenceDraft {
    Evidence evidence;
    std::uint32_t next = none;
  };
  class Freezer;
  /// Of an edge with these ends, which may be swapped.
  [[nodiscard]] EdgeKey edge_key(NodeId source, RelationId relation, NodeId target,
                                 Polarity polarity, Modality modality, bool& swapped) const;
  Ontology& growing_ontology();

  std::shared_ptr<const Ontology> ontology_;
  std::shared_ptr<Ontology> own_ontology_;  // set once the ontology has grown
  StringPool strings_;
  std::vector<SourceDocument> documents_;
  std::vector<SourceSentence> sentences_;
  std::vector<NodeDraft> nodes_;
  std::vector<EdgeDraft> edges_;
  std::vector<EvidenceDraft> evidence_;
  std::vector<EdgeValues> values_;
  std::unordered_map<StringId, DocumentId> document_index_;
  IdTable sentence_index_;
  std::vector<NodeId> node_of_string_;  // by the key's StringId
  IdTable edge_index_;
};

}  // namespace relata
