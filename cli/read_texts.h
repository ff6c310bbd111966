#pragma once
// Reading of the inputs of `relata build` and `relata analyze`: files, folders, standard input.

#include <functional>
#include <string>
#include <vector>

#include "cli/console.h"
#include "graph/graph_builder.h"
#include "importers/importer.h"
#include "importers/text/document.h"

namespace relata::cli {

/// What was read of all inputs.
struct ReadInputs {
  std::vector<text::Document> documents;
  std::size_t files = 0;
  std::size_t skipped = 0;  ///< files in folders whose format nobody knows
  std::size_t broken = 0;   ///< files in folders that are not what their format says
};

/// Takes a graph of the inputs with the name of its file.
using GraphSink = std::function<void(const std::string& name, Graph&& graph)>;

/// Reads `paths` in order. Texts go to the result; graphs are added to `builder`, or are an error
/// when it is null; with `each_graph` that takes them one by one. A store that the user names
/// counts as a graph. `format`: format of all inputs, "" to tell it of each; a file named by the
/// user whose format cannot be told is read as plain text. Two documents of one id get " (2)" and
/// so on behind it. A broken file found in a folder is left out and told on `console.err`; one that
/// the user names is an error. Throws InputError, FileError or CommandError.
ReadInputs read_inputs(const std::vector<std::string>& paths, const std::string& format,
                       const ImportOptions& options, GraphBuilder* builder, Console& console,
                       const GraphSink& each_graph = {});

}  // namespace relata::cli
