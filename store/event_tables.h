#pragma once
// The rows of a store that hold how its texts tell of events: tellings, the events that they were
// joined to, and the blocks by which these are found (store/joining_schema.h). Reads and writes
// single rows; store/event_joins.h decides what they say.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "importers/text/event_tellings.h"
#include "store/database.h"

namespace relata::store {

/// Where a telling stands, as the text there tells it.
struct ToldAt {
  std::string document;
  std::int64_t source = 0;
  std::uint32_t event = 0;
  text::Telling telling;
};

/// A row of joining_telling.
struct TellingRow {
  std::int64_t id = 0;
  std::vector<ToldAt> places;  ///< sorted by document and event
  std::int64_t home = 0;       ///< the first telling of its event
  text::EventIdentity event;   ///< what its event is

  /// What all places together say. REQUIRES: there is one.
  [[nodiscard]] text::Telling telling() const;
};

/// Nothing in them differs.
bool same(const text::Telling& left, const text::Telling& right);
bool same(const std::vector<ToldAt>& left, const std::vector<ToldAt>& right);

/// Which tellings texts have.
class TextTellings final {
 public:
  explicit TextTellings(Database& database);

  /// For each event of a text its telling; none for a text without a row.
  [[nodiscard]] std::vector<std::int64_t> of(std::int64_t source);
  void put(std::int64_t source, const std::vector<std::int64_t>& tellings);
  void remove(std::int64_t source);

 private:
  Database& database_;
  Statement of_;
  Statement put_;
  Statement remove_;
};

class EventTables final {
 public:
  /// New rows take every `step`-th number that is free.
  explicit EventTables(Database& database, std::int64_t first = 1, std::int64_t step = 1);

  [[nodiscard]] std::optional<TellingRow> telling(std::int64_t id);
  [[nodiscard]] std::optional<std::int64_t> find(const std::string& key);
  std::int64_t next_id() { return std::exchange(next_, next_ + step_); }
  void add(const TellingRow& row);
  void set_places(const TellingRow& row);
  /// Its home and what its event is.
  void set_event(const TellingRow& row);
  [[nodiscard]] text::EventIdentity event_of(std::int64_t id);
  void remove(std::int64_t id);
  /// Other tellings of the event that begins with `home`.
  [[nodiscard]] std::vector<std::int64_t> joined_to(std::int64_t home);

  void put_block(std::uint64_t hash, std::int64_t telling);
  void remove_block(std::uint64_t hash, std::int64_t telling);
  [[nodiscard]] std::vector<std::int64_t> in_block(std::uint64_t hash);

 private:
  [[nodiscard]] text::EventIdentity event_at(const Statement& row) const;

  Database& database_;
  std::int64_t next_;
  std::int64_t step_;
  Statement telling_;
  Statement find_;
  Statement add_;
  Statement set_places_;
  Statement set_event_;
  Statement event_of_;
  Statement remove_;
  Statement joined_to_;
  Statement put_block_;
  Statement remove_block_;
  Statement in_block_;
};

}  // namespace relata::store
