#pragma once
// The way of an exporter's bytes to its stream: a buffer of 64 KiB in front of the stream, numbers
// without a locale, and the escapes of the formats. Refers to the stream, which must outlive it.
// One thread. Whoever writes calls flush() at the end; without it the buffered bytes are lost.
//
// Cost: text that needs no escape is copied as it stands, eight bytes looked at in one step.

#include <charconv>
#include <concepts>
#include <cstddef>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace relata {

class Output final {
 public:
  explicit Output(std::ostream& stream);

  void text(std::string_view text) {
    if (text.size() > capacity - used_) return overflow(text);
    used_ += text.copy(buffer_.get() + used_, text.size());
  }
  void put(char character) {
    if (used_ == capacity) flush();
    buffer_[used_++] = character;
  }

  /// The shortest decimal that reads back as the same value; "." as the decimal point. REQUIRES: a
  /// finite value.
  template <class Number>
  requires std::integral<Number> || std::floating_point<Number>
  void number(Number value) {
    if (capacity - used_ < longest_number) flush();
    char* const begin = buffer_.get() + used_;
    if constexpr (std::integral<Number>) {
      used_ = static_cast<std::size_t>(std::to_chars(begin, begin + longest_number, value).ptr -
                                       buffer_.get());
    } else {
      used_ += static_cast<std::size_t>(fmt::format_to(begin, "{}", value) - begin);
    }
  }

  /// A JSON string with its quotes. Ill-formed UTF-8 becomes U+FFFD.
  void json_string(std::string_view text);
  /// A literal of Turtle and N-Quads with its quotes: JSON's escapes, but RDF has no NUL, which is
  /// left out. `backslash` is what a backslash becomes: some readers understand it only by its
  /// number.
  void rdf_string(std::string_view text, std::string_view backslash = "\\\\");
  /// Text for XML, both as content and within quotes: & < > " escaped, line breaks and tabs as
  /// character references; what XML 1.0 cannot hold (other control characters, U+FFFE, U+FFFF,
  /// ill-formed UTF-8) is left out.
  void xml(std::string_view text);
  /// A quoted DOT string that Graphviz shows as it stands: backslashes doubled (they are live in
  /// labels), line breaks as \n; control characters, which Graphviz cannot hold, left out.
  void dot_string(std::string_view text);
  /// A field of a table with its quotes, which are doubled within; NUL, which no reader of tables
  /// takes, and ill-formed UTF-8 are left out. `double_backslashes` is for readers that take a
  /// backslash for an escape.
  void csv_quoted(std::string_view text, bool double_backslashes = false);
  /// The same with quotes only where a reader needs them: around commas, quotes, line breaks,
  /// backslashes and blanks at an end.
  void csv_field(std::string_view text, bool double_backslashes = false);

  /// Hands the buffer to the stream. Does not flush the stream itself.
  void flush();

 private:
  static constexpr std::size_t capacity = std::size_t{1} << 16U;
  static constexpr std::size_t longest_number = 64;

  void overflow(std::string_view text);
  void csv_body(std::string_view text, bool double_backslashes);

  std::ostream& stream_;
  std::unique_ptr<char[]> buffer_;
  std::size_t used_ = 0;
};

/// Length in bytes of the well-formed UTF-8 character at the start of `text`; 0 when it is
/// ill-formed. REQUIRES: `text` is not empty.
std::size_t utf8_length(std::string_view text);

bool is_utf8(std::string_view text);
/// `text` with U+FFFD for each byte that is no part of a well-formed character.
std::string repaired_utf8(std::string_view text);

/// `text` in one line: runs of white space and control characters become one blank.
std::string one_line(std::string_view text);

}  // namespace relata
