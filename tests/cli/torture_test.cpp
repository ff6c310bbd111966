// Broken input and broken targets, through the program: one clear message that names the file, exit
// code 2, and the old output as it was.
#include <algorithm>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/cli/program.h"

namespace fs = std::filesystem;

namespace {

const std::string small_graph = RELATA_SOURCE_DIR "/tests/cli/data/case.json";

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Runs `arguments` and expects the one message with `told` in it and nothing else.
void expect_failure(const std::string& arguments, const fs::path& folder, const std::string& told,
                    const std::string& before = "") {
  CAPTURE(arguments);
  const ProgramRun run = run_program(arguments, folder, before);
  CAPTURE(run.err);
  CHECK(run.code == 2);
  CHECK(run.out.empty());
  CHECK(run.err.starts_with("relata: "));
  CHECK(run.err.find(told) != std::string::npos);
  // A message, and a hint perhaps.
  CHECK(lines(run.err) <= 2);
}

/// Expects that reading `bytes` as a graph fails, with what was there before left alone.
void expect_bad_graph(const std::string& bytes, const std::string& told = "bad.json") {
  const ScratchFolder scratch;
  scratch.put("bad.json", bytes);
  const fs::path old = scratch.put("old.json", "old bytes");
  expect_failure("stats bad.json", scratch.path(), told);
  expect_failure("convert bad.json old.json --overwrite", scratch.path(), told);
  CHECK(read_whole(old) == "old bytes");
  CHECK(scratch.files() == 2);
}

}  // namespace

TEST_CASE("an empty graph file is told") {
  expect_bad_graph("", "bad.json: ");
}

TEST_CASE("bytes that are no JSON are told with their place") {
  std::string noise =
      "\x7f"
      "ELF";
  for (int i = 0; i < 5000; ++i) noise += static_cast<char>((i * 7919) >> 3);
  expect_bad_graph(noise);
}

TEST_CASE("JSON cut off is told with its place") {
  const std::string whole = read_whole(small_graph);
  for (const std::size_t size :
       {std::size_t{1}, whole.size() / 3, whole.size() / 2, whole.size() - 3}) {
    expect_bad_graph(whole.substr(0, size));
  }
}

TEST_CASE("JSON nested 100,000 deep is told") {
  expect_bad_graph(std::string(100000, '['));
  expect_bad_graph("{\"nodes\":" + std::string(100000, '[') + std::string(100000, ']') + "}");
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  expect_bad_graph(objects);
}

TEST_CASE("JSON of another shape is told") {
  for (const char* text : {"null", "3", "\"x\"", "[]", "{}", "{\"nodes\":3}",
                           "{\"format\":\"relata\",\"version\":1,\"nodes\":[3]}",
                           "{\"format\":\"relata\",\"version\":99}"}) {
    CAPTURE(text);
    expect_bad_graph(text);
  }
}

TEST_CASE("broken UTF-8 in a graph is told or made good, never passed on") {
  const ScratchFolder scratch;
  std::string text = read_whole(small_graph);
  text.replace(text.find("Anna Lindqvist"), 2, "\xff\xc3");
  scratch.put("bad.json", text);
  const ProgramRun run = run_program("stats bad.json", scratch.path());
  if (run.code == 0) {
    CHECK(run.out.find('\xff') == std::string::npos);
  } else {
    CHECK(run.code == 2);
    CHECK(run.err.find("bad.json") != std::string::npos);
  }
}

TEST_CASE("files that are not there or not to be read are told") {
  const ScratchFolder scratch;
  expect_failure("stats missing.json", scratch.path(), "cannot read missing.json: No such file");
  expect_failure("build missing.txt -o out.json", scratch.path(), "cannot read missing.txt");
  expect_failure("stats .", scratch.path(), "Is a directory");
  CHECK(scratch.files() == 0);
}

TEST_CASE("a target that cannot be written is told, and nothing is left behind") {
  const ScratchFolder scratch;
  fs::create_directory(scratch.path() / "folder");
  expect_failure("convert " + small_graph + " no/such/folder/out.json", scratch.path(),
                 "cannot write to no/such/folder/out.json");
  expect_failure("convert " + small_graph + " folder --to json --overwrite", scratch.path(),
                 "Is a directory");
  CHECK(scratch.files() == 1);
}

TEST_CASE("a file that is there is replaced only when asked for") {
  const ScratchFolder scratch;
  const fs::path old = scratch.put("out.json", "old bytes");
  expect_failure("convert " + small_graph + " out.json", scratch.path(), "is there already");
  CHECK(read_whole(old) == "old bytes");
  CHECK(run_program("convert " + small_graph + " out.json --overwrite", scratch.path()).code == 0);
  CHECK(read_whole(old) == read_whole(small_graph));
  CHECK(scratch.files() == 1);
}

