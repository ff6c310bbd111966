#pragma once
// Runs the built program as a user does.
#include <filesystem>
#include <string>

/// All bytes of a file.
std::string read_whole(const std::filesystem::path& path);

struct ProgramRun {
  int code = 0;  ///< exit code; 128 + the signal's number when a signal ended it
  std::string out;
  std::string err;
};

/// Runs `relata ARGUMENTS` through the shell in `folder`, with no terminal and an empty standard
/// input; the arguments may redirect both. `before` is put in front of the command line
/// ("ulimit -f 8;").
ProgramRun run_program(const std::string& arguments, const std::filesystem::path& folder,
                       const std::string& before = "");

/// A folder of its own that is removed in the end.
class ScratchFolder final {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file and returns its path.
  std::filesystem::path put(const std::string& name, const std::string& bytes) const;
  /// Number of files in it, hidden ones too.
  [[nodiscard]] std::size_t files() const;

 private:
  std::filesystem::path path_;
};
