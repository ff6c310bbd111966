#pragma once
// What a format for output is: one function from a graph to bytes. A new format is one file with a
// class derived from Exporter and one line in exporters/registry.cpp. Exporters hold no state
// between calls, may be used from several threads, write to a stream as they go (memory does not
// grow with the graph) and never touch files: the command line opens, checks and renames them.

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace relata {

/// Which edges of events go out: events as nodes with their roles, direct relations of
/// participants, or both.
enum class EventView : std::uint8_t { both, nodes, relations };

struct ExportOptions {
  std::string profile;  ///< tool that will read it ("gephi", "networkx", "yed", ...); "" for the
                        ///< format's own standard
  std::string part;     ///< for a format of several files (ExportFormat::parts): which one to write
  EventView events = EventView::both;
  float min_confidence = 0;
};

class Exporter {
 public:
  virtual ~Exporter() = default;
  /// Writes `graph` to `out`. The same graph gives the same bytes. Throws UsageError for a profile
  /// that the format does not know, and for a part that it has not.
  virtual void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const = 0;
};

/// A format by its name, with what the command line needs to know of it.
struct ExportFormat {
  std::string_view name;                     ///< "graphml"
  std::vector<std::string_view> extensions;  ///< without the dot; the first one is the usual one
  std::string_view description;              ///< one line for `relata build --help`
  bool binary = false;                       ///< not for a terminal
  std::unique_ptr<Exporter> (*make)() = nullptr;
  /// Names of the files that the format consists of; empty for a format of one file. Write each
  /// with ExportOptions::part, to FILE-PART.EXTENSION for an output FILE.EXTENSION; on a stream one
  /// part has to be chosen.
  std::vector<std::string_view> parts = {};
  /// Values of ExportOptions::profile: the tools that open the format (exporters/tools.h).
  std::vector<std::string_view> profiles = {};
  /// Extensions of other formats that files of this one bear too: ".json" means this format for a
  /// tool that opens it and not the one that ".json" means otherwise.
  std::vector<std::string_view> borrowed = {};
};

/// All formats, sorted by name.
std::span<const ExportFormat> export_formats();
/// The format of that name; null when there is none.
const ExportFormat* find_export_format(std::string_view name);
/// The format whose extension `path` ends in; null when there is none. Where the tool `profile`
/// ("" for none) does not open that one, the format with a borrowed extension that it opens.
const ExportFormat* export_format_of_path(std::string_view path, std::string_view profile = "");

}  // namespace relata
