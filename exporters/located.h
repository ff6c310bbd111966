#pragma once
// Where things are, for the formats of maps.

#include <optional>

#include "graph/graph.h"

namespace relata {

struct Coordinates {
  double latitude = 0;   ///< degrees, WGS 84, -90..90
  double longitude = 0;  ///< degrees, -180..180
};

/// A place's own coordinates (attributes latitude and longitude), an event's those of the place
/// that it has by its role edge "place"; nothing when there are none or they are out of range.
std::optional<Coordinates> coordinates_of(const Graph& graph, NodeId id);

}  // namespace relata
