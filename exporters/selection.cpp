#include "exporters/selection.h"

#include <algorithm>

#include "exporters/tools.h"
#include "graph/errors.h"

namespace relata {

namespace {

std::uint64_t trigger_place(const Evidence& evidence) {
  return (std::uint64_t{evidence.sentence.value} << 32U) | evidence.trigger.begin;
}

}  // namespace

Selection::Selection(const Graph& graph, const ExportOptions& options)
    : graph_(graph), options_(options) {
  if (options_.events != EventView::nodes) return;
  for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
    if (!graph_.relation(EdgeId(i)).role) continue;
    for (const Evidence& evidence : graph_.evidence(EdgeId(i))) {
      if (!evidence.trigger.empty()) event_triggers_.push_back(trigger_place(evidence));
    }
  }
  std::sort(event_triggers_.begin(), event_triggers_.end());
}

bool Selection::edge(EdgeId id) const {
  const Edge& edge = graph_.edge(id);
  if (edge.confidence < options_.min_confidence) return false;
  if (!node(edge.source) || !node(edge.target)) return false;
  return options_.events != EventView::nodes || !repeats_event(id);
}

bool Selection::repeats_event(EdgeId id) const {
  const Edge& edge = graph_.edge(id);
  if (graph_.node(edge.source).kind == NodeKind::event) return false;
  if (graph_.node(edge.target).kind == NodeKind::event) return false;
  const auto evidence = graph_.evidence(id);
  return !evidence.empty() &&
         std::all_of(evidence.begin(), evidence.end(), [this](const Evidence& piece) {
           return std::binary_search(event_triggers_.begin(), event_triggers_.end(),
                                     trigger_place(piece));
         });
}

std::string edge_label(const Graph& graph, EdgeId id) {
  const Edge& edge = graph.edge(id);
  std::string label = edge.polarity == Polarity::negated ? "not " : "";
  label += graph.relation(id).name;
  if (edge.modality == Modality::planned || edge.modality == Modality::possible) {
    label += " (" + std::string(modality_name(edge.modality)) + ")";
  }
  return label;
}

void require_profile(std::string_view format, std::string_view profile) {
  if (profile.empty()) return;
  const auto known = tools_of_format(format);
  if (std::find(known.begin(), known.end(), profile) != known.end()) return;
  std::string problem =
      "the format " + std::string(format) + " has no profile \"" + std::string(profile) + "\"";
  std::string_view separator = "; it has ";
  for (const std::string_view name : known) {
    problem += separator;
    problem += name;
    separator = ", ";
  }
  throw UsageError(problem);
}

}  // namespace relata
