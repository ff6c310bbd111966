// Command lines parsed without running anything.
#include "cli/parse.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cli/build.h"
#include "cli/path.h"
#include "tests/cli/program.h"

using namespace relata;
using namespace relata::cli;

namespace {

template <class Kind>
Kind parsed(const std::vector<std::string>& words) {
  Parsed result = parse(words);
  const auto* command = dynamic_cast<const Kind*>(result.command.get());
  REQUIRE(command != nullptr);
  return *command;
}

std::string problem(const std::vector<std::string>& words) {
  try {
    static_cast<void>(parse(words));
  } catch (const CommandError& error) {
    CHECK(error.code() == failed);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a path's options reach the command") {
  const PathCommand command = parsed<PathCommand>({"path",       "g.json",
                                                   "A",          "B",
                                                   "-k",         "3",
                                                   "--max-hops", "4",
                                                   "--directed", "--by",
                                                   "hops",       "--relation",
                                                   "told",       "--relation",
                                                   "met with",   "--kind",
                                                   "actor",      "--avoid",
                                                   "C",          "--via",
                                                   "D",          "--min-confidence",
                                                   "0.5",        "--no-denied",
                                                   "--between",  "2024",
                                                   "2025-01",    "--json"});
  const PathCommandOptions& options = command.options();
  CHECK(options.input.graph == "g.json");
  CHECK(options.from == "A");
  CHECK(options.to == "B");
  CHECK(options.count == 3);
  CHECK(options.max_hops == 4);
  CHECK(options.directed);
  CHECK(options.order == PathOrder::hops);
  CHECK(options.relations == std::vector<std::string>{"told", "met with"});
  CHECK(options.kinds == std::vector<std::string>{"actor"});
  CHECK(options.avoid == std::vector<std::string>{"C"});
  CHECK(options.via == std::vector<std::string>{"D"});
  CHECK(options.min_confidence == 0.5F);
  CHECK(options.no_denied);
  CHECK(options.between == std::vector<std::string>{"2024", "2025-01"});
  CHECK(options.json);
}

TEST_CASE("a build's options reach the command") {
  const BuildCommand command = parsed<BuildCommand>(
      {"build", "a.txt", "folder", "-", "-o", "g.dot", "--date", "2024-12-27", "--events", "nodes",
       "--min-confidence", "0.25", "--for", "gephi", "--threads", "2", "--overwrite"});
  const BuildOptions& options = command.options();
  CHECK(options.reading.inputs == std::vector<std::string>{"a.txt", "folder", "-"});
  CHECK(options.output.path == "g.dot");
  CHECK(options.reading.date == "2024-12-27");
  CHECK(options.output.events == EventView::nodes);
  CHECK(options.output.min_confidence == 0.25F);
  CHECK(options.output.profile == "gephi");
  CHECK(options.reading.threads == 2);
  CHECK(options.output.overwrite);
}

TEST_CASE("slips are told with what was probably meant") {
  CHECK(problem({"pth"}) == "unknown command \"pth\"; did you mean path?");
  CHECK(problem({"conv"}).find("did you mean convert?") != std::string::npos);
  CHECK(problem({"--versio"}) == "unknown option \"--versio\"");
  CHECK(problem({"qqqqqqqq"}) == "unknown command \"qqqqqqqq\"");
  CHECK(problem({"path", "g", "a", "b", "--max-hop", "3"}) ==
        "unknown option --max-hop; did you mean --max-hops?");
  CHECK(problem({}).find("no command") != std::string::npos);
}

TEST_CASE("values out of range and words left out are errors") {
  CHECK(problem({"path", "g.json", "A"}).find("TO") != std::string::npos);
  CHECK_FALSE(problem({"path", "g", "a", "b", "-k", "0"}).empty());
  CHECK_FALSE(problem({"path", "g", "a", "b", "-k", "many"}).empty());
  CHECK_FALSE(problem({"path", "g", "a", "b", "--min-confidence", "1.5"}).empty());
  CHECK_FALSE(problem({"path", "g", "a", "b", "--by", "luck"}).empty());
  CHECK_FALSE(problem({"path", "g", "a", "b", "--between", "2024"}).empty());
  CHECK_FALSE(
      problem({"path", "g", "a", "b", "--as-of", "2024", "--between", "2024", "2025"}).empty());
  CHECK_FALSE(problem({"build", "-o", "x.json"}).empty());
  CHECK_FALSE(problem({"build", "a.txt"}).empty());
}

TEST_CASE("the version and the overview need no command") {
  CHECK(parse(std::vector<std::string>{"--version"}).text.starts_with("relata "));
  CHECK(parse(std::vector<std::string>{"--help"}).command == nullptr);
}

TEST_CASE("what goes to a terminal on one line steers nothing") {
  CHECK(printable("a\x1b[31mb\n\tc\x7f\xc2\x9b!") == "a[31mb c!");
  CHECK(printable("  words  here ") == "words here");
  CHECK(printable("Зеленський") == "Зеленський");
}

TEST_CASE("the manual names every command with its summary") {
  const std::string manual = read_whole(RELATA_SOURCE_DIR "/cli/relata.1");
  for (const CommandEntry& entry : commands()) {
    CAPTURE(entry.name);
    CHECK(manual.find(fmt::format(".B {}\n{}.\n", entry.name, entry.summary)) != std::string::npos);
  }
}
