#pragma once
// Word's documents (Office Open XML, ECMA-376): the running text of the main part with headings and
// tables; deleted text, comments, notes, headers and footers left out. Title, author and date from
// the document's properties.

#include "importers/importer.h"

namespace relata {

class DocxImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for a ZIP that begins as Word writes it.
bool looks_like_docx(std::string_view head);

}  // namespace relata
