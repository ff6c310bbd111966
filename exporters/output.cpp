#include "exporters/output.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <ostream>

namespace relata {

namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// U+FFFE and U+FFFF, which XML cannot hold.
bool is_noncharacter(std::string_view character) {
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

constexpr std::uint64_t every_byte = 0x0101010101010101U;

/// Not 0 when some byte of `word` is 0.
constexpr std::uint64_t has_zero(std::uint64_t word) {
  return (word - every_byte) & ~word & (every_byte * 0x80U);
}
/// Not 0 when some byte of `word` is `value` after the bits of `ignored` are set in both.
constexpr std::uint64_t has_byte(std::uint64_t word, std::uint8_t value, std::uint8_t ignored = 0) {
  return has_zero((word | (every_byte * ignored)) ^ (every_byte * (value | ignored)));
}
/// Not 0 when some byte is no printable ASCII: below 0x20 or above 0x7F.
constexpr std::uint64_t has_unprintable(std::uint64_t word) {
  return ((word - every_byte * 0x20U) | word) & (every_byte * 0x80U);
}

// What each format cannot copy as it stands: a test of eight bytes at once, which may also be true
// when nothing is there, and one of a byte, which is exact.
struct XmlSpecial {
  static bool any(std::uint64_t word) {
    // '<' and '>' differ in the bit 2, '&' and '"' in the bit 4.
    return (has_unprintable(word) | has_byte(word, '<', 2) | has_byte(word, '&', 4)) != 0;
  }
  static bool is(unsigned char c) {
    return c < 0x20U || c >= 0x80U || c == '<' || c == '>' || c == '&' || c == '"';
  }
};
struct JsonSpecial {
  static bool any(std::uint64_t word) {
    return (has_unprintable(word) | has_byte(word, '"') | has_byte(word, '\\')) != 0;
  }
  static bool is(unsigned char c) { return c < 0x20U || c >= 0x80U || c == '"' || c == '\\'; }
};
struct DotSpecial {
  static bool any(std::uint64_t word) {
    return JsonSpecial::any(word) || has_byte(word, 0x7F) != 0;
  }
  static bool is(unsigned char c) { return JsonSpecial::is(c) || c == 0x7FU; }
};

struct CsvSpecial {
  static bool any(std::uint64_t word) { return JsonSpecial::any(word) || has_byte(word, ',') != 0; }
  static bool is(unsigned char c) { return JsonSpecial::is(c) || c == ','; }
};

/// The first place from `at` on that holds something special; the size of `text` when none does.
template <class Special>
std::size_t find_special(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  while (at + sizeof word <= text.size()) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (Special::any(word)) break;
    at += sizeof word;
  }
  while (at < text.size() && !Special::is(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

/// Copies `text` to `out`, each special character replaced by what `replacement` makes of it; null
/// data means that the character stays. `replacement` gets the character, whole and well-formed, or
/// one byte that is ill-formed.
template <class Special, class Replacement>
void copy_escaped(std::string_view text, Output& out, Replacement replacement) {
  std::size_t plain = 0;
  for (std::size_t at = find_special<Special>(text, 0); at < text.size();) {
    const std::size_t length = utf8_length(text.substr(at));
    const std::string_view character = text.substr(at, length == 0 ? 1 : length);
    const std::string_view with = replacement(character, length > 0);
    if (with.data() != nullptr) {
      out.text(text.substr(plain, at - plain));
      out.text(with);
      plain = at + character.size();
    }
    at = find_special<Special>(text, at + character.size());
  }
  out.text(text.substr(plain));
}

bool needs_quotes(std::string_view text) {
  if (text.starts_with(' ') || text.ends_with(' ')) return true;
  for (std::size_t at = find_special<CsvSpecial>(text, 0); at < text.size();
       at = find_special<CsvSpecial>(text, at + 1)) {
    const char c = text[at];
    if (c == ',' || c == '"' || c == '\n' || c == '\r' || c == '\\') return true;
  }
  return false;
}

constexpr std::string_view keep;
constexpr std::string_view drop = std::string_view(" ").substr(1);

/// Room for a control character by its number.
using ControlCharacter = std::array<char, 6>;

std::string_view json_replacement(std::string_view character, bool well_formed,
                                  ControlCharacter& control) {
  if (!well_formed) return "\xEF\xBF\xBD";
  const auto c = static_cast<unsigned char>(character[0]);
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      break;
  }
  if (c >= 0x20U) return keep;
  fmt::format_to(control.data(), "\\u{:04x}", c);
  return {control.data(), control.size()};
}

std::string_view xml_replacement(std::string_view character, bool well_formed) {
  if (!well_formed || is_noncharacter(character)) return drop;
  switch (character[0]) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\n':
      return "&#10;";
    case '\t':
      return "&#9;";
    case '\r':
      return "&#13;";
    default:
      return static_cast<unsigned char>(character[0]) < 0x20U ? drop : keep;
  }
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80U) return 1;
  const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
  if (first < 0xC2U || first > 0xF4U || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
  const bool surrogate = first == 0xEDU && second > 0x9FU;
  const bool beyond = first == 0xF4U && second > 0x8FU;
  return overlong || surrogate || beyond ? 0 : length;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string repaired_utf8(std::string_view text) {
  std::string repaired;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text.substr(at));
    repaired += length == 0 ? "\xEF\xBF\xBD" : text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return repaired;
}

std::string one_line(std::string_view text) {
  std::string line;
  bool blank = false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20U || c == 0x7F) {
      blank = !line.empty();
      continue;
    }
    if (blank) line += ' ';
    blank = false;
    line += c;
  }
  return line;
}

