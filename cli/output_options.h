#pragma once
// Options of the commands that write a graph.

#include <string>
#include <string_view>

#include "cli/console.h"
#include "exporters/exporter.h"
#include "graph/graph.h"

namespace relata::cli {

class OptionSet;

struct OutputOptions {
  std::string path;
  std::string format;
  std::string profile;
  std::string part;
  EventView events = EventView::both;
  float min_confidence = 0;
  bool overwrite = false;

  /// Adds `--format` (or what it shall be called), `--for`, `--part`, `--events`,
  /// `--min-confidence` and
  /// `--overwrite`.
  void declare(OptionSet& options, const std::string& format_option = "--format");

  /// The format asked for, by name or by the path's extension. Throws CommandError when there is
  /// none, the profile is not the format's, or binary data would go to a terminal.
  [[nodiscard]] const ExportFormat& resolve(const Console& console) const;

  /// What of the graph goes out, and for whom.
  [[nodiscard]] ExportOptions view() const;

  /// Writes `graph` to the path, "-" for `console.out`; a format of several files to FILE-PART.EXT
  /// each, unless one part is chosen. Files appear when complete.
  void write(const Graph& graph, Console& console) const;
};

/// "graph-nodes.csv" for the part "nodes" of "graph.csv".
std::string path_of_part(const std::string& path, std::string_view part);

/// One line for each export format, and one for each tool with the formats that it opens, for help
/// texts.
std::string list_export_formats();

}  // namespace relata::cli
