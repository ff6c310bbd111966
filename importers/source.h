#pragma once
// From one input to the files in it: compressed ones (.gz, .zst) are unpacked, archives (ZIP, tar)
// walked, archives within archives too, at most four deep. What it may unpack to is bounded by
// importers/unpack_budget.h. Nothing is written to disk; files compressed or in a tar are streamed,
// a ZIP within something else is held in memory.

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "importers/importer.h"

namespace relata {

/// One file to read, valid within the call that hands it out.
struct SourceFile {
  std::string name;         ///< "news.zip/a.html": for ids and errors, archive and member
  std::string format_name;  ///< the name without ".gz" and the like, which tells the format
  std::string head;         ///< its first bytes, at most 4,096
  std::istream& stream;     ///< from its beginning
  bool in_archive = false;  ///< found by walking an archive
};

using SourceVisitor = std::function<void(SourceFile&)>;

/// Calls `visit` for each file in the input `in`, called `name`, which begins with `head`. Hidden
/// files in archives are passed over, and so is what a browser saved beside a page that comes
/// first. An InputError of `visit` about a member of an archive leaves that member out and is told
/// to `note`; everything else is thrown.
void walk_source(std::istream& in, const std::string& name, std::string_view head,
                 const SourceVisitor& visit, const NoteSink& note);

/// "Title" of "Title_files", the folder that a browser saves beside "Title.html" with pictures,
/// scripts and the pages of advertisements; "" for other names. Only where that page is there, too,
/// is it such a folder.
std::string page_of_folder(std::string_view folder);

/// True for input whose packing has to be undone by walk_source before it can be read.
bool is_packed(std::string_view name, std::string_view head);

}  // namespace relata
