#include "importers/pull_buffer.h"

#include <algorithm>
#include <cstring>

namespace relata {

namespace {

constexpr std::size_t capacity = std::size_t{1} << 16U;

}  // namespace

PullBuffer::PullBuffer(Pull pull) : pull_(std::move(pull)), buffer_(capacity) {
  setg(buffer_.data(), buffer_.data(), buffer_.data());
}

std::size_t PullBuffer::pull_into(char* target, std::size_t room) {
  if (ended_) return 0;
  const std::size_t count = pull_(target, room);
  ended_ = count == 0;
  return count;
}

std::string_view PullBuffer::head(std::size_t bytes) {
  bytes = std::min(bytes, capacity);
  auto there = static_cast<std::size_t>(egptr() - gptr());
  if (there < bytes) {
    std::memmove(buffer_.data(), gptr(), there);
    while (there < bytes) {
      const std::size_t count = pull_into(buffer_.data() + there, capacity - there);
      if (count == 0) break;
      there += count;
    }
    setg(buffer_.data(), buffer_.data(), buffer_.data() + there);
  }
  return {gptr(), std::min(bytes, there)};
}

PullBuffer::int_type PullBuffer::underflow() {
  const std::size_t count = pull_into(buffer_.data(), capacity);
  setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
  return count == 0 ? traits_type::eof() : traits_type::to_int_type(*gptr());
}

std::streamsize PullBuffer::xsgetn(char* target, std::streamsize count) {
  std::streamsize done = 0;
  while (done < count) {
    const std::streamsize there = egptr() - gptr();
    if (there == 0) {
      // What does not fit the buffer anyway goes to the reader straight.
      if (count - done >= static_cast<std::streamsize>(capacity)) {
        const std::size_t pulled = pull_into(target + done, static_cast<std::size_t>(count - done));
        if (pulled == 0) break;
        done += static_cast<std::streamsize>(pulled);
      } else if (underflow() == traits_type::eof()) {
        break;
      }
      continue;
    }
    const std::streamsize piece = std::min(there, count - done);
    std::memcpy(target + done, gptr(), static_cast<std::size_t>(piece));
    gbump(static_cast<int>(piece));
    done += piece;
  }
  return done;
}

PullStream::PullStream(PullBuffer::Pull pull)
    : std::istream(nullptr), pull_buffer_(std::move(pull)) {
  rdbuf(&pull_buffer_);
  exceptions(std::ios::badbit);
}

}  // namespace relata
