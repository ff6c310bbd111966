#pragma once
// Feeds: RSS 2.0 and Atom, one article an item. The text is the fullest that the item has, its HTML
// stripped.

#include "importers/importer.h"

namespace relata {

class FeedImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for XML that has the root element of a feed in its first bytes.
bool looks_like_feed(std::string_view head);

}  // namespace relata
