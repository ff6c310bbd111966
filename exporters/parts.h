#pragma once
// The two parts of formats that keep nodes and edges in files of their own.

#include "exporters/exporter.h"

namespace relata {

/// True for the part "nodes", false for "edges". Throws UsageError for any other.
bool is_nodes_part(std::string_view format, const ExportOptions& options);

}  // namespace relata
