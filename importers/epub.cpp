#include "importers/epub.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "graph/errors.h"
#include "importers/archive.h"
#include "importers/articles.h"
#include "importers/charset.h"
#include "importers/html.h"
#include "importers/office_text.h"
#include "importers/xml_reader.h"
#include "importers/zip_members.h"

namespace relata {

namespace {

using Members = std::map<std::string, std::string>;

/// The package file, which the container names.
std::string package_path(const Members& members, const std::string& name) {
  const auto container = members.find("META-INF/container.xml");
  if (container == members.end()) {
    throw InputError(name, "",
                     "expected a publication, found a ZIP without META-INF/container.xml");
  }
  std::string path;
  std::istringstream in(container->second);
  XmlReader(in, name + "/META-INF/container.xml",
            {[&](const XmlElement& element) {
               if (element.name == "rootfile" && path.empty()) {
                 path = member_path("", element.attribute("full-path"));
               }
             },
             [](std::string_view, std::string_view) {}})
      .read();
  return path;
}

/// What a package says: data of the publication and its chapters in the order of reading.
struct Package {
  text::Metadata metadata;
  std::vector<std::string> chapters;
};

Package read_package(const std::string& xml, const std::string& path, const std::string& name) {
  Package package;
  std::map<std::string, std::string> items;
  std::set<std::string> known;
  bool in_metadata = false;
  std::istringstream in(xml);
  XmlReader(in, name + "/" + path,
            {[&](const XmlElement& element) {
               if (element.name == "metadata") in_metadata = true;
               const bool contents =
                   element.attribute("properties").find("nav") != std::string::npos;
               if (element.name == "item" && !contents) {
                 items[std::string(element.attribute("id"))] =
                     member_path(path, element.attribute("href"));
               } else if (element.name == "itemref" && element.attribute("linear") != "no") {
                 const auto item = items.find(std::string(element.attribute("idref")));
                 // Each chapter once, however often it is named.
                 if (item != items.end() && known.insert(item->second).second) {
                   package.chapters.push_back(item->second);
                 }
               }
             },
             [&](std::string_view element, std::string_view text) {
               if (element == "metadata") in_metadata = false;
               if (in_metadata) take_dublin_core(package.metadata, element, text);
             }})
      .read();
  return package;
}

/// XHTML for a parser of HTML, to which "<a id="p1"/>" opens an element that nothing closes: empty
/// elements get their end tags, except those that never have one.
std::string with_end_tags(std::string_view xhtml) {
  static constexpr std::array<std::string_view, 12> without = {
      "br", "img", "hr", "input", "meta", "link", "col", "area", "base", "wbr", "source", "embed"};
  std::string result;
  std::size_t from = 0;
  for (std::size_t open = xhtml.find('<'); open != std::string_view::npos;
       open = xhtml.find('<', open + 1)) {
    const std::size_t close = xhtml.find_first_of("<>", open + 1);
    if (close == std::string_view::npos) break;
    if (xhtml[close] != '>' || xhtml[close - 1] != '/' || close == open + 1) continue;
    const std::size_t name_end = std::min(xhtml.find_first_of(" \t\r\n/", open + 1), close);
    const std::string_view tag = xhtml.substr(open + 1, name_end - open - 1);
    const bool named = !tag.empty() && tag[0] >= 'a' && tag[0] <= 'z';
    if (!named || std::find(without.begin(), without.end(), tag) != without.end()) continue;
    result += xhtml.substr(from, close - 1 - from);
    result.append("></").append(tag) += '>';
    from = close + 1;
  }
  return result.append(xhtml.substr(from));
}

}  // namespace

void EpubImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                        const ArticleSink& sink) const {
  const Members members = read_zip_members(in, name, [](std::string_view member) {
    return member == "META-INF/container.xml" || member.ends_with(".opf") ||
           member.ends_with(".xhtml") || member.ends_with(".html") || member.ends_with(".htm") ||
           member.ends_with(".xml");
  });
  if (members.count("META-INF/encryption.xml") > 0 && members.count("META-INF/rights.xml") > 0) {
    throw InputError(name, "", "it is locked by rights management");
  }
  const std::string path = package_path(members, name);
  const auto opf = members.find(path);
  if (opf == members.end()) {
    throw InputError(name, "", "expected the package " + path + ", which is missing");
  }
  const Package package = read_package(opf->second, path, name);
  std::size_t count = 0;
  for (const std::string& chapter : package.chapters) {
    const auto member = members.find(chapter);
    if (member == members.end()) {
      if (options.note) {
        options.note(fmt::format("left out {}/{}: the book names it and lacks it", name, chapter));
      }
      continue;
    }
    text::Document document;
    document.id = fmt::format("{}/{}", name, chapter);
    document.text = html_text(
        with_end_tags(decode_text(member->second, document.id, "utf-8", options.note, true)),
        document.id);
    if (document.text.empty()) continue;
    document.metadata = package.metadata;
    fill_metadata(document, options);
    sink(std::move(document));
    ++count;
  }
  if (count == 0) throw InputError(name, "", "expected a book with text, found none");
}

bool looks_like_epub(std::string_view head) {
  return archive_kind_of(head) == ArchiveKind::zip &&
         head.find("mimetypeapplication/epub+zip") != std::string_view::npos;
}

}  // namespace relata
