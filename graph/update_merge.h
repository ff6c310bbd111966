#pragma once
// Documents, sentences and nodes of a changed graph in their order, and what became of the ids of
// the graphs that they come from; for graph/graph_update.h.

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph_update.h"
#include "graph/name_index_update.h"

namespace relata {

class UpdateMerge final {
 public:
  static constexpr std::uint32_t none = Id<void>::invalid;

  explicit UpdateMerge(const GraphChange& change)
      : base_(*change.base),
        came_(*change.came),
        nodes_(*change.nodes),
        gone_(change.gone),
        gone_nodes_(change.gone_nodes) {}

  /// False when a document is there twice.
  bool run() {
    if (!merge_documents()) return false;
    merge_nodes();
    return true;
  }

  // Ids now; invalid of what is gone.
  [[nodiscard]] DocumentId base_document(DocumentId id) const { return base_documents_[id.value]; }
  [[nodiscard]] DocumentId came_document(DocumentId id) const { return came_documents_[id.value]; }
  [[nodiscard]] SentenceId base_sentence(SentenceId id) const { return base_sentences_[id.value]; }
  [[nodiscard]] SentenceId came_sentence(SentenceId id) const { return came_sentences_[id.value]; }
  [[nodiscard]] NodeId base_node(NodeId id) const { return base_nodes_[id.value]; }
  /// The node of that key.
  [[nodiscard]] NodeId find(std::string_view key) const;
  /// Of all nodes of a graph, by their keys.
  [[nodiscard]] std::vector<NodeId> places_of(const Graph& graph) const;

  [[nodiscard]] std::uint32_t node_count() const { return count_; }
  /// The node of the old graph at a place; `none` where there was none.
  [[nodiscard]] std::uint32_t old_node(NodeId now) const { return merged_[now.value]; }
  /// Nodes of GraphChange::nodes.
  [[nodiscard]] const std::vector<NamedNode>& named() const { return named_; }
  /// base_node() of those nodes that keep their names.
  [[nodiscard]] std::vector<NodeId> nodes_with_old_names() const;

  /// Calls `visit(bool is of the old graph, place in its table)` for all documents.
  template <class Visit>
  void visit_documents(const Visit& visit) const {
    for (const auto& [is_base, document] : documents_) visit(is_base, document);
  }

  /// Sentences of documents that are there, in their order.
  template <class Visit>
  void visit_sentences(const Visit& visit) const {
    std::size_t at[2] = {0, 0};
    for (const auto& [is_base, document] : documents_) {
      const auto all = is_base ? base_.sentences() : came_.sentences();
      std::size_t& i = at[is_base ? 1 : 0];
      while (i < all.size() && all[i].document.value < document) ++i;
      for (; i < all.size() && all[i].document.value == document; ++i) visit(is_base, i);
    }
  }

  /// Calls `visit(old node or none, changed node or none)` for all nodes in their order.
  template <class Visit>
  void visit_nodes(const Visit& visit) const {
    auto changed = changed_at_.begin();
    for (std::uint32_t i = 0; i < count_; ++i) {
      const bool is_changed = changed != changed_at_.end() && changed->first == i;
      visit(merged_[i], is_changed ? (changed++)->second : none);
    }
  }

 private:
  bool merge_documents();
  void map_sentences();
  void merge_nodes();

  const Graph& base_;
  const Graph& came_;
  const Graph& nodes_;
  const std::vector<DocumentId>& gone_;
  const std::vector<NodeId>& gone_nodes_;

  std::vector<std::pair<bool, std::size_t>> documents_;  ///< of the base or those that came
  std::vector<DocumentId> base_documents_;
  std::vector<DocumentId> came_documents_;
  std::vector<SentenceId> base_sentences_;
  std::vector<SentenceId> came_sentences_;

  std::uint32_t count_ = 0;            ///< of nodes now
  std::vector<std::uint32_t> merged_;  ///< by node now, the node of the base or none
  std::vector<std::pair<std::uint32_t, std::uint32_t>> changed_at_;  ///< node now, node of `nodes`
  std::vector<NamedNode> named_;                                     ///< by node of `nodes`
  std::vector<NodeId> base_nodes_;
};

}  // namespace relata
