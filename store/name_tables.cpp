#include "store/name_tables.h"

#include <algorithm>

#include "store/bytes.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Signatures whose numbers are kept in memory.
constexpr std::size_t most_numbers = 50000;

constexpr const char* select_called =
    "SELECT id, name, thing, root, base, key, called, kind, type, country, front_document, "
    "front_entity FROM joining_thing WHERE ";
constexpr const char* select_whole =
    "SELECT id, name, thing, root, base, key, called, kind, type, country, front_document, "
    "front_entity, sums FROM joining_thing WHERE ";

std::string bytes_of(const text::Naming& what) {
  ByteWriter out;
  out.number((what.kind == NodeKind::place ? 1U : 0U) | (what.known ? 2U : 0U) |
             (what.common ? 4U : 0U));
  out.text(what.name);
  out.text(what.type);
  out.text(what.country);
  out.number(what.mentions);
  out.number(what.homes.size());
  for (const std::string& home : what.homes) out.text(home);
  out.number(what.acronyms.size());
  for (const std::string& letters : what.acronyms) out.text(letters);
  out.number(what.aliases.size());
  for (const std::string& alias : what.aliases) out.text(alias);
  return out.bytes();
}

text::Naming naming_of(std::string_view bytes, const Database& database) {
  ByteReader in(bytes, database);
  text::Naming what;
  const std::uint64_t flags = in.number();
  what.kind = (flags & 1U) != 0 ? NodeKind::place : NodeKind::actor;
  what.known = (flags & 2U) != 0;
  what.common = (flags & 4U) != 0;
  what.name = in.text();
  what.type = in.text();
  what.country = in.text();
  what.mentions = in.number();
  for (std::uint64_t left = in.count(); left > 0; --left) what.homes.emplace(in.text());
  for (std::uint64_t left = in.count(); left > 0; --left) what.acronyms.emplace_back(in.text());
  for (std::uint64_t left = in.count(); left > 0; --left) what.aliases.emplace_back(in.text());
  return what;
}

void write(ByteWriter& out, const text::Counts& counts) {
  out.number(counts.size());
  for (const auto& [word, times] : counts) {
    out.text(word);
    out.number(times);
  }
}

text::Counts counts_of(ByteReader& in) {
  text::Counts counts;
  for (std::uint64_t left = in.count(); left > 0; --left) {
    std::string word(in.text());
    counts[std::move(word)] = in.number();
  }
  return counts;
}

std::string bytes_of(const text::Thing& thing) {
  ByteWriter out;
  out.number((thing.kind == NodeKind::place ? 1U : 0U) | (thing.plain ? 2U : 0U) |
             (thing.unclear ? 4U : 0U));
  write(out, thing.types);
  out.number(thing.names.size());
  for (const auto& [name, use] : thing.names) {
    out.text(name);
    out.number(use.entities);
    out.number(use.mentions);
  }
  out.text(thing.country);
  write(out, thing.countries);
  write(out, thing.homes);
  write(out, thing.acronyms);
  write(out, thing.aliases);
  for (const std::size_t sum : {thing.entities, thing.texts, thing.common, thing.known})
    out.number(sum);
  out.text(thing.front.document);
  out.number(thing.front.entity);
  return out.bytes();
}

text::Thing thing_of_bytes(std::string_view bytes, const Database& database) {
  ByteReader in(bytes, database);
  text::Thing thing;
  const std::uint64_t flags = in.number();
  thing.kind = (flags & 1U) != 0 ? NodeKind::place : NodeKind::actor;
  thing.plain = (flags & 2U) != 0;
  thing.unclear = (flags & 4U) != 0;
  thing.types = counts_of(in);
  for (std::uint64_t left = in.count(); left > 0; --left) {
    text::NameUse& use = thing.names[std::string(in.text())];
    use.entities = in.number();
    use.mentions = in.number();
  }
  thing.country = in.text();
  thing.countries = counts_of(in);
  thing.homes = counts_of(in);
  thing.acronyms = counts_of(in);
  thing.aliases = counts_of(in);
  for (std::size_t* sum : {&thing.entities, &thing.texts, &thing.common, &thing.known})
    *sum = in.number();
  thing.front.document = in.text();
  thing.front.entity = static_cast<std::uint32_t>(in.number());
  if (thing.names.empty() || thing.types.empty()) damaged(database, "a thing without a name");
  return thing;
}

