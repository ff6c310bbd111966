#pragma once
// What the formats of articles share: the usual names of their fields.

#include <optional>
#include <string>
#include <string_view>

#include "importers/importer.h"

namespace relata {

/// The part called "text", "title", "date", "author", "outlet", "url", "language" or "id".
std::optional<ArticleField> article_field_named(std::string_view name);

/// Fills `document` from one named value: the fields that `options` name, else the usual ones,
/// which are compared without case (docs/formats.md lists them). Others are passed over.
void take_article_field(text::Document& document, std::string_view name, std::string_view value,
                        const ImportOptions& options);

/// The ISO date that `text` begins with ("2024-12-27T10:00:00Z") or states in words ("Fri, 27 Dec
/// 2024 10:00:00 GMT", "December 27, 2024") or digits ("20241227", seconds or milliseconds since
/// 1970); "" when it states none.
std::string article_date(std::string_view text);

/// Fills what is empty in the document's metadata by `options.metadata`. `made`, when the file was
/// made ("" for unknown), is the date that stands when neither the text's first lines nor the user
/// tell one: a printed page is younger than what it says.
void fill_metadata(text::Document& document, const ImportOptions& options,
                   const std::string& made = "");

}  // namespace relata
