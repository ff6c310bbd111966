#pragma once
// Strong ids: indices into the tables of one Graph. An id is four bytes, never a pointer, and means
// nothing in another graph.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace relata {

/// An index that cannot be mixed up with an index of another table.
template <class Tag>
struct Id {
  static constexpr std::uint32_t invalid = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t value = invalid;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}

  [[nodiscard]] constexpr bool valid() const { return value != invalid; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

using NodeId = Id<struct NodeTag>;
using EdgeId = Id<struct EdgeTag>;
using StringId = Id<struct StringTag>;
using DocumentId = Id<struct DocumentTag>;
using SentenceId = Id<struct SentenceTag>;
using TypeId = Id<struct TypeTag>;          ///< node type, in the ontology
using RelationId = Id<struct RelationTag>;  ///< relation, in the ontology

}  // namespace relata

template <class Tag>
struct std::hash<relata::Id<Tag>> {
  std::size_t operator()(const relata::Id<Tag>& id) const noexcept {
    return std::hash<std::uint32_t>{}(id.value);
  }
};
