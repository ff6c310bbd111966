#pragma once
// Mail: one message (eml) or a box of them (mbox), through GMime: multipart, quoted-printable,
// base64, charsets, encoded headers. Of the alternatives of a message its plain text is read, the
// HTML where there is none; attachments are left out, and so are quoted lines (">"), which are
// somebody else's message, and the signature behind "-- ". A forwarded message within is read with
// its own sender. Messages are limited to 256 MiB.

#include "importers/importer.h"

namespace relata {

class EmlImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

class MboxImporter final : public TextImporter {
 public:
  void read(std::istream& in, const std::string& name, const ImportOptions& options,
            const ArticleSink& sink) const override;
};

/// True for a beginning of header lines of which some only mail has.
bool looks_like_eml(std::string_view head);
/// True for a first line "From ADDRESS DATE" with header lines behind it.
bool looks_like_mbox(std::string_view head);

}  // namespace relata
