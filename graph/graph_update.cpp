#include "graph/graph_update.h"

#include <algorithm>
#include <compare>
#include <map>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

#include "graph/evidence_order.h"
#include "graph/graph_builder.h"
#include "graph/image_writer.h"
#include "graph/name_index_update.h"
#include "graph/update_merge.h"
#include "graph/update_strings.h"

namespace relata {

namespace {

/// Where an edge stands among all.
struct EdgePlace {
  NodeId source;
  NodeId target;
  std::uint32_t relation_rank = 0;
  Polarity polarity = Polarity::affirmed;
  Modality reality = Modality::asserted;
  friend auto operator<=>(const EdgePlace&, const EdgePlace&) = default;
};

/// An edge that is another than it was, or new, or gone.
struct EdgePatch {
  EdgeId base;
  EdgeId came;
  EdgeId now;  ///< in GraphChange::edges; invalid when it is gone
  std::vector<Evidence> evidence;
};

class Updater final {
 public:
  Updater(const GraphChange& change, std::string_view stamp, std::ostream& out)
      : change_(change),
        base_(*change.base),
        came_(*change.came),
        nodes_(*change.nodes),
        edges_(*change.edges),
        stamp_(stamp),
        growing_(base_.shared_ontology()),
        strings_(base_),
        merge_(change),
        writer_(out, table_sections.size() + 5) {}

  bool run() {
    map_strings();
    map_ontology();
    if (!merge_.run() || !types_have_nodes() || !gather_patches()) return false;
    write();
    return strings_.mostly_used();
  }

 private:
  void map_strings() {
    strings_.add(came_);
    strings_.add(nodes_);
    strings_.add(edges_);
    strings_.find();
    came_strings_ = &strings_.of(0);
    node_strings_ = &strings_.of(1);
    edge_strings_ = &strings_.of(2);
  }

  void map_ontology() {
    for (const Graph* graph : {&came_, &nodes_, &edges_}) {
      for (const Relation& relation : graph->ontology().relations())
        relations_of_[graph].push_back(growing_.relation(relation.name).relation);
    }
    for (const NodeType& type : nodes_.ontology().types())
      types_.push_back(growing_.type(type.kind, type.name));
    const auto& relations = growing_.ontology().relations();
    std::vector<std::uint32_t> order(relations.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
      return relations[left].name < relations[right].name;
    });
    relation_rank_.resize(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) relation_rank_[order[i]] = i;
  }

  /// False when a type has lost its last node, which would not be known to a graph made anew.
  [[nodiscard]] bool types_have_nodes() const {
    const std::size_t types = growing_.ontology().types().size();
    if (types <= change_.own_types_from) return true;
    std::vector<bool> has_node(types);
    merge_.visit_nodes([&](std::uint32_t old, std::uint32_t changed) {
      const TypeId type = changed == none ? base_.node(NodeId(old)).type
                                          : types_[nodes_.node(NodeId(changed)).type.value];
      has_node[type.value] = true;
    });
    return std::all_of(has_node.begin() + static_cast<std::ptrdiff_t>(change_.own_types_from),
                       has_node.end(), [](bool has) { return has; });
  }

  // Edges.

  [[nodiscard]] EdgePlace place_of(const Edge& edge, NodeId source, NodeId target,
                                   RelationId relation) const {
    const Modality reality =
        edge.modality == Modality::reported ? Modality::asserted : edge.modality;
    return {source, target, relation_rank_[relation.value], edge.polarity, reality};
  }
  [[nodiscard]] EdgePlace place_in_base(EdgeId id) const {
    const Edge& edge = base_.edge(id);
    return place_of(edge, merge_.base_node(edge.source), merge_.base_node(edge.target),
                    edge.relation);
  }

