#include "importers/html.h"

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/charset.h"
#include "importers/encoding.h"
#include "importers/html_data.h"
#include "importers/html_text.h"
#include "importers/html_tree.h"

namespace relata {

namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// The charset that the page's head states; "" when it states none.
std::string stated_charset(std::string_view html) {
  const std::string head = lower(html.substr(0, 4096));
  const std::size_t at = head.find("charset=");
  if (at == std::string::npos) return "";
  std::size_t begin = at + 8;
  while (begin < head.size() && (head[begin] == '"' || head[begin] == '\'')) ++begin;
  std::size_t end = begin;
  while (end < head.size() && (is_name_char(head[end]) || head[end] == '-' || head[end] == '_')) {
    ++end;
  }
  return head.substr(begin, end - begin);
}

}  // namespace

text::Document read_page(std::string bytes, const std::string& name, std::string_view charset,
                         const ImportOptions& options) {
  const std::string stated = charset.empty() ? stated_charset(bytes) : std::string(charset);
  const std::string html = decode_text(std::move(bytes), name, stated, options.note, true);
  const PageTree tree = parse_page(html, name);
  const PageAsides asides(tree->root);
  const GumboNode* const article = main_element(tree->root, asides);
  text::Document document;
  document.id = name;
  read_page_data(tree->root, article, document.metadata);
  if (document.metadata.url.empty()) document.metadata.url = saved_address(html);
  document.text = running_text(article != nullptr ? article : tree->root, asides);
  if (document.text.empty()) throw InputError(name, "", "expected a page with text, found none");
  if (const std::string lead = lead_text(tree->root, article, asides); !lead.empty()) {
    document.text = lead + "\n\n" + document.text;
  }
  const std::string& title = document.metadata.title;
  if (!title.empty() && document.text.find(title) == std::string::npos) {
    document.text = title + "\n\n" + document.text;
  }
  fill_metadata(document, options);
  return document;
}

void HtmlImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                        const ArticleSink& sink) const {
  sink(read_page(read_all(in, name, max_page_bytes), name, "", options));
}

std::string html_text(std::string_view html, const std::string& name) {
  const PageTree tree = parse_page(html, name);
  return running_text(tree->root, PageAsides(tree->root));
}

bool looks_like_html(std::string_view head) {
  const std::string begin = lower(head.substr(0, 1024));
  const std::size_t first = begin.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first == std::string::npos || begin[first] != '<') return false;
  return begin.find("<!doctype html") != std::string::npos ||
         begin.find("<html") != std::string::npos;
}

}  // namespace relata
