#pragma once
// Lines from a person at a terminal, with editing, history and completion (libedit), or from a pipe
// as they come. One at a time, one thread.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/console.h"

namespace relata::cli {

/// What may stand at the end of a line: `replace` bytes before the end give way to one of `words`.
struct Completion {
  std::size_t replace = 0;
  std::vector<std::string> words;
};

class LineEditor {
 public:
  virtual ~LineEditor() = default;
  /// The next line without its end; nothing at the end of the input. An interrupt at a terminal
  /// gives an empty line.
  virtual std::optional<std::string> read(const std::string& prompt) = 0;
  /// Keeps a line for the history.
  virtual void remember(const std::string& line) = 0;
};

/// An editor for the terminal when `console` reads from one, else a plain reader. `complete` is
/// asked with the line up to the cursor. The history is kept in ~/.local/state/relata/history, or
/// under $XDG_STATE_HOME; where that cannot be written, a note on `console.err` says so.
std::unique_ptr<LineEditor> make_line_editor(
    Console& console, std::function<Completion(const std::string&)> complete);

/// The longest beginning that all words share.
std::string common_beginning(const std::vector<std::string>& words);

}  // namespace relata::cli
