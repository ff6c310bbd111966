#include "importers/html_data.h"

#include <algorithm>
#include <functional>
#include <initializer_list>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/html.h"
#include "importers/html_text.h"
#include "importers/json_records.h"

namespace relata {

namespace {

constexpr std::size_t longest_byline = 120;         ///< bytes; longer ones are text
constexpr std::size_t most_of_byline = 200;         ///< nodes
constexpr std::size_t saved_comment_window = 4096;  ///< bytes in which browsers put their comment

bool is_any(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

void set(std::string& target, const std::string& value) {
  if (target.empty()) target = value;
}

bool is_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

/// White space as one blank, none around.
std::string one_spaced(std::string_view text) {
  std::string result;
  bool blank = false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20U) {
      blank = !result.empty();
      continue;
    }
    if (blank) result += ' ';
    blank = false;
    result += c;
  }
  return result;
}

/// Text in which a page's makers left entities of HTML ("Q&amp;A") or tags.
std::string without_markup(const std::string& text) {
  const bool entity = text.find('&') != std::string::npos && text.find(';') != std::string::npos;
  if (!entity && text.find("</") == std::string::npos) return one_spaced(text);
  return one_spaced(html_text(text));
}

/// "By Jane Roe" -> "Jane Roe".
std::string without_by(const std::string& name) {
  const bool by = starts_with_ignoring_case(name, "by ");
  return by ? std::string(trimmed(std::string_view(name).substr(3))) : name;
}

/// All text within, links and asides too; of an element that holds too much for a name or a date, a
/// part.
std::string text_within(const GumboNode* node) {
  std::string text;
  std::size_t visited = 0;
  const std::function<void(const GumboNode*)> add = [&](const GumboNode* part) {
    if (++visited > most_of_byline || text.size() > 4 * longest_byline) return;
    if (part->type == GUMBO_NODE_TEXT || part->type == GUMBO_NODE_WHITESPACE) {
      text += part->v.text.text;
    }
    if (is(part, GUMBO_TAG_SCRIPT) || is(part, GUMBO_TAG_STYLE)) return;
    for_children(part, add);
  };
  add(node);
  return one_spaced(text);
}

/// The text or content of what microdata call "name" within.
std::string named_within(const GumboNode* node) {
  std::string value;
  std::size_t visited = 0;
  const std::function<void(const GumboNode*)> find = [&](const GumboNode* part) {
    if (!value.empty() || !is_element(part) || ++visited > most_of_byline) return;
    if (part != node && attribute(part, "itemprop") == "name") {
      value = attribute(part, "content");
      if (value.empty()) value = text_within(part);
    } else {
      for_children(part, find);
    }
  };
  find(node);
  return value;
}

/// A script's or title's text, unchanged but for blanks around.
std::string inner_text(const GumboNode* node) {
  std::string text;
  for_children(node, [&](const GumboNode* child) {
    if (child->type == GUMBO_NODE_TEXT) text += child->v.text.text;
  });
  return std::string(trimmed(text));
}

/// A string, the name of an object, or those of a list of them.
std::string string_of(const JsonValue* value) {
  if (value == nullptr) return "";
  switch (value->type) {
    case JsonValue::Type::string:
      return without_markup(value->text);
    case JsonValue::Type::object:
      return string_of(value->find("name"));
    case JsonValue::Type::array: {
      std::string all;
      for (const JsonValue& item : value->items) {
        const std::string one = string_of(&item);
        if (one.empty()) continue;
        all += (all.empty() ? "" : ", ") + one;
      }
      return all;
    }
    default:
      return "";
  }
}

/// An address that stands as a string or as an object's "@id".
std::string address_of(const JsonValue* value) {
  if (value == nullptr) return "";
  if (value->type == JsonValue::Type::object) return address_of(value->find("@id"));
  return is_address(value->text) ? value->text : "";
}

std::string first_string(const JsonValue* value) {
  if (value != nullptr && value->type == JsonValue::Type::array && !value->items.empty()) {
    value = &value->items.front();
  }
  return string_of(value);
}

/// Where the page's data stand, from the most to the least reliable.
struct Sources {
  text::Metadata json_ld;
  text::Metadata meta;
  text::Metadata microdata;
  text::Metadata visible;
};

class PageData final {
 public:
  PageData(const GumboNode* root, const GumboNode* article) : scope_(article_scope(root, article)) {
    visit(root, false);
  }

