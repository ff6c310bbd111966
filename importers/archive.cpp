#include "importers/archive.h"

#include <cerrno>
#include <exception>
#include <istream>
#include <memory>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include "graph/errors.h"
#include "importers/encoding.h"

namespace relata {

namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 16U;
constexpr std::size_t max_members = 1000000;
constexpr std::size_t max_name = 4096;

struct FreeArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

/// The side of libarchive that reads. Exceptions must not pass through it, which is C: they are
/// kept and thrown after it has given up.
struct Feed {
  std::istream& in;
  std::exception_ptr error;
  std::vector<char> piece = std::vector<char>(piece_bytes);

  template <class Action>
  std::int64_t guarded(archive* handle, Action action) {
    try {
      return action();
    } catch (...) {
      error = std::current_exception();
      archive_set_error(handle, EIO, "reading it failed");
      return ARCHIVE_FATAL;
    }
  }

  static la_ssize_t read(archive* handle, void* user, const void** buffer) {
    auto& feed = *static_cast<Feed*>(user);
    return feed.guarded(handle, [&]() -> std::int64_t {
      *buffer = feed.piece.data();
      if (!feed.in) return 0;
      feed.in.read(feed.piece.data(), static_cast<std::streamsize>(feed.piece.size()));
      return feed.in.gcount();
    });
  }

  static la_int64_t seek(archive* handle, void* user, la_int64_t offset, int whence) {
    auto& feed = *static_cast<Feed*>(user);
    return feed.guarded(handle, [&]() -> std::int64_t {
      feed.in.clear();
      feed.in.seekg(offset, whence == SEEK_SET   ? std::ios::beg
                            : whence == SEEK_CUR ? std::ios::cur
                                                 : std::ios::end);
      return feed.in.tellg();
    });
  }
};

/// Bytes that are no UTF-8 become U+FFFD, control characters "_", and "\" the "/" it stands for.
std::string readable_name(std::string_view raw) {
  std::string name;
  for (std::size_t i = 0; i < raw.size() && name.size() < max_name;) {
    const std::size_t length = utf8_character(raw.substr(i));
    if (length == 0) {
      append_utf8(name, 0xFFFD);
      ++i;
      continue;
    }
    const char c = raw[i];
    if (length == 1 && (static_cast<unsigned char>(c) < 0x20U || c == '\x7F')) {
      name += '_';
    } else if (c == '\\') {
      name += '/';
    } else {
      name += raw.substr(i, length);
    }
    i += length;
  }
  while (name.starts_with("./")) name.erase(0, 2);
  return name;
}

bool leads_out(std::string_view name) {
  if (name.starts_with('/') || (name.size() > 1 && name[1] == ':')) return true;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    if (name.substr(begin, end - begin) == "..") return true;
    begin = end + 1;
  }
  return false;
}

std::string name_of(archive_entry* entry) {
  if (const char* const utf8 = archive_entry_pathname_utf8(entry)) return readable_name(utf8);
  if (const char* const raw = archive_entry_pathname(entry)) return readable_name(raw);
  return "";
}

class Walk final {
 public:
  Walk(std::istream& in, const std::string& name, UnpackBudget& budget)
      : feed_{in, nullptr}, name_(name), budget_(budget), handle_(archive_read_new()) {
    if (handle_ == nullptr) throw std::bad_alloc();
  }

  void run(ArchiveKind kind, const std::function<void(ArchiveMember&)>& visit) {
    if (kind == ArchiveKind::zip) {
      archive_read_support_format_zip_seekable(handle_.get());
      archive_read_set_seek_callback(handle_.get(), Feed::seek);
    } else {
      archive_read_support_format_tar(handle_.get());
    }
    archive_read_set_read_callback(handle_.get(), Feed::read);
    archive_read_set_callback_data(handle_.get(), &feed_);
    check(archive_read_open1(handle_.get()), name_);
    for (std::size_t members = 0;; ++members) {
      archive_entry* entry = nullptr;
      const int result = archive_read_next_header(handle_.get(), &entry);
      if (result == ARCHIVE_EOF) return;
      // A warning is told of names and times in forms that this system does not know.
      if (result != ARCHIVE_WARN) check(result, name_);
      if (members == max_members) {
        throw InputError(name_, "", "expected an archive of at most a million files, found more");
      }
      if (archive_entry_filetype(entry) == AE_IFREG) member(entry, visit);
    }
  }

 private:
  void member(archive_entry* entry, const std::function<void(ArchiveMember&)>& visit) {
    const std::string member_name = name_of(entry);
    if (member_name.empty()) return;
    const std::string full = name_ + "/" + member_name;
    if (archive_entry_is_encrypted(entry) != 0) {
      throw InputError(full, "", "it is encrypted; unpack it with its password first");
    }
    PullStream stream([&](char* target, std::size_t capacity) {
      const la_ssize_t count = archive_read_data(handle_.get(), target, capacity);
      if (count < 0) check(static_cast<int>(count), full);
      budget_.unpacked(static_cast<std::uint64_t>(count), full);
      return static_cast<std::size_t>(count);
    });
    ArchiveMember member{member_name, stream, !leads_out(member_name)};
    visit(member);
  }

  void check(int result, const std::string& name) {
    if (result >= ARCHIVE_OK) return;
    if (feed_.error) std::rethrow_exception(std::exchange(feed_.error, nullptr));
    const char* const reason = archive_error_string(handle_.get());
    throw InputError(name, "",
                     fmt::format("expected a sound archive, found a fault: {}",
                                 reason != nullptr ? reason : "it cannot be read"));
  }

  Feed feed_;
  std::string name_;
  UnpackBudget& budget_;
  std::unique_ptr<archive, FreeArchive> handle_;
};

}  // namespace

ArchiveKind archive_kind_of(std::string_view head) {
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return ArchiveKind::zip;
  if (head.size() > 262 && head.substr(257, 5) == "ustar") return ArchiveKind::tar;
  return ArchiveKind::none;
}

void walk_archive(std::istream& in, ArchiveKind kind, const std::string& name, UnpackBudget& budget,
                  const std::function<void(ArchiveMember&)>& visit) {
  Walk(in, name, budget).run(kind, visit);
}

}  // namespace relata
