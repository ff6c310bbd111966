#pragma once
// From the lines of printed pages to running text. Pure, linear.

#include <string>
#include <vector>

namespace relata {

/// The text of `pages`, whose lines end with "\n" and whose blocks are separated by empty lines:
/// running heads (the same line at the top or bottom of half of the pages) and page numbers left
/// out, lines joined to paragraphs, words joined that a hyphen parts at a line's end, ligatures
/// undone. Paragraphs are separated by an empty line.
std::string join_pages(const std::vector<std::string>& pages);

}  // namespace relata