  void fill(text::Metadata& metadata) const {
    const text::Metadata& ld = sources_.json_ld;
    for (const text::Metadata* source :
         {&ld, &sources_.meta, &sources_.microdata, &sources_.visible}) {
      set(metadata.title, source->title);
      set(metadata.date, source->date);
      set(metadata.author, source->author);
      set(metadata.outlet, source->outlet);
    }
    set(metadata.title, page_title_);  // bears the site's name too
    set(metadata.url, canonical_);
    set(metadata.url, sources_.meta.url);
    set(metadata.url, ld.url);
    set(metadata.language, ld.language);
    set(metadata.language, html_language_);
    set(metadata.language, sources_.meta.language);
  }

 private:
  void visit(const GumboNode* node, bool in_scope) {
    if (!is_element(node)) return;
    in_scope = in_scope || node == scope_;
    if (is(node, GUMBO_TAG_META)) {
      meta(node);
    } else if (is(node, GUMBO_TAG_HTML)) {
      html_language_ = attribute(node, "lang");
    } else if (is(node, GUMBO_TAG_TITLE)) {
      set(page_title_, inner_text(node));
    } else if (is(node, GUMBO_TAG_H1)) {
      set(sources_.visible.title, text_within(node));
    } else if (is(node, GUMBO_TAG_LINK) && lower(attribute(node, "rel")) == "canonical") {
      if (is_address(attribute(node, "href")))
        set(canonical_, std::string(attribute(node, "href")));
    } else if (is(node, GUMBO_TAG_SCRIPT) &&
               lower(attribute(node, "type")) == "application/ld+json") {
      json_ld(node);
    }
    microdata(node);
    // Times and names in lists of other articles are not this one's.
    const bool beside =
        is(node, GUMBO_TAG_NAV) || is(node, GUMBO_TAG_ASIDE) || is(node, GUMBO_TAG_FOOTER);
    if (in_scope && !beside) beside_text(node);
    for_children(node, [&](const GumboNode* child) { visit(child, in_scope && !beside); });
  }

  void beside_text(const GumboNode* node) {
    text::Metadata& visible = sources_.visible;
    if (is(node, GUMBO_TAG_TIME)) {
      const std::string_view stated = attribute(node, "datetime");
      set(visible.date, article_date(stated.empty() ? text_within(node) : std::string(stated)));
      return;
    }
    const std::string marks = marks_of(node);
    if (visible.date.empty() && holds_any(marks, {"date", "publish", "timestamp", "posted"})) {
      const std::string text = text_within(node);
      if (text.size() <= longest_byline) visible.date = article_date(text);
    }
    if (visible.author.empty() && (attribute(node, "rel") == "author" ||
                                   holds_any(marks, {"byline", "author-name", "author_name"}))) {
      const std::string text = text_within(node);
      const bool name =
          text.size() <= longest_byline && text.find_first_of("0123456789@:|") == std::string::npos;
      if (name) visible.author = without_by(text);
    }
  }

  void microdata(const GumboNode* node) {
    const std::string_view property = attribute(node, "itemprop");
    if (!is_any(property, {"headline", "datePublished", "author", "publisher"})) return;
    std::string value;
    for (const char* const name : {"content", "datetime"}) {
      if (value.empty()) value = attribute(node, name);
    }
    if (value.empty()) value = named_within(node);
    if (value.empty()) value = text_within(node);
    value = one_spaced(value);
    if (value.size() > 4 * longest_byline || is_address(value)) return;
    text::Metadata& found = sources_.microdata;
    if (property == "headline") set(found.title, value);
    if (property == "datePublished") set(found.date, article_date(value));
    if (property == "author" && value.size() <= longest_byline) {
      set(found.author, without_by(value));
    }
    if (property == "publisher" && value.size() <= longest_byline) set(found.outlet, value);
  }

