#pragma once
// ASCII letters and blanks of text whose other bytes stay as they are: keys, file names, header
// lines, words of a query. Names of the graph are folded by graph/fold.h.

#include <algorithm>
#include <string>
#include <string_view>

namespace relata {

constexpr char lower_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Lower case of ASCII letters; other characters unchanged.
inline std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower_letter);
  return result;
}

/// Alike but for the case of ASCII letters.
constexpr bool same_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower_letter(a) == lower_letter(b); });
}

constexpr bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return same_ignoring_case(text.substr(0, start.size()), start);
}

constexpr bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         same_ignoring_case(text.substr(text.size() - end.size()), end);
}

/// `text` without the blanks, tabs and line ends around it.
constexpr std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The file name ends in "." and `extension`, which is in lower case, in any case.
constexpr bool has_extension(std::string_view path, std::string_view extension) {
  return path.size() > extension.size() && path[path.size() - extension.size() - 1] == '.' &&
         ends_with_ignoring_case(path, extension);
}

}  // namespace relata
