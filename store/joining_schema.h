#pragma once
// The tables by which a store joins its texts without going through all of them
// (docs/store_format.md). They hold nothing that the texts do not give; another version of them is
// emptied, and filled again by the next change.

#include <array>

#include "store/database.h"
#include "store/schema.h"

namespace relata::store {

/// Counted up whenever the same facts would give other rows here, or be joined otherwise.
constexpr int joining_version = 2;

/// Those that are in no group.
void create_joining_tables(Database& database);
inline constexpr std::array joining_groups = {TableGroup::names, TableGroup::occurrences,
                                              TableGroup::events};
/// Those of one of these groups.
void create_joining_tables(Database& database, TableGroup group);
/// Those of the events, whose rows come faster into a new store without.
void create_event_indexes(Database& database);
void drop_joining_tables(Database& database);

/// Empties the tables and makes all texts wait for joining.
void reset_joining(Database& database);

}  // namespace relata::store
