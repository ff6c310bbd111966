#pragma once
// `relata convert --check`: what a program, or a format, would lose or merge of a graph.

#include <string>
#include <vector>

#include "cli/console.h"
#include "exporters/losses.h"

namespace relata::cli {

struct CheckOptions {
  std::string graph;   ///< the graph's name, for the command line that is shown
  std::string tool;    ///< "" for every tool, or for the format alone
  std::string format;  ///< "" for every format that the tool opens
  ExportOptions view;
  bool json = false;
};

/// Prints the report. Returns `found` when the graph arrives whole by the format asked for (by the
/// best one of each tool when none was), else `nothing_found`. Throws CommandError for names that
/// are not known.
ExitCode check_losses(const Graph& graph, const CheckOptions& options, Console& console);

}  // namespace relata::cli
