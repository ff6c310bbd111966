#include "importers/html_text.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ascii.h"

namespace relata {

namespace {

constexpr std::size_t short_paragraph = 40;   ///< bytes; shorter ones do not show running text
constexpr std::size_t enough_text = 200;      ///< bytes without blanks that show an article
constexpr std::size_t most_of_note_mark = 8;  ///< bytes, and nodes
constexpr double cost_of_other_text = 2;
constexpr double share_of_article = 0.6;

bool is_heading(const GumboNode* node) {
  return is_element(node) && node->v.element.tag >= GUMBO_TAG_H1 &&
         node->v.element.tag <= GUMBO_TAG_H6;
}

/// What the page itself calls its article.
bool is_article(const GumboNode* node) {
  return is(node, GUMBO_TAG_ARTICLE) || attribute(node, "itemprop") == "articleBody";
}

/// The whole page or what it says is its content: its class says nothing of what is in it.
bool is_frame(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_HTML:
      return true;
    default:
      return false;
  }
}

bool is_any(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool is_hidden(const GumboNode* node) {
  if (attribute(node, "hidden").data() != nullptr || attribute(node, "aria-hidden") == "true") {
    return true;
  }
  std::string style;
  for (const char c : attribute(node, "style")) {
    if (c != ' ') style += lower_letter(c);
  }
  return holds_any(style, {"display:none", "visibility:hidden"});
}

/// Classes of what is no article, however much text it holds.
bool is_notice(std::string_view marks) {
  return holds_any(marks, {"cookie", "consent", "onetrust", "gdpr", "comment", "disqus", "modal",
                           "overlay", "popup", "footnote", "endnote", "reflist"});
}

/// Classes of what is beside an article.
bool is_beside(std::string_view marks) {
  return holds_any(
      marks, {"newsletter", "subscri",    "related",   "share",      "social",   "promo",
              "advert",     "caption",    "sidebar",   "breadcrumb", "paywall",  "most-read",
              "mostread",   "recommend",  "banner",    "sponsor",    "toolbar",  "more-on",
              "read-more",  "readmore",   "read-next", "also-read",  "trending", "outbrain",
              "taboola",    "navigation", "navbar",    "infobox",    "footer",   "unsubscribe",
              "references", "catlinks",   "pullquote", "pull-quote"});
}

bool is_block(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
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
    case GUMBO_TAG_TH:
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

/// Blocks that are one paragraph, not what holds all of them.
bool is_paragraph(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
      return true;
    default:
      return is_heading(node);
  }
}

bool is_text(const GumboNode* node) {
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
         node->type == GUMBO_NODE_CDATA;
}

/// "said." and "“...”": ends as sentences do.
bool ends_sentence(std::string_view text) {
  for (const std::string_view closing : {"\xE2\x80\x9D", "\xE2\x80\x99", "\"", "'", ")"}) {
    if (text.ends_with(closing)) text.remove_suffix(closing.size());
  }
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':') ||
         text.ends_with("\xE2\x80\xA6");
}

/// A mark within the text that leads to a note: "[1]", "2" behind a full stop, a link of that role.
bool is_note_mark(const GumboNode* node, std::string_view before) {
  if (is_any(attribute(node, "role"), {"doc-noteref", "doc-backlink"}) ||
      attribute(node, "epub:type") == "noteref") {
    return true;
  }
  if (!is(node, GUMBO_TAG_SUP)) return false;
  bool link = false;
  std::size_t visited = 0;
  std::string text;
  const std::function<void(const GumboNode*)> collect = [&](const GumboNode* child) {
    if (++visited > most_of_note_mark) return;
    if (is_text(child)) text += child->v.text.text;
    link = link || is(child, GUMBO_TAG_A);
    for_children(child, collect);
  };
  for_children(node, collect);
  const bool mark = visited <= most_of_note_mark && text.size() <= most_of_note_mark &&
                    text.find_first_not_of("0123456789[](),*\xE2\x80\xA0 ") == std::string::npos;
  // "km2" has its number behind a letter.
  return mark && (link || (!before.empty() && (ends_sentence(before) || before.back() == ',')));
}

/// What an element holds that speaks for it.
struct Content {
  std::size_t text = 0;  ///< bytes without blanks, links left out
  bool heading = false;  ///< the page's heading or its stated body is within
};

/// What walks over a page are told of: paragraphs, which are runs of text between the borders of
/// blocks, and blocks.
struct WalkSinks {
  /// The paragraph, and how many of its bytes are links.
  std::function<void(const std::string& text, std::size_t linked)> paragraph;
  std::function<void(const GumboNode* block)> open;
  std::function<void(const GumboNode* block)> close;
};

class Walk final {
 public:
  Walk(const PageAsides& asides, WalkSinks sinks) : asides_(asides), sinks_(std::move(sinks)) {}

