#include "importers/page_text.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "graph/ascii.h"

namespace relata {

namespace {

constexpr std::size_t edge_lines =
    2;  ///< lines at the top and the bottom that can be running heads
constexpr std::size_t enough_pages = 3;

using Lines = std::vector<std::string>;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_lower(std::string_view text) {
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U;
}

/// Characters, counted by those bytes of UTF-8 that begin one.
std::size_t length_of(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Without blanks around, runs of them one, ligatures and soft hyphens undone.
std::string clean_line(std::string_view line) {
  static constexpr std::pair<std::string_view, std::string_view> forms[] = {
      {"\xEF\xAC\x80", "ff"},  {"\xEF\xAC\x81", "fi"},  {"\xEF\xAC\x82", "fl"},
      {"\xEF\xAC\x83", "ffi"}, {"\xEF\xAC\x84", "ffl"}, {"\xEF\xAC\x85", "st"},
      {"\xEF\xAC\x86", "st"},  {"\xC2\xA0", " "},       {"\xC2\xAD", ""}};
  std::string clean;
  bool blank = false;
  for (std::size_t i = 0; i < line.size();) {
    std::string_view piece = line.substr(i, 1);
    std::size_t size = 1;
    if (static_cast<unsigned char>(line[i]) >= 0xC2U) {
      for (const auto& [from, to] : forms) {
        if (!line.substr(i).starts_with(from)) continue;
        piece = to;
        size = from.size();
      }
    }
    i += size;
    if (piece.size() == 1 && static_cast<unsigned char>(piece[0]) <= 0x20U) {
      blank = !clean.empty();
      continue;
    }
    if (blank && !piece.empty()) {
      clean += ' ';
      blank = false;
    }
    clean += piece;
  }
  return clean;
}

Lines lines_of(std::string_view page) {
  Lines lines;
  for (std::size_t begin = 0; begin < page.size();) {
    const std::size_t end = std::min(page.find('\n', begin), page.size());
    lines.push_back(clean_line(page.substr(begin, end - begin)));
    begin = end + 1;
  }
  return lines;
}

/// Takes the mark of a list off the line's beginning; false when there is none.
bool take_bullet(std::string& line) {
  for (const std::string_view mark :
       {"\xE2\x80\xA2", "\xE2\x96\xAA", "\xE2\x97\xA6", "\xE2\x80\xA3", "\xE2\x97\x8F",
        "\xE2\x97\x8B", "\xE2\x96\xA0", "\xE2\x9E\xA2", "\xEF\x82\xB7"}) {
    if (!line.starts_with(mark)) continue;
    const std::size_t text = line.find_first_not_of(' ', mark.size());
    line.erase(0, std::min(text, line.size()));
    return true;
  }
  return false;
}

/// A line with its numbers as "#", under which running heads of different pages are the same.
std::string shape_of(std::string_view line) {
  std::string shape;
  for (const char c : line) {
    if (!is_digit(c)) {
      shape += c;
    } else if (!shape.ends_with('#')) {
      shape += '#';
    }
  }
  return shape;
}

/// "12", "- 12 -", "Page 3 of 9".
bool is_page_number(std::string_view line) {
  std::string letters;
  bool digit = false;
  for (const char c : line) {
    digit = digit || is_digit(c);
    if (is_letter(c)) letters += lower_letter(c);
  }
  return digit && line.size() < 20 &&
         (letters.empty() || letters == "page" || letters == "pageof" || letters == "of" ||
          letters == "p");
}

/// Indices of the lines with text at the top and at the bottom.
std::vector<std::size_t> edges_of(const Lines& lines) {
  std::vector<std::size_t> edges;
  for (std::size_t i = 0; i < lines.size() && edges.size() < edge_lines; ++i) {
    if (!lines[i].empty()) edges.push_back(i);
  }
  const std::size_t top = edges.empty() ? 0 : edges.back() + 1;
  for (std::size_t i = lines.size(); i > top && edges.size() < 2 * edge_lines; --i) {
    if (!lines[i - 1].empty()) edges.push_back(i - 1);
  }
  return edges;
}

void drop_running_heads(std::vector<Lines>& pages) {
  std::map<std::string, std::size_t> counts;
  for (const Lines& lines : pages) {
    for (const std::size_t i : edges_of(lines)) ++counts[shape_of(lines[i])];
  }
  const std::size_t many = std::max(enough_pages, (pages.size() + 1) / 2);
  for (Lines& lines : pages) {
    for (const std::size_t i : edges_of(lines)) {
      if (is_page_number(lines[i]) || counts[shape_of(lines[i])] >= many) lines[i].clear();
    }
  }
}

/// The width that most lines fill: nine of ten are not longer.
std::size_t width_of(const Lines& lines) {
  std::vector<std::size_t> lengths;
  for (const std::string& line : lines) {
    if (!line.empty()) lengths.push_back(length_of(line));
  }
  if (lengths.empty()) return 0;
  const auto at = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() * 9 / 10);
  std::nth_element(lengths.begin(), at, lengths.end());
  return *at;
}

class Joiner final {
 public:
  /// `all` is where a compound has to stand with its hyphen to keep it.
  explicit Joiner(const std::string& all) : all_(all) {}

