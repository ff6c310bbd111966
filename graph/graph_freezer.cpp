// GraphBuilder::build(): brings everything into the canonical order and sums up each edge's
// evidence.

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "graph/evidence_order.h"
#include "graph/graph_builder.h"

namespace relata {

namespace {

/// Positions of `count` things in the order of `less`, and for each thing its new index.
template <class IdType, class Less>
std::pair<std::vector<std::uint32_t>, std::vector<IdType>> ordered(std::size_t count, Less less) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), less);
  std::vector<IdType> new_id(count);
  for (std::size_t i = 0; i < count; ++i) new_id[order[i]] = IdType(i);
  return {std::move(order), std::move(new_id)};
}

}  // namespace

class GraphBuilder::Freezer final {
 public:
  explicit Freezer(GraphBuilder& builder) : builder_(builder) {}

  Graph freeze() {
    put_sources();
    put_nodes();
    put_edges();
    put_strings();
    return {builder_.ontology_, std::move(tables_)};
  }

 private:
  [[nodiscard]] std::string_view text(StringId id) const { return builder_.text(id); }

  void put_sources() {
    const auto& documents = builder_.documents_;
    auto [document_order, document_ids] =
        ordered<DocumentId>(documents.size(), [&](std::uint32_t left, std::uint32_t right) {
          return text(documents[left].name) < text(documents[right].name);
        });
    for (const std::uint32_t i : document_order) tables_.documents.push_back(documents[i]);

    const auto& sentences = builder_.sentences_;
    const auto place = [&, &ids = document_ids](std::uint32_t i) {
      return std::tuple(ids[sentences[i].document.value], sentences[i].span);
    };
    auto [sentence_order, sentence_ids] = ordered<SentenceId>(
        sentences.size(),
        [&](std::uint32_t left, std::uint32_t right) { return place(left) < place(right); });
    for (const std::uint32_t i : sentence_order) {
      tables_.sentences.push_back(sentences[i]);
      tables_.sentences.back().document = document_ids[sentences[i].document.value];
    }
    sentence_ids_ = std::move(sentence_ids);
  }

  void put_nodes() {
    auto& drafts = builder_.nodes_;
    auto [order, ids] =
        ordered<NodeId>(drafts.size(), [&](std::uint32_t left, std::uint32_t right) {
          return text(drafts[left].node.key) < text(drafts[right].node.key);
        });
    node_ids_ = std::move(ids);
    tables_.nodes.reserve(drafts.size());
    for (const std::uint32_t i : order) put_node(drafts[i]);
    close(tables_.alias_begin, tables_.aliases.size());
    close(tables_.attribute_begin, tables_.attributes.size());
    close(tables_.mention_begin, tables_.mentions.size());
    drafts = {};
    builder_.node_of_string_ = {};
  }

  void put_node(NodeDraft& draft) {
    tables_.nodes.push_back(draft.node);
    close(tables_.alias_begin, tables_.aliases.size());
    close(tables_.attribute_begin, tables_.attributes.size());
    close(tables_.mention_begin, tables_.mentions.size());

    const auto by_text = [this](StringId left, StringId right) { return text(left) < text(right); };
    std::sort(draft.aliases.begin(), draft.aliases.end(), by_text);
    draft.aliases.erase(std::unique(draft.aliases.begin(), draft.aliases.end()),
                        draft.aliases.end());
    std::erase(draft.aliases, draft.node.name);
    tables_.aliases.insert(tables_.aliases.end(), draft.aliases.begin(), draft.aliases.end());

    std::sort(draft.attributes.begin(), draft.attributes.end(),
              [this](const Attribute& left, const Attribute& right) {
                return std::pair(text(left.key), text(left.value)) <
                       std::pair(text(right.key), text(right.value));
              });
    draft.attributes.erase(std::unique(draft.attributes.begin(), draft.attributes.end()),
                           draft.attributes.end());
    tables_.attributes.insert(tables_.attributes.end(), draft.attributes.begin(),
                              draft.attributes.end());

    for (NodeMention& mention : draft.mentions)
      mention.sentence = sentence_ids_[mention.sentence.value];
    const auto place = [](const NodeMention& mention) {
      return std::tie(mention.sentence, mention.span);
    };
    std::sort(draft.mentions.begin(), draft.mentions.end(),
              [&](const NodeMention& left, const NodeMention& right) {
                return place(left) < place(right);
              });
    const auto same = [&](const NodeMention& left, const NodeMention& right) {
      return place(left) == place(right);
    };
    draft.mentions.erase(std::unique(draft.mentions.begin(), draft.mentions.end(), same),
                         draft.mentions.end());
    tables_.mentions.insert(tables_.mentions.end(), draft.mentions.begin(), draft.mentions.end());
  }

