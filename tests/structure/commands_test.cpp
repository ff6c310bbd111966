// What holds for every command of the registry, so that a new one is held to it without a line
// here.
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cli/command.h"
#include "cli/parse.h"
#include "cli/run.h"

using namespace relata::cli;

namespace {

struct Run {
  int code;
  std::string out;
  std::string err;
};

Run run_words(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  Console console{out, err, in};
  const int code = run(words, console);
  return {code, out.str(), err.str()};
}

/// The words of an example as a shell would split them: double quotes hold blanks, two blanks end
/// the command and begin what it does, and so does a pipe.
std::vector<std::string> words_of_example(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ' ' && !quoted) {
      if (!word.empty()) words.push_back(word);
      word.clear();
      if (i + 1 < line.size() && (line[i + 1] == ' ' || line[i + 1] == '|' || line[i + 1] == '>')) {
        break;
      }
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("every command prints its help for -h, --help and help") {
  REQUIRE_FALSE(commands().empty());
  for (const CommandEntry& entry : commands()) {
    CAPTURE(entry.name);
    const std::string name(entry.name);
    const Run help = run_words({name, "-h"});
    CHECK(help.code == found);
    CHECK(help.err.empty());
    CHECK(help.out.find(entry.summary) != std::string::npos);
    CHECK(help.out.find("--help") != std::string::npos);
    CHECK(run_words({name, "--help"}).out == help.out);
    CHECK(run_words({"help", name}).out == help.out);
  }
}

TEST_CASE("the overview names every command with its summary") {
  const std::string overview = run_words({"--help"}).out;
  for (const CommandEntry& entry : commands()) {
    CAPTURE(entry.name);
    CHECK(overview.find("  " + std::string(entry.name) + " ") != std::string::npos);
    CHECK(overview.find(entry.summary) != std::string::npos);
  }
}

TEST_CASE("command names are unique, and each finds its own entry") {
  std::set<std::string_view> names;
  for (const CommandEntry& entry : commands()) {
    CHECK(names.insert(entry.name).second);
    CHECK(find_command(entry.name) == &entry);
  }
}

TEST_CASE("the examples in a command's help are command lines that it takes") {
  for (const CommandEntry& entry : commands()) {
    CAPTURE(entry.name);
    int examples = 0;
    for (const std::string& line : lines_of(entry.examples)) {
      CAPTURE(line);
      std::vector<std::string> words = words_of_example(line.substr(line.find_first_not_of(' ')));
      if (words.empty() || words[0] != "relata") continue;
      words.erase(words.begin());
      REQUIRE_FALSE(words.empty());
      CHECK(words[0] == entry.name);
      CHECK_NOTHROW(parse(words));
      ++examples;
    }
    CHECK(examples > 0);
  }
}
