#include "store/event_tables.h"

#include <algorithm>
#include <tuple>

#include "store/bytes.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Open ends of time stay what they are.
std::uint64_t folded(std::int32_t day) {
  return static_cast<std::uint32_t>(day);
}

void write(ByteWriter& out, const ToldAt& place) {
  const text::Telling& telling = place.telling;
  out.text(place.document);
  out.number(static_cast<std::uint64_t>(place.source));
  out.number(place.event);
  out.text(telling.type);
  out.number(folded(telling.time.from));
  out.number(folded(telling.time.to));
  out.number(static_cast<std::uint64_t>(telling.time.precision));
  out.text(telling.reality);
  out.text(telling.full_name);
  out.number(telling.apart ? 1 : 0);
  out.number(telling.parts.size());
  for (const text::Part& part : telling.parts) {
    out.text(part.role);
    out.text(part.key);
    out.text(part.country);
    out.number((part.is_country ? 1U : 0U) | (part.is_person ? 2U : 0U));
  }
}

std::string bytes_of(const std::vector<ToldAt>& places) {
  ByteWriter out;
  out.number(places.size());
  for (const ToldAt& place : places) write(out, place);
  return out.bytes();
}

ToldAt place_of(ByteReader& in, const std::string& key, const Database& database) {
  ToldAt place;
  text::Telling& telling = place.telling;
  place.document = in.text();
  place.source = static_cast<std::int64_t>(in.number());
  place.event = static_cast<std::uint32_t>(in.number());
  telling.key = key;
  telling.type = in.text();
  telling.time.from = static_cast<std::int32_t>(in.number());
  telling.time.to = static_cast<std::int32_t>(in.number());
  telling.time.precision =
      enum_of(static_cast<std::int64_t>(in.number()), DatePrecision::range, database);
  telling.reality = in.text();
  telling.full_name = in.text();
  telling.apart = in.number() != 0;
  for (std::uint64_t left = in.count(); left > 0; --left) {
    text::Part part;
    part.role = in.text();
    part.key = in.text();
    part.country = in.text();
    const std::uint64_t flags = in.number();
    part.is_country = (flags & 1U) != 0;
    part.is_person = (flags & 2U) != 0;
    telling.parts.insert(std::move(part));
  }
  return place;
}

/// The event's key, nothing where it is the telling's own.
std::optional<std::string_view> other_key(const text::EventIdentity& event,
                                          const std::string& own) {
  if (event.key == own) return std::nullopt;
  return event.key;
}

}  // namespace

text::Telling TellingRow::telling() const {
  text::Telling all = places.front().telling;
  for (std::size_t i = 1; i < places.size(); ++i) text::add_same(all, places[i].telling);
  return all;
}

bool same(const text::Telling& left, const text::Telling& right) {
  const auto all = [](const text::Telling& telling) {
    return std::tie(telling.key, telling.type, telling.time, telling.reality, telling.full_name,
                    telling.apart);
  };
  return all(left) == all(right) &&
         std::equal(left.parts.begin(), left.parts.end(), right.parts.begin(), right.parts.end(),
                    [](const text::Part& a, const text::Part& b) {
                      return std::tie(a.role, a.key, a.country, a.is_country, a.is_person) ==
                             std::tie(b.role, b.key, b.country, b.is_country, b.is_person);
                    });
}

bool same(const std::vector<ToldAt>& left, const std::vector<ToldAt>& right) {
  return std::equal(
      left.begin(), left.end(), right.begin(), right.end(), [](const ToldAt& a, const ToldAt& b) {
        return std::tie(a.document, a.source, a.event) == std::tie(b.document, b.source, b.event) &&
               same(a.telling, b.telling);
      });
}

TextTellings::TextTellings(Database& database)
    : database_(database),
      of_(database, "SELECT tellings FROM joining_events WHERE source = ?"),
      put_(database, "INSERT OR REPLACE INTO joining_events VALUES (?, ?)"),
      remove_(database, "DELETE FROM joining_events WHERE source = ?") {}

std::vector<std::int64_t> TextTellings::of(std::int64_t source) {
  std::vector<std::int64_t> tellings;
  if (!of_.with(source).step()) return tellings;
  ByteReader in(of_.text(0), database_);
  for (std::uint64_t left = in.count(); left > 0; --left)
    tellings.push_back(static_cast<std::int64_t>(in.number()));
  of_.reset();
  return tellings;
}

void TextTellings::put(std::int64_t source, const std::vector<std::int64_t>& tellings) {
  ByteWriter out;
  out.number(tellings.size());
  for (const std::int64_t id : tellings) out.number(static_cast<std::uint64_t>(id));
  put_.with(source, Blob{out.bytes()}).run();
}

