#pragma once
// Lines of a text, and whether the text is wrapped at a constant width, so that a line break is a
// blank and no end. Cost: linear; no state. Thread-safe.

#include <cstdint>
#include <string_view>

namespace relata::text {

/// One line without its line break.
struct Line {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t width = 0;       ///< characters, blanks at the end left out
  std::uint32_t first_word = 0;  ///< characters of the first word
  bool blank = true;             ///< holds white space alone
  bool starts_lower = false;     ///< first character is a lower-case letter
  bool ends_open = false;        ///< last character is a letter, digit or comma
  bool starts_indented = false;  ///< white space before the first word
};

/// Gives the lines of a text one by one.
class LineReader final {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}
  /// Reads the next line into `line`; false at the end of the text.
  bool next(Line& line);

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

/// Width in characters at which `text` is wrapped; 0 when its line breaks mean something. A text is
/// wrapped when nearly all its lines inside blocks are full (the next word would not have fitted)
/// and many of the next lines go on in lower case.
std::uint32_t wrap_width(std::string_view text);

/// True when `next` goes on what `line` began: in a text wrapped at `width`, a full line or one
/// before a lower-case word; in any other text (`width` 0) a line of a usual width that breaks off
/// before a lower-case word.
bool continues(const Line& line, const Line& next, std::uint32_t width);

}  // namespace relata::text
