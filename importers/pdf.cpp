#include "importers/pdf.h"

#include <ctime>
#include <memory>

#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/encoding.h"
#include "importers/isolated.h"
#include "importers/page_text.h"

namespace relata {

namespace {

constexpr std::size_t max_bytes = std::size_t{1} << 28U;
constexpr std::size_t max_text = std::size_t{1} << 28U;
constexpr int max_pages = 20000;
constexpr char separator = '\f';  // which never is part of a page's text

std::string utf8_of(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  std::string result(bytes.begin(), bytes.end());
  for (char& c : result) {
    if (c == separator || c == '\0') c = ' ';
  }
  return result;
}

std::string date_of(const poppler::document& document) {
  const auto seconds = static_cast<std::time_t>(document.info_date_t("CreationDate"));
  if (seconds <= 0) return "";  // none is stated
  std::tm parts{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return "";
  return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

/// Title, author, date and the pages, each with the separator behind it.
void extract(const std::string& bytes, const IsolatedSink& sink) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr) {
    throw std::runtime_error("expected a PDF, found a file too broken to open");
  }
  if (document->is_locked()) {
    throw std::runtime_error("it is locked with a password; save it without one first");
  }
  const int pages = document->pages();
  if (pages > max_pages) {
    throw std::runtime_error(fmt::format("expected at most {} pages, found {}", max_pages, pages));
  }
  sink(utf8_of(document->info_key("Title")) + separator);
  sink(utf8_of(document->info_key("Author")) + separator);
  sink(date_of(*document) + separator);
  for (int i = 0; i < pages; ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (page == nullptr) {
      throw std::runtime_error(fmt::format("page {}: expected a page, found a broken one", i + 1));
    }
    sink(utf8_of(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout)) +
         separator);
  }
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

void PdfImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                       const ArticleSink& sink) const {
  const std::string bytes = read_all(in, name, max_bytes);
  if (!looks_like_pdf(std::string_view(bytes).substr(0, 4096))) {
    throw InputError(name, "byte 0", "expected a PDF, which begins with %PDF, found other bytes");
  }
  std::vector<std::string> parts =
      split(run_isolated([&](const IsolatedSink& piece) { extract(bytes, piece); }, name,
                         "the PDF cannot be read", max_text));
  text::Document document;
  document.id = name;
  document.metadata.title = parts[0];
  document.metadata.author = parts[1];
  const std::string made = parts[2];
  parts.erase(parts.begin(), parts.begin() + 3);
  document.text = join_pages(parts);
  if (document.text.empty()) {
    throw InputError(name, "",
                     "expected a PDF with text, found none; scanned pages have to go through "
                     "character recognition first");
  }
  if (find_utf8_fault(document.text)) {
    throw InputError(name, "", "expected text, found characters that are none");
  }
  fill_metadata(document, options, made);
  sink(std::move(document));
}

bool looks_like_pdf(std::string_view head) {
  return head.substr(0, 1024).find("%PDF-") != std::string_view::npos;
}

}  // namespace relata
