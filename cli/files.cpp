#include "cli/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <set>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "graph/errors.h"
#include "importers/pull_buffer.h"
#include "importers/source.h"

namespace relata::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t head_bytes = 4096;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string read_all(std::istream& in) {
  std::ostringstream all;
  if (in.peek() != std::istream::traits_type::eof()) all << in.rdbuf();
  return std::move(all).str();
}

[[noreturn]] void refuse(const std::string& path) {
  throw CommandError(failed, fmt::format("{} is there already", path), "--overwrite replaces it");
}

}  // namespace

DescriptorBuffer::DescriptorBuffer(int descriptor, std::string name)
    : descriptor_(descriptor), name_(std::move(name)), buffer_(capacity) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

void DescriptorBuffer::write_out(const char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t done = ::write(descriptor_, bytes, count);
    if (done < 0) {
      if (errno == EINTR) continue;
      const int reason = errno;
      setp(buffer_.data(), buffer_.data() + buffer_.size());  // what is lost is not tried again
      throw FileError("write to", name_, reason);
    }
    bytes += done;
    count -= static_cast<std::size_t>(done);
  }
}

void DescriptorBuffer::drain() {
  const auto count = static_cast<std::size_t>(pptr() - pbase());
  if (count > 0) write_out(pbase(), count);
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type c) {
  drain();
  if (!traits_type::eq_int_type(c, traits_type::eof())) {
    *pptr() = traits_type::to_char_type(c);
    pbump(1);
  }
  return traits_type::not_eof(c);
}

int DescriptorBuffer::sync() {
  drain();
  return 0;
}

std::streamsize DescriptorBuffer::xsputn(const char* bytes, std::streamsize count) {
  const auto size = static_cast<std::size_t>(count);
  if (size > static_cast<std::size_t>(epptr() - pptr())) drain();
  if (size >= capacity) {
    write_out(bytes, size);
  } else {
    std::memcpy(pptr(), bytes, size);
    pbump(static_cast<int>(size));
  }
  return count;
}

OutputFile::OutputFile(std::string path, bool overwrite)
    : path_(std::move(path)),
      overwrite_(overwrite),
      descriptor_(open()),
      buffer_(descriptor_, path_),
      stream_(&buffer_) {
  stream_.exceptions(std::ios::badbit);
}

int OutputFile::open() {
  struct stat status {};
  if (::stat(path_.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) throw FileError("write to", path_, EISDIR);
    straight_ = !S_ISREG(status.st_mode);
    if (!straight_ && !overwrite_) refuse(path_);
  }
  if (straight_) {
    const int descriptor = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) throw FileError("write to", path_, errno);
    return descriptor;
  }
  // A symbolic link stays one: what it points at is replaced.
  std::error_code ignored;
  if (fs::is_symlink(path_, ignored)) {
    const fs::path target = fs::weakly_canonical(path_, ignored);
    if (!ignored) path_ = target.string();
  }
  const std::string folder = folder_of(path_);
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (descriptor >= 0) {
    nameless_ = true;
    return descriptor;
  }
  if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) {
    throw FileError("write to", path_, errno);
  }
  temporary_ = fmt::format("{}.{}.part", path_, ::getpid());
  descriptor = ::open(temporary_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    temporary_.clear();
    throw FileError("write to", path_, errno);
  }
  return descriptor;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::link_into_place() {
  if (nameless_) {
    const std::string self = fmt::format("/proc/self/fd/{}", descriptor_);
    const auto link_to = [&](const std::string& name) {
      return ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    };
    if (!overwrite_) {
      if (link_to(path_)) return;
      if (errno == EEXIST) refuse(path_);
      throw FileError("write to", path_, errno);
    }
    temporary_ = fmt::format("{}.{}.part", path_, ::getpid());
    if (!link_to(temporary_)) {
      const int reason = errno;
      temporary_.clear();
      throw FileError("write to", path_, reason);
    }
  }
  const bool done = overwrite_ ? ::rename(temporary_.c_str(), path_.c_str()) == 0
                               : ::link(temporary_.c_str(), path_.c_str()) == 0;
  if (!done) {
    if (errno == EEXIST) refuse(path_);
    throw FileError("rename", path_, errno);
  }
  if (overwrite_) temporary_.clear();
}

