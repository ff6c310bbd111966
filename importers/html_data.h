#pragma once
// What a saved page says of its article: title, date, author, outlet, address and language, from
// JSON-LD, then meta tags (OpenGraph and others), then microdata, then what stands beside the
// article for readers (heading, date, byline). What browsers note when they save a page gives the
// address where the page states none. Broken JSON-LD, which is common, is passed over.

#include <string>
#include <string_view>

#include "importers/html_tree.h"
#include "importers/text/document.h"

namespace relata {

/// Fills what is empty in `metadata` from the page at `root`. `article` is the element that holds
/// the article's text; null when none does. Linear in the page.
void read_page_data(const GumboNode* root, const GumboNode* article, text::Metadata& metadata);

/// The address that a browser noted at the top of a page when it was saved; "" when there is none.
std::string saved_address(std::string_view html);

}  // namespace relata
