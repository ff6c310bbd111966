#pragma once
// Packed files made for tests: ZIP, tar, gzip, Zstandard, and documents that consist of them. Each
// is the same bytes every time.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata::tests {

using Members = std::vector<std::pair<std::string, std::string>>;

/// A ZIP of deflated members in that order; `stored` leaves them as they are.
std::string zip_of(const Members& members, bool stored = false);
std::string tar_of(const Members& members);
std::string gzip_of(std::string_view bytes);
std::string zstd_of(std::string_view bytes);

/// A Word document whose body is `body` (paragraphs as XML), by Ana Lind, of 2025-03-04.
std::string docx_of(const std::string& body);
/// An OpenDocument text, likewise.
std::string odt_of(const std::string& body);
/// A book called "The book" with these chapters (file name and XHTML body).
std::string epub_of(const Members& chapters);
/// A PDF with these lines on its pages, 14 points from one to the next, an empty line for a larger
/// gap.
std::string pdf_of(const std::vector<std::vector<std::string>>& pages);

}  // namespace relata::tests
