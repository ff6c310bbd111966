#pragma once
// Files of the command line. Output is written aside and takes the target's name only when all of
// it is on disk, so an error, a full disk or a kill leaves the old file as it was. Input is a file,
// a pipe or standard input, with its first bytes for telling formats apart. All of it throws
// FileError with the system's reason.

#include <cstddef>
#include <istream>
#include <memory>
#include <ostream>
#include <span>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace relata::cli {

/// Writes to a file descriptor, which it does not own. A failing write throws FileError that names
/// `name`; streams over it let the error through when their exceptions() hold badbit.
class DescriptorBuffer final : public std::streambuf {
 public:
  DescriptorBuffer(int descriptor, std::string name);

 protected:
  int_type overflow(int_type c) override;
  int sync() override;
  std::streamsize xsputn(const char* bytes, std::streamsize count) override;

 private:
  void write_out(const char* bytes, std::size_t count);
  void drain();

  static constexpr std::size_t capacity = std::size_t{1} << 16U;
  int descriptor_;
  std::string name_;
  std::vector<char> buffer_;
};

/// A file being written. Nothing of it is seen under its name before commit().
class OutputFile final {
 public:
  /// Throws CommandError when `path` is there and `overwrite` is false. Devices and pipes are
  /// written straight.
  OutputFile(std::string path, bool overwrite);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  [[nodiscard]] std::ostream& stream() { return stream_; }

  /// Flushes, waits for the disk and gives the file its name. Call once, last.
  void commit();

 private:
  int open();
  void link_into_place();

  std::string path_;
  std::string temporary_;  // name of the file aside, "" while it has none
  bool overwrite_ = false;
  bool straight_ = false;  // a device or pipe
  bool nameless_ = false;  // opened by O_TMPFILE
  int descriptor_ = -1;
  DescriptorBuffer buffer_;
  std::ostream stream_;
};

/// Something to read.
struct Input {
  std::string name;                      ///< as the user wrote it; "standard input" for "-"
  std::string head;                      ///< the first bytes, at most 4,096
  std::unique_ptr<std::istream> stream;  ///< from its beginning
};

/// Opens `path`, "-" for `standard_input`. Pipes and standard input are read into memory.
Input open_input(const std::string& path, std::istream& standard_input);

/// All of a file as text. Throws FileError.
std::string read_file(const std::string& path);

/// Files under `paths`, folders walked in the order of names (hidden ones and those that browsers
/// save beside a page left out); each file once, in the order of `paths`. `from_folder` tells for
/// each whether a walk found it.
struct FoundFile {
  std::string path;
  bool from_folder = false;
};
std::vector<FoundFile> find_files(std::span<const std::string> paths);

}  // namespace relata::cli
