#pragma once
// Reading of a store's rows as a graph: all of them, or one source's.

#include <cstdint>
#include <memory>
#include <optional>

#include "graph/graph.h"
#include "store/database.h"

namespace relata::store {

/// The graph of the source with that row, or of the whole store. Throws InputError for rows that
/// do not fit together.
Graph load_rows(Database& database, std::shared_ptr<const Ontology> ontology,
                std::optional<std::int64_t> source);

}  // namespace relata::store
