#pragma once
// Saved web pages, through gumbo's HTML5 parser: the main text (paragraphs and headings of the part
// of the page that holds most of them; navigation, captions, forms and notices left out) and the
// data about it from JSON-LD, OpenGraph, microdata and meta tags. The charset is that of the
// byte-order mark, else that of the page's own meta tag, else ICU's guess, which is told.

#include "importers/importer.h"

namespace relata {

class HtmlImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for text that begins as a web page does.
bool looks_like_html(std::string_view head);

/// The article in the page `bytes`, called `name`. `charset` is what came with the page (an HTTP
/// header), "" for nothing. Throws InputError.
text::Document read_page(std::string bytes, const std::string& name, std::string_view charset,
                         const ImportOptions& options);

/// The text of a piece of HTML, called `name` in errors; paragraphs separated by an empty line.
std::string html_text(std::string_view html, const std::string& name = "HTML");

}  // namespace relata
