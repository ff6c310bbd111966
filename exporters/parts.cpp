#include "exporters/parts.h"

#include "graph/errors.h"

namespace relata {

bool is_nodes_part(std::string_view format, const ExportOptions& options) {
  if (options.part == "nodes" || options.part == "edges") return options.part == "nodes";
  throw UsageError("the format " + std::string(format) + " has the parts nodes and edges" +
                   (options.part.empty() ? "; choose one" : ", not \"" + options.part + "\""));
}

}  // namespace relata
