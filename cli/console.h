#pragma once
// What a command may talk to: streams for data, messages and input, and what is known of them.
// Commands write data to `out` and messages to `err`; nothing else of the program touches standard
// output, so every command can be run inside a test.

#include <iosfwd>
#include <string>
#include <string_view>

namespace relata {
class Graph;
}

namespace relata::cli {

struct Console {
  std::ostream& out;
  std::ostream& err;
  std::istream& in;
  bool colour = false;  ///< `out` is a terminal and NO_COLOR is not set
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool in_is_terminal = false;
  /// The graph that a shell has open: what is typed there needs not read it again.
  const Graph* opened = nullptr;
};

/// Exit codes of every command.
enum ExitCode : int {
  found = 0,
  nothing_found = 1,
  failed = 2,
};

/// `text` for one line of a terminal: line breaks and tabs become blanks, runs of them one; other
/// control characters, which could steer the terminal, vanish.
std::string printable(std::string_view text);

}  // namespace relata::cli
