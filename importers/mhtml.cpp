#include "importers/mhtml.h"

#include <gmime/gmime.h>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/encoding.h"
#include "importers/html.h"
#include "importers/mime.h"

namespace relata {

namespace {

constexpr std::size_t max_bytes = std::size_t{1} << 28U;

bool is_page(GMimeObject* object) {
  GMimeContentType* const type = g_mime_object_get_content_type(object);
  return GMIME_IS_PART(object) &&
         (g_mime_content_type_is_type(type, "text", "html") != 0 ||
          g_mime_content_type_is_type(type, "application", "xhtml+xml") != 0);
}

/// The first page in the order of the file; null when there is none.
GMimePart* first_page(GMimeObject* object, int depth = 0) {
  if (object == nullptr || depth > max_mime_nesting) return nullptr;
  if (is_page(object)) return GMIME_PART(object);
  if (!GMIME_IS_MULTIPART(object)) return nullptr;
  GMimeMultipart* const multipart = GMIME_MULTIPART(object);
  for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) {
    GMimePart* const page = first_page(g_mime_multipart_get_part(multipart, i), depth + 1);
    if (page != nullptr) return page;
  }
  return nullptr;
}

}  // namespace

void MhtmlImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                         const ArticleSink& sink) const {
  const std::string bytes = read_all(in, name, max_bytes);
  bool cut_off = false;
  const MimeHeld<GMimeMessage> message = parse_mime(bytes, name, cut_off);
  if (cut_off && options.note) {
    options.note(name + ": it looks cut off; read as far as it goes");
  }
  GMimePart* const page = first_page(g_mime_message_get_mime_part(message.get()));
  if (page == nullptr) {
    throw InputError(name, "", "expected a page saved as one file, found no page in it");
  }
  const char* const charset =
      g_mime_object_get_content_type_parameter(GMIME_OBJECT(page), "charset");
  text::Document document =
      read_page(mime_content(page), name, charset == nullptr ? "" : charset, options);
  for (const std::string& address :
       {mime_header(GMIME_OBJECT(message.get()), "Snapshot-Content-Location"),
        mime_header(GMIME_OBJECT(page), "Content-Location")}) {
    if (document.metadata.url.empty() && address.starts_with("http")) {
      document.metadata.url = address;
    }
  }
  sink(std::move(document));
}

bool looks_like_mhtml(std::string_view head) {
  const std::string lines = lower(head);
  const std::size_t end = std::min(lines.find("\n\n"), lines.find("\n\r\n"));
  const std::string_view headers = std::string_view(lines).substr(0, end);
  return headers.find("multipart/related") != std::string_view::npos &&
         (headers.find("snapshot-content-location:") != std::string_view::npos ||
          headers.starts_with("from: <saved by "));
}

}  // namespace relata
