#pragma once
// Graphs from files, and nodes from what the user calls them.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "graph/graph.h"
#include "graph/name_index.h"
#include "importers/importer.h"

namespace relata::cli {

/// The format of that name for input; throws CommandError naming the nearest when there is none.
const ImportFormat& import_format_named(const std::string& name);

/// The ontology in `path`, the built-in one for "". Throws InputError or FileError.
std::shared_ptr<const Ontology> load_ontology(const std::string& path);

/// Reads the graph in `path` ("-" for standard input); `format` as a name, "" to tell it by
/// extension and first bytes. Throws CommandError with a hint when the input is a text.
Graph load_graph(const std::string& path, const std::string& format,
                 std::shared_ptr<const Ontology> ontology, Console& console);

/// "Kim Jong-un (person, 12 edges, actor/kim-jong-un)".
std::string describe_node(const Graph& graph, NodeId node);

/// The node that the user calls `query`: its key, its name or an alias without case, diacritics and
/// punctuation, "NAME (TYPE)", or whole words of one name only. Events stand back behind actors and
/// places of the same name. What is not literal is told on `console.err`. Throws CommandError: exit
/// code 1 with near names when nothing is found, 2 with the candidates when several nodes are.
NodeId resolve_node(const Graph& graph, const NameIndex& names, const std::string& query,
                    Console& console);

/// The relation of that name or inverse name. Throws CommandError with the nearest name.
RelationMatch resolve_relation(const Ontology& ontology, const std::string& name);

/// The kind of that name. Throws CommandError.
NodeKind resolve_kind(const std::string& name);

/// Days since 1970-01-01 of an ISO date; of "2024-12" and "2024" the first day, or the last one
/// with `last`. Throws CommandError naming `option`.
std::int32_t resolve_date(const std::string& date, std::string_view option, bool last);

}  // namespace relata::cli
