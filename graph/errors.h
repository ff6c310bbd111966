#pragma once
// Typed errors of the library. Every error says which file, where in it, what was expected and what
// was found; nothing in the library prints or ends the program. The command line catches them in
// one place (cli/main.cpp).

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace relata {

/// Base of every error that Relata throws on purpose. `what()` is one line of plain English, ready
/// for the user.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An input (file, stream, option value) is not what it should be.
class InputError : public Error {
 public:
  /// `source`: file name or "standard input"; `place`: "line 3", "byte 120", "" when the whole file
  /// is meant; `problem`: what was expected and what was found.
  InputError(std::string_view source, std::string_view place, std::string_view problem);

  [[nodiscard]] const std::string& source() const { return source_; }
  [[nodiscard]] const std::string& place() const { return place_; }

 private:
  std::string source_;
  std::string place_;
};

/// A file cannot be opened, read, written or renamed; `what()` holds the system's reason.
class FileError : public Error {
 public:
  /// `doing`: "read", "write to", "rename"; `error_number`: errno.
  FileError(std::string_view doing, std::string_view path, int error_number);
};

/// A call asks for something that does not exist or cannot be: unknown format, unknown node, bad
/// option.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// "line L, column C" of the byte offset `offset` in `text` (both from 1; a column counts bytes).
std::string line_and_column(std::string_view text, std::size_t offset);

}  // namespace relata
