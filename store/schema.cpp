#include "store/schema.h"

#include <cstring>
#include <vector>

#include <fmt/format.h>

#include "importers/text/near_copies.h"
#include "store/joining_schema.h"

namespace relata::store {

namespace {

// Which release of the program wrote which version of the tables, for the message to those whose
// program is too old. Version 1 had no near copies.
constexpr const char* tables = R"sql(
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('text', 'graph')),
  hash TEXT NOT NULL,
  title TEXT, date TEXT, author TEXT, outlet TEXT, url TEXT, language TEXT,
  joined INTEGER,
  first_document INTEGER NOT NULL DEFAULT 0, documents INTEGER NOT NULL DEFAULT 0,
  first_sentence INTEGER NOT NULL DEFAULT 0, sentences INTEGER NOT NULL DEFAULT 0,
  first_part INTEGER NOT NULL DEFAULT 0, parts INTEGER NOT NULL DEFAULT 0,
  first_piece INTEGER NOT NULL DEFAULT 0, pieces INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE content (
  source INTEGER PRIMARY KEY REFERENCES source,
  text TEXT NOT NULL,
  facts BLOB NOT NULL,
  fingerprint BLOB NOT NULL
);

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  title TEXT, date TEXT, author TEXT, outlet TEXT, url TEXT, language TEXT,
  copy_of TEXT
);

CREATE TABLE sentence (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document,
  begin INTEGER NOT NULL,
  end INTEGER NOT NULL,
  text TEXT NOT NULL
);

CREATE TABLE part (
  id INTEGER PRIMARY KEY,
  node INTEGER NOT NULL REFERENCES node,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,
  attributes TEXT NOT NULL,
  mentions TEXT NOT NULL
);

CREATE TABLE piece (
  id INTEGER PRIMARY KEY,
  edge INTEGER NOT NULL REFERENCES edge,
  sentence INTEGER REFERENCES sentence,
  stated INTEGER NOT NULL,
  modality INTEGER NOT NULL,
  mood INTEGER NOT NULL,
  strength INTEGER NOT NULL,
  confidence REAL NOT NULL,
  weight REAL,
  attribution INTEGER REFERENCES node,
  trigger_begin INTEGER, trigger_end INTEGER,
  source_begin INTEGER, source_end INTEGER,
  target_begin INTEGER, target_end INTEGER,
  time_from INTEGER, time_to INTEGER, time_precision INTEGER NOT NULL,
  quantity_min REAL, quantity_max REAL, quantity_approximate INTEGER, quantity_unit TEXT,
  rule TEXT
);
)sql";

constexpr const char* node_tables = R"sql(
CREATE TABLE node (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,
  attributes TEXT NOT NULL
);
)sql";

constexpr const char* edge_tables = R"sql(
CREATE TABLE relation (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  inverse TEXT NOT NULL,
  symmetric INTEGER NOT NULL
);

CREATE TABLE edge (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES node,
  target INTEGER NOT NULL REFERENCES node,
  relation INTEGER NOT NULL REFERENCES relation,
  negated INTEGER NOT NULL,
  reality INTEGER NOT NULL,
  modality INTEGER NOT NULL,
  mood INTEGER NOT NULL,
  confidence REAL NOT NULL,
  weight REAL NOT NULL,
  attribution INTEGER REFERENCES node,
  time_from INTEGER, time_to INTEGER, time_precision INTEGER NOT NULL,
  quantity_min REAL, quantity_max REAL, quantity_approximate INTEGER, quantity_unit TEXT
);
CREATE UNIQUE INDEX edge_statement ON edge (source, target, relation, negated, reality);
)sql";

// What changed last, for who has an older state (store/index_update.h): for each change the stamp
// before it, the documents that came or went with it, and the nodes whose rows it wrote.
constexpr const char* change_tables = R"sql(
CREATE TABLE IF NOT EXISTS change (
  number INTEGER PRIMARY KEY,
  before TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS change_document (
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (number, name)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS change_node (
  number INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (number, key)
) WITHOUT ROWID;
)sql";

// What looking things up needs, but not the writing of a new store.
constexpr const char* indexes = R"sql(
CREATE INDEX document_name ON document (name);
CREATE INDEX part_node ON part (node);
CREATE INDEX piece_edge ON piece (edge);
)sql";
constexpr const char* node_indexes = "CREATE INDEX node_name ON node (name)";
constexpr const char* edge_indexes = "CREATE INDEX edge_target ON edge (target)";

// Days since 1970 as dates; the ends of time, which stand for an open end, as NULL.
constexpr const char* views = R"sql(
CREATE VIEW documents AS
SELECT id, name, title, date, author, outlet, url, language, copy_of FROM document;

CREATE VIEW nodes AS
SELECT id, key, kind, type, name, aliases, attributes FROM node;

CREATE VIEW events AS
SELECT id, key, type, name, aliases,
  json_extract(attributes, '$.from') AS date_from, json_extract(attributes, '$.to') AS date_to,
  attributes
FROM node WHERE kind = 'event';

CREATE VIEW edges AS
SELECT e.id, s.name AS source, r.name AS relation, t.name AS target,
  e.negated, CASE e.modality WHEN 0 THEN 'asserted' WHEN 1 THEN 'reported' WHEN 2 THEN 'planned'
    ELSE 'possible' END AS modality,
  CASE e.mood WHEN 1 THEN 'conditional' WHEN 2 THEN 'questioned' END AS mood,
  e.confidence, e.weight, a.name AS attribution,
  date(e.time_from * 86400, 'unixepoch') AS date_from,
  date(e.time_to * 86400, 'unixepoch') AS date_to,
  e.quantity_min, e.quantity_max, e.quantity_unit,
  s.key AS source_key, t.key AS target_key, s.type AS source_type, t.type AS target_type