  bool gather_patches() {
    came_nodes_ = merge_.places_of(came_);
    edge_nodes_ = merge_.places_of(edges_);
    const auto place = [&](const Graph& graph, const std::vector<NodeId>& nodes, EdgeId id) {
      const Edge& edge = graph.edge(id);
      return place_of(edge, nodes[edge.source.value], nodes[edge.target.value],
                      relations_of_.at(&graph)[edge.relation.value]);
    };
    for (const auto* nodes : {&came_nodes_, &edge_nodes_}) {
      if (std::any_of(nodes->begin(), nodes->end(), [](NodeId id) { return !id.valid(); }))
        return false;
    }
    std::map<EdgePlace, EdgePatch> patches;
    is_touched_.assign(base_.edge_count(), false);
    const auto touch = [&](EdgeId id) {
      is_touched_[id.value] = true;
      const Edge& edge = base_.edge(id);
      if (!merge_.base_node(edge.source).valid() || !merge_.base_node(edge.target).valid()) return;
      patches[place_in_base(id)].base = id;
    };
    for (const EdgeId id : change_.touched) touch(id);
    for (std::size_t i = 0; i < came_.edge_count(); ++i)
      patches[place(came_, came_nodes_, EdgeId(i))].came = EdgeId(i);
    for (std::size_t i = 0; i < edges_.edge_count(); ++i)
      patches[place(edges_, edge_nodes_, EdgeId(i))].now = EdgeId(i);
    for (std::size_t i = 0; i < base_.edge_count(); ++i) {
      if (is_touched_[i]) continue;
      const Edge& edge = base_.edge(EdgeId(i));
      // What nobody touched keeps its ends.
      if (!merge_.base_node(edge.source).valid() || !merge_.base_node(edge.target).valid())
        return false;
    }
    for (auto& [at, patch] : patches) {
      if (!patch.base.valid()) patch.base = find_in_base(at);
      if (patch.base.valid()) is_touched_[patch.base.value] = true;
      if (!patch.now.valid()) continue;
      if (!gather_evidence(patch)) return false;
      patches_.emplace_back(at, std::move(patch));
    }
    return true;
  }

  /// The edge of the old graph at a place, if there is one.
  [[nodiscard]] EdgeId find_in_base(const EdgePlace& at) const {
    // In the old graph's own ids, since ends that are gone have no other.
    const std::uint32_t source = merge_.old_node(at.source);
    const std::uint32_t target = merge_.old_node(at.target);
    if (source == none || target == none) return {};
    EdgePlace wanted = at;
    wanted.source = NodeId(source);
    wanted.target = NodeId(target);
    const auto place = [&](const Edge& edge) {
      return place_of(edge, edge.source, edge.target, edge.relation);
    };
    const auto [first, last] = base_.out_edges(wanted.source);
    const std::span<const Edge> all = base_.edges().subspan(first.value, last.value - first.value);
    const auto at_least = std::partition_point(
        all.begin(), all.end(), [&](const Edge& edge) { return place(edge) < wanted; });
    if (at_least == all.end() || place(*at_least) != wanted) return {};
    return EdgeId(first.value + static_cast<std::size_t>(at_least - all.begin()));
  }

  bool gather_evidence(EdgePatch& patch) {
    if (patch.base.valid()) {
      for (const Evidence& evidence : base_.evidence(patch.base)) {
        if (!merge_.base_sentence(evidence.sentence).valid()) continue;
        patch.evidence.push_back(of_base(evidence));
        if (evidence.attribution.valid() && !patch.evidence.back().attribution.valid())
          return false;
      }
    }
    if (patch.came.valid()) {
      for (Evidence evidence : came_.evidence(patch.came)) {
        evidence.sentence = merge_.came_sentence(evidence.sentence);
        if (evidence.attribution.valid())
          evidence.attribution = came_nodes_[evidence.attribution.value];
        evidence.rule = in(*came_strings_, evidence.rule);
        evidence.quantity.unit = in(*came_strings_, evidence.quantity.unit);
        patch.evidence.push_back(evidence);
      }
    }
    put_in_order(patch.evidence, [this](StringId id) { return strings_.text(id); });
    return true;
  }

