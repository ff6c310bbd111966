#include "exporters/zip_writer.h"

#include <array>
#include <limits>

#include <zlib.h>

#include "graph/errors.h"

namespace relata {

namespace {

constexpr std::uint32_t local_header = 0x04034b50;
constexpr std::uint32_t data_descriptor = 0x08074b50;
constexpr std::uint32_t directory_header = 0x02014b50;
constexpr std::uint32_t directory_end = 0x06054b50;
constexpr std::uint16_t version = 20;
constexpr std::uint16_t flags = 0x0808;  // sizes follow the data; names are UTF-8
constexpr std::uint16_t deflated = 8;
constexpr std::uint16_t first_day = 0x0021;  // 1980-01-01

/// Little-endian fields.
class Fields final {
 public:
  Fields& u16(std::uint16_t value) { return bytes(value, 2); }
  Fields& u32(std::uint32_t value) { return bytes(value, 4); }
  Fields& text(std::string_view value) {
    text_ += value;
    return *this;
  }
  [[nodiscard]] const std::string& str() const { return text_; }

 private:
  Fields& bytes(std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i) text_ += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return *this;
  }
  std::string text_;
};

std::uint32_t narrow(std::uint64_t value) {
  if (value >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error("the output is more than 4 GiB, which a ZIP archive cannot hold");
  }
  return static_cast<std::uint32_t>(value);
}

}  // namespace

/// The stream of one entry: a buffer in front of zlib.
class ZipWriter::Deflater final : public std::streambuf {
 public:
  explicit Deflater(ZipWriter& zip) : stream(this), zip_(zip) {
    // Raw deflate: the container has its own head and check.
    if (deflateInit2(&zlib_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw Error("zlib could not be started");
    }
    stream.exceptions(std::ios::badbit);
  }
  ~Deflater() override { deflateEnd(&zlib_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void restart() { deflateReset(&zlib_); }
  void finish() { run(nullptr, 0, Z_FINISH); }

  std::ostream stream;

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char byte = traits_type::to_char_type(c);
    zip_.add(&byte, 1);
    return c;
  }
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    zip_.add(bytes, static_cast<std::size_t>(count));
    return count;
  }

 private:
  friend class ZipWriter;

  void run(const char* bytes, std::size_t count, int flush) {
    std::array<char, std::size_t{1} << 15U> packed;
    zlib_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes));
    zlib_.avail_in = static_cast<uInt>(count);
    do {
      zlib_.next_out = reinterpret_cast<Bytef*>(packed.data());
      zlib_.avail_out = static_cast<uInt>(packed.size());
      deflate(&zlib_, flush);
      const std::size_t made = packed.size() - zlib_.avail_out;
      zip_.packed_bytes_ += made;
      zip_.write({packed.data(), made});
    } while (zlib_.avail_out == 0);
  }

  ZipWriter& zip_;
  z_stream zlib_{};
};

ZipWriter::ZipWriter(std::ostream& out) : out_(out), deflater_(std::make_unique<Deflater>(*this)) {}

ZipWriter::~ZipWriter() = default;

void ZipWriter::write(std::string_view bytes) {
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  written_ += bytes.size();
}

void ZipWriter::add(const char* bytes, std::size_t count) {
  entry_bytes_ += count;
  while (count > 0) {
    const std::size_t piece = std::min<std::size_t>(count, std::size_t{1} << 30U);
    crc_ = static_cast<std::uint32_t>(
        crc32(crc_, reinterpret_cast<const Bytef*>(bytes), static_cast<uInt>(piece)));
    deflater_->run(bytes, piece, Z_NO_FLUSH);
    bytes += piece;
    count -= piece;
  }
}

std::ostream& ZipWriter::begin(std::string_view name) {
  end_entry();
  Entry entry;
  entry.name = name;
  entry.offset = narrow(written_);
  entries_.push_back(entry);
  Fields head;
  head.u32(local_header).u16(version).u16(flags).u16(deflated).u16(0).u16(first_day);
  head.u32(0).u32(0).u32(0);
  head.u16(static_cast<std::uint16_t>(name.size())).u16(0).text(name);
  write(head.str());
  deflater_->restart();
  crc_ = 0;
  entry_bytes_ = 0;
  packed_bytes_ = 0;
  open_ = true;
  return deflater_->stream;
}

void ZipWriter::end_entry() {
  if (!open_) return;
  open_ = false;
  deflater_->finish();
  Entry& entry = entries_.back();
  entry.crc = crc_;
  entry.packed = narrow(packed_bytes_);
  entry.size = narrow(entry_bytes_);
  Fields tail;
  tail.u32(data_descriptor).u32(entry.crc).u32(entry.packed).u32(entry.size);
  write(tail.str());
}

void ZipWriter::close() {
  end_entry();
  const std::uint32_t start = narrow(written_);
  for (const Entry& entry : entries_) {
    Fields head;
    head.u32(directory_header).u16(version).u16(version).u16(flags).u16(deflated);
    head.u16(0).u16(first_day).u32(entry.crc).u32(entry.packed).u32(entry.size);
    head.u16(static_cast<std::uint16_t>(entry.name.size())).u16(0).u16(0).u16(0).u16(0).u32(0);
    head.u32(entry.offset).text(entry.name);
    write(head.str());
  }
  const auto count = static_cast<std::uint16_t>(entries_.size());
  Fields end;
  end.u32(directory_end).u16(0).u16(0).u16(count).u16(count);
  end.u32(narrow(written_) - start).u32(start).u16(0);
  write(end.str());
}

}  // namespace relata
