#pragma once
// The escaped values of our CoNLL-U comments and MISC keys (docs/conllu_format.md). No state.

#include <string>
#include <string_view>
#include <vector>

namespace relata::text::conllu {

/// A value inside MISC: '%', '|', ',', ':', '=', white space and control characters as %XX.
std::string escape(std::string_view value);
/// The reverse; a '%' that is not followed by two hexadecimal digits stays.
std::string unescape(std::string_view value);

/// A comment's value on one line: backslash, line feed, carriage return, tab and the spaces at both
/// ends as \\, \n, \r, \t, \s.
std::string escape_line(std::string_view value);
/// The reverse; any other character after a backslash stands for itself.
std::string unescape_line(std::string_view value);

/// The text with line breaks and tabs as spaces: what "# text" may hold.
std::string one_line(std::string_view text);

/// The parts of `text` between separators; one empty part for an empty text.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace relata::text::conllu
