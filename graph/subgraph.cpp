#include "graph/subgraph.h"

#include <algorithm>
#include <unordered_map>

#include "graph/graph_builder.h"

namespace relata {

namespace {

/// Copies what is asked for, and what that needs, once each.
class Copier final {
 public:
  explicit Copier(const Graph& graph) : graph_(graph), builder_(graph.shared_ontology()) {}

  NodeId node(NodeId old) {
    if (!old.valid()) return old;
    if (const auto known = nodes_.find(old); known != nodes_.end()) return known->second;
    const NodeId added = builder_.add_node(
        graph_.key(old), builder_.type(graph_.node(old).kind, graph_.type_name(old)),
        graph_.name(old));
    nodes_.emplace(old, added);
    for (const StringId alias : graph_.aliases(old)) builder_.add_alias(added, graph_.text(alias));
    for (const Attribute& attribute : graph_.attributes(old)) {
      builder_.add_attribute(added, graph_.text(attribute.key), graph_.text(attribute.value));
    }
    for (const NodeMention& mention : graph_.mentions(old)) {
      builder_.add_mention(added, sentence(mention.sentence), mention.span);
    }
    return added;
  }

  void edge(EdgeId old) {
    const Edge& edge = graph_.edge(old);
    const RelationMatch match = builder_.relation(graph_.relation(old).name);
    const auto added = builder_.add_edge(node(edge.source), match.relation, node(edge.target),
                                         edge.polarity, edge.modality);
    for (Evidence evidence : graph_.evidence(old)) {
      evidence.sentence = sentence(evidence.sentence);
      evidence.attribution = node(evidence.attribution);
      evidence.rule = text(evidence.rule);
      evidence.quantity.unit = text(evidence.quantity.unit);
      builder_.add_evidence(added, evidence);
    }
    if (!graph_.evidence(old).empty()) return;
    GraphBuilder::EdgeValues values;
    values.confidence = edge.confidence;
    values.weight = edge.weight;
    values.time = edge.time;
    values.attribution = node(edge.attribution);
    values.mood = edge.mood;
    if (const Quantity* quantity = graph_.quantity(old)) {
      values.quantity = *quantity;
      values.quantity.unit = text(quantity->unit);
    }
    builder_.set_values(added, values);
  }

  Graph finish() { return std::move(builder_).build(); }

 private:
  StringId text(StringId old) {
    return old.valid() ? builder_.intern(graph_.text(old)) : StringId();
  }

  SentenceId sentence(SentenceId old) {
    if (const auto known = sentences_.find(old); known != sentences_.end()) return known->second;
    const SourceSentence& sentence = graph_.sentence(old);
    const SourceDocument& document = graph_.document(sentence.document);
    const DocumentId source =
        builder_.add_document({text(document.name), text(document.title), text(document.date),
                               text(document.author), text(document.outlet), text(document.url),
                               text(document.language), text(document.copy_of)});
    const SentenceId added =
        builder_.add_sentence(source, sentence.span, graph_.text(sentence.text));
    sentences_.emplace(old, added);
    return added;
  }

  const Graph& graph_;
  GraphBuilder builder_;
  std::unordered_map<NodeId, NodeId> nodes_;
  std::unordered_map<SentenceId, SentenceId> sentences_;
};

}  // namespace

Graph subgraph(const Graph& graph, std::span<const NodeId> nodes, std::span<const EdgeId> edges) {
  Copier copier(graph);
  for (const NodeId node : nodes) copier.node(node);
  std::vector<EdgeId> once(edges.begin(), edges.end());
  std::sort(once.begin(), once.end());
  once.erase(std::unique(once.begin(), once.end()), once.end());
  for (const EdgeId edge : once) copier.edge(edge);
  return copier.finish();
}

}  // namespace relata
