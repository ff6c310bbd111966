#pragma once
// Runs one command line against a console: parsing, help, the command itself. Errors come out as
// exceptions; cli/main.cpp catches them.

#include <span>
#include <string>

#include "cli/console.h"

namespace relata::cli {

/// `words`: the command line without the program's name. Returns an ExitCode. Throws relata::Error.
int run(std::span<const std::string> words, Console& console);

}  // namespace relata::cli
