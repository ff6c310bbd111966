#pragma once
// A page as gumbo's HTML5 parser sees it, and what is asked of its elements. The tree owns its
// nodes and their strings. Bounds keep hostile pages from exhausting stack and memory: 64 MiB,
// elements 2,000 deep, 4 million of them. Only for the files that read pages; pure functions.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <gumbo.h>

namespace relata {

constexpr std::size_t max_page_bytes = std::size_t{1} << 26U;

struct FreePageTree {
  void operator()(GumboOutput* output) const;
};
using PageTree = std::unique_ptr<GumboOutput, FreePageTree>;

/// The tree of the page `html`, valid UTF-8, called `name` in errors. `html` has to outlive it.
/// Throws InputError when the page is beyond the bounds.
PageTree parse_page(std::string_view html, const std::string& name);

/// True for elements, templates among them; false for text, comments and the document.
bool is_element(const GumboNode* node);
bool is(const GumboNode* node, GumboTag tag);

/// The element's attribute; "" with null data when it has none.
std::string_view attribute(const GumboNode* node, const char* name);

/// The element's class and id, lowered, with a blank between them.
std::string marks_of(const GumboNode* node);

/// Calls `visit` with each child of an element; for others does nothing.
template <class Visit>
void for_children(const GumboNode* node, Visit visit) {
  if (!is_element(node)) return;
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    visit(static_cast<const GumboNode*>(children.data[i]));
  }
}

}  // namespace relata
