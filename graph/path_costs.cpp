#include "graph/path_costs.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace relata::path_costs {

namespace {

/// log2 in units of 1/1024, by straight lines between the powers of two.
std::uint64_t log2_units(std::uint64_t value) {
  const auto power = static_cast<unsigned>(std::bit_width(value) - 1);
  const std::uint64_t fraction =
      power >= 10 ? value >> (power - 10) : value << (10 - power);  // 1024..2047
  return power * 1024ULL + (fraction - 1024);
}

}  // namespace

std::uint32_t half_weight(std::size_t degree) {
  return static_cast<std::uint32_t>(log2_units(1 + std::uint64_t{degree}) / 8);
}

std::uint32_t half_weight(const Graph& graph, NodeId node) {
  return half_weight(degree(graph, node));
}

std::uint32_t standing(const Graph& graph, EdgeId id) {
  const Edge& edge = graph.edge(id);
  std::uint64_t cost = 0;
  if (graph.ontology().relation(edge.relation).role) cost += step_unit / 2;
  if (edge.polarity == Polarity::negated) cost += 2 * step_unit;
  if (edge.modality == Modality::planned || edge.modality == Modality::possible) cost += step_unit;
  const double doubt = 1 - std::clamp(static_cast<double>(edge.confidence), 0.0, 1.0);
  return static_cast<std::uint32_t>(cost + static_cast<std::uint64_t>(std::lround(doubt * 256)));
}

std::uint64_t base(const Graph& graph, EdgeId edge, std::uint32_t edge_standing, PathOrder order) {
  const std::uint64_t plain = step_unit + edge_standing;
  switch (order) {
    case PathOrder::hubs:
      return plain;
    case PathOrder::hops:
      return (std::uint64_t{1} << 32U) + plain;
    case PathOrder::confidence: {
      const double confidence =
          std::clamp(static_cast<double>(graph.edge(edge).confidence), 1e-6, 1.0);
      const auto doubt = static_cast<std::uint64_t>(std::llround(-std::log(confidence) * 1e6));
      return (doubt << 24U) + plain;
    }
  }
  return plain;
}

std::uint64_t least_base(PathOrder order) {
  return order == PathOrder::hops ? (std::uint64_t{1} << 32U) + step_unit : step_unit;
}

}  // namespace relata::path_costs
