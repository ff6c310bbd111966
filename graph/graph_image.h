#pragma once
// A graph as a file that is read in place: the tables of graph/graph_tables.h one after the other,
// so that opening costs a few pages whatever the size, and a query touches only what it needs. An
// image is made from something else (a store, a file) and says of which state by a stamp; whoever
// finds another stamp makes it anew. It is for the machine and the version that wrote it, not an
// exchange format.
//
//   header     magic, version and layout of the records, stamp, number of sections, checksum
//   directory  for each section its name, place, size and checksum
//   sections   the ontology, the graph's tables, further sections of the caller; each begins at a
//              multiple of 64 bytes
//
// Numbers have the byte order of the machine. Opening checks header, directory and ontology;
// verify() reads all of it.

#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "graph/mapped_file.h"

namespace relata {

/// A further section of an image.
struct ImageSection {
  std::string name;  ///< at most 23 bytes; not that of a table of the graph
  std::span<const std::byte> bytes;
};

/// Writes `graph` and `more` to `out`. `stamp`: at most 63 bytes.
void write_graph_image(const Graph& graph, std::string_view stamp,
                       std::span<const ImageSection> more, std::ostream& out);

class GraphImage final {
 public:
  /// The image in the file `path` when it is there, whole, of this version, and of that stamp;
  /// nothing otherwise, and the caller makes it anew. Throws nothing but std::bad_alloc.
  static std::optional<GraphImage> open(const std::string& path, std::string_view stamp);
  /// The same with any stamp.
  static std::optional<GraphImage> open_any(const std::string& path);

  [[nodiscard]] const std::string& stamp() const { return stamp_; }

  /// The graph, which keeps the file mapped by itself; further sections are its attachments.
  [[nodiscard]] Graph graph() const;

  /// True when every section has its checksum. Reads the whole file.
  [[nodiscard]] bool verify() const;

 private:
  struct Place {
    std::string name;
    std::span<const std::byte> bytes;
    std::uint64_t checksum = 0;
  };
  GraphImage() = default;
  bool read();

  std::string stamp_;
  std::shared_ptr<const MappedFile> file_;
  std::shared_ptr<const Ontology> ontology_;
  ReadGraphTables tables_;
  std::vector<Place> sections_;
};

/// Checksum (graph/image_writer.h) of bytes, with their number.
std::uint64_t checksum(std::span<const std::byte> bytes);

}  // namespace relata
