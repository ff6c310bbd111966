#include "importers/html.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include <gumbo.h>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/charset.h"
#include "importers/encoding.h"
#include "importers/json_records.h"

namespace relata {

namespace {

// The parser frees its tree by recursion, so the depth has to be bounded beforehand.
constexpr std::size_t max_nesting = 2000;
constexpr std::size_t max_page_bytes = std::size_t{1} << 26U;
constexpr std::size_t max_elements = 4000000;
constexpr std::size_t short_paragraph = 40;  ///< characters; shorter ones do not show main text

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Elements that stand without an end tag do not nest.
bool may_stand_open(const std::string& tag) {
  static constexpr std::array<std::string_view, 24> tags = {
      "p",   "li",   "td",    "tr",    "th",    "dd",    "dt",     "option",
      "br",  "img",  "input", "meta",  "link",  "hr",    "source", "col",
      "wbr", "area", "base",  "embed", "track", "param", "html",   "body"};
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// An upper bound of the nesting, from the tags alone.
std::size_t nesting(std::string_view html) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (std::size_t i = html.find('<'); i != std::string_view::npos; i = html.find('<', i + 1)) {
    const bool closing = i + 1 < html.size() && html[i + 1] == '/';
    std::size_t end = i + 1 + (closing ? 1 : 0);
    const std::size_t begin = end;
    while (end < html.size() && is_name_char(html[end])) ++end;
    if (end == begin || may_stand_open(lower(html.substr(begin, end - begin)))) continue;
    if (closing) {
      depth -= depth > 0 ? 1 : 0;
    } else {
      deepest = std::max(deepest, ++depth);
    }
  }
  return deepest;
}

/// Elements that a parser opens again behind the border of a block when they were not closed.
bool is_formatting(const std::string& tag) {
  static constexpr std::array<std::string_view, 14> tags = {
      "a",    "b",     "big",    "code",   "em", "font", "i",
      "nobr", "small", "strike", "strong", "tt", "u",    "s"};
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// An upper bound of the elements that a parser makes of the page: each tag may open again all
/// formatting that is open.
std::size_t most_elements(std::string_view html) {
  std::size_t open = 0;
  std::size_t count = 0;
  for (std::size_t i = html.find('<'); i != std::string_view::npos; i = html.find('<', i + 1)) {
    const bool closing = i + 1 < html.size() && html[i + 1] == '/';
    const std::size_t begin = i + 1 + (closing ? 1 : 0);
    std::size_t end = begin;
    while (end < html.size() && is_name_char(html[end])) ++end;
    count += 1 + open;
    if (!is_formatting(lower(html.substr(begin, std::min<std::size_t>(end - begin, 8))))) continue;
    if (closing) {
      open -= open > 0 ? 1 : 0;
    } else {
      ++open;
    }
  }
  return count;
}

struct FreeTree {
  void operator()(GumboOutput* output) const {
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
};
using Tree = std::unique_ptr<GumboOutput, FreeTree>;

Tree parse(std::string_view html, const std::string& name) {
  if (html.size() > max_page_bytes) {
    throw InputError(name, "", "expected a page of at most 64 MiB, found a larger one");
  }
  if (nesting(html) > max_nesting) {
    throw InputError(name, "", "expected elements nested at most 2000 deep, found deeper");
  }
  if (most_elements(html) > max_elements) {
    throw InputError(name, "",
                     "expected a page of at most 4 million elements, counting formatting that is "
                     "opened again in each block, found more");
  }
  return Tree(gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()));
}

bool is_element(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

bool is(const GumboNode* node, GumboTag tag) {
  return is_element(node) && node->v.element.tag == tag;
}

std::string_view attribute(const GumboNode* node, const char* name) {
  const GumboAttribute* const found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

template <class Visit>
void for_children(const GumboNode* node, Visit visit) {
  if (!is_element(node)) return;
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    visit(static_cast<const GumboNode*>(children.data[i]));
  }
}

/// Parts of a page that are never its main text.
bool is_aside(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_HEAD:
      return true;
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_HTML:
      return false;
    default:
      break;
  }
  if (attribute(node, "hidden").data() != nullptr || attribute(node, "aria-hidden") == "true") {
    return true;
  }
  static constexpr std::array<std::string_view, 20> words = {
      "cookie",    "consent",   "newsletter", "subscri", "related", "share",      "social",
      "promo",     "advert",    "comment",    "caption", "sidebar", "breadcrumb", "paywall",
      "most-read", "recommend", "banner",     "popup",   "sponsor", "toolbar"};
  const std::string marks = lower(attribute(node, "class")) + " " + lower(attribute(node, "id"));
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return marks.find(word) != std::string::npos; });
}

bool is_block(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_HTML:
      return true;
    default:
      return false;
  }
}

