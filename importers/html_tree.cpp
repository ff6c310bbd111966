#include "importers/html_tree.h"

#include <algorithm>
#include <array>

#include "graph/ascii.h"
#include "graph/errors.h"

namespace relata {

namespace {

// The parser frees its tree by recursion, so the depth has to be bounded beforehand.
constexpr std::size_t max_nesting = 2000;
constexpr std::size_t max_elements = 4000000;

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

}  // namespace

void FreePageTree::operator()(GumboOutput* output) const {
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}

PageTree parse_page(std::string_view html, const std::string& name) {
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
  return PageTree(gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()));
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

std::string marks_of(const GumboNode* node) {
  return lower(attribute(node, "class")) + " " + lower(attribute(node, "id"));
}

}  // namespace relata
