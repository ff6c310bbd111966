#pragma once
// Last stage of the text importer: puts the facts of one document into the graph under
// construction. Entities become nodes under the keys that corpus.h gave them, events become nodes
// with role edges, relations become edges; every edge gets its evidence.

#include <span>
#include <string>
#include <vector>

#include "graph/graph_builder.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"

namespace relata::text {

/// What corpus-wide joining decided for an entity.
struct NodeIdentity {
  std::string key;  ///< "" when the entity makes no node
  std::string name;
  NodeKind kind = NodeKind::actor;
  std::string type;
  std::vector<std::pair<std::string, std::string>> attributes;
  bool of_one_text = false;  ///< a thing without a proper name, which other texts cannot mean
};

/// What joining over texts decided for an event.
struct EventIdentity {
  std::string key;
  TimeSpan time;  ///< what all texts that tell of it say of its time
  friend bool operator==(const EventIdentity&, const EventIdentity&) = default;
};

/// Adds `facts` of `document` to `builder`. `identities[i]` belongs to entity i, `events[i]` to
/// event i. An entity that is neither named nor takes part in anything makes no node, even with a
/// key.
void write_graph(const Document& document, const DocumentFacts& facts,
                 std::span<const NodeIdentity> identities, std::span<const EventIdentity> events,
                 GraphBuilder& builder);

/// The key of an event that only `document` tells of; `digest` is its text's.
std::string event_key(const Document& document, std::string_view digest, const EventFact& event);

/// 16 hexadecimal digits that name a text by its words (FNV-1a, 64 bits): the same text has them
/// wherever it is stored.
std::string text_digest(std::string_view text);

/// Lower case without diacritics, everything but letters and digits as single hyphens: "Kim
/// Jong-un" -> "kim-jong-un".
std::string slug(std::string_view name);

}  // namespace relata::text
