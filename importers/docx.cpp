#include "importers/docx.h"

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

/// The main part's name, which the package states in its relations.
std::string main_part(const std::string& relations, const std::string& name) {
  std::string part;
  std::istringstream in(relations);
  XmlReader(in, name + "/_rels/.rels",
            {[&](const XmlElement& element) {
               if (element.name == "Relationship" &&
                   element.attribute("Type").ends_with("/officeDocument")) {
                 part = member_path("", element.attribute("Target"));
               }
             },
             [](std::string_view, std::string_view) {}})
      .read();
  return part;
}

class Body final {
 public:
  std::string read(const std::string& xml, const std::string& name) {
    std::istringstream in(xml);
    XmlReader reader(in, name,
                     {[this](const XmlElement& element) { start(element.name); },
                      [this](std::string_view element, std::string_view) { end(element); },
                      [this](std::string_view text) {
                        if (skipped_ == 0 && in_text_) text_.put(text);
                      }});
    reader.read();
    return text_.take();
  }

 private:
  /// What was deleted, moved away, or stands twice for older readers.
  static bool is_skipped(std::string_view element) {
    return element == "del" || element == "moveFrom" || element == "Fallback";
  }

  void start(std::string_view element) {
    if (is_skipped(element)) ++skipped_;
    if (element == "p") text_.end_paragraph();  // a text box stands within a paragraph
    in_text_ = element == "t";
    if (skipped_ > 0) return;
    if (element == "tab" || element == "br" || element == "cr") text_.blank();
    if (element == "noBreakHyphen") text_.put("-");
  }

  void end(std::string_view element) {
    if (is_skipped(element)) --skipped_;
    if (element == "p") text_.end_paragraph();
    in_text_ = false;
  }

  OfficeText text_;
  int skipped_ = 0;
  bool in_text_ = false;
};

}  // namespace

void DocxImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                        const ArticleSink& sink) const {
  const auto members = read_zip_members(in, name, [](std::string_view member) {
    return member == "_rels/.rels" || member == "docProps/core.xml" ||
           (member.ends_with(".xml") && member.find("document") != std::string_view::npos);
  });
  const auto relations = members.find("_rels/.rels");
  const std::string part = relations == members.end() ? "" : main_part(relations->second, name);
  const auto body = members.find(part);
  if (body == members.end()) {
    throw InputError(name, "",
                     part.empty() ? std::string("expected a Word document, found a ZIP without one")
                                  : "expected the main part " + part + ", which is missing");
  }
  text::Document document;
  document.id = name;
  if (const auto core = members.find("docProps/core.xml"); core != members.end()) {
    read_properties(core->second, name + "/docProps/core.xml",
                    [&](std::string_view element, std::string_view text) {
                      take_dublin_core(document.metadata, element, text);
                    });
  }
  document.text = Body().read(body->second, name + "/" + part);
  if (document.text.empty())
    throw InputError(name, "", "expected a document with text, found none");
  const std::string made = std::exchange(document.metadata.date, "");
  fill_metadata(document, options, made);
  sink(std::move(document));
}

bool looks_like_docx(std::string_view head) {
  return archive_kind_of(head) == ArchiveKind::zip &&
         head.find("word/document") != std::string_view::npos;
}

}  // namespace relata
