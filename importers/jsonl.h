#pragma once
// Articles in JSON: one object a line (JSON lines), or one array of objects. Names of members as in
// importers/articles.h.

#include "importers/importer.h"

namespace relata {

class JsonlImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for JSON that begins with an array of objects, or with an object that has a text.
bool looks_like_json_articles(std::string_view head);

}  // namespace relata
