#pragma once
// `relata path`: how two nodes are connected.

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/graph_options.h"
#include "cli/output_options.h"
#include "graph/paths.h"

namespace relata::cli {

struct PathCommandOptions {
  GraphOptions input;
  std::string from;
  std::string to;
  std::size_t count = 1;
  std::size_t max_hops = 0;
  bool directed = false;
  PathOrder order = PathOrder::hubs;
  std::vector<std::string> relations;
  std::vector<std::string> kinds;
  std::vector<std::string> avoid;
  std::vector<std::string> via;
  float min_confidence = 0;
  bool no_denied = false;
  std::string as_of;
  std::vector<std::string> between;
  bool all = false;
  bool time_respecting = false;
  bool explain = false;
  bool json = false;
  std::size_t around = 0;
  OutputOptions picture;  ///< a file for the ways as a graph, when its path is not empty
};

class PathCommand final : public Command {
 public:
  void declare(OptionSet& options) override;
  int run(Console& console) const override;
  [[nodiscard]] const PathCommandOptions& options() const { return options_; }

 private:
  /// True when options leave ways out.
  [[nodiscard]] bool has_conditions() const;
  [[nodiscard]] std::vector<Path> find_paths(const Graph& graph, NodeId from, NodeId to,
                                             const PathOptions& path) const;

  PathCommandOptions options_;
};

}  // namespace relata::cli
