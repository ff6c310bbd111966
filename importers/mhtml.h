#pragma once
// Web pages that a browser saved with everything in them in one file (MHTML): the first page in it
// is the article, read as html reads it, with the address that the file states.

#include "importers/importer.h"

namespace relata {

class MhtmlImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for header lines of such a file, which are those of a mail with related parts beside a
/// stated address.
bool looks_like_mhtml(std::string_view head);

}  // namespace relata