  void page(Lines lines) {
    const std::size_t width = width_of(lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (take_bullet(lines[i])) {
        end_paragraph();
        pending_border_ = false;
        if (lines[i].empty()) continue;
      }
      if (lines[i].empty()) {
        // The border of a block; a sentence may go on in the next column.
        pending_border_ = !paragraph_.empty();
        continue;
      }
      if (pending_border_ && !goes_on(lines[i])) end_paragraph();
      pending_border_ = false;
      add(lines[i]);
      if (i + 1 < lines.size() && !lines[i + 1].empty() &&
          ends_early(lines[i], lines[i + 1], width)) {
        end_paragraph();
      }
    }
    pending_border_ = !paragraph_.empty();
  }

  std::string take() {
    end_paragraph();
    return std::move(text_);
  }

 private:
  [[nodiscard]] bool goes_on(std::string_view next) const {
    const char last = paragraph_.back();
    const bool ended = last == '.' || last == '!' || last == '?' || last == ':' || last == '"';
    return !ended && is_lower(next);
  }

  /// The next line's first word would have had room, so the writer began a new line there.
  static bool ends_early(std::string_view line, std::string_view next, std::size_t width) {
    const std::size_t word = length_of(next.substr(0, next.find(' ')));
    return !is_lower(next) && (length_of(line) + 1 + word) * 100 < width * 85;
  }

  void add(std::string_view line) {
    if (paragraph_.empty()) {
      paragraph_ = line;
      return;
    }
    const std::size_t size = paragraph_.size();
    const bool parted = size >= 2 && paragraph_.back() == '-' && is_letter(paragraph_[size - 2]);
    if (!parted || !is_lower(line)) {
      if (!parted) paragraph_ += ' ';
      paragraph_ += line;
      return;
    }
    const std::size_t begin = paragraph_.find_last_of(' ') + 1;
    const std::string compound =
        paragraph_.substr(begin) + std::string(line.substr(0, line.find_first_of(" .,;:")));
    if (all_.find(compound) == std::string::npos) paragraph_.pop_back();
    paragraph_ += line;
  }

  void end_paragraph() {
    if (!paragraph_.empty()) {
      if (!text_.empty()) text_ += "\n\n";
      text_ += paragraph_;
    }
    paragraph_.clear();
  }

  const std::string& all_;
  std::string text_;
  std::string paragraph_;
  bool pending_border_ = false;
};

}  // namespace

std::string join_pages(const std::vector<std::string>& pages) {
  std::vector<Lines> all;
  std::string words;
  for (const std::string& page : pages) {
    all.push_back(lines_of(page));
    for (const std::string& line : all.back()) words.append(line) += '\n';
  }
  drop_running_heads(all);
  Joiner joiner(words);
  for (const Lines& lines : all) joiner.page(lines);
  return joiner.take();
}

}  // namespace relata
