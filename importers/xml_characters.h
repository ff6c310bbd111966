#pragma once
// Which characters XML 1.0 (fifth edition) allows where, in UTF-8.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace relata::xml {

/// How many bytes of `text` from its beginning are whole characters that XML allows.
struct Checked {
  std::size_t sound = 0;
  /// What follows is no character that XML allows; false when `text` only ends within one.
  bool faulty = false;
};
Checked check_characters(std::string_view text);

/// XML's Char: all of Unicode but most control characters, surrogates, U+FFFE and U+FFFF.
constexpr bool is_character(std::uint32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xD800 || (code > 0xDFFF && code < 0xFFFE) || (code > 0xFFFF && code <= 0x10FFFF);
}

/// The character that begins at `text`, which is sound and ends with a zero byte, and its length.
struct Character {
  std::uint32_t code = 0;
  std::size_t size = 1;
};
Character character_at(const char* text);

/// What a byte can be; a mask of these.
enum Byte : std::uint8_t {
  blank = 1,
  name_start = 2,  ///< ASCII only, as is the next
  name_rest = 4,
  stops_text = 8,     ///< ends plain text of an element: < & ] carriage return, zero
  stops_double = 16,  ///< ends the plain part of a value between double quotes
  stops_single = 32,  ///< ... between single ones
  stops_data = 64,    ///< ends the plain part of a CDATA section: ] carriage return, zero
};

constexpr std::array<std::uint8_t, 256> make_bytes() {
  std::array<std::uint8_t, 256> bytes{};
  const auto mark = [&](std::string_view characters, unsigned mask) {
    for (const char c : characters) {
      auto& byte = bytes[static_cast<unsigned char>(c)];
      byte = static_cast<std::uint8_t>(byte | mask);
    }
  };
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_:";
  constexpr std::string_view zero("\0", 1);
  mark(" \t\n\r", blank);
  mark(letters, unsigned{name_start} | name_rest);
  mark("0123456789-.", name_rest);
  mark("<&]\r", stops_text);
  mark("<&\t\n\r\"", stops_double);
  mark("<&\t\n\r'", stops_single);
  mark("]\r", stops_data);
  mark(zero, unsigned{stops_text} | stops_double | stops_single | stops_data);
  return bytes;
}
inline constexpr std::array<std::uint8_t, 256> bytes = make_bytes();

constexpr bool is(char c, unsigned mask) {
  return (bytes[static_cast<unsigned char>(c)] & mask) != 0;
}

/// The end of the name at `text`, which is sound and ends with a zero byte; `text` where no name
/// begins.
const char* end_of_name(const char* text);

}  // namespace relata::xml
