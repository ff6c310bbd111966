#include "importers/compressed.h"

#include <algorithm>
#include <istream>
#include <sstream>
#include <vector>

#include <brotli/decode.h>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include "graph/errors.h"

namespace relata {

namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 16U;

/// The packed side: pieces of a stream and what the errors say of it.
class Packed final {
 public:
  Packed(std::istream& in, std::string name) : in_(in), name_(std::move(name)) {}

  /// Reads on when nothing is left; false at the end.
  bool fill() {
    if (next_ < end_) return true;
    if (!in_) return false;
    in_.read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
    if (in_.bad()) fail("reading it failed");
    next_ = 0;
    end_ = static_cast<std::size_t>(in_.gcount());
    before_ += end_;
    return end_ > 0;
  }
  [[nodiscard]] const char* data() const { return piece_.data() + next_; }
  [[nodiscard]] std::size_t size() const { return end_ - next_; }
  void take(std::size_t count) { next_ += count; }
  [[nodiscard]] const std::string& name() const { return name_; }

  [[noreturn]] void fail(const std::string& problem) const {
    throw InputError(name_, fmt::format("byte {}", before_ - size()), problem);
  }
  [[noreturn]] void fail_format(const char* format, const char* reason) const {
    fail(fmt::format("expected {} data, found a fault: {}", format,
                     reason != nullptr ? reason : "its bytes make no sense"));
  }
  [[noreturn]] void fail_end(const char* format) const {
    fail(fmt::format("expected more {} data, found the end of the file; it is cut off", format));
  }

 private:
  std::istream& in_;
  std::string name_;
  std::vector<char> piece_ = std::vector<char>(piece_bytes);
  std::size_t next_ = 0;
  std::size_t end_ = 0;
  std::uint64_t before_ = 0;
};

// zlib keeps a pointer back to its stream, so these objects stay where they are made.
class Inflater final {
 public:
  Inflater(std::istream& in, std::string name, bool gzip) : in_(in, std::move(name)), gzip_(gzip) {}
  ~Inflater() {
    if (open_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  std::size_t pull(char* target, std::size_t capacity) {
    capacity = std::min<std::size_t>(capacity, std::size_t{1} << 30U);
    while (!done_) {
      if (!in_.fill()) {
        if (!within_ && started_) break;
        in_.fail_end(format());
      }
      if (!within_ && !next_member()) continue;
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in_.data()));
      stream_.avail_in = static_cast<uInt>(in_.size());
      stream_.next_out = reinterpret_cast<Bytef*>(target);
      stream_.avail_out = static_cast<uInt>(capacity);
      const int result = inflate(&stream_, Z_NO_FLUSH);
      in_.take(in_.size() - stream_.avail_in);
      if (result == Z_STREAM_END) {
        within_ = false;
      } else if (result == Z_MEM_ERROR) {
        throw std::bad_alloc();
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        in_.fail_format(format(), stream_.msg);
      }
      if (stream_.avail_out < capacity) return capacity - stream_.avail_out;
    }
    done_ = true;
    return 0;
  }

 private:
  [[nodiscard]] const char* format() const { return gzip_ ? "gzip" : "deflate"; }

  /// Begins a member at the bytes at hand; false when they were padding.
  bool next_member() {
    const char first = in_.data()[0];
    if (started_) {
      if (!gzip_) in_.fail("expected the end, found bytes behind the deflate data");
      if (first == 0) {
        in_.take(1);
        return false;
      }
      if (first != '\x1F') in_.fail("expected the end or another gzip member, found other bytes");
      inflateReset(&stream_);
    } else {
      // Servers send "deflate" both with zlib's header and without.
      const bool zlib_header = (static_cast<unsigned char>(first) & 0x0FU) == 8;
      const int window = gzip_ ? MAX_WBITS + 16 : zlib_header ? MAX_WBITS : -MAX_WBITS;
      if (inflateInit2(&stream_, window) != Z_OK) throw std::bad_alloc();
      open_ = true;
      started_ = true;
    }
    within_ = true;
    return true;
  }

  Packed in_;
  bool gzip_;
  z_stream stream_{};
  bool open_ = false;
  bool started_ = false;
  bool within_ = false;  // a member is begun and not ended
  bool done_ = false;
};

struct FreeZstd {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

class Zstandard final {
 public:
  Zstandard(std::istream& in, std::string name)
      : in_(in, std::move(name)), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }

