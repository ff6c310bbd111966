#pragma once
// One look for all formats that show a graph: a colour family and a shape a kind, a shade a type.
// Plain values.

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/graph.h"

namespace relata {

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};

struct NodeStyle {
  Rgb fill;
  Rgb border;
};

/// Blues for actors, greens for places, oranges for events.
NodeStyle node_style(NodeKind kind, std::string_view type);

/// Types of events that do harm (attack, death, war, ...) have a shade of their own.
bool is_harm(std::string_view type);

/// "#1f77b4".
std::string hex_color(Rgb color);

}  // namespace relata
