#pragma once
// Articles in a table: one a row, the columns named by the first row (importers/articles.h says
// which names are known).

#include "importers/importer.h"

namespace relata {

class CsvImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

}  // namespace relata