  void put_edges() {
    auto& drafts = builder_.edges_;
    builder_.edge_index_ = {};
    const std::vector<std::uint32_t> relation_rank = rank_relations();
    for (EdgeDraft& draft : drafts) {
      draft.key.source = node_ids_[draft.key.source.value];
      draft.key.target = node_ids_[draft.key.target.value];
    }
    const auto place = [&](const EdgeDraft& draft) {
      return std::tuple(draft.key.source, draft.key.target, relation_rank[draft.key.relation.value],
                        draft.key.polarity, draft.key.reality);
    };
    std::sort(drafts.begin(), drafts.end(), [&](const EdgeDraft& left, const EdgeDraft& right) {
      return place(left) < place(right);
    });
    tables_.edges.reserve(drafts.size());
    tables_.evidence.reserve(builder_.evidence_.size());
    tables_.evidence_begin.reserve(drafts.size() + 1);
    for (const EdgeDraft& draft : drafts) put_edge(draft);
    close(tables_.evidence_begin, tables_.evidence.size());
    drafts = {};
    builder_.evidence_ = {};
    index_ends();
  }

  [[nodiscard]] std::vector<std::uint32_t> rank_relations() const {
    const auto& relations = builder_.ontology_->relations();
    auto [order, ids] =
        ordered<RelationId>(relations.size(), [&](std::uint32_t left, std::uint32_t right) {
          return relations[left].name < relations[right].name;
        });
    std::vector<std::uint32_t> rank;
    for (const RelationId id : ids) rank.push_back(id.value);
    return rank;
  }

  void put_edge(const EdgeDraft& draft) {
    close(tables_.evidence_begin, tables_.evidence.size());
    std::vector<Evidence>& evidence = scratch_;
    evidence.clear();
    for (std::uint32_t i = draft.evidence; i != none; i = builder_.evidence_[i].next) {
      evidence.push_back(builder_.evidence_[i].evidence);
      Evidence& last = evidence.back();
      last.sentence = sentence_ids_[last.sentence.value];
      if (last.attribution.valid()) last.attribution = node_ids_[last.attribution.value];
    }
    put_in_order(evidence, [this](StringId id) { return text(id); });

    Edge edge;
    edge.source = draft.key.source;
    edge.target = draft.key.target;
    edge.relation = draft.key.relation;
    edge.polarity = draft.key.polarity;
    edge.modality = draft.modality;
    EdgeValues values;
    if (!evidence.empty()) {
      values = sum_up(evidence);
    } else if (draft.values != none) {
      values = builder_.values_[draft.values];
      if (values.attribution.valid()) values.attribution = node_ids_[values.attribution.value];
    }
    edge.confidence = values.confidence;
    edge.weight = values.weight;
    edge.time = values.time;
    edge.attribution = values.attribution;
    edge.mood = values.mood;
    if (values.quantity.known) {
      edge.quantity = static_cast<std::uint32_t>(tables_.quantities.size());
      tables_.quantities.push_back(values.quantity);
    }
    tables_.edges.push_back(edge);
    tables_.evidence.insert(tables_.evidence.end(), evidence.begin(), evidence.end());
  }

  /// What counts as a piece of evidence of its own.
  struct Told {
    StringId story;
    DocumentId document;
    StringId sentence;
    float confidence = 0;
  };

