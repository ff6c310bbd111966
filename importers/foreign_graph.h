#pragma once
// From the nodes and edges of a graph made elsewhere (named fields with text values) to the model.
// The fields that our own exporters write find their place in the model; other fields of a node
// become its attributes; other fields of an edge have no place in the model and are dropped
// (docs/formats.md says so). Refers to the builder. One thread. Edges that come before their nodes
// are held until finish().

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph_builder.h"
#include "importers/foreign_records.h"

namespace relata {

struct ForeignField {
  std::string key;
  std::string value;
};

/// The first field of that name, without case; null when there is none.
const std::string* find_field(std::span<const ForeignField> fields, std::string_view key);

/// The number that `text` is, in full; nothing when it is none or not finite. No locale.
std::optional<double> parse_number(std::string_view text);

class ForeignGraph final {
 public:
  /// Tells where in its source a node or an edge stands; only called for errors and for edges that
  /// wait, since finding it out can take as long as reading.
  using Place = std::function<std::string()>;

  /// What to do with an edge to a node that the file does not declare: formats such as DOT and
  /// lists of pairs declare nodes by their edges, others must not.
  enum class Undeclared : std::uint8_t { make_node, refuse };

  ForeignGraph(GraphBuilder& builder, std::string source, Undeclared undeclared);

  /// Takes from `fields`: label or name, kind, type, aliases (separated by " | "); the rest are
  /// attributes. Throws InputError for an empty id.
  void node(std::string_view id, std::span<const ForeignField> fields, const Place& place);

  /// Takes from `fields`: relation (else interaction, kind, type, label, key; else "related to"),
  /// negated, modality, mood, weight, confidence, attribution, from, to, precision, quantity_min,
  /// quantity_max, quantity_unit, quantity_approximate. Throws InputError for values that are none.
  void edge(std::string_view source, std::string_view target, std::span<const ForeignField> fields,
            const Place& place);

  /// The same for many nodes and edges in their order, in less time than one by one.
  void add(std::span<const ForeignRecord> records);

  /// Adds the edges that waited. Call once, at the end.
  void finish();

 private:
  class Fields;
  struct Waiting {
    std::string source;
    std::string target;
    std::vector<ForeignField> fields;
    std::string place;
  };
  /// An edge whose fields are understood.
  struct Statement {
    NodeId source;
    NodeId target;
    RelationId relation;
    Polarity polarity = Polarity::affirmed;
    Modality modality = Modality::asserted;
    GraphBuilder::EdgeValues values;
  };
  /// Names that were looked up not long ago, with what they name.
  struct KnownRelation {
    std::string name;
    std::optional<RelationMatch> match;
  };
  struct KnownType {
    std::string name;
    NodeKind kind = NodeKind::actor;
    std::optional<TypeId> type;
  };

  [[noreturn]] void fail(const Place& place, const std::string& problem) const;
  void node(std::string_view id, const Fields& fields, const Place& place);
  void edges(std::span<const ForeignRecord> records);
  /// What an edge with these ends states; keeps it for later and returns nothing when it names
  /// nodes that are not there yet.
  std::optional<Statement> edge(std::string_view source, std::string_view target, NodeId from,
                                NodeId to, const Fields& fields, const Place& place);
  Statement state(NodeId source, NodeId target, const Fields& fields, const Place& place);
  void add(const Statement& statement);
  NodeId end_of(std::string_view id, const Place& place);
  RelationMatch relation(std::string_view name);
  TypeId type(NodeKind kind, std::string_view name);
  [[nodiscard]] double number(std::string_view text, const char* what, const Place& place) const;
  [[nodiscard]] TimeSpan time(const Fields& fields, const Place& place) const;
  [[nodiscard]] Quantity quantity(const Fields& fields, const Place& place);

  GraphBuilder& builder_;
  std::string source_;
  Undeclared undeclared_;
  std::vector<Waiting> waiting_;
  std::vector<KnownRelation> known_relations_;
  KnownType known_type_;
};

}  // namespace relata
