#include "exporters/located.h"

#include <charconv>
#include <cmath>

namespace relata {

namespace {

std::optional<double> degrees(std::string_view text, double limit) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::fabs(value) <= limit)) {
    return std::nullopt;
  }
  return value;
}

std::optional<Coordinates> own_coordinates(const Graph& graph, NodeId id) {
  const auto latitude = degrees(graph.attribute(id, "latitude"), 90);
  const auto longitude = degrees(graph.attribute(id, "longitude"), 180);
  if (!latitude || !longitude) return std::nullopt;
  return Coordinates{*latitude, *longitude};
}

}  // namespace

std::optional<Coordinates> coordinates_of(const Graph& graph, NodeId id) {
  if (const auto own = own_coordinates(graph, id)) return own;
  if (graph.node(id).kind != NodeKind::event) return std::nullopt;
  for (auto [edge, end] = graph.out_edges(id); edge < end; edge = EdgeId(edge.value + 1)) {
    if (graph.relation(edge).name != "place" || !graph.relation(edge).role) continue;
    if (graph.edge(edge).polarity == Polarity::negated) continue;
    if (const auto there = own_coordinates(graph, graph.edge(edge).target)) return there;
  }
  return std::nullopt;
}

}  // namespace relata
