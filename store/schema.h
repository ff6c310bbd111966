#pragma once
// The tables of a store (docs/store_format.md) and their version, which stands in SQLite's
// user_version. A store of an older version is brought up to date when it is opened for a change
// or for reading; one of a newer version is refused.

#include <cstdint>
#include <string>
#include <string_view>

#include "store/database.h"

namespace relata::store {

/// SQLite's application_id of a store: "RLTA".
constexpr std::int64_t application_id = 0x524c5441;
/// The version of the tables that this program writes.
constexpr std::int64_t schema_version = 4;

/// Makes the tables of an empty database. Rows come faster into tables without indexes:
/// create_indexes() makes those that only looking up needs, once the rows are there.
void create_schema(Database& database);
void create_indexes(Database& database);

/// Checks that the database is a store and brings an older one up to date, in one transaction; one
/// of version 2 or later only for changes, since what came later is not looked at for reading.
/// Throws InputError when it is none, or a newer one (naming the version of relata to get).
void check_schema(Database& database, bool for_changes);

/// True when the first bytes of a file are those of a store.
bool is_store(std::string_view head);

}  // namespace relata::store
