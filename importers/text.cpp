#include "importers/text.h"

#include "importers/encoding.h"

namespace relata {

void PlainTextImporter::read(std::istream& in, const std::string& name,
                             const ImportOptions& options, const ArticleSink& sink) const {
  text::Document document;
  document.id = name;
  document.text = to_utf8(read_all(in, name), name);
  document.metadata = options.metadata;
  sink(std::move(document));
}

}  // namespace relata
