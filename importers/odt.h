#pragma once
// LibreOffice's documents (OpenDocument text, ISO 26300): the running text with headings, lists and
// tables; deleted text, comments and notes left out. Title, author, date and language from the
// document's properties.

#include "importers/importer.h"

namespace relata {

class OdtImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for a ZIP that states the type of such a document first.
bool looks_like_odt(std::string_view head);

}  // namespace relata
