// The program: standard streams, signals and the one place where errors become messages.

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <new>
#include <span>
#include <string>
#include <vector>

#include <unistd.h>

#include "cli/command.h"
#include "cli/files.h"
#include "cli/run.h"

namespace {

using namespace relata;

bool wants_colour() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == 0) &&
         (terminal == nullptr || std::string_view(terminal) != "dumb");
}

/// Writes without the streams, which may have failed themselves.
int report(const std::string& message, const std::string& hint, int code) {
  std::string text = "relata: " + message + "\n";
  if (!hint.empty()) text += "hint: " + hint + "\n";
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t count = ::write(STDERR_FILENO, text.data() + done, text.size() - done);
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  return code;
}

int run_and_report(std::span<const std::string> words) {
  try {
    cli::DescriptorBuffer buffer(STDOUT_FILENO, "standard output");
    std::ostream out(&buffer);
    out.exceptions(std::ios::badbit);
    cli::Console console{out, std::cerr, std::cin};
    console.colour = wants_colour();
    console.out_is_terminal = ::isatty(STDOUT_FILENO) != 0;
    console.err_is_terminal = ::isatty(STDERR_FILENO) != 0;
    console.in_is_terminal = ::isatty(STDIN_FILENO) != 0;
    try {
      const int code = cli::run(words, console);
      out.flush();
      return code;
    } catch (const cli::CommandError&) {
      out.flush();  // what was found before the error is the user's
      throw;
    }
  } catch (const cli::CommandError& error) {
    return report(error.what(), error.hint(), error.code());
  } catch (const FileError& error) {
    return report(error.what(), "", cli::failed);
  } catch (const InputError& error) {
    return report(error.what(), "", cli::failed);
  } catch (const Error& error) {
    const std::string command = words.empty() ? "" : words[0] + " ";
    return report(error.what(), "relata " + command + "--help shows examples and options",
                  cli::failed);
  } catch (const std::bad_alloc&) {
    return report("the memory does not suffice", "a smaller input or a larger machine helps",
                  cli::failed);
  } catch (const std::exception& error) {
    return report(std::string("unexpected error: ") + error.what(),
                  "this is a fault of relata; please report it with the command that shows it",
                  cli::failed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that closes the pipe early ends the program quietly, also where the parent ignores the
  // signal; a file that grows over the limit is an error of writing, not a crash.
  std::signal(SIGPIPE, SIG_DFL);
  std::signal(SIGXFSZ, SIG_IGN);
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  return run_and_report(words);
}
