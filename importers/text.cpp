#include "importers/text.h"

#include "importers/charset.h"
#include "importers/encoding.h"

namespace relata {

void PlainTextImporter::read(std::istream& in, const std::string& name,
                             const ImportOptions& options, const ArticleSink& sink) const {
  text::Document document;
  document.id = name;
  document.text = decode_text(read_all(in, name), name, "", options.note);
  document.metadata = options.metadata;
  sink(std::move(document));
}

}  // namespace relata
