#pragma once
// A stream over bytes that somebody else makes piece by piece (a decompressor, a member of an
// archive), with a look at its beginning before anything is read. Owns a buffer of 64 KiB. Not
// seekable, one thread. Errors of the maker pass through a stream over it when the stream's
// exceptions() hold badbit; those of PullStream do.

#include <cstddef>
#include <functional>
#include <istream>
#include <memory>
#include <streambuf>
#include <string_view>
#include <vector>

namespace relata {

class PullBuffer final : public std::streambuf {
 public:
  /// Writes at most `capacity` bytes to `target` and returns how many; 0 only at the end. May
  /// throw.
  using Pull = std::function<std::size_t(char* target, std::size_t capacity)>;

  explicit PullBuffer(Pull pull);

  /// The next bytes, at most `bytes` and 64 KiB of them, which stay to be read. The view ends with
  /// the next reading.
  std::string_view head(std::size_t bytes);

 protected:
  int_type underflow() override;
  std::streamsize xsgetn(char* target, std::streamsize count) override;

 private:
  std::size_t pull_into(char* target, std::size_t capacity);

  Pull pull_;
  std::vector<char> buffer_;
  bool ended_ = false;
};

/// A stream over a PullBuffer, which it owns.
class PullStream final : public std::istream {
 public:
  explicit PullStream(PullBuffer::Pull pull);
  std::string_view head(std::size_t bytes) { return pull_buffer_.head(bytes); }

 private:
  PullBuffer pull_buffer_;
};

}  // namespace relata
