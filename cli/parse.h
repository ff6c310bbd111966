#pragma once
// From the words of a command line to a command that is ready to run, or to a text that was asked
// for (help, version). Touches no file and no stream.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace relata::cli {

struct Parsed {
  std::unique_ptr<Command> command;  ///< null when `text` is all that was asked for
  std::string text;
};

/// `words`: the command line without the program's name. Throws CommandError (exit code 2) naming
/// the word that is wrong and the one that was probably meant.
Parsed parse(std::span<const std::string> words);

/// The one of `known` that `word` is probably a slip of; "" when none is near.
std::string_view nearest(std::string_view word, std::span<const std::string> known);

}  // namespace relata::cli
