#pragma once
// From bytes of a file to valid UTF-8: byte-order marks, validation with the place of the first
// fault, conversion through ICU. Pure functions, safe from any thread. Validation reads eight ASCII
// bytes at a time.

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace relata {

/// No input that has to be held as a whole (a text, a packed document) may be larger than this.
inline constexpr std::size_t max_text_bytes = std::size_t{1} << 30U;

/// Offset of the first byte that is not part of well-formed UTF-8; nothing when all of it is.
std::optional<std::size_t> find_utf8_fault(std::string_view text);

/// Length in bytes of the well-formed character at the start of `text`, 0 when it is ill-formed.
/// REQUIRES: `text` is not empty.
std::size_t utf8_character(std::string_view text);

/// The rest of `in`. Throws InputError when it is larger than `limit` bytes or cannot be read.
std::string read_all(std::istream& in, const std::string& name, std::size_t limit = max_text_bytes);

/// `bytes` as UTF-8 without a byte-order mark. UTF-16 and UTF-32 are converted where a byte-order
/// mark announces them, anything else where `charset` (a name that ICU knows, such as a web page
/// states) is given; without both the bytes have to be UTF-8. Throws InputError with the place for
/// ill-formed text, for an unknown charset and for what is no text at all (NUL bytes).
std::string to_utf8(std::string bytes, const std::string& name, std::string_view charset = {});

/// Appends the UTF-8 form of a code point; what is none (a surrogate) becomes U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace relata
