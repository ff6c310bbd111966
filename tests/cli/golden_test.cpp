// Golden runs: the program itself, its exit code, standard error and the exact bytes of standard
// output. Each file of tests/cli/golden holds the arguments, as a shell takes them, in its first
// line and what came of them below. With RELATA_UPDATE_GOLDEN set, the files are written anew.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/cli/program.h"

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> cases() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(RELATA_SOURCE_DIR "/tests/cli/golden")) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("the program's answers are the ones kept") {
  const std::vector<fs::path> files = cases();
  REQUIRE(files.size() > 20);
  for (const fs::path& file : files) {
    CAPTURE(file.filename().string());
    const std::string kept = read_whole(file);
    const std::string arguments = kept.substr(0, kept.find('\n'));
    REQUIRE_FALSE(arguments.empty());
    const ProgramRun run = run_program(arguments, RELATA_SOURCE_DIR "/tests/cli/data");
    REQUIRE(run.code != 127);
    const std::string now = fmt::format("{}\n=== exit {}\n=== stderr\n{}=== stdout\n{}", arguments,
                                        run.code, run.err, run.out);
    if (std::getenv("RELATA_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(file, std::ios::binary) << now;
    }
    CHECK(now == kept);
  }
}