/// Collects paragraphs: runs of text between the borders of blocks, white space as one blank.
class Paragraphs final {
 public:
  void add(const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
      return put(node->v.text.text);
    }
    if (!is_element(node) || is_aside(node)) return;
    const bool block = is_block(node);
    if (block || is(node, GUMBO_TAG_BR)) end_paragraph();
    const bool link = is(node, GUMBO_TAG_A);
    link_depth_ += link ? 1 : 0;
    for_children(node, [this](const GumboNode* child) { add(child); });
    link_depth_ -= link ? 1 : 0;
    if (block) end_paragraph();
  }

  /// What mostly consists of links is navigation.
  void end_paragraph() {
    if (!paragraph_.empty() && linked_ * 2 <= paragraph_.size()) {
      if (!text_.empty()) text_ += "\n\n";
      text_ += paragraph_;
    }
    paragraph_.clear();
    linked_ = 0;
    blank_ = false;
  }

  std::string take() {
    end_paragraph();
    return std::move(text_);
  }

 private:
  void put(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool no_break_space = text.substr(i, 2) == "\xC2\xA0";
      if (no_break_space || static_cast<unsigned char>(text[i]) <= 0x20U) {
        blank_ = !paragraph_.empty();
        i += no_break_space ? 1 : 0;
        continue;
      }
      if (blank_) paragraph_ += ' ';
      blank_ = false;
      paragraph_ += text[i];
      linked_ += link_depth_ > 0 ? 1 : 0;
    }
  }

  std::string text_;
  std::string paragraph_;
  std::size_t linked_ = 0;
  std::size_t link_depth_ = 0;
  bool blank_ = false;
};

std::string text_of(const GumboNode* node) {
  Paragraphs paragraphs;
  paragraphs.add(node);
  return paragraphs.take();
}

/// Finds the element that holds most of the page's running text: each paragraph counts for its
/// parent, and half for its grandparent.
class MainText final {
 public:
  const GumboNode* find(const GumboNode* root) {
    visit(root);
    const GumboNode* best = nullptr;
    double most = 0;
    for (const GumboNode* node : order_) {
      const double score = scores_[node] * (is(node, GUMBO_TAG_ARTICLE) ? 1.5 : 1);
      if (score > most) {
        most = score;
        best = node;
      }
    }
    return best;
  }

 private:
  void visit(const GumboNode* node) {
    if (!is_element(node) || is_aside(node)) return;
    if (is(node, GUMBO_TAG_P)) {
      const std::size_t length = text_of(node).size();
      if (length >= short_paragraph) {
        add(node->parent, static_cast<double>(length));
        if (node->parent != nullptr) add(node->parent->parent, static_cast<double>(length) / 2);
      }
      return;
    }
    for_children(node, [this](const GumboNode* child) { visit(child); });
  }

  void add(const GumboNode* node, double score) {
    if (node == nullptr || !is_element(node)) return;
    if (scores_.try_emplace(node, 0).second) order_.push_back(node);
    scores_[node] += score;
  }

  std::unordered_map<const GumboNode*, double> scores_;
  std::vector<const GumboNode*> order_;
};

/// What a page says of itself.
class PageData final {
 public:
  explicit PageData(text::Metadata& metadata) : metadata_(metadata) {}

  void collect(const GumboNode* root) {
    visit(root);
    // JSON-LD is written for machines, so it comes first; the title element bears the site's name.
    set(metadata_.title, open_graph_.title);
    set(metadata_.title, heading_);
    set(metadata_.title, page_title_);
    set(metadata_.date, open_graph_.date);
    set(metadata_.date, item_date_);
    set(metadata_.date, time_);
    set(metadata_.author, open_graph_.author);
    set(metadata_.outlet, open_graph_.outlet);
    set(metadata_.url, canonical_);
    set(metadata_.url, open_graph_.url);
    set(metadata_.url, ld_url_);
    set(metadata_.language, language_);
    set(metadata_.language, open_graph_.language);
  }

 private:
  static void set(std::string& target, const std::string& value) {
    if (target.empty()) target = value;
  }

  void visit(const GumboNode* node) {
    if (!is_element(node)) return;
    if (is(node, GUMBO_TAG_META)) {
      meta(node);
    } else if (is(node, GUMBO_TAG_HTML)) {
      language_ = attribute(node, "lang");
    } else if (is(node, GUMBO_TAG_TITLE)) {
      set(page_title_, inner_text(node));
    } else if (is(node, GUMBO_TAG_H1)) {
      set(heading_, text_of(node));
    } else if (is(node, GUMBO_TAG_LINK) && lower(attribute(node, "rel")) == "canonical") {
      set(canonical_, std::string(attribute(node, "href")));
    } else if (is(node, GUMBO_TAG_TIME)) {
      // The first time within the article is when it came out; others are of what it tells.
      const std::string_view property = attribute(node, "itemprop");
      std::string& target = property == "datePublished" ? item_date_ : time_;
      set(target, article_date(attribute(node, "datetime")));
    } else if (is(node, GUMBO_TAG_SCRIPT) && attribute(node, "type") == "application/ld+json") {
      json_ld(node);
    }
    for_children(node, [this](const GumboNode* child) { visit(child); });
  }

