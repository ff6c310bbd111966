#pragma once
// Files packed into one ZIP archive that is written as it grows, to a stream that need not seek:
// each entry is deflated while its bytes come and its sizes follow it. The archive holds no time of
// the clock, so the same entries give the same bytes. Refers to the stream, which must outlive it.
// One thread; some 300 KiB of memory whatever the sizes. Layout: PKWARE's APPNOTE 6.3, the part
// that every reader knows (no encryption, no ZIP64).

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace relata {

class ZipWriter final {
 public:
  explicit ZipWriter(std::ostream& out);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// Begins an entry of that name, after ending the one before. Its bytes go to the stream that
  /// comes back, which is good until the next call of begin() or close().
  std::ostream& begin(std::string_view name);

  /// Bytes written to the present entry so far, before packing.
  [[nodiscard]] std::uint64_t entry_bytes() const { return entry_bytes_; }

  /// Ends the last entry and writes the directory. Call once, last. Throws Error, as begin() and
  /// the entry's stream do, when an entry or the archive passes 4 GiB, which ZIP cannot hold.
  void close();

 private:
  class Deflater;
  struct Entry {
    std::string name;
    std::uint32_t offset = 0;
    std::uint32_t crc = 0;
    std::uint32_t packed = 0;
    std::uint32_t size = 0;
  };

  void end_entry();
  void write(std::string_view bytes);
  void add(const char* bytes, std::size_t count);

  std::ostream& out_;
  std::uint64_t written_ = 0;
  std::uint64_t entry_bytes_ = 0;
  std::uint64_t packed_bytes_ = 0;
  std::uint32_t crc_ = 0;
  std::vector<Entry> entries_;
  std::unique_ptr<Deflater> deflater_;
  bool open_ = false;
};

}  // namespace relata
