// What `relata path` writes into a file.
#include <string>

#include <doctest/doctest.h>

#include "tests/cli/program.h"

namespace {

const std::string graph = RELATA_SOURCE_DIR "/tests/cli/data/case.json";

/// The lines of `relata stats` that count nodes and edges of what lies around a way.
std::string counts(const ScratchFolder& scratch, const std::string& options) {
  const ProgramRun run = run_program(
      "path " + graph + " union norhavn -o way.json --overwrite " + options, scratch.path());
  REQUIRE(run.code == 0);
  const std::string stats = run_program("stats way.json --json", scratch.path()).out;
  return stats.substr(0, stats.find("\"actors\""));
}

}  // namespace

TEST_CASE("a file of a way also holds what lies around it, as far as asked") {
  const ScratchFolder scratch;
  const std::string way = counts(scratch, "");
  const std::string near = counts(scratch, "--around 1");
  CHECK(counts(scratch, "--around 0") == way);
  CHECK(near != way);
  CHECK(counts(scratch, "--around 99") == counts(scratch, "--around 100"));
}

TEST_CASE("surroundings without a file for them are an error") {
  const ScratchFolder scratch;
  const ProgramRun run = run_program("path " + graph + " union norhavn --around 1", scratch.path());
  CHECK(run.code == 2);
  CHECK(run.err == "relata: --around says what the file of --output holds; it needs one\n");
}