std::int64_t hash_of(const std::string& word) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return static_cast<std::int64_t>(hash ^ hash >> 29U);
}

}  // namespace

std::set<LinkKey> link_keys(const std::vector<text::Link>& links) {
  std::set<LinkKey> keys;
  for (const text::Link& link : links) keys.insert({hash_of(link.word), !link.is_short});
  return keys;
}

NameTables::NameTables(Database& database, Database& occurrences)
    : database_(database),
      names_of_(database, "SELECT document, names FROM joining_text WHERE source = ?"),
      neighbours_of_(database, "SELECT neighbours FROM joining_text WHERE source = ?"),
      put_names_(database, "INSERT INTO joining_text VALUES (?, ?, ?, ?)"),
      remove_names_(database, "DELETE FROM joining_text WHERE source = ?"),
      number_of_(database, "SELECT id FROM joining_name WHERE signature = ?"),
      add_name_(database, "INSERT INTO joining_name VALUES (?, ?)"),
      signature_of_(database, "SELECT signature FROM joining_name WHERE id = ?"),
      remove_name_(database, "DELETE FROM joining_name WHERE id = ?"),
      put_occurrence_(occurrences, "INSERT INTO joining_occurrence VALUES (?, ?, ?, ?, ?, 0, ?)"),
      find_occurrence_(occurrences,
                       "SELECT document, entity, source, naming, thing FROM joining_occurrence "
                       "WHERE name = ? AND level = ? AND document = ? AND entity = ?"),
      remove_occurrence_(occurrences,
                         "DELETE FROM joining_occurrence "
                         "WHERE name = ? AND level = ? AND document = ? AND entity = ?"),
      occurrences_(occurrences,
                   "SELECT document, entity, source, naming, thing FROM joining_occurrence "
                   "WHERE name = ? AND level <= ? ORDER BY level, document, entity"),
      first_(occurrences,
             "SELECT document, entity, source, naming, thing FROM joining_occurrence "
             "WHERE name = ? ORDER BY level, document, entity LIMIT 1"),
      last_(occurrences,
            "SELECT document, entity, source, naming, thing FROM joining_occurrence "
            "WHERE name = ? ORDER BY level DESC, document DESC, entity DESC LIMIT 1"),
      place_(occurrences,
             "UPDATE joining_occurrence SET thing = ? "
             "WHERE name = ? AND level = ? AND document = ? AND entity = ?"),
      tells_of_(occurrences,
                "SELECT 1 FROM joining_occurrence WHERE name = ? AND thing = ? AND source = ? "
                "LIMIT 1"),
      sources_of_(occurrences,
                  "SELECT source FROM joining_occurrence WHERE name = ? AND thing = ?"),
      things_of_(database, std::string(select_whole) + "name = ? ORDER BY thing"),
      called_of_(database,
                 "SELECT key, called, kind, type, country, id, root FROM joining_thing "
                 "WHERE name = ? ORDER BY thing"),
      called_(database, "SELECT key, called, kind, type, country FROM joining_thing WHERE id = ?"),
      thing_(database, std::string(select_whole) + "id = ?"),
      claimants_(database, std::string(select_called) + "base = ?"),
      next_base_(database, "SELECT base FROM joining_thing WHERE base > ? ORDER BY base LIMIT 1"),
      next_shared_base_(database,
                        "SELECT base FROM joining_thing WHERE base > ? GROUP BY base "
                        "HAVING count(*) > 1 ORDER BY base LIMIT 1"),
      parts_of_(database, std::string(select_called) + "root = ? AND root <> id"),
      add_thing_(database,
                 "INSERT INTO joining_thing (id, name, thing, sums, root) VALUES (?, ?, ?, ?, ?)"),
      set_sums_(database, "UPDATE joining_thing SET sums = ? WHERE id = ?"),
      set_name_(database,
                "UPDATE joining_thing SET root = ?, base = ?, key = ?, called = ?, kind = ?, "
                "type = ?, country = ?, front_document = ?, front_entity = ? WHERE id = ?"),
      set_key_(database, "UPDATE joining_thing SET key = ? WHERE id = ?"),
      remove_thing_(database, "DELETE FROM joining_thing WHERE id = ?"),
      put_link_(database, "INSERT OR IGNORE INTO joining_link VALUES (?, ?, ?)"),
      remove_link_(database,
                   "DELETE FROM joining_link WHERE word = ? AND longer = ? AND thing = ?"),
      linked_(database, "SELECT longer, thing FROM joining_link WHERE word = ? ORDER BY longer") {}

