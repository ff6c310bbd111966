#pragma once
// Events as single texts tell them, and when two texts tell of one: what event_joining.h decides
// by, and a store (store/joining), which decides anew only on those that a change concerns. Pure
// functions, thread-safe.

#include <compare>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/curator_rules.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"
#include "importers/text/graph_writer.h"

namespace relata::text {

/// A named participant. Compared by role and node.
struct Part {
  std::string role;
  std::string key;      ///< of its node
  std::string country;  ///< that it lies in or is; "" when unknown
  bool is_country = false;
  bool is_person = false;

  friend std::strong_ordering operator<=>(const Part& left, const Part& right) {
    if (const auto order = left.role <=> right.role; order != 0) return order;
    return left.key <=> right.key;
  }
  friend bool operator==(const Part& left, const Part& right) {
    return left.role == right.role && left.key == right.key;
  }
};

/// An event as one text tells it, or several texts with the same words.
struct Telling {
  std::string key;  ///< event_key()
  std::string type;
  TimeSpan time;
  std::string reality;
  std::string full_name;  ///< slug of a proper name of two words or more; "" otherwise
  std::set<Part> parts;
  bool apart = false;  ///< by the curator's rules
};

/// `digest` is the text's (text_digest); `identities` are its entities'.
Telling telling_of(const Document& document, std::string_view digest, const EventFact& fact,
                   std::span<const NodeIdentity> identities, const CuratorRules& rules);

/// The same words are there once more, in a text of a later name.
void add_same(Telling& telling, const Telling& later);

/// Tellings find their events in this order: what is told most exactly comes first, so that vaguer
/// tellings find it.
struct TellingOrder {
  bool undated = false;
  std::int64_t days = 0;
  std::int64_t fewer_parts = 0;  ///< their number, negative
  std::string key;
  friend auto operator<=>(const TellingOrder&, const TellingOrder&) = default;
};

TellingOrder order_of(const Telling& telling);

/// Hashes by which a telling and an event that agrees with it find each other; none when nothing
/// can agree. What falls together by chance does not agree. Of what happens to somebody once there
/// are many tellings, and those of other days cannot agree: so only a telling without a day of its
/// own looks at all of them, and is looked at by all.
struct Blocks {
  std::vector<std::uint64_t> holds;  ///< under which the event that the telling is part of is found
  std::vector<std::uint64_t> seeks;  ///< where it looks for its event
  std::vector<std::uint64_t> calls;  ///< who looks at its event: `waits` of these
  std::vector<std::uint64_t> waits;  ///< under which it is found as one that looks

  /// All under which the telling has to be found: `holds` and `waits`, each once.
  [[nodiscard]] std::set<std::uint64_t> stored() const;
};

Blocks blocks_of(const Telling& telling);

/// An event of the corpus: the sum of its tellings in their order.
struct Happening {
  std::set<std::string, std::less<>> texts;  ///< digests of the texts that tell of it
  std::string full_name;                     ///< of the first telling
  std::string least_key;                     ///< of all tellings; the event's key
  TimeSpan time;                             ///< days that all dated tellings have in common
  std::set<Part> parts;
};

void add(Happening& happening, const Telling& telling);

/// The two are one event; `why` is told when it is asked for. False when they are not, or nobody
/// can tell.
bool agree(const Happening& happening, const Telling& telling, std::string* why = nullptr);

}  // namespace relata::text
