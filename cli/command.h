#pragma once
// What a command is: options that CLI11 reads into it, and one function that does the work. A new
// command is one file with a class derived from Command and one line in cli/registry.cpp.
// Declaring and parsing touch no file and no stream, so tests parse without running.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/option_set.h"
#include "graph/errors.h"

namespace relata::cli {

class Command {
 public:
  virtual ~Command() = default;
  /// Adds the command's options, bound to this object, which must outlive the parsing.
  virtual void declare(OptionSet& options) = 0;
  /// Does the work and returns an ExitCode. Throws relata::Error for what goes wrong.
  virtual int run(Console& console) const = 0;
};

/// A command by its name, with its help.
struct CommandEntry {
  std::string_view name;
  std::string_view summary;  ///< one line
  std::string_view
      examples;  ///< lines "relata NAME ..." with what they do, for the top of the help
  std::unique_ptr<Command> (*make)() = nullptr;
};

/// All commands in the order of the help.
std::span<const CommandEntry> commands();
const CommandEntry* find_command(std::string_view name);

/// An error with an exit code of its own and a line that helps.
class CommandError final : public Error {
 public:
  CommandError(ExitCode code, const std::string& message, std::string hint = "")
      : Error(message), code_(code), hint_(std::move(hint)) {}
  [[nodiscard]] ExitCode code() const { return code_; }
  [[nodiscard]] const std::string& hint() const { return hint_; }

 private:
  ExitCode code_;
  std::string hint_;
};

}  // namespace relata::cli
