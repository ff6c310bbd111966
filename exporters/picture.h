#pragma once
// Pictures by Graphviz' library: svg, png and pdf. Kinds differ by colour and shape, types by
// shade; events are smaller; relations of one pair share one line; what is denied, planned or
// possible is dashed. A graph too large to read is cut to its best connected nodes, and the picture
// says so. A legend stands below. Graphviz is not thread-safe: a lock lets one picture through at a
// time. Layout takes memory and time of its own, bounded by the cut.

#include <string>

#include "exporters/exporter.h"

namespace relata {

enum class PictureFormat : std::uint8_t { pdf, png, svg };

/// The most nodes that a picture shows.
constexpr std::size_t picture_nodes = 50;

class PictureExporter final : public Exporter {
 public:
  explicit PictureExporter(PictureFormat format) : format_(format) {}

  /// Throws Error with Graphviz' reason when drawing fails.
  void write(const Graph& graph, std::ostream& out, const ExportOptions& options) const override;

 private:
  PictureFormat format_;
};

/// The picture's description in DOT, as Graphviz gets it.
std::string picture_source(const Graph& graph, const ExportOptions& options);

/// `text` in lines of about `width` characters, broken at blanks; at most `max_lines`, the last one
/// then ends in an ellipsis.
std::string wrap_text(std::string_view text, std::size_t width, std::size_t max_lines);

}  // namespace relata
