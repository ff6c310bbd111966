#pragma once
// Saved web pages, through gumbo's HTML5 parser: the main text (paragraphs and headings of the part
// of the page that holds most of them; navigation, captions, forms and notices left out) and the
// data about it from JSON-LD, OpenGraph and meta tags. The charset is that of the byte-order mark,
// else that of the page's own meta tag.

#include "importers/importer.h"

namespace relata {

class HtmlImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for text that begins as a web page does.
bool looks_like_html(std::string_view head);

/// The text of a piece of HTML, paragraphs separated by an empty line.
std::string html_text(std::string_view html);

}  // namespace relata
