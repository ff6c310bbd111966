// The formats for input: one line each, sorted by name.

#include <algorithm>
#include <array>

#include "graph/ascii.h"
#include "importers/csv.h"
#include "importers/docx.h"
#include "importers/dot.h"
#include "importers/edge_list.h"
#include "importers/epub.h"
#include "importers/feed.h"
#include "importers/gexf.h"
#include "importers/graphml.h"
#include "importers/html.h"
#include "importers/importer.h"
#include "importers/json.h"
#include "importers/jsonl.h"
#include "importers/mail.h"
#include "importers/markdown.h"
#include "importers/mhtml.h"
#include "importers/node_list.h"
#include "importers/odt.h"
#include "importers/pdf.h"
#include "importers/text.h"
#include "importers/warc.h"

namespace relata {

namespace {

template <class Format>
std::unique_ptr<TextImporter> make_text() {
  return std::make_unique<Format>();
}

template <class Format>
std::unique_ptr<GraphImporter> make_graph() {
  return std::make_unique<Format>();
}

const auto& table() {
  static const std::array formats = {
      ImportFormat{"csv",
                   {"csv", "tsv"},
                   "articles in a table, one a row",
                   make_text<CsvImporter>,
                   nullptr,
                   nullptr},
      ImportFormat{"docx",
                   {"docx", "docm", "dotx"},
                   "Word's documents",
                   make_text<DocxImporter>,
                   nullptr,
                   looks_like_docx,
                   true},
      ImportFormat{"dot",
                   {"dot", "gv"},
                   "graphs in Graphviz' language",
                   nullptr,
                   make_graph<DotImporter>,
                   looks_like_dot},
      ImportFormat{"edge-list",
                   {"csv", "tsv"},
                   "graphs as a table of edges",
                   nullptr,
                   make_graph<EdgeListImporter>,
                   looks_like_edge_list},
      ImportFormat{
          "eml", {"eml"}, "mail, one message", make_text<EmlImporter>, nullptr, looks_like_eml},
      ImportFormat{"epub",
                   {"epub"},
                   "books and magazines in EPUB, one article a chapter",
                   make_text<EpubImporter>,
                   nullptr,
                   looks_like_epub,
                   true},
      ImportFormat{"feed",
                   {"rss", "atom", "xml"},
                   "feeds: RSS and Atom",
                   make_text<FeedImporter>,
                   nullptr,
                   looks_like_feed},
      ImportFormat{
          "gexf", {"gexf"}, "graphs of Gephi", nullptr, make_graph<GexfImporter>, looks_like_gexf},
      ImportFormat{"graphml",
                   {"graphml", "xml"},
                   "graphs in GraphML",
                   nullptr,
                   make_graph<GraphmlImporter>,
                   looks_like_graphml},
      ImportFormat{"html",
                   {"html", "htm", "xhtml"},
                   "saved web pages",
                   make_text<HtmlImporter>,
                   nullptr,
                   looks_like_html},
      ImportFormat{"json",
                   {"json", "cyjs", "graphology"},
                   "graphs: our own, NetworkX node-link, graphology, Cytoscape.js",
                   nullptr,
                   make_graph<JsonImporter>,
                   looks_like_json_graph},
      ImportFormat{"jsonl",
                   {"jsonl", "ndjson", "json"},
                   "articles in JSON, one a line or an array",
                   make_text<JsonlImporter>,
                   nullptr,
                   looks_like_json_articles},
      ImportFormat{"markdown",
                   {"md", "markdown"},
                   "Markdown, one article",
                   make_text<MarkdownImporter>,
                   nullptr,
                   nullptr},
      ImportFormat{"mbox",
                   {"mbox", "mbx"},
                   "mail, a box of messages",
                   make_text<MboxImporter>,
                   nullptr,
                   looks_like_mbox},
      ImportFormat{"mhtml",
                   {"mhtml", "mht"},
                   "web pages saved as one file",
                   make_text<MhtmlImporter>,
                   nullptr,
                   looks_like_mhtml},
      ImportFormat{"node-list",
                   {"csv", "tsv"},
                   "nodes of a graph as a table, beside an edge-list",
                   nullptr,
                   make_graph<NodeListImporter>,
                   looks_like_node_list},
      ImportFormat{"odt",
                   {"odt", "ott"},
                   "LibreOffice's documents (OpenDocument text)",
                   make_text<OdtImporter>,
                   nullptr,
                   looks_like_odt,
                   true},
      ImportFormat{
          "pdf", {"pdf"}, "PDF with text in it", make_text<PdfImporter>, nullptr, looks_like_pdf},
      ImportFormat{"text",
                   {"txt", "text"},
                   "plain text, one article",
                   make_text<PlainTextImporter>,
                   nullptr,
                   nullptr},
      ImportFormat{"warc",
                   {"warc", "wet"},
                   "web archives, one article a page",
                   make_text<WarcImporter>,
                   nullptr,
                   looks_like_warc},
  };
  return formats;
}

bool knows_extension(const ImportFormat& format, std::string_view path) {
  return std::any_of(format.extensions.begin(), format.extensions.end(),
                     [&](std::string_view extension) { return has_extension(path, extension); });
}

}  // namespace

std::span<const ImportFormat> import_formats() {
  return table();
}

const ImportFormat* find_import_format(std::string_view name) {
  for (const ImportFormat& format : table()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

// Formats that share an extension (csv of articles and csv of edges) are told apart by the first
// bytes; the first of them in the table when those do not tell.
const ImportFormat* import_format_of(std::string_view path, std::string_view head) {
  const ImportFormat* by_extension = nullptr;
  for (const ImportFormat& format : table()) {
    if (!knows_extension(format, path)) continue;
    if (format.recognise != nullptr && format.recognise(head)) return &format;
    if (by_extension == nullptr) by_extension = &format;
  }
  if (by_extension != nullptr) return by_extension;
  for (const ImportFormat& format : table()) {
    if (format.recognise != nullptr && format.recognise(head)) return &format;
  }
  return nullptr;
}

}  // namespace relata