std::optional<NamesOfText> NameTables::names_of(std::int64_t source) {
  if (!names_of_.with(source).step()) return std::nullopt;
  NamesOfText names;
  names.document = names_of_.text(0);
  ByteReader in(names_of_.text(1), database_);
  std::uint32_t entity = 0;
  for (std::uint64_t left = in.count(); left > 0; --left) {
    NamedEntity named;
    entity += static_cast<std::uint32_t>(in.number());
    named.entity = entity;
    named.name = static_cast<std::uint32_t>(in.number());
    const std::uint64_t flags = in.number();
    named.level = static_cast<int>(flags & 3U);
    named.neighbour = (flags & 4U) != 0;
    names.entities.push_back(named);
  }
  names_of_.reset();
  return names;
}

std::vector<std::uint32_t> NameTables::neighbours_of(std::int64_t source) {
  std::vector<std::uint32_t> names;
  if (!neighbours_of_.with(source).step()) return names;
  ByteReader in(neighbours_of_.text(0), database_);
  std::uint32_t name = 0;
  std::uint64_t left = in.count();
  names.reserve(left);
  for (; left > 0; --left) names.push_back(name += static_cast<std::uint32_t>(in.number()));
  neighbours_of_.reset();
  return names;
}

void NameTables::put_names(std::int64_t source, const NamesOfText& names) {
  std::set<std::uint32_t> own;
  for (const NamedEntity& named : names.entities) {
    if (named.neighbour) own.insert(named.name);
  }
  ByteWriter neighbours;
  neighbours.number(own.size());
  std::uint32_t before = 0;
  for (const std::uint32_t name : own) {
    neighbours.number(name - before);
    before = name;
  }
  ByteWriter out;
  out.number(names.entities.size());
  std::uint32_t last = 0;
  for (const NamedEntity& named : names.entities) {
    out.number(named.entity - last);
    out.number(named.name);
    out.number(static_cast<std::uint64_t>(named.level) | (named.neighbour ? 4U : 0U));
    last = named.entity;
  }
  put_names_.with(source, Blob{neighbours.bytes()}, names.document, Blob{out.bytes()}).run();
}

void NameTables::remove_names(std::int64_t source) {
  remove_names_.with(source).run();
}

std::uint32_t NameTables::number_of(const std::string& signature) {
  if (numbers_.size() >= most_numbers) numbers_.clear();
  const auto [known, is_new] = numbers_.try_emplace(signature, 0);
  if (is_new) known->second = find_number(signature);
  return known->second;
}

std::uint32_t NameTables::find_number(const std::string& signature) {
  std::uint32_t number = 0;
  if (number_of_.with(signature).step()) number = static_cast<std::uint32_t>(number_of_.integer(0));
  number_of_.reset();
  if (number != 0) return number;
  if (next_name_ == 0) {
    next_name_ = static_cast<std::uint32_t>(
        database_.integer("SELECT coalesce(max(id), 0) + 1 FROM joining_name"));
  }
  number = next_name_++;
  add_name_.with(number, signature).run();
  return number;
}

std::string NameTables::signature_of(std::uint32_t name) {
  if (!signature_of_.with(name).step()) damaged(database_, "a thing without its name");
  std::string signature(signature_of_.text(0));
  signature_of_.reset();
  return signature;
}

