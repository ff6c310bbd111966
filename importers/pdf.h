#pragma once
// PDF through poppler, which reads in a process of its own (importers/isolated.h): the text in the
// order of reading, columns one after the other, lines joined to paragraphs, words joined that were
// parted at a line's end, running heads and page numbers left out. Title, author and date from the
// file's own data. A file without text (a scan) is refused.

#include "importers/importer.h"

namespace relata {

class PdfImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for the mark of PDF.
bool looks_like_pdf(std::string_view head);

}  // namespace relata
