// Compressed files, archives and texts in other languages, through the program.
#include "tests/importers/packed.h"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/cli/program.h"

using namespace relata::tests;

namespace {

const std::string small_graph = RELATA_SOURCE_DIR "/tests/cli/data/case.json";
const std::string english = "Anna Lindqvist met Pieter Oss in Norhavn on Monday.\n";
const std::string german =
    "Der Minister sagte am Montag vor Journalisten, dass die Gespräche über die Grenze gescheitert "
    "sind und in der nächsten Woche fortgesetzt werden.\n";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a compressed graph and one in an archive are read as the graph itself") {
  const ScratchFolder scratch;
  const std::string graph = read_whole(small_graph);
  scratch.put("g.json.gz", gzip_of(graph));
  scratch.put("g.json.zst", zstd_of(graph));
  scratch.put("g.zip", zip_of({{"case.json", graph}}));
  const std::string stats = run_program("stats " + small_graph, scratch.path()).out;
  for (const char* name : {"g.json.gz", "g.json.zst", "g.zip"}) {
    CAPTURE(name);
    const ProgramRun run = run_program(std::string("stats ") + name, scratch.path());
    CHECK(run.err == "");
    CHECK(run.out == stats);
  }
  CHECK(run_program("stats - < g.json.gz", scratch.path()).out == stats);
}

TEST_CASE("a graph written as tables comes back under its one name") {
  const ScratchFolder scratch;
  for (const char* format : {"csv", "neo4j-csv"}) {
    CAPTURE(format);
    const std::string name = std::string(format) + ".csv";
    const std::string command = fmt::format("convert {} {} --to {}", small_graph, name, format);
    REQUIRE(run_program(command, scratch.path()).code == 0);
    const ProgramRun back = run_program("find " + name + " Lindqvist --json", scratch.path());
    CHECK(back.err == "");
    CHECK(has(back.out, "actor/anna-lindqvist"));
    CHECK(has(back.out, "person"));
  }
}

TEST_CASE("the texts of an archive are read, what is wrong with one is told and the rest read") {
  const ScratchFolder scratch;
  scratch.put("news.tar.gz",
              gzip_of(tar_of({{"a.txt", english},
                              {"../up.txt", english},
                              {"b.docx", "no zip"},
                              {"c.bin", std::string("\x7f\0\0", 3)},
                              {"in.zip", zip_of({{"d.txt", english}, {"e.txt", german}})}})));
  const ProgramRun run = run_program("build news.tar.gz -o - --format json", scratch.path());
  CAPTURE(run.err);
  CHECK(run.code == 0);
  CHECK(has(run.out, "\"news.tar.gz/a.txt\""));
  CHECK(has(run.out, "\"news.tar.gz/in.zip/d.txt\""));
  CHECK_FALSE(has(run.out, "e.txt"));
  CHECK_FALSE(has(run.out, "up.txt"));
  CHECK(has(run.err, "note: left out news.tar.gz/../up.txt: "));
  CHECK(has(run.err, "note: left out news.tar.gz/b.docx, byte 0: expected a ZIP"));
  CHECK(has(run.err, "note: left out news.tar.gz/in.zip/e.txt: it is in German"));
  CHECK(has(run.err, "note: left out 1 file of unknown format"));
}

TEST_CASE("a text in another language is read when asked for, with its language in the evidence") {
  const ScratchFolder scratch;
  scratch.put("e.txt", german);
  const ProgramRun left = run_program("build e.txt -o out.json", scratch.path());
  CHECK(left.code == 1);
  CHECK(has(left.err, "relata: the inputs hold no text in English"));
  CHECK(scratch.files() == 1);
  const ProgramRun read =
      run_program("analyze e.txt --any-language --format json --stage tokens", scratch.path());
  CHECK(read.code == 0);
  CHECK(has(read.out, "Minister"));
}

TEST_CASE("a broken archive that the user names is an error that names it") {
  const ScratchFolder scratch;
  scratch.put("old.json", "old bytes");
  const std::string zip = zip_of({{"a.txt", english}});
  scratch.put("cut.zip", zip.substr(0, zip.size() - 30));
  scratch.put("cut.tar.gz", gzip_of(tar_of({{"a.txt", english}})).substr(0, 60));
  scratch.put("bomb.gz", gzip_of(std::string(std::size_t{100} << 20U, '\0')));
  for (const char* name : {"cut.zip", "cut.tar.gz", "bomb.gz"}) {
    CAPTURE(name);
    const ProgramRun run =
        run_program(std::string("build ") + name + " -o old.json --overwrite", scratch.path());
    CAPTURE(run.err);
    CHECK(run.code == 2);
    CHECK(has(run.err, std::string("relata: ") + name));
    CHECK(read_whole(scratch.path() / "old.json") == "old bytes");
  }
}

TEST_CASE("an input that never ends is refused, whether it comes by a pipe or by a device") {
  const ScratchFolder scratch;
  const char* const commands[] = {"build - --from html -o - < /dev/zero",
                                  "build /dev/zero --from markdown -o -",
                                  "stats - --from edge-list < /dev/zero"};
  for (const char* command : commands) {
    CAPTURE(command);
    const ProgramRun run = run_program(command, scratch.path());
    CHECK(run.code == 2);
    CHECK(has(run.err, "64 MiB"));
    CHECK(run.out == "");
  }
}