  // The same sentence in two documents is one piece of evidence: agencies' reports are printed by
  // many papers. Of the near copies of one report, the one that says most speaks for all.
  [[nodiscard]] EdgeValues sum_up(const std::vector<Evidence>& evidence) {
    EdgeValues sum{0, 0, {}, {}, evidence.front().attribution, evidence.front().mood};
    told_.clear();
    bool copies = false;
    for (const Evidence& piece : evidence) {
      const SourceSentence& sentence = tables_.sentences[piece.sentence.value];
      const SourceDocument& document = tables_.documents[sentence.document.value];
      copies = copies || document.copy_of.valid();
      told_.push_back({document.copy_of.valid() ? document.copy_of : document.name,
                       sentence.document, sentence.text, piece.confidence});
      sum.time = merge(sum.time, piece.time);
      sum.quantity = merge(sum.quantity, piece.quantity);
      sum.mood = std::min(sum.mood, piece.mood);
      if (sum.attribution != piece.attribution) sum.attribution = NodeId();
    }
    if (copies) keep_one_copy();
    std::sort(told_.begin(), told_.end(), [this](const Told& left, const Told& right) {
      return std::pair(text(left.sentence), -left.confidence) <
             std::pair(text(right.sentence), -right.confidence);
    });
    double doubt = 1;
    for (std::size_t i = 0; i < told_.size(); ++i) {
      if (i > 0 && told_[i].sentence == told_[i - 1].sentence) continue;
      doubt *= 1 - static_cast<double>(told_[i].confidence);
      sum.weight += 1;
    }
    sum.confidence = static_cast<float>(1 - doubt);
    return sum;
  }

  /// Leaves of each story the document with the most sentences, of equal ones the first.
  void keep_one_copy() {
    std::map<std::pair<StringId, DocumentId>, std::set<StringId>> sentences;
    for (const Told& told : told_) {
      sentences[{told.story, told.document}].insert(told.sentence);
    }
    std::map<StringId, std::pair<DocumentId, std::size_t>> best;
    for (const auto& [place, texts] : sentences) {
      auto& chosen = best[place.first];
      if (texts.size() > chosen.second) chosen = {place.second, texts.size()};
    }
    std::erase_if(told_,
                  [&](const Told& told) { return best.at(told.story).first != told.document; });
  }

  void put_strings() {
    StringPool& pool = builder_.strings_;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < pool.size(); ++i) bytes += pool.view(StringId(i)).size();
    tables_.string_begin.reserve(pool.size() + 1);
    tables_.string_bytes.reserve(bytes);
    for (std::size_t i = 0; i < pool.size(); ++i) {
      const std::string_view text = pool.view(StringId(i));
      tables_.string_begin.push_back(tables_.string_bytes.size());
      tables_.string_bytes.insert(tables_.string_bytes.end(), text.begin(), text.end());
    }
    tables_.string_begin.push_back(tables_.string_bytes.size());
    pool = {};
  }

  void index_ends() {
    const std::size_t nodes = tables_.nodes.size();
    tables_.out_begin.assign(nodes + 1, 0);
    tables_.in_begin.assign(nodes + 1, 0);
    for (const Edge& edge : tables_.edges) {
      ++tables_.out_begin[edge.source.value + 1];
      ++tables_.in_begin[edge.target.value + 1];
    }
    std::partial_sum(tables_.out_begin.begin(), tables_.out_begin.end(), tables_.out_begin.begin());
    std::partial_sum(tables_.in_begin.begin(), tables_.in_begin.end(), tables_.in_begin.begin());
    tables_.in_edges.resize(tables_.edges.size());
    std::vector<std::uint32_t> next(tables_.in_begin.begin(), tables_.in_begin.end() - 1);
    for (std::size_t i = 0; i < tables_.edges.size(); ++i) {
      tables_.in_edges[next[tables_.edges[i].target.value]++] = EdgeId(i);
    }
  }

  static void close(std::vector<std::uint32_t>& begin, std::size_t size) {
    begin.push_back(static_cast<std::uint32_t>(size));
  }

  GraphBuilder& builder_;
  OwnedGraphTables tables_;
  std::vector<SentenceId> sentence_ids_;
  std::vector<NodeId> node_ids_;
  std::vector<Evidence> scratch_;
  std::vector<Told> told_;
};

Graph GraphBuilder::build() && {
  return Freezer(*this).freeze();
}

}  // namespace relata
