#include "importers/feed.h"

#include <utility>

#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/html.h"
#include "importers/xml_reader.h"

namespace relata {

namespace {

constexpr std::size_t max_piece = std::size_t{1} << 26U;

class Reader final {
 public:
  Reader(std::istream& in, const std::string& name, const ImportOptions& options,
         const ArticleSink& sink)
      : options_(options),
        sink_(sink),
        xml_(in, name,
             {[this](const XmlElement& element) { start(element); },
              [this](std::string_view element, std::string_view) { end(element); },
              [this](std::string_view text) { put(text); }}) {}

  void read() { xml_.read(); }

 private:
  void put(std::string_view text) {
    if (markup_depth_ == 0) {
      piece_ += text;
    } else {
      for (const char c : text) {
        piece_ += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
      }
    }
    if (piece_.size() > max_piece) {
      throw InputError(xml_.name(), xml_.place(),
                       "expected elements with at most 64 MiB of text, found more");
    }
  }

  void start(const XmlElement& element) {
    if (markup_depth_ > 0) {  // a page's own elements, which html_text reads again
      ++markup_depth_;
      piece_.append("<").append(element.name) += '>';
      return;
    }
    piece_.clear();
    // Titles and descriptions of pictures and recordings are not the article's.
    if (foreign_depth_ > 0 || element.prefix == "media" || element.prefix == "itunes") {
      ++foreign_depth_;
      return;
    }
    if (element.name == "content" && element.attribute("type") == "xhtml") markup_depth_ = 1;
    if (!seen_root_) {
      seen_root_ = true;
      if (element.name != "rss" && element.name != "feed" && element.name != "RDF") {
        throw InputError(
            xml_.name(), xml_.place(),
            "expected a feed (the element rss, feed or RDF), found " + std::string(element.name));
      }
    }
    if (element.name == "item" || element.name == "entry") {
      article_ = {};
      text_.clear();
      within_ = true;
      ++number_;
    } else if (element.name == "link" && within_ && article_.metadata.url.empty()) {
      const std::string_view relation = element.attribute("rel");
      if (relation.empty() || relation == "alternate") {
        article_.metadata.url = element.attribute("href");
      }
    } else if (element.name == "feed" || element.name == "rss") {
      language_ = element.attribute("lang");
    }
  }

  void end(std::string_view element) {
    if (markup_depth_ > 0 && --markup_depth_ > 0) {
      piece_.append("</").append(element) += '>';
      return;
    }
    const std::string text = std::exchange(piece_, "");
    if (foreign_depth_ > 0) {
      --foreign_depth_;
      return;
    }
    end(element, text);
  }

  void end(std::string_view element, const std::string& text) {
    if (!within_) {
      if (element == "title" && outlet_.empty()) outlet_ = html_text(text, xml_.name());
      if (element == "language") language_ = text;
      return;
    }
    text::Metadata& metadata = article_.metadata;
    if (element == "encoded" || element == "content" || element == "description" ||
        element == "summary") {
      // Of a summary and the full text the longer one is the text.
      if (text.size() > text_.size()) text_ = text;
    } else if (element == "title") {
      if (metadata.title.empty()) metadata.title = html_text(text, xml_.name());
    } else if (element == "link") {
      if (metadata.url.empty()) metadata.url = text;
    } else if (element == "guid" || element == "id") {
      article_.id = text;
    } else if (element == "pubDate" || element == "published" || element == "date") {
      metadata.date = article_date(text);
    } else if (element == "updated") {
      if (metadata.date.empty()) metadata.date = article_date(text);
    } else if (element == "creator" || element == "name" || element == "author") {
      if (metadata.author.empty() && text.find_first_not_of(" \n\t\r") != text.npos) {
        metadata.author = text;
      }
    } else if (element == "item" || element == "entry") {
      finish();
    }
  }

  void finish() {
    within_ = false;
    article_.text = html_text(text_, xml_.name());
    if (!article_.metadata.title.empty()) {
      article_.text = article_.metadata.title + "\n\n" + article_.text;
    }
    if (article_.text.empty()) return;
    article_.id = xml_.name() + "#" + (article_.id.empty() ? std::to_string(number_) : article_.id);
    article_.metadata.outlet = outlet_;
    article_.metadata.language = language_;
    fill_metadata(article_, options_);
    sink_(std::move(article_));
  }

  const ImportOptions& options_;
  const ArticleSink& sink_;
  XmlReader xml_;
  text::Document article_;
  std::string text_;
  std::string piece_;             // of the element that is being read
  std::size_t markup_depth_ = 0;  // within an element whose content is XHTML
  std::size_t foreign_depth_ = 0;
  std::string outlet_;
  std::string language_;
  std::size_t number_ = 0;
  bool within_ = false;
  bool seen_root_ = false;
};

}  // namespace

void FeedImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                        const ArticleSink& sink) const {
  Reader(in, name, options, sink).read();
}

bool looks_like_feed(std::string_view head) {
  return head.find("<rss") != std::string_view::npos ||
         (head.find("<feed") != std::string_view::npos &&
          head.find("http://www.w3.org/2005/Atom") != std::string_view::npos) ||
         head.find("xmlns=\"http://purl.org/rss/1.0/\"") != std::string_view::npos;
}

}  // namespace relata