void TextTellings::remove(std::int64_t source) {
  remove_.with(source).run();
}

EventTables::EventTables(Database& database, std::int64_t first, std::int64_t step)
    : database_(database),
      next_(std::max(first,
                     database.integer("SELECT coalesce(max(id), 0) + 1 FROM joining_telling"))),
      step_(step),
      telling_(database,
               "SELECT coalesce(event, key), time_from, time_to, time_precision, key, told, home "
               "FROM joining_telling WHERE id = ?"),
      find_(database, "SELECT id FROM joining_telling WHERE key = ?"),
      add_(database, "INSERT INTO joining_telling VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      set_places_(database, "UPDATE joining_telling SET told = ? WHERE id = ?"),
      set_event_(database,
                 "UPDATE joining_telling SET home = ?, event = ?, time_from = ?, time_to = ?, "
                 "time_precision = ? WHERE id = ?"),
      event_of_(database,
                "SELECT coalesce(event, key), time_from, time_to, time_precision "
                "FROM joining_telling WHERE id = ?"),
      remove_(database, "DELETE FROM joining_telling WHERE id = ?"),
      joined_to_(database, "SELECT id FROM joining_telling WHERE home = ? AND home <> id"),
      put_block_(database, "INSERT OR IGNORE INTO joining_block VALUES (?, ?)"),
      remove_block_(database, "DELETE FROM joining_block WHERE hash = ? AND telling = ?"),
      in_block_(database, "SELECT telling FROM joining_block WHERE hash = ?") {}

std::optional<TellingRow> EventTables::telling(std::int64_t id) {
  if (!telling_.with(id).step()) return std::nullopt;
  TellingRow row;
  row.id = id;
  row.event = event_at(telling_);
  const std::string key(telling_.text(4));
  ByteReader in(telling_.text(5), database_);
  for (std::uint64_t left = in.count(); left > 0; --left)
    row.places.push_back(place_of(in, key, database_));
  row.home = telling_.integer(6);
  telling_.reset();
  if (row.places.empty()) damaged(database_, "an event that nobody tells");
  return row;
}

std::optional<std::int64_t> EventTables::find(const std::string& key) {
  std::optional<std::int64_t> id;
  if (find_.with(key).step()) id = find_.integer(0);
  find_.reset();
  return id;
}

void EventTables::add(const TellingRow& row) {
  const std::string told = bytes_of(row.places);
  const std::string& key = row.places.front().telling.key;
  const text::EventIdentity& event = row.event;
  add_.with(row.id, key, Blob{told}, row.home, other_key(event, key), event.time.from,
            event.time.to, static_cast<int>(event.time.precision))
      .run();
}

void EventTables::set_places(const TellingRow& row) {
  const std::string told = bytes_of(row.places);
  set_places_.with(Blob{told}, row.id).run();
}

void EventTables::set_event(const TellingRow& row) {
  const text::EventIdentity& event = row.event;
  set_event_
      .with(row.home, other_key(event, row.places.front().telling.key), event.time.from,
            event.time.to, static_cast<int>(event.time.precision), row.id)
      .run();
}

text::EventIdentity EventTables::event_of(std::int64_t id) {
  if (!event_of_.with(id).step()) damaged(database_, "an event that nobody tells");
  text::EventIdentity event = event_at(event_of_);
  event_of_.reset();
  return event;
}

/// The event in the first four columns.
text::EventIdentity EventTables::event_at(const Statement& row) const {
  return {std::string(row.text(0)),
          {static_cast<std::int32_t>(row.integer(1)), static_cast<std::int32_t>(row.integer(2)),
           enum_of(row.integer(3), DatePrecision::range, database_)}};
}

void EventTables::remove(std::int64_t id) {
  remove_.with(id).run();
}

std::vector<std::int64_t> EventTables::joined_to(std::int64_t home) {
  std::vector<std::int64_t> ids;
  for (joined_to_.with(home); joined_to_.step();) ids.push_back(joined_to_.integer(0));
  return ids;
}

void EventTables::put_block(std::uint64_t hash, std::int64_t telling) {
  put_block_.with(hash, telling).run();
}

void EventTables::remove_block(std::uint64_t hash, std::int64_t telling) {
  remove_block_.with(hash, telling).run();
}

std::vector<std::int64_t> EventTables::in_block(std::uint64_t hash) {
  std::vector<std::int64_t> ids;
  for (in_block_.with(hash); in_block_.step();) ids.push_back(in_block_.integer(0));
  return ids;
}

}  // namespace relata::store
