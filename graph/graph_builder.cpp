#include "graph/graph_builder.h"

#include <algorithm>
#include <array>
#include <limits>

#include "graph/errors.h"

namespace relata {

namespace {

std::uint64_t mix(std::uint64_t value) {
  value *= 0xff51afd7ed558ccdULL;
  return value ^ value >> 33U;
}

std::uint64_t mix(std::uint64_t left, std::uint64_t right) {
  return mix(mix(left) + right);
}

}  // namespace

GraphBuilder::GraphBuilder(std::shared_ptr<const Ontology> ontology)
    : ontology_(std::move(ontology)) {}

Ontology& GraphBuilder::growing_ontology() {
  if (!own_ontology_) {
    own_ontology_ = std::make_shared<Ontology>(*ontology_);
    ontology_ = own_ontology_;
  }
  return *own_ontology_;
}

TypeId GraphBuilder::type(NodeKind kind, std::string_view name) {
  if (const auto found = ontology_->find_type(kind, name)) return *found;
  return growing_ontology().add_type({kind, std::string(name), ""});
}

RelationMatch GraphBuilder::relation(std::string_view name) {
  if (const auto found = ontology_->find_relation(name)) return *found;
  Relation relation;
  relation.name = name;
  relation.inverse = std::string(name) + " (inverse)";
  relation.sources = relation.targets = {true, true, true};
  return {growing_ontology().add_relation(std::move(relation)), false};
}

DocumentId GraphBuilder::add_document(const SourceDocument& document) {
  const auto [place, is_new] =
      document_index_.try_emplace(document.name, DocumentId(documents_.size()));
  if (is_new) {
    documents_.push_back(document);
    return place->second;
  }
  SourceDocument& known = documents_[place->second.value];
  const auto keep_greater = [this](StringId& mine, StringId theirs) {
    if (text(mine) < text(theirs)) mine = theirs;
  };
  keep_greater(known.title, document.title);
  keep_greater(known.date, document.date);
  keep_greater(known.author, document.author);
  keep_greater(known.outlet, document.outlet);
  keep_greater(known.url, document.url);
  keep_greater(known.language, document.language);
  keep_greater(known.copy_of, document.copy_of);
  return place->second;
}

SentenceId GraphBuilder::add_sentence(DocumentId document, TextSpan span, std::string_view text) {
  const std::uint64_t hash = mix(document.value, std::uint64_t{span.begin} << 32U | span.end);
  const auto [id, is_new] = sentence_index_.insert(
      hash, static_cast<std::uint32_t>(sentences_.size()), [&](std::uint32_t known) {
        return sentences_[known].document == document && sentences_[known].span == span;
      });
  if (is_new) sentences_.push_back({document, span, intern(text)});
  return SentenceId(id);
}

NodeId GraphBuilder::add_node(std::string_view key, TypeId type, std::string_view name) {
  if (key.empty()) throw UsageError("a node needs a key");
  const StringId key_id = intern(key);
  const StringId name_id = intern(name);
  if (key_id.value >= node_of_string_.size()) node_of_string_.resize(strings_.size());
  NodeId& id = node_of_string_[key_id.value];
  if (!id.valid()) {
    id = NodeId(nodes_.size());
    nodes_.push_back({{key_id, name_id, type, ontology_->type(type).kind}, {}, {}, {}});
    return id;
  }
  Node& node = nodes_[id.value].node;
  const NodeType& known = ontology_->type(node.type);
  const NodeType& added = ontology_->type(type);
  if (std::pair(added.kind, std::string_view(added.name)) <
      std::pair(known.kind, std::string_view(known.name))) {
    node.type = type;
    node.kind = added.kind;
  }
  if (name_id == node.name) return id;
  const std::string_view mine = text(node.name);
  const bool replace = name.size() > mine.size() || (name.size() == mine.size() && name < mine);
  nodes_[id.value].aliases.push_back(replace ? node.name : name_id);
  if (replace) node.name = name_id;
  return id;
}

NodeId GraphBuilder::find_node(std::string_view key) const {
  const StringId id = strings_.find(key);
  return id.value < node_of_string_.size() ? node_of_string_[id.value] : NodeId();
}

void GraphBuilder::find_nodes(std::span<const std::string_view> keys,
                              std::span<NodeId> nodes) const {
  constexpr std::size_t at_once = 64;
  std::array<StringId, at_once> ids;
  for (std::size_t begin = 0; begin < keys.size(); begin += at_once) {
    const std::size_t count = std::min(at_once, keys.size() - begin);
    strings_.find(keys.subspan(begin, count), std::span(ids).first(count));
    for (std::size_t i = 0; i < count; ++i) {
      if (ids[i].value < node_of_string_.size()) {
        __builtin_prefetch(&node_of_string_[ids[i].value]);
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      nodes[begin + i] =
          ids[i].value < node_of_string_.size() ? node_of_string_[ids[i].value] : NodeId();
    }
  }
}

void GraphBuilder::add_alias(NodeId node, std::string_view alias) {
  if (!alias.empty()) nodes_[node.value].aliases.push_back(intern(alias));
}

void GraphBuilder::add_attribute(NodeId node, std::string_view key, std::string_view value) {
  nodes_[node.value].attributes.push_back({intern(key), intern(value)});
}

void GraphBuilder::add_mention(NodeId node, SentenceId sentence, TextSpan span) {
  nodes_[node.value].mentions.push_back({sentence, span});
}

std::uint64_t GraphBuilder::EdgeKey::hash() const {
  const std::uint64_t rest = std::uint64_t{relation.value} << 8U |
                             static_cast<std::uint64_t>(polarity) << 4U |
                             static_cast<std::uint64_t>(reality);
  return mix(std::uint64_t{source.value} << 32U | target.value, rest);
}

GraphBuilder::EdgeKey GraphBuilder::edge_key(NodeId source, RelationId relation, NodeId target,
                                             Polarity polarity, Modality modality,
                                             bool& swapped) const {
  swapped = ontology_->relation(relation).symmetric &&
            text(nodes_[target.value].node.key) < text(nodes_[source.value].node.key);
  if (swapped) std::swap(source, target);
  const Modality reality = modality == Modality::reported ? Modality::asserted : modality;
  return {source, target, relation, polarity, reality};
}

void GraphBuilder::expect_edge(NodeId source, RelationId relation, NodeId target, Polarity polarity,
                               Modality modality) const {
  bool swapped = false;
  edge_index_.prefetch(edge_key(source, relation, target, polarity, modality, swapped).hash());
}

GraphBuilder::EdgeHandle GraphBuilder::add_edge(NodeId source, RelationId relation, NodeId target,
                                                Polarity polarity, Modality modality) {
  EdgeHandle handle;
  const EdgeKey key = edge_key(source, relation, target, polarity, modality, handle.swapped);
  const auto [id, is_new] =
      edge_index_.insert(key.hash(), static_cast<std::uint32_t>(edges_.size()),
                         [&](std::uint32_t known) { return edges_[known].key == key; });
  if (is_new) edges_.push_back({key, modality, none, none});
  handle.id = EdgeId(id);
  Modality& known = edges_[handle.id.value].modality;
  known = std::min(known, modality);
  return handle;
}

void GraphBuilder::add_evidence(EdgeHandle edge, const Evidence& evidence) {
  EvidenceDraft draft{evidence, edges_[edge.id.value].evidence};
  if (edge.swapped) std::swap(draft.evidence.source, draft.evidence.target);
  edges_[edge.id.value].evidence = static_cast<std::uint32_t>(evidence_.size());
  evidence_.push_back(draft);
}

void GraphBuilder::set_values(EdgeHandle edge, const EdgeValues& values) {
  EdgeDraft& draft = edges_[edge.id.value];
  if (draft.values == none) {
    draft.values = static_cast<std::uint32_t>(values_.size());
    values_.push_back(values);
    return;
  }
  EdgeValues& known = values_[draft.values];
  known.confidence = std::max(known.confidence, values.confidence);
  known.weight += values.weight;
  known.time = merge(known.time, values.time);
  known.mood = std::min(known.mood, values.mood);
  if (known.attribution != values.attribution) known.attribution = NodeId();
  const StringId units[] = {known.quantity.unit, values.quantity.unit};
  const bool both = known.quantity.known && values.quantity.known;
  known.quantity = merge(known.quantity, values.quantity);
  if (both) known.quantity.unit = text(units[0]) < text(units[1]) ? units[0] : units[1];
}

void GraphBuilder::add_graph(const Graph& graph) {
  const auto copy = [&](StringId id) { return id.valid() ? intern(graph.text(id)) : StringId(); };
  std::vector<DocumentId> documents;
  for (const SourceDocument& document : graph.documents()) {
    documents.push_back(
        add_document({copy(document.name), copy(document.title), copy(document.date),
                      copy(document.author), copy(document.outlet), copy(document.url),
                      copy(document.language), copy(document.copy_of)}));
  }
  std::vector<SentenceId> sentences;
  for (const SourceSentence& sentence : graph.sentences()) {
    sentences.push_back(
        add_sentence(documents[sentence.document.value], sentence.span, graph.text(sentence.text)));
  }
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId old(i);
    const NodeId added =
        add_node(graph.key(old), type(graph.node(old).kind, graph.type_name(old)), graph.name(old));
    nodes.push_back(added);
    for (const StringId alias : graph.aliases(old)) add_alias(added, graph.text(alias));
    for (const Attribute& attribute : graph.attributes(old)) {
      add_attribute(added, graph.text(attribute.key), graph.text(attribute.value));
    }
    for (const NodeMention& mention : graph.mentions(old)) {
      add_mention(added, sentences[mention.sentence.value], mention.span);
    }
  }
  const auto node_of = [&](NodeId id) { return id.valid() ? nodes[id.value] : NodeId(); };
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId old(i);
    const Edge& edge = graph.edge(old);
    RelationMatch match = relation(graph.relation(old).name);
    const EdgeHandle added = add_edge(node_of(edge.source), match.relation, node_of(edge.target),
                                      edge.polarity, edge.modality);
    for (Evidence evidence : graph.evidence(old)) {
      evidence.sentence = sentences[evidence.sentence.value];
      evidence.attribution = node_of(evidence.attribution);
      evidence.rule = copy(evidence.rule);
      evidence.quantity.unit = copy(evidence.quantity.unit);
      add_evidence(added, evidence);
    }
    if (graph.evidence(old).empty()) {
      EdgeValues values{edge.confidence,           edge.weight, edge.time, {},
                        node_of(edge.attribution), edge.mood};
      if (const Quantity* quantity = graph.quantity(old)) {
        values.quantity = *quantity;
        values.quantity.unit = copy(quantity->unit);
      }
      set_values(added, values);
    }
  }
}

}  // namespace relata
