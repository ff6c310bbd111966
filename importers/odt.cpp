#include "importers/odt.h"

#include <sstream>
#include <utility>

#include "graph/errors.h"
#include "importers/archive.h"
#include "importers/articles.h"
#include "importers/office_text.h"
#include "importers/xml_reader.h"
#include "importers/zip_members.h"

namespace relata {

namespace {

class Body final {
 public:
  std::string read(const std::string& xml, const std::string& name) {
    std::istringstream in(xml);
    XmlReader reader(in, name,
                     {[this](const XmlElement& element) { start(element.name); },
                      [this](std::string_view element, std::string_view) { end(element); },
                      [this](std::string_view text) {
                        if (skipped_ == 0 && paragraphs_ > 0) text_.put(text);
                      }});
    reader.read();
    if (!seen_body_) {
      throw InputError(name, "", "expected a text document, found another kind of file");
    }
    return text_.take();
  }

 private:
  static bool is_skipped(std::string_view element) {
    return element == "tracked-changes" || element == "annotation" || element == "note" ||
           element == "sequence-decls" || element == "table-of-content";
  }
  static bool is_paragraph(std::string_view element) { return element == "p" || element == "h"; }

  void start(std::string_view element) {
    if (element == "text") seen_body_ = true;
    if (is_skipped(element)) ++skipped_;
    if (skipped_ > 0) return;
    if (is_paragraph(element)) {
      text_.end_paragraph();
      ++paragraphs_;
    }
    if (element == "s" || element == "tab" || element == "line-break") text_.blank();
  }

  void end(std::string_view element) {
    if (is_skipped(element)) {
      --skipped_;
    } else if (skipped_ == 0 && is_paragraph(element)) {
      text_.end_paragraph();
      --paragraphs_;
    }
  }

  OfficeText text_;
  int skipped_ = 0;
  int paragraphs_ = 0;
  bool seen_body_ = false;
};

}  // namespace

void OdtImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                       const ArticleSink& sink) const {
  const auto members = read_zip_members(in, name, [](std::string_view member) {
    return member == "content.xml" || member == "meta.xml" || member == "META-INF/manifest.xml";
  });
  const auto manifest = members.find("META-INF/manifest.xml");
  if (manifest != members.end() && manifest->second.find("encryption-data") != std::string::npos) {
    throw InputError(name, "", "it is encrypted; save it without a password first");
  }
  const auto content = members.find("content.xml");
  if (content == members.end()) {
    throw InputError(name, "", "expected an OpenDocument text, found a ZIP without content.xml");
  }
  text::Document document;
  document.id = name;
  if (const auto meta = members.find("meta.xml"); meta != members.end()) {
    text::Metadata changed;
    read_properties(meta->second, name + "/meta.xml",
                    [&](std::string_view element, std::string_view text) {
                      // "creator" and "date" are those of the last change; the first writing
                      // counts.
                      const bool last = element == "creator" || element == "date";
                      take_dublin_core(last ? changed : document.metadata, element, text);
                    });
    if (document.metadata.author.empty()) document.metadata.author = changed.author;
    if (document.metadata.date.empty()) document.metadata.date = changed.date;
  }
  document.text = Body().read(content->second, name + "/content.xml");
  if (document.text.empty())
    throw InputError(name, "", "expected a document with text, found none");
  const std::string made = std::exchange(document.metadata.date, "");
  fill_metadata(document, options, made);
  sink(std::move(document));
}

bool looks_like_odt(std::string_view head) {
  return archive_kind_of(head) == ArchiveKind::zip &&
         head.find("mimetypeapplication/vnd.oasis.opendocument.text") != std::string_view::npos;
}

}  // namespace relata