  [[nodiscard]] Evidence of_base(Evidence evidence) const {
    evidence.sentence = merge_.base_sentence(evidence.sentence);
    if (evidence.attribution.valid()) evidence.attribution = merge_.base_node(evidence.attribution);
    return evidence;
  }

  /// All edges in their order: `unchanged(EdgeId of base)` or `patched(EdgePatch)`.
  template <class Unchanged, class Patched>
  void visit_edges(const Unchanged& unchanged, const Patched& patched) const {
    auto patch = patches_.begin();
    for (std::uint32_t i = 0; i < base_.edge_count(); ++i) {
      const NodeId source = merge_.base_node(base_.edge(EdgeId(i)).source);
      if (patch != patches_.end() && (!source.valid() || patch->first.source <= source)) {
        // A touched edge may be gone with its ends; the next that is there is looked at.
        if (is_touched_[i]) continue;
        const EdgePlace at = place_in_base(EdgeId(i));
        for (; patch != patches_.end() && patch->first < at; ++patch) patched(patch->second);
      }
      if (!is_touched_[i]) unchanged(EdgeId(i));
    }
    for (; patch != patches_.end(); ++patch) patched(patch->second);
  }

  // Writing.

  void write() {
    const std::string ontology = ontology_bytes(growing_.ontology());
    writer_.begin(ontology_section);
    writer_.put(std::as_bytes(std::span(ontology)));
    write_nodes();
    write_edges();
    write_sources();
    write_lists();
    write_evidence();
    for (const Quantity& quantity : quantities_) strings_.use(quantity.unit);
    writer_.section("quantities", quantities_);
    writer_.section("alias_begin", alias_begin_);
    writer_.section("attribute_begin", attribute_begin_);
    writer_.section("mention_begin", mention_begin_);
    write_ends();
    writer_.section("evidence_begin", evidence_begin_);
    strings_.write(writer_);
    write_updated_names(base_, merge_.nodes_with_old_names(), nodes_, merge_.named(), writer_);
    writer_.finish(stamp_);
  }

  void write_nodes() {
    writer_.begin("nodes");
    merge_.visit_nodes([&](std::uint32_t old, std::uint32_t changed) {
      Node node = changed == none ? base_.node(NodeId(old)) : nodes_.node(NodeId(changed));
      if (changed != none) {
        node.key = in(*node_strings_, node.key);
        node.name = in(*node_strings_, node.name);
        node.type = types_[node.type.value];
      }
      strings_.use(node.key);
      strings_.use(node.name);
      writer_.put_one(node);
    });
  }

  void write_edges() {
    writer_.begin("edges");
    out_begin_.assign(merge_.node_count() + 1, 0);
    in_begin_.assign(merge_.node_count() + 1, 0);
    const auto put = [&](const Edge& edge) {
      ++out_begin_[edge.source.value + 1];
      ++in_begin_[edge.target.value + 1];
      ++edge_count_;
      writer_.put_one(edge);
    };
    visit_edges(
        [&](EdgeId id) {
          Edge edge = base_.edge(id);
          edge.source = merge_.base_node(edge.source);
          edge.target = merge_.base_node(edge.target);
          if (edge.attribution.valid()) edge.attribution = merge_.base_node(edge.attribution);
          put_quantity(edge, base_.quantity(id));
          put(edge);
        },
        [&](const EdgePatch& patch) {
          Edge edge = edges_.edge(patch.now);
          const Quantity* quantity = edges_.quantity(patch.now);
          edge.source = edge_nodes_[edge.source.value];
          edge.target = edge_nodes_[edge.target.value];
          edge.relation = relations_of_.at(&edges_)[edge.relation.value];
          if (edge.attribution.valid()) edge.attribution = edge_nodes_[edge.attribution.value];
          put_quantity(edge, quantity);
          if (quantity != nullptr)
            quantities_.back().unit = in(*edge_strings_, quantities_.back().unit);
          put(edge);
        });
    std::partial_sum(out_begin_.begin(), out_begin_.end(), out_begin_.begin());
    std::partial_sum(in_begin_.begin(), in_begin_.end(), in_begin_.begin());
  }

