#include "importers/text.h"

#include "graph/errors.h"
#include "importers/charset.h"
#include "importers/encoding.h"

namespace relata {

namespace {

/// Files of word processors that look like text, or are none, and are not read.
void refuse_documents(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with("{\\rtf")) {
    throw InputError(name, "byte 0",
                     "expected plain text, found Rich Text Format; save it as .docx, .odt or .txt");
  }
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    throw InputError(name, "byte 0",
                     "expected plain text, found a document of Word 97 or the like; save it as "
                     ".docx, .odt or .txt");
  }
  if (bytes.starts_with("<?xml") && bytes.substr(0, 4096).find("<office:document") != bytes.npos) {
    throw InputError(name, "byte 0",
                     "expected plain text, found a flat OpenDocument; save it as .odt or .txt");
  }
}

}  // namespace

void PlainTextImporter::read(std::istream& in, const std::string& name,
                             const ImportOptions& options, const ArticleSink& sink) const {
  text::Document document;
  document.id = name;
  std::string bytes = read_all(in, name);
  refuse_documents(bytes, name);
  document.text = decode_text(std::move(bytes), name, "", options.note);
  document.metadata = options.metadata;
  sink(std::move(document));
}

}  // namespace relata
