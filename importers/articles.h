#pragma once
// What the formats of articles share: the usual names of their fields.

#include <string>
#include <string_view>

#include "importers/importer.h"

namespace relata {

/// Fills `document` from one named value; names are compared without case. Known: id; text, body,
/// content, articleBody, ...; title, headline; date, published, pubDate, ...; author, byline; url,
/// link; outlet, source, publisher; language, lang. Others are passed over. `text_field` is the
/// name of the text when the user gives one, "" for the usual ones.
void take_article_field(text::Document& document, std::string_view name, std::string_view value,
                        const std::string& text_field);

/// The ISO date that `text` begins with ("2024-12-27T10:00:00Z") or that it states as RFC 822 does
/// ("Fri, 27 Dec 2024 10:00:00 GMT"); "" when it is neither.
std::string article_date(std::string_view text);

/// Fills what is empty in the document's metadata by `options.metadata`.
void fill_metadata(text::Document& document, const ImportOptions& options);

}  // namespace relata
