#pragma once
// Books and magazines in EPUB: one article a chapter, in the order of reading, with the
// publication's title, author, date, publisher and language. Tables of contents are left out.

#include "importers/importer.h"

namespace relata {

class EpubImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for a ZIP that states the type of such a publication first.
bool looks_like_epub(std::string_view head);

}  // namespace relata
