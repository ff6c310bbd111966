#include "importers/xml_characters.h"

#include <algorithm>

namespace relata::xml {

namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Productions 4 and 4a of XML 1.0, fifth edition, beyond ASCII.
constexpr std::array name_start_ranges = {
    Range{0xC0, 0xD6},     Range{0xD8, 0xF6},     Range{0xF8, 0x2FF},    Range{0x370, 0x37D},
    Range{0x37F, 0x1FFF},  Range{0x200C, 0x200D}, Range{0x2070, 0x218F}, Range{0x2C00, 0x2FEF},
    Range{0x3001, 0xD7FF}, Range{0xF900, 0xFDCF}, Range{0xFDF0, 0xFFFD}, Range{0x10000, 0xEFFFF},
};
constexpr std::array name_rest_ranges = {
    Range{0xB7, 0xB7},
    Range{0x300, 0x36F},
    Range{0x203F, 0x2040},
};

template <class Ranges>
bool within(const Ranges& ranges, std::uint32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
    return range.first <= code && code <= range.last;
  });
}

/// Bytes of the character that `lead` begins; 0 when none does.
std::size_t size_of(unsigned char lead) {
  return lead < 0x80   ? 1
         : lead < 0xC2 ? 0
         : lead < 0xE0 ? 2
         : lead < 0xF0 ? 3
         : lead < 0xF5 ? 4
                       : 0;
}

std::uint32_t decode(const char* text, std::size_t size) {
  const auto byte = [text](std::size_t i) {
    return std::uint32_t{static_cast<unsigned char>(text[i])};
  };
  if (size == 1) return byte(0);
  std::uint32_t code = byte(0) & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) code = code << 6U | (byte(i) & 0x3FU);
  return code;
}

/// Whether all of a block are printable ASCII or blanks; compilers make vectors of it.
bool is_plain(const char* block, std::size_t size) {
  std::uint8_t strange = 0;
  for (std::size_t i = 0; i < size; ++i) {
    // Without branches, in the width of a byte.
    const auto c = static_cast<std::int8_t>(block[i]);  // negative beyond ASCII
    const auto blank = static_cast<std::uint8_t>((c == '\t') | (c == '\n') | (c == '\r'));
    const auto low = static_cast<std::uint8_t>(c < 0x20);
    strange = static_cast<std::uint8_t>(strange | (low & (blank ^ 1U)));
  }
  return strange == 0;
}

}  // namespace

Character character_at(const char* text) {
  const std::size_t size = std::max<std::size_t>(size_of(static_cast<unsigned char>(*text)), 1);
  return {decode(text, size), size};
}

Checked check_characters(std::string_view text) {
  constexpr std::size_t block = 64;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= block && is_plain(text.data() + at, block)) {
      at += block;
      continue;
    }
    const std::size_t block_end = std::min(at + block, text.size());
    while (at < block_end) {
      const std::size_t size = size_of(static_cast<unsigned char>(text[at]));
      if (size == 0) return {at, true};
      std::size_t present = 1;
      while (present < size && at + present < text.size()) {
        if ((static_cast<unsigned char>(text[at + present]) & 0xC0U) != 0x80U) return {at, true};
        ++present;
      }
      if (present < size) return {at, false};
      const std::uint32_t code = decode(text.data() + at, size);
      const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
      if (overlong || !is_character(code)) return {at, true};
      at += size;
    }
  }
  return {at, false};
}

const char* end_of_name(const char* text) {
  const char* at = text;
  const auto skip_foreign = [&](bool first) {
    if (static_cast<unsigned char>(*at) < 0x80) return false;
    const Character character = character_at(at);
    if (!within(name_start_ranges, character.code) &&
        (first || !within(name_rest_ranges, character.code))) {
      return false;
    }
    at += character.size;
    return true;
  };
  if (is(*at, name_start)) {
    ++at;
  } else if (!skip_foreign(true)) {
    return at;
  }
  do {
    while (is(*at, name_rest)) ++at;
  } while (skip_foreign(false));
  return at;
}

}  // namespace relata::xml
