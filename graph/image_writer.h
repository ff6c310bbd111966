#pragma once
// Writes the file that graph/graph_image.h reads, a section at a time, so that no section has to be
// in memory as a whole. One object a file.

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "graph/ontology.h"

namespace relata {

/// A fast checksum of bytes (multiply and fold, four lanes), for damage and not for forgery.
class Checksum final {
 public:
  /// Sums of other seeds differ.
  explicit Checksum(std::uint64_t seed) : lanes_{1, 2, 3, seed} {}
  void add(std::span<const std::byte> bytes);
  [[nodiscard]] std::uint64_t value() const;

 private:
  static constexpr std::size_t block = 32;
  void fold_block(const std::byte* bytes);
  std::array<std::uint64_t, 4> lanes_;
  std::array<std::byte, block> rest_{};  ///< of what was added, less than a block
  std::size_t rest_size_ = 0;
};

/// How a file of this version begins.
struct ImageHeader {
  char magic[16];
  std::uint32_t version;
  std::uint32_t layout;  ///< sizes of the records, and the byte order
  char stamp[64];
  std::uint64_t file_bytes;
  std::uint32_t sections;
  std::uint32_t reserved;
  std::uint64_t checksum;  ///< of the directory
};

struct ImageEntry {
  char name[24];
  std::uint64_t begin;
  std::uint64_t bytes;
  std::uint64_t checksum;
};

constexpr std::uint32_t image_version = 2;
constexpr std::size_t image_alignment = 64;
constexpr std::uint64_t image_seed = 4;  ///< of the sections' checksums
constexpr char image_magic[16] = "relata image\r\n";
constexpr std::string_view ontology_section = "ontology";
/// Names of the sections that hold a graph's tables, in the order of visit_tables().
constexpr std::array<std::string_view, 18> table_sections = {
    "nodes",     "edges",    "documents",  "sentences",      "aliases",         "attributes",
    "mentions",  "evidence", "quantities", "alias_begin",    "attribute_begin", "mention_begin",
    "out_begin", "in_begin", "in_edges",   "evidence_begin", "string_begin",    "string_bytes"};

/// Sizes of the records and the order of their bytes as one number.
std::uint32_t image_layout();

/// The ontology's section.
std::string ontology_bytes(const Ontology& ontology);

class ImageWriter final {
 public:
  /// Writes to `out`, in which it goes back to the beginning once. There may be at most `sections`.
  ImageWriter(std::ostream& out, std::size_t sections);
  ImageWriter(const ImageWriter&) = delete;
  ImageWriter& operator=(const ImageWriter&) = delete;

  /// Ends the section before and begins one; what is put from now on is its. The name has at most
  /// 23 bytes.
  void begin(std::string_view name);
  void put(std::span<const std::byte> bytes) {
    if (buffer_.size() + bytes.size() > buffer_size) return put_much(bytes);
    place_ += bytes.size();
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  }
  template <class Value>
  void put(std::span<const Value> values) {
    static_assert(std::is_trivially_copyable_v<Value>);
    put(std::as_bytes(values));
  }
  template <class Value>
  void put_one(const Value& value) {
    put(std::as_bytes(std::span(&value, 1)));
  }
  template <class Value>
  void section(std::string_view name, const std::vector<Value>& values) {
    begin(name);
    put(std::span<const Value>(values));
  }

  /// Ends the file, with a stamp of at most 63 bytes. Whether all was written, `out` knows.
  void finish(std::string_view stamp);

 private:
  static constexpr std::size_t buffer_size = std::size_t{1} << 20U;

  void put_much(std::span<const std::byte> bytes);
  void end_section();
  void sum_up();
  void flush();

  std::ostream& out_;
  std::size_t most_sections_;
  std::vector<ImageEntry> directory_;
  std::vector<std::byte> buffer_;
  std::size_t summed_up_ = 0;  ///< bytes of the buffer that are in the checksum or of no section
  std::uint64_t place_ = 0;    ///< of the end of the buffer in the file
  Checksum checksum_{image_seed};
};

}  // namespace relata
