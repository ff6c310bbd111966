#pragma once
// Plain text: one input is one article. UTF-8 with or without a byte-order mark, UTF-16 and UTF-32
// with one. Anything else is refused with its place rather than guessed at.

#include "importers/importer.h"

namespace relata {

class PlainTextImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

}  // namespace relata
