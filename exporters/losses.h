#pragma once
// What a program would lose or merge of a graph: counts, for each Loss of a door, how many things
// of this graph it touches. Plain functions; O(nodes + edges + evidence) each.

#include <cstdint>
#include <string>
#include <vector>

#include "exporters/exporter.h"
#include "exporters/tools.h"

namespace relata {

/// What one loss does to one graph.
struct LossCount {
  Loss loss = Loss::aliases;
  std::uint64_t touched = 0;  ///< how many; never 0
  std::uint64_t all = 0;      ///< of how many
  std::string example;        ///< one of those touched, short, in one line; may be empty
};

/// Those of `losses` that touch what goes out of `graph` under `options`, in the order of Loss.
std::vector<LossCount> count_losses(const Graph& graph, const ExportOptions& options,
                                    const std::vector<Loss>& losses);

}  // namespace relata
