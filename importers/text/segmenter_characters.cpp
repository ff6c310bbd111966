#include "importers/text/segmenter_characters.h"

#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace relata::text {

namespace {

CharClass classify_by_unicode(char32_t code) {
  switch (code) {
    case 0x0A:
    case 0x0B:
    case 0x0C:
    case 0x0D:
    case 0x85:
    case 0x2028:
    case 0x2029:
      return CharClass::newline;
    case 0xAD:  // soft hyphen, zero width joiners: inside words
    case 0x200C:
    case 0x200D:
      return CharClass::letter;
    default:
      break;
  }
  const auto point = static_cast<UChar32>(code);
  if (u_isUWhiteSpace(point)) return CharClass::space;
  switch (u_charType(point)) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return CharClass::upper;
    case U_LOWERCASE_LETTER:
      return CharClass::lower;
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_LETTER_NUMBER:
      return CharClass::letter;
    case U_DECIMAL_DIGIT_NUMBER:
      return CharClass::digit;
    case U_CURRENCY_SYMBOL:
      return CharClass::currency;
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
      return CharClass::space;
    default:
      return CharClass::other;
  }
}

}  // namespace

char32_t next_character(std::string_view text, std::size_t& position) {
  const auto first = static_cast<unsigned char>(text[position]);
  if (first < 0x80) {
    ++position;
    return first;
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()) + position;
  const std::size_t left = text.size() - position;
  std::int32_t used = 0;
  UChar32 code = 0;
  U8_NEXT(bytes, used, static_cast<std::int32_t>(left < 8 ? left : 8), code);
  if (code < 0) {
    ++position;
    return 0xFFFD;
  }
  position += static_cast<std::size_t>(used);
  return static_cast<char32_t>(code);
}

CharClass classify(char32_t code) {
  static const std::array<CharClass, 128> ascii = [] {
    std::array<CharClass, 128> table{};
    for (char32_t i = 0; i < table.size(); ++i) table[i] = classify_by_unicode(i);
    return table;
  }();
  return code < ascii.size() ? ascii[code] : classify_by_unicode(code);
}

bool is_apostrophe(char32_t code) {
  return code == U'\'' || code == 0x2019 || code == 0x2BC || code == 0x60 || code == 0xB4 ||
         code == 0x2032;
}

std::string fold_ascii(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    const char32_t code = next_character(text, position);
    if (is_apostrophe(code)) {
      folded += '\'';
    } else if (code >= U'A' && code <= U'Z') {
      folded += static_cast<char>(code - U'A' + U'a');
    } else {
      folded.append(text.substr(begin, position - begin));
    }
  }
  return folded;
}

}  // namespace relata::text
