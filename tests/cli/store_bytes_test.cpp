// A store is the same file for any number of threads and any order of its inputs.

#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/cli/program.h"

TEST_CASE("build makes the same store for any number of threads and any order of inputs") {
  const ScratchFolder folder;
  std::string names;
  std::string turned;
  const auto put = [&](const std::string& name, const std::string& bytes) {
    folder.put(name, bytes);
    names += " " + name;
    turned.insert(0, " " + name);
  };
  std::string all;
  for (const char* sample : {"ceasefire.txt", "takeover.txt", "trial.txt"}) {
    const std::string text =
        read_whole(std::filesystem::path(RELATA_SOURCE_DIR "/samples") / sample);
    put(sample, text);
    all += text + "\n\n";
  }
  // The first by name takes longest, the others wait for it.
  put("a-long-one.txt", all + all);
  for (int i = 0; i < 12; ++i) {
    put(fmt::format("note-{}.txt", i),
        fmt::format("Geneva, {} May 2021\n\nThe minister met John Smith in Geneva on Monday.\n",
                    i + 1));
  }
  put("graph-b.json", read_whole(RELATA_SOURCE_DIR "/tests/cli/data/case.json"));
  put("graph-a.json", read_whole(RELATA_SOURCE_DIR "/tests/cli/data/dispute.json"));

  std::string bytes;
  int number = 0;
  for (const std::string& inputs : {names, turned}) {
    for (const int threads : {1, 2, 4}) {
      CAPTURE(threads);
      const std::string path = fmt::format("{}.kg", number++);
      const ProgramRun run = run_program(
          fmt::format("build --threads {}{} -o {}", threads, inputs, path), folder.path());
      REQUIRE_MESSAGE(run.code == 0, run.err);
      const std::string own = read_whole(folder.path() / path);
      if (bytes.empty()) bytes = own;
      CHECK((own == bytes));
    }
  }
}
