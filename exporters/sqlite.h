#pragma once
// An SQLite database with all that the graph holds, in tables that SQL can join, and a view of
// facts by name; docs/formats.md has the schema. SQLite builds a database in place, so it grows in
// a file of its own without a name in the system's folder for temporary files (TMPDIR) and is
// copied from there: memory stays at a cache of 16 MB whatever the graph.

#include "exporters/exporter.h"

namespace relata {

class SqliteExporter final : public Exporter {
 public:
  /// Throws Error with SQLite's or the system's reason when the temporary file cannot be made or
  /// filled.
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;
};

}  // namespace relata