  void put_quantity(Edge& edge, const Quantity* quantity) {
    if (quantity == nullptr) return;
    edge.quantity = static_cast<std::uint32_t>(quantities_.size());
    quantities_.push_back(*quantity);
  }

  void write_sources() {
    writer_.begin("documents");
    merge_.visit_documents([&](bool is_base, std::size_t i) {
      SourceDocument document = is_base ? base_.documents()[i] : came_.documents()[i];
      for (StringId* id :
           {&document.name, &document.title, &document.date, &document.author, &document.outlet,
            &document.url, &document.language, &document.copy_of}) {
        if (!is_base) *id = in(*came_strings_, *id);
        strings_.use(*id);
      }
      writer_.put_one(document);
    });
    writer_.begin("sentences");
    merge_.visit_sentences([&](bool is_base, std::size_t i) {
      SourceSentence sentence = is_base ? base_.sentences()[i] : came_.sentences()[i];
      sentence.document = is_base ? merge_.base_document(sentence.document)
                                  : merge_.came_document(sentence.document);
      if (!is_base) sentence.text = in(*came_strings_, sentence.text);
      strings_.use(sentence.text);
      writer_.put_one(sentence);
    });
  }

  void write_lists() {
    writer_.begin("aliases");
    alias_begin_ = {0};
    merge_.visit_nodes([&](std::uint32_t old, std::uint32_t changed) {
      const bool is_old = changed == none;
      const auto aliases = is_old ? base_.aliases(NodeId(old)) : nodes_.aliases(NodeId(changed));
      for (StringId id : aliases) {
        if (!is_old) id = in(*node_strings_, id);
        strings_.use(id);
        writer_.put_one(id);
      }
      alias_begin_.push_back(alias_begin_.back() + static_cast<std::uint32_t>(aliases.size()));
    });
    writer_.begin("attributes");
    attribute_begin_ = {0};
    merge_.visit_nodes([&](std::uint32_t old, std::uint32_t changed) {
      const bool is_old = changed == none;
      const auto attributes =
          is_old ? base_.attributes(NodeId(old)) : nodes_.attributes(NodeId(changed));
      for (Attribute own : attributes) {
        if (!is_old) own = {in(*node_strings_, own.key), in(*node_strings_, own.value)};
        strings_.use(own.key);
        strings_.use(own.value);
        writer_.put_one(own);
      }
      attribute_begin_.push_back(attribute_begin_.back() +
                                 static_cast<std::uint32_t>(attributes.size()));
    });
    write_mentions();
  }

  void write_mentions() {
    std::unordered_map<std::uint32_t, NodeId> came_at;
    for (std::size_t i = 0; i < came_nodes_.size(); ++i)
      came_at.emplace(came_nodes_[i].value, NodeId(i));
    writer_.begin("mentions");
    mention_begin_ = {0};
    std::vector<NodeMention> mentions;
    std::uint32_t place = 0;
    merge_.visit_nodes([&](std::uint32_t old, std::uint32_t /*changed*/) {
      mentions.clear();
      if (old != none) {
        for (const NodeMention& mention : base_.mentions(NodeId(old))) {
          const SentenceId sentence = merge_.base_sentence(mention.sentence);
          if (sentence.valid()) mentions.push_back({sentence, mention.span});
        }
      }
      if (const auto came = came_at.find(place++); came != came_at.end()) {
        const auto middle = static_cast<std::ptrdiff_t>(mentions.size());
        for (const NodeMention& mention : came_.mentions(came->second))
          mentions.push_back({merge_.came_sentence(mention.sentence), mention.span});
        // Of different documents, so that none is there twice.
        std::inplace_merge(mentions.begin(), mentions.begin() + middle, mentions.end(),
                           [](const NodeMention& left, const NodeMention& right) {
                             return std::tie(left.sentence, left.span) <
                                    std::tie(right.sentence, right.span);
                           });
      }
      writer_.put(std::span<const NodeMention>(mentions));
      mention_begin_.push_back(mention_begin_.back() + static_cast<std::uint32_t>(mentions.size()));
    });
  }

