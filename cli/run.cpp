#include "cli/run.h"

#include <ostream>

#include "cli/parse.h"

namespace relata::cli {

int run(std::span<const std::string> words, Console& console) {
  const Parsed parsed = parse(words);
  if (parsed.command == nullptr) {
    console.out << parsed.text;
    return found;
  }
  return parsed.command->run(console);
}

}  // namespace relata::cli