void NameTables::remove_name(std::uint32_t name) {
  numbers_.clear();
  remove_name_.with(name).run();
}

text::Occurrence NameTables::occurrence_of(const Statement& row) const {
  text::Occurrence occurrence;
  occurrence.document = row.text(0);
  occurrence.entity = static_cast<std::uint32_t>(row.integer(1));
  occurrence.text = static_cast<std::uint64_t>(row.integer(2));
  occurrence.what = naming_of(row.text(3), database_);
  return occurrence;
}

void NameTables::put(std::uint32_t name, const text::Occurrence& occurrence) {
  const std::string bytes = bytes_of(occurrence.what);
  put_occurrence_
      .with(name, occurrence.level(), occurrence.document, occurrence.entity, occurrence.text,
            Blob{bytes})
      .run();
}

PlacedOccurrence NameTables::take(const NamedEntity& entity, const std::string& document) {
  if (!find_occurrence_.with(entity.name, entity.level, document, entity.entity).step())
    damaged(database_, "a text without its names");
  PlacedOccurrence taken{occurrence_of(find_occurrence_),
                         static_cast<std::uint32_t>(find_occurrence_.integer(4))};
  find_occurrence_.reset();
  remove_occurrence_.with(entity.name, entity.level, document, entity.entity).run();
  return taken;
}

std::optional<std::uint32_t> NameTables::thing_of(const NamedEntity& entity,
                                                  const std::string& document) {
  std::optional<std::uint32_t> thing;
  if (find_occurrence_.with(entity.name, entity.level, document, entity.entity).step())
    thing = static_cast<std::uint32_t>(find_occurrence_.integer(4));
  find_occurrence_.reset();
  return thing;
}

void NameTables::visit_occurrences(std::uint32_t name, int last_level,
                                   const std::function<void(PlacedOccurrence&&)>& visit) {
  for (occurrences_.with(name, last_level); occurrences_.step();) {
    visit({occurrence_of(occurrences_), static_cast<std::uint32_t>(occurrences_.integer(4))});
  }
}

std::vector<PlacedOccurrence> NameTables::occurrences(std::uint32_t name, int last_level) {
  std::vector<PlacedOccurrence> all;
  visit_occurrences(name, last_level,
                    [&](PlacedOccurrence&& place) { all.push_back(std::move(place)); });
  return all;
}

std::optional<text::Occurrence> NameTables::first(std::uint32_t name) {
  if (!first_.with(name).step()) return std::nullopt;
  text::Occurrence found = occurrence_of(first_);
  first_.reset();
  return found;
}

std::optional<text::Occurrence> NameTables::last(std::uint32_t name) {
  if (!last_.with(name).step()) return std::nullopt;
  text::Occurrence found = occurrence_of(last_);
  last_.reset();
  return found;
}

void NameTables::place(std::uint32_t name, const text::Occurrence& occurrence,
                       std::uint32_t thing) {
  place_.with(thing, name, occurrence.level(), occurrence.document, occurrence.entity).run();
}

bool NameTables::tells_of(std::int64_t source, std::uint32_t name, std::uint32_t thing) {
  const bool tells = tells_of_.with(name, thing, source).step();
  tells_of_.reset();
  return tells;
}

void NameTables::sources_of(std::uint32_t name, std::uint32_t thing,
                            const std::function<bool(std::int64_t)>& take) {
  for (sources_of_.with(name, thing); sources_of_.step();) {
    if (!take(sources_of_.integer(0))) break;
  }
  sources_of_.reset();
}

ThingRow NameTables::called_thing(const Statement& row) const {
  ThingRow thing;
  thing.id = row.integer(0);
  thing.name = static_cast<std::uint32_t>(row.integer(1));
  thing.thing = static_cast<std::uint32_t>(row.integer(2));
  thing.root = row.integer(3);
  if (!row.null(4)) {
    thing.base = row.text(4);
    thing.called = {std::string(row.text(5)), std::string(row.text(6)),
                    enum_of(row.integer(7), NodeKind::event, database_), std::string(row.text(8)),
                    std::string(row.text(9))};
    thing.front = {std::string(row.text(10)), 0, static_cast<std::uint32_t>(row.integer(11))};
  }
  return thing;
}

