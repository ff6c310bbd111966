#pragma once
// Web archives (WARC 1.0 and 1.1, ISO 28500): one article for each page that a server answered with
// (HTML, status 2xx), and for each text extracted from a page (WET). Chunked and compressed answers
// are undone. The address is the page's canonical one, else the record's; the day of the crawl is
// not taken for the day of publication. Streams; a page may have at most 64 MiB, larger ones are
// left out and told.

#include "importers/importer.h"

namespace relata {

class WarcImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for what begins with a record.
bool looks_like_warc(std::string_view head);

}  // namespace relata
