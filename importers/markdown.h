#pragma once
// Markdown (CommonMark with tables, through md4c): the text without its marks. Headings,
// paragraphs, items and rows become paragraphs; code blocks, HTML, addresses of links and pictures
// are left out. "title: ..." and the like between two lines "---" at the top (front matter) are the
// article's data.

#include "importers/importer.h"

namespace relata {

class MarkdownImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

}  // namespace relata
