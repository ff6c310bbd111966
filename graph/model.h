#pragma once
// The records of the graph: plain values of fixed size that name each other, and all text, by
// four-byte ids. See graph/graph.h for the tables that hold them and graph/graph_builder.h for how
// they come about.

#include <cstdint>
#include <optional>
#include <string_view>

#include "graph/ids.h"
#include "graph/ontology.h"
#include "graph/time_span.h"

namespace relata {

/// Whether a statement affirms or negates its relation.
enum class Polarity : std::uint8_t { affirmed, negated };

/// What a statement claims of its relation: that it holds (asserted by the text itself, or reported
/// by somebody in it), that somebody plans or wants it, or that it may hold.
enum class Modality : std::uint8_t { asserted, reported, planned, possible };

/// A finer mood of a possible statement: the condition or the question in which it stands.
enum class Mood : std::uint8_t { plain, conditional, questioned };

/// How strongly the one who says so stands behind it.
enum class Strength : std::uint8_t { none, reported, confirmed, claimed, denied, accused };

std::string_view modality_name(Modality modality);
std::optional<Modality> modality_from_name(std::string_view name);
std::string_view mood_name(Mood mood);  ///< "" for plain
std::optional<Mood> mood_from_name(std::string_view name);
std::string_view strength_name(Strength strength);  ///< "" for none
std::optional<Strength> strength_from_name(std::string_view name);

/// Half-open range of bytes in a document's text; empty when unknown.
struct TextSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin == end; }
  friend auto operator<=>(const TextSpan&, const TextSpan&) = default;
};

/// A count or amount with bounds: "over 3,000" is [3000, inf), "up to 11,000" is [0, 11000].
struct Quantity {
  double min = 0;
  double max = 0;
  bool approximate = false;  ///< "about 80"
  StringId unit;             ///< "USD", "shell", invalid for a bare count
  bool known = false;
};

/// The smallest quantity that covers both; the left one's unit stays when the two differ.
Quantity merge(const Quantity& left, const Quantity& right);

/// A text that evidence comes from. All strings may be empty but `name`.
struct SourceDocument {
  StringId name;  ///< file or address; unique in a graph
  StringId title;
  StringId date;  ///< publication date, ISO 8601
  StringId author;
  StringId outlet;
  StringId url;
  StringId language;
  /// Name of the document whose near copy this one is, a report that several papers print; invalid
  /// for an independent text. What copies of one text state is one piece of evidence.
  StringId copy_of = {};
};

/// A sentence that evidence stands in: its place in the document and its words.
struct SourceSentence {
  DocumentId document;
  TextSpan span;
  StringId text;
};

/// A key and its value on a node: latitude, longitude, country (ISO 3166 alpha-2), wikidata,
/// geonames, from, to, precision, quantity_min, quantity_max, quantity_unit, role, ...;
/// docs/json_format.md lists the keys.
struct Attribute {
  StringId key;
  StringId value;
  friend auto operator<=>(const Attribute&, const Attribute&) = default;
};

/// One place in a text where a node is named.
struct NodeMention {
  SentenceId sentence;
  TextSpan span;
};

/// An actor, a place or an event.
struct Node {
  StringId key;  ///< unique and stable over builds: "actor/kim-jong-un"
  StringId name;
  TypeId type;
  NodeKind kind = NodeKind::actor;
};

/// One piece of evidence for an edge: the words that show it and what they say of it.
struct Evidence {
  SentenceId sentence;
  TextSpan trigger;    ///< the word that states the relation
  TextSpan source;     ///< the words for the edge's source
  TextSpan target;     ///< the words for the edge's target
  NodeId attribution;  ///< who says so; invalid when the text itself does
  TimeSpan time;
  Quantity quantity;
  StringId rule;         ///< which rule read it off the sentence, for `relata why`
  float confidence = 1;  ///< 0..1
  Modality modality = Modality::asserted;
  Mood mood = Mood::plain;
  Strength strength = Strength::none;
};

/// A relation between two nodes, with all its evidence summed up: the strongest modality, the union
/// of the times, the widest quantity. Statements that negate it, plan it or hold it possible are
/// edges of their own.
struct Edge {
  NodeId source;
  NodeId target;
  RelationId relation;
  NodeId attribution;  ///< who says so, when all evidence has one and the same speaker
  TimeSpan time;
  float confidence = 1;  ///< 0..1: that at least one piece of evidence is right
  float weight = 1;      ///< independent pieces of evidence (different sentences); > 0
  std::uint32_t quantity = Id<void>::invalid;  ///< index into the graph's quantities, or none
  Polarity polarity = Polarity::affirmed;
  Modality modality = Modality::asserted;
  Mood mood = Mood::plain;
};

}  // namespace relata