TEST_CASE("a full disk is told, for files and for standard output") {
  const ScratchFolder scratch;
  expect_failure("convert " + small_graph + " /dev/full --to json", scratch.path(),
                 "cannot write to /dev/full: No space left on device");
  expect_failure("convert " + small_graph + " - > /dev/full", scratch.path(),
                 "cannot write to standard output: No space left on device");
  expect_failure("stats " + small_graph + " > /dev/full", scratch.path(),
                 "cannot write to standard output: No space left on device");
}

TEST_CASE("a limit on the size of files leaves the old file as it was") {
  const ScratchFolder scratch;
  const fs::path old = scratch.put("out.json", "old bytes");
  expect_failure("convert " + small_graph + " out.json --overwrite", scratch.path(),
                 "cannot write to out.json: File too large", "ulimit -f 1;");
  CHECK(read_whole(old) == "old bytes");
  CHECK(scratch.files() == 1);
}

TEST_CASE("a reader that goes away ends the program without a word") {
  const ScratchFolder scratch;
  const ProgramRun run = run_program("convert " + small_graph + " - | true", scratch.path());
  CHECK(run.code == 0);
  CHECK(run.err.empty());
}

TEST_CASE("a graph comes from standard input or a pipe too") {
  const ScratchFolder scratch;
  const ProgramRun whole = run_program("stats " + small_graph, scratch.path());
  CHECK(run_program("stats - < " + small_graph, scratch.path()).out == whole.out);
  CHECK(run_program("stats /dev/stdin --from json < " + small_graph, scratch.path()).out ==
        whole.out);
  expect_failure("stats -", scratch.path(), "standard input");
}

TEST_CASE("texts of every broken kind are read or refused with the file's name") {
  const ScratchFolder scratch;
  std::string utf16 = "\xff\xfe";
  for (const char c : std::string("Anna Lindqvist met Pieter Oss in Norhavn.\n")) {
    utf16 += c;
    utf16 += '\0';
  }
  scratch.put("utf16.txt", utf16);
  scratch.put("empty.txt", "");
  scratch.put("broken.txt", "Anna Lindqvist met Pieter Oss \xff\xfe\xc3 in Norhavn.\n");
  std::string binary =
      "\x7f"
      "ELF";
  for (int i = 0; i < 20000; ++i) binary += static_cast<char>((i * 7919) >> 3);
  scratch.put("binary.txt", binary);
  for (const char* name : {"utf16.txt", "empty.txt", "broken.txt", "binary.txt"}) {
    CAPTURE(name);
    const ProgramRun run =
        run_program(fmt::format("build {} -o - --format json", name), scratch.path());
    CAPTURE(run.err);
    CHECK(run.code <= 2);
    if (run.code == 2) {
      CHECK(run.err.find(name) != std::string::npos);
      CHECK(lines(run.err) <= 2);
    } else {
      CHECK(run.out.find('\xff') == std::string::npos);
    }
  }
}

TEST_CASE("a line of 100 MB without a break is read or refused in bounded time") {
  const ScratchFolder scratch;
  std::string line(100 << 20U, 'x');
  line.replace(0, 2, "{\"");
  scratch.put("line.json", line);
  expect_failure("stats line.json", scratch.path(), "line.json");
}

TEST_CASE("a broken file in a folder is left out and told; named by the user it is an error") {
  const ScratchFolder scratch;
  fs::create_directory(scratch.path() / "case");
  scratch.put("case/a.json", read_whole(small_graph));
  scratch.put("case/b.json", read_whole(small_graph).substr(0, 3000));
  scratch.put("case/c.unknown", "?");
  scratch.put("case/.hidden.json", "{");
  const ProgramRun run = run_program("build case -o graph.json", scratch.path());
  CHECK(run.code == 0);
  CHECK(run.err.find("left out case/b.json") != std::string::npos);
  CHECK(run.err.find("1 file of unknown format") != std::string::npos);
  CHECK(lines(run.err) == 2);
  CHECK(read_whole(scratch.path() / "graph.json") == read_whole(small_graph));
  expect_failure("build case/b.json -o other.json", scratch.path(), "case/b.json");
}

TEST_CASE("a graph built from graphs is the same in any order") {
  const ScratchFolder scratch;
  const std::string other = RELATA_SOURCE_DIR "/tests/cli/data/dispute.json";
  const ProgramRun forth =
      run_program("build " + small_graph + " " + other + " -o -", scratch.path());
  const ProgramRun back =
      run_program("build " + other + " " + small_graph + " -o -", scratch.path());
  CHECK(forth.code == 0);
  CHECK(forth.out == back.out);
  CHECK_FALSE(forth.out.empty());
}
