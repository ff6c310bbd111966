#include "importers/text/segmenter_lines.h"

#include <algorithm>
#include <array>

#include "importers/text/segmenter_characters.h"

namespace relata::text {

namespace {

constexpr std::uint32_t narrowest_wrap = 30;
constexpr std::uint32_t widest_wrap = 130;
constexpr std::uint32_t usual_width = 55;  // a line that somebody wrapped is at least so wide

// A line counts as full when the next word would reach this share of the width: programs that wrap
// by the width of letters on a page leave lines of unequal length.
constexpr double full_share = 0.88;

bool is_full(const Line& line, const Line& next, std::uint32_t width) {
  return line.width + 1 + next.first_word > full_share * width;
}

}  // namespace

bool LineReader::next(Line& line) {
  if (position_ >= text_.size()) return false;
  line = Line{};
  line.begin = static_cast<std::uint32_t>(position_);
  std::uint32_t characters = 0;
  bool in_first_word = false;
  for (;;) {
    const auto at = static_cast<std::uint32_t>(position_);
    if (position_ >= text_.size()) {
      line.end = at;
      return true;
    }
    const char32_t code = next_character(text_, position_);
    const CharClass kind = classify(code);
    if (kind == CharClass::newline) {
      line.end = at;
      if (code == U'\r' && position_ < text_.size() && text_[position_] == '\n') ++position_;
      return true;
    }
    ++characters;
    if (kind == CharClass::space) {
      in_first_word = false;
      if (line.blank) line.starts_indented = true;
      continue;
    }
    if (line.blank) {
      line.blank = false;
      in_first_word = true;
      line.starts_lower = kind == CharClass::lower;
    }
    if (in_first_word) ++line.first_word;
    line.width = characters;
    line.ends_open = is_alphanumeric(kind) || code == U',';
  }
}

std::uint32_t wrap_width(std::string_view text) {
  // First pass: widths of the lines that another line follows within a block.
  std::array<std::uint64_t, widest_wrap + 2> counts{};
  std::uint64_t breaks = 0;
  Line line;
  Line next;
  LineReader widths(text);
  bool more = widths.next(line);
  for (; more && widths.next(next); line = next) {
    if (line.blank || next.blank) continue;
    ++counts[std::min(line.width, widest_wrap + 1)];
    ++breaks;
  }
  if (breaks < 2) return 0;
  const std::uint64_t wanted = breaks - breaks / 50;
  std::uint32_t width = 0;
  for (std::uint64_t seen = counts[0]; seen < wanted;) seen += counts[++width];
  if (width < narrowest_wrap || width > widest_wrap) return 0;
  // Second pass: how many of the breaks had to be there.
  std::uint64_t full = 0;
  std::uint64_t lower = 0;
  LineReader again(text);
  more = again.next(line);
  for (; more && again.next(next); line = next) {
    if (line.blank || next.blank) continue;
    if (is_full(line, next, width)) ++full;
    if (next.starts_lower) ++lower;
  }
  return full * 10 >= breaks * 8 && lower * 10 >= breaks * 4 ? width : 0;
}

bool continues(const Line& line, const Line& next, std::uint32_t width) {
  if (line.blank || next.blank) return false;
  if (width == 0) {
    return next.starts_lower && line.ends_open && line.width >= usual_width &&
           line.width <= widest_wrap;
  }
  return next.starts_lower || (!next.starts_indented && is_full(line, next, width)) ||
         (next.starts_indented && line.starts_indented && is_full(line, next, width));
}

}  // namespace relata::text
