#pragma once
// The container that the gazetteer's files share (docs/gazetteer_format.md): a header with a
// checksum, a table of sections, sections of fixed-width records. A GazetteerFile owns the mapping;
// what it hands out points into it and lives as long as it does. Immutable after construction, so
// safe from any thread. Opening reads the file once for its checksum (about a millisecond for
// 10 MB) and parses nothing.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata::text {

/// One section: `count` records of `record_size` bytes.
class GazetteerSection final {
 public:
  GazetteerSection() = default;
  GazetteerSection(std::string_view bytes, std::size_t record_size)
      : bytes_(bytes), record_size_(record_size) {}

  [[nodiscard]] std::size_t count() const { return bytes_.size() / record_size_; }
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

  /// A copy of record `index`. REQUIRES: index < count(), sizeof(Record) == the record size.
  template <typename Record>
  [[nodiscard]] Record record(std::size_t index) const {
    Record result;
    std::memcpy(&result, bytes_.data() + index * sizeof(Record), sizeof(Record));
    return result;
  }

 private:
  std::string_view bytes_;
  std::size_t record_size_ = 1;
};

/// A mapped, checked container file.
class GazetteerFile final {
 public:
  /// Maps `path`. Throws FileError when it cannot be read, InputError when it is no such container,
  /// of another version, cut short or changed (checksum).
  explicit GazetteerFile(const std::string& path);
  ~GazetteerFile();
  GazetteerFile(GazetteerFile&& other) noexcept
      : path_(std::move(other.path_)),
        data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)) {}
  GazetteerFile(const GazetteerFile&) = delete;
  GazetteerFile& operator=(const GazetteerFile&) = delete;
  GazetteerFile& operator=(GazetteerFile&&) = delete;

  /// The section `tag` (four letters). Throws InputError when it is missing, has another record
  /// size or does not lie inside the file.
  [[nodiscard]] GazetteerSection section(std::string_view tag, std::size_t record_size) const;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Throws the InputError of a record whose reference points nowhere.
  [[noreturn]] void fail_reference(std::string_view what, std::uint64_t found,
                                   std::uint64_t limit) const;

 private:
  void check_header() const;

  std::string path_;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// The text that a 24-bit offset with an 8-bit length names in `pool`. Throws InputError when it
/// lies outside.
std::string_view pooled_text(const GazetteerFile& file, const GazetteerSection& pool,
                             std::uint32_t reference);

/// Sorted keys with their entries (sections KEYT, KEYS, ENTR). Search is binary: O(log n) compares.
class GazetteerKeys final {
 public:
  struct Found {
    std::vector<std::uint32_t> entries;
    std::uint8_t flags = 0;
  };

  /// `file` must outlive the object.
  explicit GazetteerKeys(const GazetteerFile& file);

  /// Entries of the folded name `key`, in the order of the file; none when it is unknown.
  [[nodiscard]] Found find(std::string_view key) const;

  [[nodiscard]] std::size_t size() const { return keys_.count() - 1; }

 private:
  struct Key {
    std::uint32_t text;
    std::uint32_t entry_and_flags;
  };
  [[nodiscard]] std::string_view key_text(std::size_t index) const;

  const GazetteerFile* file_;
  GazetteerSection text_;
  GazetteerSection keys_;
  GazetteerSection entries_;
};

}  // namespace relata::text
