#pragma once
// The way of an exporter's bytes to its stream: a buffer of 64 KiB in front of the stream, numbers
// without a locale, and the escapes of the formats. Refers to the stream, which must outlive it.
// One thread. Whoever writes calls flush() at the end; without it the buffered bytes are lost.

#include <concepts>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace relata {

class Output final {
 public:
  explicit Output(std::ostream& stream);

  void text(std::string_view text) {
    if (text.size() > capacity - buffer_.size()) return overflow(text);
    buffer_.append(text);
  }
  void put(char character) { text(std::string_view(&character, 1)); }

  /// The shortest decimal that reads back as the same value; "." as the decimal point. REQUIRES: a
  /// finite value.
  template <class Number>
  requires std::integral<Number> || std::floating_point<Number>
  void number(Number value) {
    fmt::format_to(std::back_inserter(number_), "{}", value);
    text(number_);
    number_.clear();
  }

  /// A JSON string with its quotes. Ill-formed UTF-8 becomes U+FFFD.
  void json_string(std::string_view text);
  /// Text for XML, both as content and within quotes: & < > " escaped, line breaks and tabs as
  /// character references; what XML 1.0 cannot hold (other control characters, U+FFFE, U+FFFF,
  /// ill-formed UTF-8) is left out.
  void xml(std::string_view text);
  /// A quoted DOT string that Graphviz shows as it stands: backslashes doubled (they are live in
  /// labels), line breaks as \n; control characters, which Graphviz cannot hold, left out.
  void dot_string(std::string_view text);

  /// Hands the buffer to the stream. Does not flush the stream itself.
  void flush();

 private:
  static constexpr std::size_t capacity = std::size_t{1} << 16U;

  void overflow(std::string_view text);

  std::ostream& stream_;
  std::string buffer_;
  std::string number_;
};

/// Length in bytes of the well-formed UTF-8 character at the start of `text`; 0 when it is
/// ill-formed. REQUIRES: `text` is not empty.
std::size_t utf8_length(std::string_view text);

/// `text` in one line: runs of white space and control characters become one blank.
std::string one_line(std::string_view text);

}  // namespace relata
