#include "tests/cli/program.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

std::string read_whole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

ProgramRun run_program(const std::string& arguments, const fs::path& folder,
                       const std::string& before) {
  const ScratchFolder scratch;
  const fs::path out = scratch.path() / "out";
  const fs::path err = scratch.path() / "err";
  // The group takes what the arguments do not redirect themselves.
  const std::string command =
      fmt::format("cd '{}' && {{ {} '{}' {} ; }} < /dev/null > '{}' 2> '{}'", folder.string(),
                  before, RELATA_PROGRAM, arguments, out.string(), err.string());
  const int status = std::system(command.c_str());
  ProgramRun run;
  run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.out = read_whole(out);
  run.err = read_whole(err);
  return run;
}

ScratchFolder::ScratchFolder() {
  std::string name = (fs::temp_directory_path() / "relata-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path ScratchFolder::put(const std::string& name, const std::string& bytes) const {
  std::ofstream(path_ / name, std::ios::binary) << bytes;
  return path_ / name;
}

std::size_t ScratchFolder::files() const {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
}
