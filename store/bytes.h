#pragma once
// Values as bytes in a store's cells: numbers seven bits a byte, texts with their size before them.
// What was not written so is told as damage.

#include <cstdint>
#include <string>
#include <string_view>

#include "store/database.h"
#include "store/values.h"

namespace relata::store {

class ByteWriter final {
 public:
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_ += static_cast<char>(value | 0x80U);
      value >>= 7U;
    }
    bytes_ += static_cast<char>(value);
  }
  void text(std::string_view text) {
    number(text.size());
    bytes_ += text;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class ByteReader final {
 public:
  /// `bytes` and `database`, which errors name, have to live as long as the reader.
  ByteReader(std::string_view bytes, const Database& database)
      : bytes_(bytes), database_(database) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1)[0]);
      value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) return value;
    }
    damaged(database_, "a number that never ends");
  }
  /// How many things follow, each of a byte at least.
  std::uint64_t count() {
    const std::uint64_t count = number();
    if (count > bytes_.size() - at_) damaged(database_, "a list that is cut off");
    return count;
  }
  std::string_view text() { return take(number()); }
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size() - at_) damaged(database_, "a value that is cut off");
    const std::string_view taken = bytes_.substr(at_, size);
    at_ += size;
    return taken;
  }
  std::string_view bytes_;
  const Database& database_;
  std::size_t at_ = 0;
};

}  // namespace relata::store
