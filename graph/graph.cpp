#include "graph/graph.h"

#include <algorithm>
#include <array>

namespace relata {

namespace {

constexpr std::array<std::string_view, 4> modality_names = {"asserted", "reported", "planned",
                                                            "possible"};
constexpr std::array<std::string_view, 3> mood_names = {"", "conditional", "questioned"};
constexpr std::array<std::string_view, 6> strength_names = {"",        "reported", "confirmed",
                                                            "claimed", "denied",   "accused"};

template <class Enum, std::size_t Size>
std::optional<Enum> from_name(const std::array<std::string_view, Size>& names,
                              std::string_view name) {
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view modality_name(Modality modality) {
  return modality_names[static_cast<std::size_t>(modality)];
}
std::optional<Modality> modality_from_name(std::string_view name) {
  return from_name<Modality>(modality_names, name);
}
std::string_view mood_name(Mood mood) {
  return mood_names[static_cast<std::size_t>(mood)];
}
std::optional<Mood> mood_from_name(std::string_view name) {
  return from_name<Mood>(mood_names, name);
}
std::string_view strength_name(Strength strength) {
  return strength_names[static_cast<std::size_t>(strength)];
}
std::optional<Strength> strength_from_name(std::string_view name) {
  return from_name<Strength>(strength_names, name);
}

Quantity merge(const Quantity& left, const Quantity& right) {
  if (!left.known) return right;
  if (!right.known) return left;
  Quantity both = left;
  both.min = std::min(left.min, right.min);
  both.max = std::max(left.max, right.max);
  both.approximate = left.approximate || right.approximate;
  return both;
}

std::string_view Graph::attribute(NodeId id, std::string_view key) const {
  for (const Attribute& attribute : attributes(id)) {
    if (text(attribute.key) == key) return text(attribute.value);
  }
  return {};
}

NodeId Graph::find_key(std::string_view key) const {
  const auto found = std::lower_bound(
      tables_.nodes.begin(), tables_.nodes.end(), key,
      [this](const Node& node, std::string_view wanted) { return text(node.key) < wanted; });
  if (found == tables_.nodes.end() || text(found->key) != key) return {};
  return NodeId(static_cast<std::size_t>(found - tables_.nodes.begin()));
}

Graph::Graph(std::shared_ptr<const Ontology> ontology, OwnedGraphTables tables)
    : ontology_(std::move(ontology)) {
  auto storage = std::make_shared<const OwnedGraphTables>(std::move(tables));
  visit_tables(tables_, *storage, [](auto& shown, const auto& owned) { shown = owned; });
  storage_ = std::move(storage);
}

std::span<const std::byte> Graph::attachment(std::string_view name) const {
  for (const auto& [own, bytes] : attachments_) {
    if (own == name) return bytes;
  }
  return {};
}

std::size_t Graph::memory() const {
  std::size_t sum = 0;
  visit_tables(tables_, tables_,
               [&](const auto& table, const auto& /*same*/) { sum += table.size_bytes(); });
  return sum;
}

}  // namespace relata
