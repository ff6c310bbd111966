#include "graph/update_merge.h"

#include <algorithm>
#include <span>

namespace relata {

// Whole documents come and go.
bool UpdateMerge::merge_documents() {
  const auto before = base_.documents();
  const auto came = came_.documents();
  base_documents_.assign(before.size(), DocumentId());
  came_documents_.assign(came.size(), DocumentId());
  std::size_t gone = 0;
  std::size_t next = 0;
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (gone < gone_.size() && gone_[gone].value == i) {
      ++gone;
      continue;
    }
    const std::string_view name = base_.text(before[i].name);
    for (; next < came.size() && came_.text(came[next].name) <= name; ++next) {
      if (came_.text(came[next].name) == name) return false;
      came_documents_[next] = DocumentId(count++);
      documents_.emplace_back(false, next);
    }
    base_documents_[i] = DocumentId(count++);
    documents_.emplace_back(true, i);
  }
  for (; next < came.size(); ++next) {
    came_documents_[next] = DocumentId(count++);
    documents_.emplace_back(false, next);
  }
  map_sentences();
  return true;
}

void UpdateMerge::map_sentences() {
  base_sentences_.assign(base_.sentences().size(), SentenceId());
  came_sentences_.assign(came_.sentences().size(), SentenceId());
  std::uint32_t count = 0;
  visit_sentences([&](bool is_base, std::size_t i) {
    (is_base ? base_sentences_ : came_sentences_)[i] = SentenceId(count++);
  });
}

/// For each place the node of the old graph, of the changed ones, or of both.
void UpdateMerge::merge_nodes() {
  base_nodes_.assign(base_.node_count(), NodeId());
  std::size_t gone = 0;
  std::size_t next = 0;
  const auto before = [&](std::size_t i) { return base_.key(NodeId(i)); };
  // Between two changed nodes nothing has to be compared.
  const auto place_of_next = [&]() -> std::size_t {
    if (next == nodes_.node_count()) return base_.node_count();
    const std::string_view key = nodes_.key(NodeId(next));
    const std::span<const Node> all = base_.nodes();
    const auto at_least = std::partition_point(
        all.begin(), all.end(), [&](const Node& node) { return base_.text(node.key) < key; });
    return static_cast<std::size_t>(at_least - all.begin());
  };
  const auto put_changed = [&](std::uint32_t old) {
    named_.push_back({NodeId(next), NodeId(count_)});
    changed_at_.emplace_back(count_, static_cast<std::uint32_t>(next));
    if (old != none) base_nodes_[old] = NodeId(count_);
    merged_.push_back(old);
    ++count_;
    ++next;
  };
  merged_.reserve(base_.node_count() + nodes_.node_count());
  std::size_t stop = place_of_next();
  for (std::size_t i = 0; i < base_.node_count(); ++i) {
    while (i == stop && next < nodes_.node_count() && nodes_.key(NodeId(next)) < before(i)) {
      put_changed(none);
      stop = place_of_next();
    }
    if (gone < gone_nodes_.size() && gone_nodes_[gone].value == i) {
      ++gone;
      continue;
    }
    if (i == stop && next < nodes_.node_count() && nodes_.key(NodeId(next)) == before(i)) {
      put_changed(static_cast<std::uint32_t>(i));
      stop = place_of_next();
      continue;
    }
    base_nodes_[i] = NodeId(count_++);
    merged_.push_back(static_cast<std::uint32_t>(i));
  }
  while (next < nodes_.node_count()) put_changed(none);
}

NodeId UpdateMerge::find(std::string_view key) const {
  if (const NodeId changed = nodes_.find_key(key); changed.valid())
    return named_[changed.value].now;
  const NodeId before = base_.find_key(key);
  return before.valid() ? base_nodes_[before.value] : before;
}

std::vector<NodeId> UpdateMerge::places_of(const Graph& graph) const {
  std::vector<NodeId> places;
  for (std::size_t i = 0; i < graph.node_count(); ++i) places.push_back(find(graph.key(NodeId(i))));
  return places;
}

std::vector<NodeId> UpdateMerge::nodes_with_old_names() const {
  std::vector<NodeId> nodes = base_nodes_;
  for (const auto& [place, changed] : changed_at_) {
    if (merged_[place] != none) nodes[merged_[place]] = NodeId();
  }
  return nodes;
}

}  // namespace relata
