#pragma once
// A file mapped into memory for reading: its pages are read when they are first touched and belong
// to the page cache, not to the process. Unmapped when destroyed. Reading is thread-safe. The file
// must not be written in place meanwhile; replacing it by rename is harmless.

#include <cstddef>
#include <span>
#include <string>

namespace relata {

class MappedFile final {
 public:
  /// Throws FileError. An empty file gives no bytes.
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace relata
