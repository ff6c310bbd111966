#pragma once
// The rows of a store that hold what its texts call things: texts' names, occurrences of names and
// the things that these were parted into (store/joining_schema.h). Reads and writes single rows;
// store/name_joins.h decides what they say.

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "importers/text/corpus_joins.h"
#include "importers/text/corpus_things.h"
#include "store/database.h"

namespace relata::store {

/// An entity of a text as an occurrence of a name.
struct NamedEntity {
  std::uint32_t entity = 0;
  std::uint32_t name = 0;
  int level = 0;           ///< Occurrence::level()
  bool neighbour = false;  ///< counts among what texts have in common
};

/// The names in one text.
struct NamesOfText {
  std::string document;
  std::vector<NamedEntity> entities;  ///< those with a name that other texts may have
};

/// Of an occurrence, the thing it belongs to among those of its name.
struct PlacedOccurrence {
  text::Occurrence occurrence;
  std::uint32_t thing = 0;
};

/// A link (importers/text/corpus_joins.h) as it is stored: words by their hashes, so that words
/// that fall together by chance tie things together that need not be.
struct LinkKey {
  std::int64_t word = 0;
  bool longer = false;
  friend auto operator<=>(const LinkKey&, const LinkKey&) = default;
};

std::set<LinkKey> link_keys(const std::vector<text::Link>& links);

/// A row of joining_thing.
struct ThingRow {
  std::int64_t id = 0;
  std::uint32_t name = 0;
  std::uint32_t thing = 0;  ///< its number among the things of its name
  text::Thing sums;
  std::int64_t root = 0;  ///< the thing that it was joined to; itself when to none
  std::string base;       ///< of a root: its key before others' claims were looked at
  text::ThingName called;
  text::Front front;
};

/// A thing without what it is made of.
struct CalledThing {
  std::int64_t id = 0;
  std::int64_t root = 0;
  text::ThingName called;  ///< of a root
};

class NameTables final {
 public:
  /// Occurrences may be in another database than all else.
  NameTables(Database& database, Database& occurrences);

  [[nodiscard]] std::optional<NamesOfText> names_of(std::int64_t source);
  /// Names that count among what texts have in common, sorted, each once.
  [[nodiscard]] std::vector<std::uint32_t> neighbours_of(std::int64_t source);
  void put_names(std::int64_t source, const NamesOfText& names);
  void remove_names(std::int64_t source);

  /// The number of a signature, which is given one when it has none.
  std::uint32_t number_of(const std::string& signature);
  [[nodiscard]] std::string signature_of(std::uint32_t name);
  void remove_name(std::uint32_t name);
  /// Forgets the numbers that memory holds.
  void forget_numbers() { numbers_ = {}; }

  void put(std::uint32_t name, const text::Occurrence& occurrence);
  /// Takes the occurrence away and returns it.
  PlacedOccurrence take(const NamedEntity& entity, const std::string& document);
  /// The thing of an occurrence; nothing when it is not there.
  std::optional<std::uint32_t> thing_of(const NamedEntity& entity, const std::string& document);
  /// All of a name up to a level, in their order.
  std::vector<PlacedOccurrence> occurrences(std::uint32_t name, int last_level);
  /// The same, one after the other.
  void visit_occurrences(std::uint32_t name, int last_level,
                         const std::function<void(PlacedOccurrence&&)>& visit);
  std::optional<text::Occurrence> first(std::uint32_t name);
  std::optional<text::Occurrence> last(std::uint32_t name);
  void place(std::uint32_t name, const text::Occurrence& occurrence, std::uint32_t thing);
  /// Whether the text has an occurrence of the thing.
  bool tells_of(std::int64_t source, std::uint32_t name, std::uint32_t thing);
  void sources_of(std::uint32_t name, std::uint32_t thing,
                  const std::function<bool(std::int64_t)>& take);

  [[nodiscard]] std::vector<ThingRow> things_of(std::uint32_t name);
  /// What they are called alone, with their roots.
  [[nodiscard]] std::vector<CalledThing> called_of(std::uint32_t name);
  /// What the root of that id is called.
  [[nodiscard]] text::ThingName called(std::int64_t root);
  [[nodiscard]] std::optional<ThingRow> thing(std::int64_t id);
  /// Roots whose base is that, without their sums.
  [[nodiscard]] std::vector<ThingRow> claimants(const std::string& base);
  /// The least base of a root that is greater, or of several roots when it is to be shared; nothing
  /// when there is none.
  [[nodiscard]] std::optional<std::string> next_base(const std::string& base, bool shared);
  /// What was joined to the thing, without sums.
  [[nodiscard]] std::vector<ThingRow> parts_of(std::int64_t root);
  std::int64_t next_thing_id();
  void add(const ThingRow& row);
  /// Its sums alone.
  void set_sums(const ThingRow& row);
  /// What it is joined to and called.
  void set_name(const ThingRow& row);
  /// Of what it is called, the key alone.
  void set_key(const ThingRow& row);
  void remove_thing(std::int64_t id);

  void put_link(const LinkKey& link, std::int64_t thing);
  void remove_link(const LinkKey& link, std::int64_t thing);
  /// Things with a link of that word. When it is nobody's shorter form, it ties none together, and
  /// they are only given when they are `wanted_anyway`.
  [[nodiscard]] std::vector<std::int64_t> linked(std::int64_t word, bool wanted_anyway);

 private:
  [[nodiscard]] std::uint32_t find_number(const std::string& signature);
  [[nodiscard]] text::Occurrence occurrence_of(const Statement& row) const;
  [[nodiscard]] ThingRow called_thing(const Statement& row) const;
  [[nodiscard]] ThingRow whole_thing(const Statement& row) const;
  [[nodiscard]] text::ThingName name_of(const Statement& row) const;
  std::vector<ThingRow> called_things(Statement& rows) const;

  Database& database_;
  std::int64_t next_thing_ = 0;
  std::uint32_t next_name_ = 0;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  Statement names_of_;
  Statement neighbours_of_;
  Statement put_names_;
  Statement remove_names_;
  Statement number_of_;
  Statement add_name_;
  Statement signature_of_;
  Statement remove_name_;
  Statement put_occurrence_;
  Statement find_occurrence_;
  Statement remove_occurrence_;
  Statement occurrences_;
  Statement first_;
  Statement last_;
  Statement place_;
  Statement tells_of_;
  Statement sources_of_;
  Statement things_of_;
  Statement called_of_;
  Statement called_;
  Statement thing_;
  Statement claimants_;
  Statement next_base_;
  Statement next_shared_base_;
  Statement parts_of_;
  Statement add_thing_;
  Statement set_sums_;
  Statement set_name_;
  Statement set_key_;
  Statement remove_thing_;
  Statement put_link_;
  Statement remove_link_;
  Statement linked_;
};

}  // namespace relata::store
