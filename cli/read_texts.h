#pragma once
// Reading of the inputs of `relata build` and `relata analyze`: files, folders, standard input.

#include <functional>
#include <map>
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
  std::size_t graphs = 0;   ///< of `files`, those that are graphs
  std::size_t foreign = 0;  ///< texts left out because they are not in English
};

/// How to read, over what the importers are told.
struct ReadOptions {
  std::string format;         ///< of all inputs, "" to tell it of each
  ImportOptions import;       ///< `note` is set here
  bool any_language = false;  ///< read texts that are not in English too
};

/// Adds "text=NAME" and the like, as `--field` takes them, to `fields`. Throws CommandError.
void add_field(std::map<ArticleField, std::string>& fields, const std::string& word);

/// Takes a graph of the inputs with the name of its file.
using GraphSink = std::function<void(const std::string& name, Graph&& graph)>;

/// Reads `paths` in order, archives and folders with what is in them. Texts go to the result;
/// graphs are added to `builder`, or are an error when it is null; with `each_graph` that takes
/// them one by one. A store that the user names counts as a graph. A file named by the user whose
/// format cannot be told is read as plain text. Two documents of one id get " (2)" and so on behind
/// it. A broken file found in a folder or an archive is left out and told on `console.err`; one
/// that the user names is an error. Texts that are not in English are left out and told. Throws
/// InputError, FileError or CommandError.
ReadInputs read_inputs(const std::vector<std::string>& paths, const ReadOptions& options,
                       GraphBuilder* builder, Console& console, const GraphSink& each_graph = {});

}  // namespace relata::cli
