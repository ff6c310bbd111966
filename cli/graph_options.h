#pragma once
// Options that every command on a graph has: the graph itself, its format, the ontology.

#include <string>

#include "cli/load.h"
#include "cli/option_set.h"

namespace relata::cli {

struct GraphOptions {
  std::string graph;
  std::string format;
  std::string ontology;

  void declare(OptionSet& options) {
    options.argument("GRAPH", graph, "Graph in any format that relata reads; - for standard input");
    declare_rest(options);
  }
  void declare_rest(OptionSet& options) {
    options.text("--from", format, "FORMAT", "Format of the graph, when its name does not tell")
        .text("--ontology", ontology, "FILE", "Types and relations, instead of the built-in ones");
  }
  [[nodiscard]] Graph load(Console& console) const {
    if (console.opened != nullptr) return console.opened->share();
    return load_graph(graph, format, load_ontology(ontology), console);
  }
};

}  // namespace relata::cli
