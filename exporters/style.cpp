#include "exporters/style.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace relata {

namespace {

struct Shade {
  std::string_view type;
  Rgb fill;
};

constexpr std::array<Shade, 8> actor_shades = {{
    {"person", {0xDD, 0xE9, 0xF8}},
    {"group", {0xC6, 0xDA, 0xF2}},
    {"military", {0xA9, 0xC4, 0xE6}},
    {"government", {0xC9, 0xC9, 0xF0}},
    {"organization", {0xCF, 0xE6, 0xF5}},
    {"media", {0xE3, 0xDA, 0xF3}},
    {"party", {0xD6, 0xD0, 0xEE}},
    {"company", {0xC4, 0xE1, 0xE8}},
}};
constexpr std::array<Shade, 7> place_shades = {{
    {"country", {0xB9, 0xDF, 0xB4}},
    {"region", {0xCC, 0xE8, 0xC6}},
    {"city", {0xDF, 0xF1, 0xD6}},
    {"facility", {0xD9, 0xE5, 0xC3}},
    {"water", {0xC2, 0xE7, 0xDE}},
    {"landform", {0xDB, 0xE3, 0xB8}},
    {"location", {0xE6, 0xF3, 0xE0}},
}};

template <std::size_t Size>
Rgb shade(const std::array<Shade, Size>& shades, std::string_view type, Rgb otherwise) {
  const auto* const found = std::find_if(shades.begin(), shades.end(),
                                         [&](const Shade& each) { return each.type == type; });
  return found == shades.end() ? otherwise : found->fill;
}

}  // namespace

NodeStyle node_style(NodeKind kind, std::string_view type) {
  switch (kind) {
    case NodeKind::actor:
      return {shade(actor_shades, type, {0xD4, 0xE4, 0xF4}), {0x2F, 0x5D, 0x94}};
    case NodeKind::place:
      return {shade(place_shades, type, {0xD6, 0xEC, 0xD0}), {0x3C, 0x7A, 0x3C}};
    case NodeKind::event:
      return {is_harm(type) ? Rgb{0xF9, 0xC9, 0xB0} : Rgb{0xFD, 0xE3, 0xC0}, {0xC0, 0x6A, 0x1E}};
  }
  return {};
}

bool is_harm(std::string_view type) {
  for (const std::string_view harm :
       {"attack", "death", "injury", "war", "disaster", "threat", "capture", "seizure"}) {
    if (type == harm) return true;
  }
  return false;
}

std::string hex_color(Rgb color) {
  return fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue);
}

}  // namespace relata
