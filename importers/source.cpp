#include "importers/source.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <unordered_set>

#include <fmt/format.h>

#include "graph/errors.h"
#include "importers/archive.h"
#include "importers/compressed.h"
#include "importers/encoding.h"

namespace relata {

namespace {

constexpr std::size_t head_bytes = 4096;
constexpr int max_depth = 4;

/// A word processor's file or a book is a ZIP too, but one text.
bool is_document(std::string_view format_name, std::string_view head) {
  const ImportFormat* const format = import_format_of(format_name, head);
  return format != nullptr && format->is_zip;
}

ArchiveKind archive_in(std::string_view format_name, std::string_view head) {
  const ArchiveKind kind = archive_kind_of(head);
  return kind == ArchiveKind::zip && is_document(format_name, head) ? ArchiveKind::none : kind;
}

/// "a.html" of "a.html.gz", "a.tar" of "a.tgz".
std::string unpacked_name(const std::string& name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> endings = {
      {{".gz", ""}, {".tgz", ".tar"}, {".zst", ""}, {".tzst", ".tar"}, {".zstd", ""}}};
  for (const auto& [ending, instead] : endings) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      return name.substr(0, name.size() - ending.size()) + std::string(instead);
    }
  }
  return name;
}

/// As in folders: a name that begins with a dot; ".." is none, and is told.
bool is_hidden(std::string_view name) {
  if (name.starts_with("__MACOSX/")) return true;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part.starts_with('.') && part != "..") return true;
    begin = end + 1;
  }
  return false;
}

/// The pages of an archive so far, and what a browser saved beside them.
class SavedPages final {
 public:
  /// True for a member in the folder of a page that was seen before.
  bool is_beside_page(const std::string& member) {
    for (std::size_t end = member.find('/'); end != std::string::npos;
         end = member.find('/', end + 1)) {
      const std::size_t slash = end == 0 ? std::string::npos : member.rfind('/', end - 1);
      const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
      const std::string page = page_of_folder(member.substr(begin, end - begin));
      if (!page.empty() && pages_.count(member.substr(0, begin) + page) > 0) return true;
    }
    for (const std::string_view extension : {".html", ".htm", ".xhtml"}) {
      if (member.ends_with(extension)) {
        pages_.insert(member.substr(0, member.size() - extension.size()));
      }
    }
    return false;
  }

 private:
  std::unordered_set<std::string> pages_;
};

/// What an importer may find wrong with a member; it still has to be told apart from errors of the
/// archive around it, which end the walk by themselves at the next member.
class Walk final {
 public:
  Walk(const SourceVisitor& visit, const NoteSink& note) : visit_(visit), note_(note) {}

  UnpackBudget& budget() { return budget_; }

  void file(std::istream& in, const std::string& name, const std::string& format_name,
            std::string_view head, bool in_archive, int depth) {
    const Compression compression = compression_of(head);
    const ArchiveKind archive = archive_in(format_name, head);
    if (compression == Compression::none && archive == ArchiveKind::none) {
      SourceFile file{name, format_name, std::string(head), in, in_archive};
      return visit_(file);
    }
    if (depth == max_depth) {
      throw InputError(
          name, "", fmt::format("expected archives nested at most {} deep, found more", max_depth));
    }
    if (compression != Compression::none) {
      PullStream unpacked(decompress(in, compression, name, budget_));
      const std::string unpacked_head(unpacked.head(head_bytes));
      return file(unpacked, name, unpacked_name(format_name), unpacked_head, in_archive, depth + 1);
    }
    if (archive == ArchiveKind::zip && in.tellg() == std::istream::pos_type(-1)) {
      in.clear();
      std::istringstream whole(read_all(in, name));
      return members(whole, archive, name, depth);
    }
    members(in, archive, name, depth);
  }

 private:
  void members(std::istream& in, ArchiveKind kind, const std::string& name, int depth) {
    SavedPages pages;
    walk_archive(in, kind, name, budget_, [&](ArchiveMember& member) {
      if (is_hidden(member.name) || pages.is_beside_page(member.name)) return;
      const std::string full = name + "/" + member.name;
      try {
        if (!member.safe) {
          throw InputError(full, "",
                           "expected a name within the archive, found one that leads out");
        }
        const std::string head(member.stream.head(head_bytes));
        file(member.stream, full, member.name, head, true, depth + 1);
      } catch (const InputError& error) {
        if (budget_.exceeded()) throw;
        if (note_) note_(std::string("left out ") + error.what());
      }
    });
  }

  const SourceVisitor& visit_;
  const NoteSink& note_;
  UnpackBudget budget_;
};

}  // namespace

std::string page_of_folder(std::string_view folder) {
  // As browsers call it in English, German, French, Spanish and Dutch.
  for (const std::string_view ending :
       {"_files", "-Dateien", "_fichiers", "_archivos", "_bestanden"}) {
    if (folder.size() > ending.size() && folder.ends_with(ending)) {
      return std::string(folder.substr(0, folder.size() - ending.size()));
    }
  }
  return "";
}

bool is_packed(std::string_view name, std::string_view head) {
  return compression_of(head) != Compression::none || archive_in(name, head) != ArchiveKind::none;
}

void walk_source(std::istream& in, const std::string& name, std::string_view head,
                 const SourceVisitor& visit, const NoteSink& note) {
  if (!is_packed(name, head)) {
    SourceFile file{name, name, std::string(head), in, false};
    return visit(file);
  }
  Walk walk(visit, note);
  if (archive_in(name, head) == ArchiveKind::zip && in.tellg() != std::istream::pos_type(-1)) {
    in.seekg(0, std::ios::end);
    walk.budget().packed(static_cast<std::uint64_t>(in.tellg()));
    in.seekg(0);
    return walk.file(in, name, name, head, false, 0);
  }
  in.clear();
  PullStream counted([&](char* target, std::size_t capacity) {
    in.read(target, static_cast<std::streamsize>(capacity));
    if (in.bad()) throw InputError(name, "", "reading it failed");
    walk.budget().packed(static_cast<std::uint64_t>(in.gcount()));
    return static_cast<std::size_t>(in.gcount());
  });
  const std::string own_head(counted.head(head_bytes));
  walk.file(counted, name, name, own_head, false, 0);
}

}  // namespace relata
