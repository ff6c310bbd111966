#pragma once
// What a corpus speaks of, gathered from its texts' entities: which occurrences of one name are one
// thing and which are two things of the same name. Two things stay apart when their countries or
// their types disagree, or when what they belong to lies in different countries, and no name
// that both texts mention speaks for one thing.
//
// A thing is sums over its occurrences, so that a store (store/joining) can keep it and add and
// subtract a text. Which texts tell of a thing, and what else they mention, is only asked where a
// decision hangs on it, through TellingTexts. Used by corpus_groups.h and corpus_joins.h.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "importers/text/curator_rules.h"
#include "importers/text/facts.h"

namespace relata::text {

/// How often each of some words occurs.
using Counts = std::map<std::string, std::size_t>;

/// What joining looks at in one entity of a text.
struct Naming {
  std::string name;
  std::string type;
  std::string country;
  std::set<std::string> homes;  ///< countries of what it leads, works for, is part of, ...
  std::size_t mentions = 0;
  NodeKind kind = NodeKind::actor;
  bool known = false;                 ///< has an entry in the gazetteer
  bool common = false;                ///< a name that bodies of many countries bear
  std::vector<std::string> acronyms;  ///< slugs of those that the text spells out
  std::vector<std::string> aliases;   ///< slugs of other names, those that the curator merges
};

/// A naming and where it stands. In the order of `rank`, those that tell most of themselves come
/// first.
struct Occurrence {
  Naming what;
  std::string document;    ///< id
  std::uint64_t text = 0;  ///< number of the document
  std::uint32_t entity = 0;

  /// 0 with a country and a home, 1 with a country, 2 with a home, 3 with neither.
  [[nodiscard]] int level() const {
    return (what.country.empty() ? 2 : 0) + (what.homes.empty() ? 1 : 0);
  }
};

/// Order of the occurrences of one name. Documents of one id are told apart by their numbers.
bool ranks_before(const Occurrence& left, const Occurrence& right);

/// How often a name occurs, in entities and in their mentions.
struct NameUse {
  std::size_t entities = 0;
  std::size_t mentions = 0;
  friend auto operator<=>(const NameUse&, const NameUse&) = default;
};

/// The first occurrence of a thing, which tells it from others of the same key.
struct Front {
  std::string document;
  std::uint64_t text = 0;
  std::uint32_t entity = 0;
  friend auto operator<=>(const Front&, const Front&) = default;
};

/// One thing of the corpus.
struct Thing {
  NodeKind kind = NodeKind::actor;
  Counts types;
  std::map<std::string, NameUse> names;
  std::string country;
  Counts countries;
  Counts homes;
  Counts acronyms;  ///< that texts spell out beside one of its names
  Counts aliases;   ///< slugs that the curator merges
  std::size_t entities = 0;
  std::size_t texts = 0;  ///< that tell of it
  std::size_t common = 0;
  Front front;
  std::size_t known = 0;     ///< entities that have an entry in the gazetteer
  bool plain = false;        ///< by that entry alone one thing, so that its texts say nothing of it
  bool unclear = false;      ///< could be any of several things, so it is none of them
  bool gone = false;         ///< absorbed by another
  std::string kept;          ///< slug of the name that the curator chose; "" for none
  std::uint32_t number = 0;  ///< of its name, as TellingTexts counts them
  /// Places in the list of things that were joined to it, itself first, and why.
  std::vector<std::pair<std::size_t, std::string>> parts;

  [[nodiscard]] std::string type() const;
  [[nodiscard]] bool person() const { return type() == "person"; }
};

/// The key with the highest count, the longest of several.
std::string most(const Counts& counts);

/// Adds one occurrence; of a plain thing its homes do not count. Thing::texts, front and number are
/// the caller's.
void add(Thing& thing, const Naming& what);
/// Takes one out again. Thing::country and kind, which are those of the first and the last
/// occurrence, are the caller's.
void subtract(Thing& thing, const Naming& what);
/// Moves all of `from` into `into`, but not its texts, which they may have in common.
void absorb(Thing& into, Thing& from, const std::string& reason);

/// Which texts tell of things, and what names texts mention. Names are numbers.
class TellingTexts {
 public:
  TellingTexts() = default;
  TellingTexts(const TellingTexts&) = delete;
  TellingTexts& operator=(const TellingTexts&) = delete;
  virtual ~TellingTexts() = default;
  /// Hands over the texts of thing `i` alone, without its parts, until `take` gives false; some
  /// perhaps twice.
  virtual void texts_of(std::size_t i, const std::function<bool(std::uint64_t)>& take) = 0;
  /// Whether a text tells of thing `i` alone.
  virtual bool tells_of(std::uint64_t text, std::size_t i) = 0;
  /// Names that a text mentions, countries aside; sorted.
  virtual const std::vector<std::uint32_t>& names_in(std::uint64_t text) = 0;
};

/// Things side by side. Holds what was read of their texts; one object for one list of things.
class ThingTable final {
 public:
  ThingTable(std::vector<Thing>& things, const CuratorRules& rules, TellingTexts& texts)
      : things_(things), rules_(rules), texts_(texts) {}

  /// Something beside the name speaks for one thing: the same country or a name that both mention.
  bool linked(std::size_t left, std::size_t right);
  /// The two cannot be one thing.
  bool disagree(std::size_t left, std::size_t right);
  /// Texts that tell of it or of one of its parts.
  std::size_t texts(std::size_t i);
  void absorb(std::size_t into, std::size_t from, const std::string& reason);

 private:
  /// Texts of a thing of several parts: those of its largest part, and others.
  struct Tellers {
    std::size_t largest = 0;
    std::unordered_set<std::uint64_t> others;
  };

  void add_tellers(std::size_t part, Tellers& tellers);
  bool share(std::size_t left, std::size_t right, std::size_t at_least);
  const std::unordered_set<std::uint32_t>& names_beside(std::size_t i);
  void visit_names(std::size_t i, const std::function<bool(std::uint32_t)>& take);

  std::vector<Thing>& things_;
  const CuratorRules& rules_;
  TellingTexts& texts_;
  std::unordered_map<std::size_t, std::unordered_set<std::uint32_t>> beside_;
  std::unordered_map<std::size_t, Tellers> tellers_;
};

/// What of two occurrences or things is compared.
struct Side {
  std::string type;
  const std::string& country;
  const Counts& homes;
};

/// `share(n)`: both mention n other names at least; asked only where the answer counts.
bool sides_disagree(const Side& left, const Side& right,
                    const std::function<bool(std::size_t)>& share);
bool one_country(const Side& left, const Side& right);

/// Types of bodies that one body does not have at once; the others are vague.
bool is_specific(std::string_view type);

}  // namespace relata::text