  void meta(const GumboNode* node) {
    std::string key = lower(attribute(node, "property"));
    for (const char* const name : {"name", "itemprop", "http-equiv"}) {
      if (key.empty()) key = lower(attribute(node, name));
    }
    const std::string value = without_markup(std::string(attribute(node, "content")));
    text::Metadata& found = sources_.meta;
    if (is_any(key, {"og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title",
                     "headline", "sailthru.title", "citation_title"})) {
      set(found.title, value);
    } else if (is_any(key, {"og:site_name", "application-name", "dc.publisher", "dcterms.publisher",
                            "citation_journal_title"})) {
      set(found.outlet, value);
    } else if (is_any(key, {"og:url", "parsely-link"})) {
      if (is_address(value)) set(found.url, value);
    } else if (is_any(key, {"author", "article:author", "byl", "dc.creator", "dcterms.creator",
                            "parsely-author", "sailthru.author", "citation_author"})) {
      if (!is_address(value)) set(found.author, without_by(value));
    } else if (is_any(key, {"article:published_time", "og:published_time", "datepublished", "date",
                            "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created",
                            "dcterms.issued", "pubdate", "publish-date", "publishdate",
                            "published_time", "article.published", "parsely-pub-date",
                            "sailthru.date", "citation_publication_date", "citation_date"})) {
      set(found.date, article_date(value));
    } else if (is_any(key, {"og:locale", "content-language", "dc.language"})) {
      set(found.language, value);
    }
  }

  void json_ld(const GumboNode* node) {
    try {
      json_ld(parse_json(inner_text(node), "JSON-LD"));
    } catch (const InputError&) {
      return;
    }
  }

  void json_ld(const JsonValue& value) {
    for (const JsonValue& item : value.items) json_ld(item);
    for (const char* const name : {"@graph", "mainEntity"}) {
      if (const JsonValue* const inner = value.find(name)) json_ld(*inner);
    }
    const JsonValue* const type = value.find("@type");
    if (type == nullptr) return;
    std::string types = type->text;
    for (const JsonValue& item : type->items) types += " " + item.text;
    if (!holds_any(types, {"Article", "Posting", "Report"})) return;
    text::Metadata& found = sources_.json_ld;
    set(found.title, string_of(value.find("headline")));
    set(found.date, article_date(string_of(value.find("datePublished"))));
    set(found.author, without_by(string_of(value.find("author"))));
    set(found.outlet, string_of(value.find("publisher")));
    set(found.language, first_string(value.find("inLanguage")));
    set(found.url, address_of(value.find("mainEntityOfPage")));
    set(found.url, address_of(value.find("url")));
  }

  const GumboNode* scope_;
  Sources sources_;
  std::string page_title_;
  std::string canonical_;
  std::string html_language_;
};

}  // namespace

void read_page_data(const GumboNode* root, const GumboNode* article, text::Metadata& metadata) {
  PageData(root, article).fill(metadata);
}

std::string saved_address(std::string_view html) {
  const std::string_view head = html.substr(0, saved_comment_window);
  // "<!-- saved from url=(0041)https://..." and "Page saved with SingleFile  url: https://...".
  for (const std::string_view mark : {"saved from url=(", "Page saved with SingleFile"}) {
    const std::size_t at = head.find(mark);
    if (at == std::string_view::npos) continue;
    const std::size_t begin = head.find("http", at);
    if (begin == std::string_view::npos) continue;
    const std::size_t end = std::min(head.find_first_of(" \t\r\n>", begin), head.size());
    const std::string_view address = head.substr(begin, end - begin);
    if (is_address(address)) return std::string(address);
  }
  return "";
}

}  // namespace relata
