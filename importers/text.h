#pragma once
// Plain text: one input is one article, in UTF-8, in UTF-16 or UTF-32 with a byte-order mark, or in
// an encoding that ICU can tell, which is told; anything else is refused with its place.

#include "importers/importer.h"

namespace relata {

class PlainTextImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

}  // namespace relata