Output::Output(std::ostream& stream)
    : stream_(stream), buffer_(std::make_unique<char[]>(capacity)) {}

void Output::overflow(std::string_view text) {
  flush();
  if (text.size() >= capacity) {
    stream_.write(text.data(), static_cast<std::streamsize>(text.size()));
  } else {
    this->text(text);
  }
}

void Output::flush() {
  stream_.write(buffer_.get(), static_cast<std::streamsize>(used_));
  used_ = 0;
}

void Output::json_string(std::string_view text) {
  ControlCharacter control;
  put('"');
  copy_escaped<JsonSpecial>(
      text, *this, [&control](std::string_view character, bool well_formed) -> std::string_view {
        return json_replacement(character, well_formed, control);
      });
  put('"');
}

void Output::rdf_string(std::string_view text, std::string_view backslash) {
  ControlCharacter control;
  put('"');
  copy_escaped<JsonSpecial>(text, *this,
                            [&](std::string_view character, bool well_formed) -> std::string_view {
                              if (character[0] == '\0') return drop;
                              if (character[0] == '\\') return backslash;
                              return json_replacement(character, well_formed, control);
                            });
  put('"');
}

void Output::xml(std::string_view text) {
  copy_escaped<XmlSpecial>(text, *this, xml_replacement);
}

void Output::dot_string(std::string_view text) {
  put('"');
  copy_escaped<DotSpecial>(text, *this,
                           [](std::string_view character, bool well_formed) -> std::string_view {
                             if (!well_formed) return drop;
                             const auto c = static_cast<unsigned char>(character[0]);
                             switch (c) {
                               case '"':
                                 return "\\\"";
                               case '\\':
                                 return "\\\\";
                               case '\n':
                                 return "\\n";
                               case '\t':
                                 return " ";
                               default:
                                 return c < 0x20U || c == 0x7FU ? drop : keep;
                             }
                           });
  put('"');
}

void Output::csv_body(std::string_view text, bool double_backslashes) {
  copy_escaped<JsonSpecial>(
      text, *this,
      [double_backslashes](std::string_view character, bool well_formed) -> std::string_view {
        if (!well_formed || character[0] == '\0') return drop;
        if (character[0] == '"') return "\"\"";
        return double_backslashes && character[0] == '\\' ? "\\\\" : keep;
      });
}

void Output::csv_quoted(std::string_view text, bool double_backslashes) {
  put('"');
  csv_body(text, double_backslashes);
  put('"');
}

void Output::csv_field(std::string_view text, bool double_backslashes) {
  if (needs_quotes(text)) return csv_quoted(text, double_backslashes);
  csv_body(text, double_backslashes);
}

}  // namespace relata
