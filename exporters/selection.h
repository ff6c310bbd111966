#pragma once
// Which nodes and edges of a graph go out under the options: the view of events and the least
// confidence. Refers to the graph, which must outlive it. Safe to read from several threads.
// Construction costs O(edges + evidence), a question O(evidence of the edge).

#include <cstdint>
#include <string>
#include <vector>

#include "exporters/exporter.h"

namespace relata {

class Selection final {
 public:
  Selection(const Graph& graph, const ExportOptions& options);

  /// With EventView::relations nodes of events stay behind.
  [[nodiscard]] bool node(NodeId id) const {
    return options_.events != EventView::relations || graph_.node(id).kind != NodeKind::event;
  }
  /// Both ends go out, the confidence suffices, and with EventView::nodes the edge is not merely
  /// the direct relation of an event's participants: one whose every piece of evidence has its
  /// trigger in common with an event's role edge.
  [[nodiscard]] bool edge(EdgeId id) const;

 private:
  [[nodiscard]] bool repeats_event(EdgeId id) const;

  const Graph& graph_;
  ExportOptions options_;
  std::vector<std::uint64_t> event_triggers_;  // sentence and first byte, sorted
};

/// The edge as an English phrase that tells parallel edges apart: "captured by", "not captured by",
/// "captured by (planned)".
std::string edge_label(const Graph& graph, EdgeId id);

/// Throws UsageError unless `profile` is "" or a tool that opens the format.
void require_profile(std::string_view format, std::string_view profile);

}  // namespace relata