  std::size_t pull(char* target, std::size_t capacity) {
    ZSTD_outBuffer out{target, capacity, 0};
    while (out.pos == 0) {
      // What the decoder still holds comes out first.
      const bool more = in_.fill();
      if (!more && !within_) return 0;
      ZSTD_inBuffer in{in_.data(), more ? in_.size() : 0, 0};
      const std::size_t result = ZSTD_decompressStream(stream_.get(), &out, &in);
      in_.take(in.pos);
      if (ZSTD_isError(result) != 0) in_.fail_format("Zstandard", ZSTD_getErrorName(result));
      within_ = result != 0;
      if (!more && out.pos == 0) in_.fail_end("Zstandard");
    }
    return out.pos;
  }

 private:
  Packed in_;
  std::unique_ptr<ZSTD_DStream, FreeZstd> stream_;
  bool within_ = true;
};

struct FreeBrotli {
  void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};

class Brotli final {
 public:
  Brotli(std::istream& in, std::string name)
      : in_(in, std::move(name)), state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
    if (state_ == nullptr) throw std::bad_alloc();
  }

  std::size_t pull(char* target, std::size_t capacity) {
    while (true) {
      const bool more = in_.fill();
      if (done_) {
        if (more) in_.fail("expected the end, found bytes behind the Brotli data");
        return 0;
      }
      auto* out = reinterpret_cast<std::uint8_t*>(target);
      std::size_t room = capacity;
      const auto* next = reinterpret_cast<const std::uint8_t*>(in_.data());
      std::size_t left = more ? in_.size() : 0;
      const std::size_t before = left;
      const BrotliDecoderResult result =
          BrotliDecoderDecompressStream(state_.get(), &left, &next, &room, &out, nullptr);
      in_.take(before - left);
      if (result == BROTLI_DECODER_RESULT_ERROR) {
        in_.fail_format("Brotli",
                        BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state_.get())));
      }
      done_ = result == BROTLI_DECODER_RESULT_SUCCESS;
      if (room < capacity) return capacity - room;
      if (!more && !done_) in_.fail_end("Brotli");
    }
  }

 private:
  Packed in_;
  std::unique_ptr<BrotliDecoderState, FreeBrotli> state_;
  bool done_ = false;
};

template <class Decoder>
PullBuffer::Pull pull_of(std::shared_ptr<Decoder> decoder, std::string name, UnpackBudget& budget) {
  return [decoder = std::move(decoder), name = std::move(name), &budget](char* target,
                                                                         std::size_t capacity) {
    const std::size_t count = decoder->pull(target, capacity);
    budget.unpacked(count, name);
    return count;
  };
}

}  // namespace

Compression compression_of(std::string_view head) {
  if (head.starts_with("\x1F\x8B")) return Compression::gzip;
  if (head.starts_with("\x28\xB5\x2F\xFD")) return Compression::zstd;
  return Compression::none;
}

PullBuffer::Pull decompress(std::istream& in, Compression compression, const std::string& name,
                            UnpackBudget& budget) {
  switch (compression) {
    case Compression::gzip:
    case Compression::deflate:
      return pull_of(std::make_shared<Inflater>(in, name, compression == Compression::gzip), name,
                     budget);
    case Compression::zstd:
      return pull_of(std::make_shared<Zstandard>(in, name), name, budget);
    case Compression::brotli:
      return pull_of(std::make_shared<Brotli>(in, name), name, budget);
    case Compression::none:
      break;
  }
  return [&in](char* target, std::size_t capacity) {
    in.read(target, static_cast<std::streamsize>(capacity));
    return static_cast<std::size_t>(in.gcount());
  };
}

std::string decompress_all(std::string_view bytes, Compression compression, const std::string& name,
                           UnpackBudget& budget, std::size_t limit) {
  std::istringstream in{std::string(bytes)};
  const PullBuffer::Pull pull = decompress(in, compression, name, budget);
  std::string all;
  std::vector<char> piece(piece_bytes);
  while (const std::size_t count = pull(piece.data(), piece.size())) {
    all.append(piece.data(), count);
    if (all.size() > limit) {
      throw InputError(
          name, "",
          fmt::format("it unpacks to more than {} MiB, which is too large", limit >> 20U));
    }
  }
  return all;
}

}  // namespace relata
