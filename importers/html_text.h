#pragma once
// The running text of a page: which of its parts are no text of the article (navigation, captions,
// notices, comments), and which element holds the article. An element's class speaks against it
// only as long as the element does not hold the page's heading or most of its text: many pages wrap
// their article in "has-sidebar" or "paywall".
//
// The article is the element with the most running text after twice the other text within it
// (links, labels, dates) is taken off, which is the smallest one around all paragraphs. Linear in
// the page.

#include <string>
#include <unordered_set>

#include "importers/html_tree.h"

namespace relata {

/// Tells which elements of one page are beside the text. Refers to the page's tree.
class PageAsides final {
 public:
  explicit PageAsides(const GumboNode* root);

  [[nodiscard]] bool is_aside(const GumboNode* element) const;

 private:
  std::unordered_set<const GumboNode*> asides_;  ///< by their class, as far as that counts
};

/// Parts that are beside the text by their element or role, whatever they hold.
bool is_aside_by_element(const GumboNode* element);

/// The text of `node`, paragraphs separated by an empty line, white space as one blank; without
/// asides, marks of footnotes and paragraphs that mostly consist of links.
std::string running_text(const GumboNode* node, const PageAsides& asides);

/// The innermost element around `article` that holds a heading of the page too, where date, byline
/// and lead stand; `article` itself when there is no heading, `root` when it is null.
const GumboNode* article_scope(const GumboNode* root, const GumboNode* article);

/// The paragraphs between the page's heading and `article`, which are its lead: sentences only.
std::string lead_text(const GumboNode* root, const GumboNode* article, const PageAsides& asides);

/// The element that holds the article; null when the page has no running text.
const GumboNode* main_element(const GumboNode* root, const PageAsides& asides);

}  // namespace relata
