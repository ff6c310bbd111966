#pragma once
// Which edges count, for commands that look at a whole graph.

#include "cli/option_set.h"
#include "graph/paths.h"

namespace relata::cli {

struct EdgeSelection {
  float min_confidence = 0;
  bool no_denied = false;

  void declare(OptionSet& options) {
    options.share("--min-confidence", min_confidence, "Only edges at least this sure")
        .flag("--no-denied", no_denied, "Leave out what is negated or only ever denied");
  }
  [[nodiscard]] bool passes(const Graph& graph, EdgeId edge) const {
    PathFilter filter;
    filter.min_confidence = min_confidence;
    filter.no_denied = no_denied;
    return edge_passes(graph, edge, filter);
  }
};

}  // namespace relata::cli