void OutputFile::commit() {
  stream_.flush();
  if (straight_) return;
  if (::fsync(descriptor_) != 0) throw FileError("write to", path_, errno);
  link_into_place();
  const int folder = ::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    // The data is safe; only the new name may be lost in a power failure right now, so a file
    // system that cannot sync folders is no error.
    ::fsync(folder);
    ::close(folder);
  }
}

Input open_input(const std::string& path, std::istream& standard_input) {
  Input input;
  // What cannot be read twice is read as it comes, so that it may be of any length; its beginning
  // is looked at within the stream's buffer.
  const auto as_it_comes = [&input, &path](std::function<std::istream&()> source) {
    auto stream = std::make_unique<PullStream>(
        [source = std::move(source), path](char* target, std::size_t capacity) {
          std::istream& in = source();
          in.read(target, static_cast<std::streamsize>(capacity));
          if (in.bad()) throw FileError("read", path, errno != 0 ? errno : EIO);
          return static_cast<std::size_t>(in.gcount());
        });
    input.head = stream->head(head_bytes);
    input.stream = std::move(stream);
  };
  if (path == "-") {
    input.name = "standard input";
    as_it_comes([&standard_input]() -> std::istream& { return standard_input; });
    return input;
  }
  input.name = path;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw FileError("read", path, errno);
  if (S_ISDIR(status.st_mode)) throw FileError("read", path, EISDIR);
  errno = 0;
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) throw FileError("read", path, errno != 0 ? errno : EIO);
  if (!S_ISREG(status.st_mode)) {
    as_it_comes([file = std::shared_ptr<std::ifstream>(std::move(file))]() -> std::istream& {
      return *file;
    });
    return input;
  }
  input.head.resize(head_bytes);
  file->read(input.head.data(), static_cast<std::streamsize>(head_bytes));
  if (file->bad()) throw FileError("read", path, errno != 0 ? errno : EIO);
  input.head.resize(static_cast<std::size_t>(file->gcount()));
  file->clear();
  file->seekg(0);
  input.stream = std::move(file);
  return input;
}

std::string read_file(const std::string& path) {
  std::istringstream none;
  const Input input = open_input(path, none);
  return read_all(*input.stream);
}

namespace {

/// True for the folder that a browser saved beside a page.
bool belongs_to_page(const fs::path& folder) {
  const std::string page = page_of_folder(folder.filename().string());
  if (page.empty()) return false;
  const auto there = [&](const char* extension) {
    std::error_code error;
    return fs::is_regular_file(folder.parent_path() / (page + extension), error);
  };
  return there(".html") || there(".htm") || there(".xhtml");
}

}  // namespace

std::vector<FoundFile> find_files(std::span<const std::string> paths) {
  std::vector<FoundFile> files;
  std::set<std::string> seen;
  const auto add = [&](const std::string& path, bool from_folder) {
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(path, error);
    if (seen.insert(error ? path : canonical.string()).second) files.push_back({path, from_folder});
  };
  const auto walk = [&](const auto& self, const fs::path& folder) -> void {
    std::error_code error;
    std::vector<fs::path> entries;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      if (!it->path().filename().string().starts_with('.')) entries.push_back(it->path());
    }
    if (error) throw FileError("read", folder.string(), error.value());
    std::sort(entries.begin(), entries.end());
    for (const fs::path& entry : entries) {
      // A linked folder could lead back here.
      if (fs::is_directory(entry, error)) {
        if (!fs::is_symlink(entry, error) && !belongs_to_page(entry)) self(self, entry);
      } else if (fs::is_regular_file(entry, error)) {
        add(entry.string(), true);
      }
    }
  };
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && fs::is_directory(path, error)) {
      walk(walk, path);
    } else {
      add(path, false);
    }
  }
  return files;
}

}  // namespace relata::cli
