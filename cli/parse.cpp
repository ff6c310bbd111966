#include "cli/parse.h"

#include <algorithm>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/option_set.h"
#include "cli/version.h"
#include "graph/fold.h"

namespace relata::cli {

namespace {

std::string overview() {
  std::string text =
      "relata - knowledge graphs from English news, with evidence for every edge\n"
      "\n"
      "Examples:\n"
      "  relata build article.txt -o graph.json      read an article, write its graph\n"
      "  relata build articles/ -o graph.svg         read a folder, draw a picture\n"
      "  relata path graph.json \"Kim Jong-un\" Kursk  how two of its nodes are connected\n"
      "  relata why graph.json NIS \"North Korea\"     every sentence that connects them\n"
      "\n"
      "Commands:\n";
  for (const CommandEntry& entry : commands()) {
    text += fmt::format("  {:<12} {}\n", entry.name, entry.summary);
  }
  text +=
      "\n"
      "Options:\n"
      "  -h, --help     this text; `relata COMMAND --help` tells of one command\n"
      "  --version      the version\n"
      "\n"
      "Data goes to standard output, messages to standard error. Exit codes: 0 found or done,\n"
      "1 nothing found, 2 error.\n";
  return text;
}

std::string with_suggestion(const std::string& message, std::string_view suggestion) {
  if (suggestion.empty()) return message;
  return fmt::format("{}; did you mean {}?", message, suggestion);
}

const CommandEntry& command_named(const std::string& name) {
  if (const CommandEntry* entry = find_command(name)) return *entry;
  std::vector<std::string> names;
  for (const CommandEntry& entry : commands()) names.emplace_back(entry.name);
  const std::string what = name.starts_with('-') ? "unknown option" : "unknown command";
  throw CommandError(
      failed,
      with_suggestion(fmt::format("{} \"{}\"", what, printable(name)), nearest(name, names)),
      "relata --help lists the commands");
}

/// The first word that looks like an option and is none of the command's.
std::string unknown_option(const CLI::App& app, std::span<const std::string> words) {
  for (const std::string& word : words) {
    if (word == "--") break;
    if (word.size() < 2 || word[0] != '-') continue;
    std::string name = word.substr(0, word.find('='));
    if (name[1] == '-' ? app.get_option_no_throw(name) == nullptr
                       : app.get_option_no_throw(name.substr(0, 2)) == nullptr) {
      return name;
    }
  }
  return {};
}

std::string explain(const CLI::App& app, std::span<const std::string> words,
                    const CLI::ParseError& error) {
  const std::string unknown = unknown_option(app, words);
  if (unknown.empty()) return error.what();
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return with_suggestion(fmt::format("unknown option {}", printable(unknown)),
                         nearest(unknown, names));
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string> known) {
  const std::size_t bound = std::max<std::size_t>(1, word.size() / 3);
  std::string_view best;
  std::size_t best_distance = bound + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate, bound);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  if (!best.empty() || word.size() < 3) return best;
  for (const std::string& candidate : known) {
    if (candidate.starts_with(word)) return candidate;
  }
  return {};
}

Parsed parse(std::span<const std::string> words) {
  if (words.empty()) {
    throw CommandError(failed, "no command given", "relata --help lists the commands");
  }
  const std::string& first = words[0];
  if (first == "--version") return {nullptr, fmt::format("relata {}\n", version)};
  if (first == "--help" || first == "-h" || (first == "help" && words.size() == 1)) {
    return {nullptr, overview()};
  }
  const bool help = first == "help";
  const CommandEntry& entry = command_named(help ? words[1] : first);
  Parsed parsed;
  parsed.command = entry.make();
  CLI::App app(fmt::format("{}\n\nExamples:\n{}", entry.summary, entry.examples),
               fmt::format("relata {}", entry.name));
  app.get_formatter()->column_width(28);
  app.get_formatter()->label("Positionals", "Arguments");
  OptionSet options(app);
  parsed.command->declare(options);
  if (help) return {nullptr, app.help()};
  std::vector<std::string> rest(words.rbegin(), words.rend() - 1);  // CLI11 takes them backwards
  try {
    app.parse(std::move(rest));
  } catch (const CLI::CallForHelp&) {
    return {nullptr, app.help()};
  } catch (const CLI::ParseError& error) {
    throw CommandError(failed, explain(app, words.subspan(1), error),
                       fmt::format("relata {} --help shows examples and options", entry.name));
  }
  return parsed;
}

}  // namespace relata::cli