  void over(const GumboNode* node) {
    add(node);
    end_paragraph();
  }

 private:
  void add(const GumboNode* node) {
    if (is_text(node)) return put(node->v.text.text);
    if (!is_element(node) || asides_.is_aside(node) || is_note_mark(node, paragraph_)) return;
    const bool block = is_block(node);
    if (block || is(node, GUMBO_TAG_BR)) end_paragraph();
    // Times stand apart for the eye without a blank.
    const bool apart = block || is(node, GUMBO_TAG_TIME);
    blank_ = blank_ || (apart && !paragraph_.empty());
    const bool link = is(node, GUMBO_TAG_A);
    link_depth_ += link ? 1 : 0;
    if (block && sinks_.open) sinks_.open(node);
    for_children(node, [this](const GumboNode* child) { add(child); });
    link_depth_ -= link ? 1 : 0;
    blank_ = blank_ || (apart && !paragraph_.empty());
    if (!block) return;
    end_paragraph();
    if (sinks_.close) sinks_.close(node);
  }

  void end_paragraph() {
    if (!paragraph_.empty()) sinks_.paragraph(paragraph_, linked_);
    paragraph_.clear();
    linked_ = 0;
    blank_ = false;
  }

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

  const PageAsides& asides_;
  WalkSinks sinks_;
  std::string paragraph_;
  std::size_t linked_ = 0;
  std::size_t link_depth_ = 0;
  bool blank_ = false;
};

bool is_navigation(const std::string& paragraph, std::size_t linked) {
  return linked * 2 > paragraph.size();
}

/// What pages put between paragraphs where something else stands.
bool is_label(const std::string& paragraph) {
  return is_any(
      lower(paragraph),
      {"advertisement", "advertising", "ad", "skip advertisement", "article continues below",
       "article continues below advertisement", "story continues below",
       "story continues below advertisement", "article continues after advertisement"});
}

void append_paragraph(std::string& text, const std::string& paragraph) {
  if (!text.empty()) text += "\n\n";
  text += paragraph;
}

class MainElement final {
 public:
  const GumboNode* find(const GumboNode* root, const PageAsides& asides) {
    Walk(asides, {[this](const std::string& text, std::size_t linked) { count(text, linked); },
                  [this](const GumboNode* block) {
                    open_.push_back({block, 0, 0});
                  },
                  [this](const GumboNode*) { close(); }})
        .over(root);
    if (best_ == nullptr) return nullptr;
    // What calls itself the article and holds most of it is the article.
    const Block* chosen = nullptr;
    for (const Block& article : articles_) {
      const bool most = article.running >= share_of_article * best_running_;
      if (most && is_within(article.node, best_) &&
          (chosen == nullptr || article.running > chosen->running)) {
        chosen = &article;
      }
    }
    return chosen == nullptr ? best_ : chosen->node;
  }

 private:
  struct Block {
    const GumboNode* node;
    double running;
    double other;
  };

  static bool is_within(const GumboNode* node, const GumboNode* ancestor) {
    for (; node != nullptr; node = node->parent) {
      if (node == ancestor) return true;
    }
    return false;
  }

  void count(const std::string& text, std::size_t linked) {
    if (open_.empty()) return;
    Block& block = open_.back();
    const auto size = static_cast<double>(text.size());
    if (is_navigation(text, linked)) {
      block.other += size;
    } else if (is_heading(block.node)) {
      return;  // speaks neither for nor against
    } else if (text.size() >= short_paragraph &&
               (is(block.node, GUMBO_TAG_P) || ends_sentence(text) ||
                text.find(". ") != std::string::npos)) {
      block.running += size;
    } else if (!ends_sentence(text)) {
      block.other += size;
    }
  }

  void close() {
    const Block block = open_.back();
    open_.pop_back();
    if (!open_.empty()) {
      open_.back().running += block.running;
      open_.back().other += block.other;
    }
    if (is_paragraph(block.node) || block.running <= 0) return;
    if (is_article(block.node)) articles_.push_back(block);
    const double score = block.running - cost_of_other_text * block.other;
    // Of blocks with the same text the innermost, but the article around it with its heading.
    if (best_ == nullptr || score > best_score_ ||
        (score == best_score_ && is_article(block.node))) {
      best_ = block.node;
      best_score_ = score;
      best_running_ = block.running;
    }
  }