  static std::string inner_text(const GumboNode* node) {
    std::string text;
    for_children(node, [&](const GumboNode* child) {
      if (child->type == GUMBO_NODE_TEXT) text += child->v.text.text;
    });
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return "";
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  }

  void meta(const GumboNode* node) {
    std::string key = lower(attribute(node, "property"));
    if (key.empty()) key = lower(attribute(node, "name"));
    if (key.empty()) key = lower(attribute(node, "itemprop"));
    if (key.empty()) key = lower(attribute(node, "http-equiv"));
    const std::string value(attribute(node, "content"));
    const auto one_of = [&](std::initializer_list<std::string_view> keys) {
      return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    if (one_of({"og:title", "twitter:title", "dc.title", "parsely-title", "headline"})) {
      set(open_graph_.title, value);
    } else if (one_of({"og:site_name", "application-name", "dc.publisher",
                       "citation_journal_title"})) {
      set(open_graph_.outlet, value);
    } else if (one_of({"og:url", "parsely-link"})) {
      set(open_graph_.url, value);
    } else if (one_of({"author", "article:author", "byl", "dc.creator", "parsely-author",
                       "sailthru.author", "citation_author"})) {
      if (!value.starts_with("http")) set(open_graph_.author, value);
    } else if (one_of({"article:published_time", "og:published_time", "datepublished", "date",
                       "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publish-date",
                       "publishdate", "parsely-pub-date", "sailthru.date",
                       "citation_publication_date"})) {
      set(open_graph_.date, article_date(value));
    } else if (one_of({"og:locale", "content-language", "dc.language"})) {
      set(open_graph_.language, value);
    }
  }

  // Pages whose JSON-LD is broken are common; their other data still hold.
  void json_ld(const GumboNode* node) {
    try {
      json_ld(parse_json(inner_text(node), "JSON-LD"));
    } catch (const InputError&) {
      return;
    }
  }

  void json_ld(const JsonValue& value) {
    for (const JsonValue& item : value.items) json_ld(item);
    if (const JsonValue* const graph = value.find("@graph")) json_ld(*graph);
    const JsonValue* const type = value.find("@type");
    if (type == nullptr) return;
    std::string types = type->text;
    for (const JsonValue& item : type->items) types += item.text;
    if (types.find("Article") == std::string::npos && types.find("Posting") == std::string::npos) {
      return;
    }
    set(metadata_.title, string_of(value.find("headline")));
    set(metadata_.date, article_date(string_of(value.find("datePublished"))));
    set(metadata_.author, string_of(value.find("author")));
    set(metadata_.outlet, string_of(value.find("publisher")));
    set(metadata_.language, string_of(value.find("inLanguage")));
    set(ld_url_, address_of(value.find("mainEntityOfPage")));
    set(ld_url_, address_of(value.find("url")));
  }

  /// An address that stands as a string or as an object's "@id".
  static std::string address_of(const JsonValue* value) {
    if (value == nullptr) return "";
    if (value->type == JsonValue::Type::object) return address_of(value->find("@id"));
    return value->text.starts_with("http") ? value->text : "";
  }

  /// A string, the name of an object, or the first of a list of them.
  static std::string string_of(const JsonValue* value) {
    if (value == nullptr) return "";
    if (value->type == JsonValue::Type::array) {
      return value->items.empty() ? "" : string_of(&value->items.front());
    }
    if (value->type == JsonValue::Type::object) return string_of(value->find("name"));
    return value->type == JsonValue::Type::string ? value->text : "";
  }

  text::Metadata& metadata_;
  text::Metadata open_graph_;
  std::string page_title_;
  std::string heading_;
  std::string canonical_;
  std::string language_;
  std::string item_date_;
  std::string time_;
  std::string ld_url_;
};

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
  const Tree tree = parse(html, name);
  text::Document document;
  document.id = name;
  PageData(document.metadata).collect(tree->root);
  const GumboNode* const main = MainText().find(tree->root);
  document.text = text_of(main != nullptr ? main : tree->root);
  if (document.text.empty()) throw InputError(name, "", "expected a page with text, found none");
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
  const Tree tree = parse(html, name);
  return text_of(tree->root);
}

bool looks_like_html(std::string_view head) {
  const std::string begin = lower(head.substr(0, 1024));
  return begin.find("<!doctype html") != std::string::npos ||
         begin.find("<html") != std::string::npos;
}

}  // namespace relata
