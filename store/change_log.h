#pragma once
// The last changes of a store, kept in its tables change, change_document and change_node, so that
// who holds an older state (store/open_graph.h) can bring it up to date. Old changes are forgotten.

#include <optional>
#include <string>

#include "store/database.h"
#include "store/rows.h"
#include "store/store.h"

namespace relata::store {

/// Notes what a change wrote to a store that had the stamp `before`. Inside its transaction.
void log_change(Database& database, const std::string& before, const WrittenRows& written);

/// What was written between two stamps; nothing when it is not known, or another program wrote,
/// too.
std::optional<ChangedRows> read_changes(Database& database, const std::string& since,
                                        const std::string& now);

/// The number of changes to the file that a stamp names, which SQLite counts.
std::optional<std::uint32_t> counter_of(const std::string& stamp);

}  // namespace relata::store