  std::vector<Block> open_;
  std::vector<Block> articles_;
  const GumboNode* best_ = nullptr;
  double best_score_ = 0;
  double best_running_ = 0;
};

}  // namespace

bool is_aside_by_element(const GumboNode* element) {
  switch (element->v.element.tag) {
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
    default:
      break;
  }
  if (is_frame(element)) return false;
  return is_hidden(element) ||
         is_any(attribute(element, "role"),
                {"navigation", "contentinfo", "complementary", "dialog", "alertdialog", "search",
                 "menu", "doc-endnotes", "doc-footnote", "doc-toc"}) ||
         is_any(attribute(element, "epub:type"),
                {"footnote", "footnotes", "endnote", "endnotes", "rearnotes", "toc"});
}

PageAsides::PageAsides(const GumboNode* root) {
  // How much there is has to be known before the shares of it.
  std::vector<std::pair<const GumboNode*, Content>> marked;
  const std::function<Content(const GumboNode*, bool)> measure = [&](const GumboNode* node,
                                                                     bool link) -> Content {
    Content content;
    if (is_text(node)) {
      const std::string_view text = node->v.text.text;
      content.text =
          link ? 0 : static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
            return static_cast<unsigned char>(c) > 0x20U;
          }));
      return content;
    }
    if (!is_element(node) || is_aside_by_element(node)) return content;
    const bool linked = link || is(node, GUMBO_TAG_A);
    for_children(node, [&](const GumboNode* child) {
      const Content part = measure(child, linked);
      content.text += part.text;
      content.heading = content.heading || part.heading;
    });
    const std::string marks = marks_of(node);
    if (!is_frame(node) && (is_notice(marks) || is_beside(marks))) {
      marked.emplace_back(node, content);
    }
    content.heading = content.heading || is(node, GUMBO_TAG_H1) || is(node, GUMBO_TAG_MAIN) ||
                      attribute(node, "itemprop") == "articleBody";
    return content;
  };
  const std::size_t all = measure(root, false).text;
  for (const auto& [node, content] : marked) {
    const bool most = content.text * 2 > all && content.text >= enough_text;
    if (content.heading || (most && !is_notice(marks_of(node)))) continue;
    asides_.insert(node);
  }
}

bool PageAsides::is_aside(const GumboNode* element) const {
  return is_aside_by_element(element) || asides_.count(element) > 0;
}

std::string running_text(const GumboNode* node, const PageAsides& asides) {
  std::string text;
  Walk(asides, {[&text](const std::string& paragraph, std::size_t linked) {
                  if (is_navigation(paragraph, linked) || is_label(paragraph)) return;
                  append_paragraph(text, paragraph);
                },
                nullptr, nullptr})
      .over(node);
  return text;
}

const GumboNode* article_scope(const GumboNode* root, const GumboNode* article) {
  if (article == nullptr) return root;
  std::unordered_set<const GumboNode*> around_headings;
  const std::function<void(const GumboNode*)> collect = [&](const GumboNode* node) {
    if (is(node, GUMBO_TAG_H1)) {
      while (node != nullptr && around_headings.insert(node).second) node = node->parent;
      return;
    }
    for_children(node, collect);
  };
  collect(root);
  const GumboNode* node = article;
  while (node != nullptr && around_headings.count(node) == 0) node = node->parent;
  return node == nullptr ? article : node;
}

std::string lead_text(const GumboNode* root, const GumboNode* article, const PageAsides& asides) {
  const GumboNode* const scope = article_scope(root, article);
  if (scope == nullptr || scope == article) return "";
  std::string text;
  bool between = false;
  bool over = false;  // what follows the article is no lead
  Walk(asides,
       {[&](const std::string& paragraph, std::size_t linked) {
          if (!between || linked > 0 || paragraph.size() < short_paragraph) return;
          if (ends_sentence(paragraph)) append_paragraph(text, paragraph);
        },
        [&](const GumboNode* block) {
          over = over || block == article;
          between = between && !over;
        },
        [&](const GumboNode* block) { between = between || (is(block, GUMBO_TAG_H1) && !over); }})
      .over(scope);
  return text;
}

const GumboNode* main_element(const GumboNode* root, const PageAsides& asides) {
  return MainElement().find(root, asides);
}

}  // namespace relata
