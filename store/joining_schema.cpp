#include "store/joining_schema.h"

#include <initializer_list>
#include <string>

namespace relata::store {

namespace {

constexpr const char* name_tables = R"sql(
CREATE TABLE joining_text (
  source INTEGER PRIMARY KEY,
  neighbours BLOB NOT NULL,
  document TEXT NOT NULL,
  names BLOB NOT NULL
);

CREATE TABLE joining_name (
  id INTEGER PRIMARY KEY,
  signature TEXT NOT NULL UNIQUE
);

CREATE TABLE joining_thing (
  id INTEGER PRIMARY KEY,
  name INTEGER NOT NULL,
  thing INTEGER NOT NULL,
  sums BLOB NOT NULL,
  root INTEGER NOT NULL,
  base TEXT, key TEXT, called TEXT, kind INTEGER, type TEXT, country TEXT,
  front_document TEXT, front_entity INTEGER
);
CREATE UNIQUE INDEX joining_thing_name ON joining_thing (name, thing);
CREATE INDEX joining_thing_base ON joining_thing (base) WHERE base IS NOT NULL;
CREATE INDEX joining_thing_root ON joining_thing (root) WHERE root <> id;

CREATE TABLE joining_link (
  word INTEGER NOT NULL,
  longer INTEGER NOT NULL,
  thing INTEGER NOT NULL,
  PRIMARY KEY (word, longer, thing)
) WITHOUT ROWID;
)sql";

constexpr const char* occurrence_tables = R"sql(
CREATE TABLE joining_occurrence (
  name INTEGER NOT NULL,
  level INTEGER NOT NULL,
  document TEXT NOT NULL,
  entity INTEGER NOT NULL,
  source INTEGER NOT NULL,
  thing INTEGER NOT NULL,
  naming BLOB NOT NULL,
  PRIMARY KEY (name, level, document, entity)
) WITHOUT ROWID;
CREATE INDEX joining_occurrence_thing ON joining_occurrence (name, thing, source);
)sql";

constexpr const char* event_tables = R"sql(
CREATE TABLE joining_telling (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  told BLOB NOT NULL,
  home INTEGER NOT NULL,
  event TEXT,
  time_from INTEGER NOT NULL, time_to INTEGER NOT NULL, time_precision INTEGER NOT NULL
);

CREATE TABLE joining_block (
  hash INTEGER NOT NULL,
  telling INTEGER NOT NULL,
  PRIMARY KEY (hash, telling)
) WITHOUT ROWID;
)sql";
constexpr const char* event_indexes = R"sql(
CREATE UNIQUE INDEX joining_telling_key ON joining_telling (key);
CREATE INDEX joining_telling_home ON joining_telling (home) WHERE home <> id;
)sql";

constexpr const char* tables = R"sql(
CREATE TABLE joining_pending (source INTEGER PRIMARY KEY);

CREATE TABLE joining_events (
  source INTEGER PRIMARY KEY,
  tellings BLOB NOT NULL
);

CREATE TABLE joining_story (
  source INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  fingerprint BLOB NOT NULL
);
CREATE INDEX joining_story_first ON joining_story (first) WHERE first <> source;

CREATE TABLE joining_band (
  hash INTEGER NOT NULL,
  source INTEGER NOT NULL,
  PRIMARY KEY (hash, source)
) WITHOUT ROWID;
)sql";

}  // namespace

void create_joining_tables(Database& database) {
  database.run(tables);
}

void create_joining_tables(Database& database, TableGroup group) {
  database.run(group == TableGroup::names         ? name_tables
               : group == TableGroup::occurrences ? occurrence_tables
                                                  : event_tables);
}

void create_event_indexes(Database& database) {
  database.run(event_indexes);
}

namespace {

constexpr std::initializer_list<const char*> names = {"pending", "text",  "name",    "occurrence",
                                                      "thing",   "link",  "telling", "block",
                                                      "events",  "story", "band"};

}  // namespace

void drop_joining_tables(Database& database) {
  for (const char* name : names) database.run(std::string("DROP TABLE IF EXISTS joining_") + name);
}

void reset_joining(Database& database) {
  for (const char* name : names) {
    database.run(std::string("DELETE FROM joining_") + name);
  }
  database.run("INSERT INTO joining_pending SELECT id FROM source WHERE kind = 'text'");
  database.run("INSERT OR REPLACE INTO meta VALUES ('joining', '" +
               std::to_string(joining_version) + "')");
}

}  // namespace relata::store