ThingRow NameTables::whole_thing(const Statement& row) const {
  ThingRow thing = called_thing(row);
  thing.sums = thing_of_bytes(row.text(12), database_);
  thing.sums.number = thing.name;
  return thing;
}

std::vector<ThingRow> NameTables::things_of(std::uint32_t name) {
  std::vector<ThingRow> things;
  for (things_of_.with(name); things_of_.step();) things.push_back(whole_thing(things_of_));
  return things;
}

std::vector<ThingRow> NameTables::called_things(Statement& rows) const {
  std::vector<ThingRow> things;
  while (rows.step()) things.push_back(called_thing(rows));
  return things;
}

text::ThingName NameTables::name_of(const Statement& row) const {
  if (row.null(0)) return {};
  return {std::string(row.text(0)), std::string(row.text(1)),
          enum_of(row.integer(2), NodeKind::event, database_), std::string(row.text(3)),
          std::string(row.text(4))};
}

std::vector<CalledThing> NameTables::called_of(std::uint32_t name) {
  std::vector<CalledThing> things;
  for (called_of_.with(name); called_of_.step();)
    things.push_back({called_of_.integer(5), called_of_.integer(6), name_of(called_of_)});
  return things;
}

text::ThingName NameTables::called(std::int64_t root) {
  text::ThingName name;
  if (called_.with(root).step()) name = name_of(called_);
  called_.reset();
  return name;
}

std::optional<ThingRow> NameTables::thing(std::int64_t id) {
  if (!thing_.with(id).step()) return std::nullopt;
  ThingRow row = whole_thing(thing_);
  thing_.reset();
  return row;
}

std::vector<ThingRow> NameTables::claimants(const std::string& base) {
  return called_things(claimants_.with(base));
}

std::optional<std::string> NameTables::next_base(const std::string& base, bool shared) {
  Statement& row = shared ? next_shared_base_ : next_base_;
  if (!row.with(base).step()) return std::nullopt;
  std::string next(row.text(0));
  row.reset();
  return next;
}

std::vector<ThingRow> NameTables::parts_of(std::int64_t root) {
  return called_things(parts_of_.with(root));
}

std::int64_t NameTables::next_thing_id() {
  if (next_thing_ == 0)
    next_thing_ = database_.integer("SELECT coalesce(max(id), 0) + 1 FROM joining_thing");
  return next_thing_++;
}

void NameTables::add(const ThingRow& row) {
  const std::string sums = bytes_of(row.sums);
  add_thing_.with(row.id, row.name, row.thing, Blob{sums}, row.root).run();
}

void NameTables::set_sums(const ThingRow& row) {
  const std::string sums = bytes_of(row.sums);
  set_sums_.with(Blob{sums}, row.id).run();
}

void NameTables::set_name(const ThingRow& row) {
  if (row.root != row.id) {
    set_name_
        .with(row.root, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
              row.id)
        .run();
    return;
  }
  set_name_
      .with(row.root, row.base, row.called.key, row.called.name, static_cast<int>(row.called.kind),
            row.called.type, row.called.country, row.front.document, row.front.entity, row.id)
      .run();
}

void NameTables::set_key(const ThingRow& row) {
  set_key_.with(row.called.key, row.id).run();
}

void NameTables::remove_thing(std::int64_t id) {
  remove_thing_.with(id).run();
}

void NameTables::put_link(const LinkKey& link, std::int64_t thing) {
  put_link_.with(link.word, link.longer, thing).run();
}

void NameTables::remove_link(const LinkKey& link, std::int64_t thing) {
  remove_link_.with(link.word, link.longer, thing).run();
}

std::vector<std::int64_t> NameTables::linked(std::int64_t word, bool wanted_anyway) {
  std::vector<std::int64_t> things;
  for (linked_.with(word); linked_.step();) {
    if (things.empty() && linked_.integer(0) != 0 && !wanted_anyway) break;
    things.push_back(linked_.integer(1));
  }
  linked_.reset();
  return things;
}

}  // namespace relata::store