  void write_evidence() {
    writer_.begin("evidence");
    evidence_begin_ = {0};
    evidence_begin_.reserve(edge_count_ + 1);
    const auto close = [&](std::size_t more) {
      evidence_begin_.push_back(evidence_begin_.back() + static_cast<std::uint32_t>(more));
    };
    visit_edges(
        [&](EdgeId id) {
          const auto all = base_.evidence(id);
          for (const Evidence& evidence : all) put_evidence(of_base(evidence));
          close(all.size());
        },
        [&](const EdgePatch& patch) {
          for (const Evidence& evidence : patch.evidence) put_evidence(evidence);
          close(patch.evidence.size());
        });
  }

  void put_evidence(const Evidence& evidence) {
    strings_.use(evidence.rule);
    strings_.use(evidence.quantity.unit);
    writer_.put_one(evidence);
  }

  void write_ends() {
    writer_.section("out_begin", out_begin_);
    writer_.section("in_begin", in_begin_);
    std::vector<EdgeId> in_edges(edge_count_);
    std::vector<std::uint32_t> next(in_begin_.begin(), in_begin_.end() - 1);
    std::uint32_t id = 0;
    visit_edges(
        [&](EdgeId old) {
          in_edges[next[merge_.base_node(base_.edge(old).target).value]++] = EdgeId(id++);
        },
        [&](const EdgePatch& patch) {
          in_edges[next[edge_nodes_[edges_.edge(patch.now).target.value].value]++] = EdgeId(id++);
        });
    writer_.section("in_edges", in_edges);
  }

  static constexpr std::uint32_t none = UpdateMerge::none;

  const GraphChange& change_;
  const Graph& base_;
  const Graph& came_;
  const Graph& nodes_;
  const Graph& edges_;
  std::string_view stamp_;
  GraphBuilder growing_;  ///< for its ontology alone
  UpdateStrings strings_;
  UpdateMerge merge_;
  ImageWriter writer_;

  const std::vector<StringId>* came_strings_ = nullptr;
  const std::vector<StringId>* node_strings_ = nullptr;
  const std::vector<StringId>* edge_strings_ = nullptr;
  std::map<const Graph*, std::vector<RelationId>> relations_of_;
  std::vector<TypeId> types_;
  std::vector<std::uint32_t> relation_rank_;

  std::vector<NodeId> came_nodes_;
  std::vector<NodeId> edge_nodes_;

  std::vector<bool> is_touched_;
  std::vector<std::pair<EdgePlace, EdgePatch>> patches_;
  std::size_t edge_count_ = 0;
  std::vector<Quantity> quantities_;
  std::vector<std::uint32_t> alias_begin_;
  std::vector<std::uint32_t> attribute_begin_;
  std::vector<std::uint32_t> mention_begin_;
  std::vector<std::uint32_t> out_begin_;
  std::vector<std::uint32_t> in_begin_;
  std::vector<std::uint32_t> evidence_begin_;
};

}  // namespace

std::vector<EdgeId> edges_told_in(const Graph& graph, const std::vector<DocumentId>& documents) {
  std::vector<EdgeId> edges;
  if (documents.empty()) return edges;
  std::vector<bool> is_told(graph.documents().size());
  for (const DocumentId id : documents) is_told[id.value] = true;
  std::vector<bool> sentences(graph.sentences().size());
  for (std::size_t i = 0; i < sentences.size(); ++i)
    sentences[i] = is_told[graph.sentences()[i].document.value];
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const auto all = graph.evidence(EdgeId(i));
    if (std::any_of(all.begin(), all.end(),
                    [&](const Evidence& evidence) { return sentences[evidence.sentence.value]; })) {
      edges.emplace_back(i);
    }
  }
  return edges;
}

bool write_updated_image(const GraphChange& change, std::string_view stamp, std::ostream& out) {
  return Updater(change, stamp, out).run();
}

}  // namespace relata
