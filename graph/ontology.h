#pragma once
// The ontology: which types of nodes and events and which relations a graph may hold. It is data: a
// readable table (data/ontology.txt documents the format and is compiled in as the default), so a
// user can bring another. Immutable after it is read; share it by shared_ptr<const Ontology>
// between graphs and threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/ids.h"

namespace relata {

/// What a node is.
enum class NodeKind : std::uint8_t { actor, place, event };

/// "actor", "place", "event".
std::string_view kind_name(NodeKind kind);
std::optional<NodeKind> kind_from_name(std::string_view name);

/// Set of kinds that an end of a relation may have.
struct KindSet {
  bool actor = false;
  bool place = false;
  bool event = false;
  [[nodiscard]] bool contains(NodeKind kind) const {
    return kind == NodeKind::actor ? actor : kind == NodeKind::place ? place : event;
  }
};

/// A type of node, of one kind; for events with the event code of the PLOVER ontology ("" when
/// there is none).
struct NodeType {
  NodeKind kind = NodeKind::actor;
  std::string name;
  std::string plover;
};

/// A relation, read as an English phrase from source to target.
struct Relation {
  std::string name;     ///< canonical, "captured by"
  std::string inverse;  ///< the same seen from the target, "captured"; equals `name` when symmetric
  bool symmetric = false;
  bool role = false;  ///< joins an event with a participant (agent, patient, recipient, place)
  KindSet sources;
  KindSet targets;
  std::string plover;  ///< PLOVER event code, "" when there is none
};

/// A relation as found by a name, which may be the inverse one.
struct RelationMatch {
  RelationId relation;
  bool inverted = false;  ///< true when the name given is the inverse: the ends have to be swapped
};

class Ontology final {
 public:
  /// Reads the table format of data/ontology.txt. `source` names the text in errors.
  /// Throws InputError naming the line when the text is malformed or contradicts itself.
  static Ontology parse(std::string_view text, std::string_view source);

  /// The ontology that is compiled in, and its text.
  static std::shared_ptr<const Ontology> built_in();
  static std::string_view built_in_text();

  [[nodiscard]] const std::vector<NodeType>& types() const { return types_; }
  [[nodiscard]] const std::vector<Relation>& relations() const { return relations_; }
  [[nodiscard]] const NodeType& type(TypeId id) const { return types_[id.value]; }
  [[nodiscard]] const Relation& relation(RelationId id) const { return relations_[id.value]; }

  /// The type of that kind and name; nothing when there is none.
  [[nodiscard]] std::optional<TypeId> find_type(NodeKind kind, std::string_view name) const;

  /// The relation of that canonical or inverse name, without case, `_` and `-` read as blanks.
  [[nodiscard]] std::optional<RelationMatch> find_relation(std::string_view name) const;

  /// A copy that also knows `type` / `relation`: graphs from elsewhere may bring words of their
  /// own. Returns the id.
  TypeId add_type(NodeType type);
  RelationId add_relation(Relation relation);

 private:
  std::vector<NodeType> types_;
  std::vector<Relation> relations_;
  std::unordered_map<std::string, TypeId> type_index_;
  std::unordered_map<std::string, RelationMatch> relation_index_;
};

}  // namespace relata