FROM edge e JOIN node s ON s.id = e.source JOIN node t ON t.id = e.target
  JOIN relation r ON r.id = e.relation LEFT JOIN node a ON a.id = e.attribution;

CREATE VIEW evidence AS
SELECT p.id, p.edge, s.name AS source, r.name AS relation, t.name AS target, e.negated,
  CASE p.modality WHEN 0 THEN 'asserted' WHEN 1 THEN 'reported' WHEN 2 THEN 'planned'
    ELSE 'possible' END AS modality,
  CASE p.strength WHEN 1 THEN 'reported' WHEN 2 THEN 'confirmed' WHEN 3 THEN 'claimed'
    WHEN 4 THEN 'denied' WHEN 5 THEN 'accused' END AS strength,
  p.confidence, a.name AS attribution, x.text AS sentence, d.name AS document,
  d.date AS published, date(p.time_from * 86400, 'unixepoch') AS date_from,
  date(p.time_to * 86400, 'unixepoch') AS date_to,
  p.quantity_min, p.quantity_max, p.quantity_unit, p.rule
FROM piece p JOIN edge e ON e.id = p.edge JOIN node s ON s.id = e.source
  JOIN node t ON t.id = e.target JOIN relation r ON r.id = e.relation
  JOIN sentence x ON x.id = p.sentence JOIN document d ON d.id = x.document
  LEFT JOIN node a ON a.id = p.attribution;
)sql";

void put_version(Database& database, std::int64_t version) {
  database.run(fmt::format("PRAGMA user_version = {}", version));
}

/// Version 1 told no near copies apart.
void add_near_copies(Database& database) {
  database.run("ALTER TABLE content ADD COLUMN fingerprint BLOB NOT NULL DEFAULT x''");
  database.run("ALTER TABLE document ADD COLUMN copy_of TEXT");
  database.run("DROP VIEW documents");
  database.run(
      "CREATE VIEW documents AS "
      "SELECT id, name, title, date, author, outlet, url, language, copy_of FROM document");
  std::vector<std::pair<std::int64_t, std::string>> fingerprints;
  {
    Statement read(database, "SELECT source, text FROM content");
    while (read.step())
      fingerprints.emplace_back(read.integer(0), text::fingerprint_bytes(read.text(1)));
  }
  Statement write(database, "UPDATE content SET fingerprint = ? WHERE source = ?");
  for (const auto& [source, bytes] : fingerprints) write.with(Blob{bytes}, source).run();
  // The texts are to be joined anew (Store::wants_joining).
  database.run("UPDATE source SET joined = NULL WHERE kind = 'text'");
  database.run("INSERT OR REPLACE INTO meta VALUES ('state', '')");
}

}  // namespace

void create_schema(Database& database) {
  database.run(tables);
  for (const TableGroup group : table_groups) create_tables(database, group);
  database.run(views);
  database.run(change_tables);
  create_joining_tables(database);
  reset_joining(database);
  put_version(database, schema_version);
}

void mark_as_store(Database& database) {
  database.run(fmt::format("PRAGMA application_id = {}", application_id));
}

void sort_with_threads(Database& database) {
  database.run("PRAGMA threads = 4; PRAGMA cache_size = -16384");
}

void create_indexes(Database& database) {
  database.run(indexes);
}

void create_tables(Database& database, TableGroup group) {
  switch (group) {
    case TableGroup::nodes:
      return database.run(node_tables);
    case TableGroup::edges:
      return database.run(edge_tables);
    case TableGroup::names:
    case TableGroup::occurrences:
    case TableGroup::events:
      return create_joining_tables(database, group);
  }
}

void create_indexes(Database& database, TableGroup group) {
  if (group == TableGroup::nodes) database.run(node_indexes);
  if (group == TableGroup::edges) database.run(edge_indexes);
  if (group == TableGroup::events) create_event_indexes(database);
}

void check_schema(Database& database, bool for_changes) {
  const auto check = [&] {
    if (database.integer("PRAGMA application_id") != application_id) {
      throw InputError(database.name(), "", "expected a store of relata, found another database");
    }
    const std::int64_t version = database.integer("PRAGMA user_version");
    if (version > schema_version) {
      const std::string writer = database.text("SELECT value FROM meta WHERE key = 'program'");
      throw InputError(
          database.name(), "",
          fmt::format("the store was written by relata {} (version {} of the tables), this program "
                      "reads up to version {}; get relata {} or later",
                      writer, version, schema_version, writer));
    }
    if (version < 1) throw InputError(database.name(), "", "the store has no version");
    return version;
  };
  const std::int64_t found = check();
  if (found == schema_version || (found >= 2 && !for_changes)) return;
  Transaction transaction(database);
  std::int64_t version = check();  // another program may have been faster
  if (version == 1) {
    add_near_copies(database);
    put_version(database, ++version);
  }
  // Version 2 joined all texts anew after every change, and version 3 had other tables for joining;
  // they fill with the next change.
  if (version == 2 || version == 3) {
    drop_joining_tables(database);
    create_joining_tables(database);
    for (const TableGroup group : joining_groups) {
      create_tables(database, group);
      create_indexes(database, group);
    }
    database.run(change_tables);
    put_version(database, version = 4);
  }
  transaction.commit();
}

bool is_store(std::string_view head) {
  constexpr std::size_t id_place = 68;
  if (head.size() < id_place + 4 || !head.starts_with(std::string_view("SQLite format 3\0", 16)))
    return false;
  std::int64_t id = 0;
  for (std::size_t i = 0; i < 4; ++i)
    id = id << 8U | static_cast<unsigned char>(head[id_place + i]);
  return id == application_id;
}

}  // namespace relata::store
