#pragma once
// Archives through libarchive: ZIP and tar, member by member, nothing written to disk. A member's
// name that would lead out of a folder (an absolute path, "..") is refused with the member; a ZIP's
// checksums are checked. At most a million members. One thread a call.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

#include "importers/pull_buffer.h"
#include "importers/unpack_budget.h"

namespace relata {

enum class ArchiveKind : std::uint8_t { none, zip, tar };

/// By the first bytes; a tar's mark stands at byte 257.
ArchiveKind archive_kind_of(std::string_view head);

/// One file of an archive, valid within the call that hands it out.
struct ArchiveMember {
  std::string name;    ///< "folder/file.txt", UTF-8 without control characters
  PullStream& stream;  ///< its bytes; reading throws InputError that names archive and member
  bool safe = true;    ///< false when the name leads out of the archive
};

/// Calls `visit` for every file of the archive in the order that they stand in; folders, links and
/// empty names are passed over. A member need not be read. ZIP needs a stream that can seek.
/// `name` is the archive's for errors. Throws InputError for an archive that is broken or
/// encrypted, FileError never; what `visit` throws passes through.
void walk_archive(std::istream& in, ArchiveKind kind, const std::string& name, UnpackBudget& budget,
                  const std::function<void(ArchiveMember&)>& visit);

}  // namespace relata
