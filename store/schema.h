#pragma once
// The tables of a store (docs/store_format.md) and their version, which stands in SQLite's
// user_version. A store of an older version is brought up to date when it is opened for a change
// or for reading; one of a newer version is refused.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "store/database.h"

namespace relata::store {

/// SQLite's application_id of a store: "RLTA".
constexpr std::int64_t application_id = 0x524c5441;
/// The version of the tables that this program writes.
constexpr std::int64_t schema_version = 4;

/// Tables that the making of a store looks things up in, those of one group independently of the
/// others.
enum class TableGroup : std::uint8_t { nodes, edges, names, occurrences, events };
inline constexpr std::array table_groups = {TableGroup::nodes, TableGroup::edges, TableGroup::names,
                                            TableGroup::occurrences, TableGroup::events};
/// How many files of their own a group's tables have meanwhile, each with some of the rows.
constexpr std::size_t parts_of(TableGroup group) {
  return group == TableGroup::events ? 4 : 1;
}

/// Makes the tables of an empty database. Rows come faster into tables without indexes:
/// create_indexes() makes those that only looking up needs, once the rows are there.
void create_schema(Database& database);
/// What a database is refused without: for one that is whole.
void mark_as_store(Database& database);
/// Those of the tables that are in no group.
void create_indexes(Database& database);

/// The same for a group of tables alone.
void create_tables(Database& database, TableGroup group);
void create_indexes(Database& database, TableGroup group);

/// Lets SQLite sort the rows of an index by other threads while it still reads them, which it does
/// as often as they fill its page memory: less of that, until somebody sets it again.
void sort_with_threads(Database& database);

/// Checks that the database is a store and brings an older one up to date, in one transaction; one
/// of version 2 or later only for changes, since what came later is not looked at for reading.
/// Throws InputError when it is none, or a newer one (naming the version of relata to get).
void check_schema(Database& database, bool for_changes);

/// True when the first bytes of a file are those of a store.
bool is_store(std::string_view head);

}  // namespace relata::store
