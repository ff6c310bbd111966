#include "graph/errors.h"

#include <algorithm>
#include <cstring>

namespace relata {

namespace {

std::string compose(std::string_view source, std::string_view place, std::string_view problem) {
  std::string text(source);
  if (!place.empty()) {
    text += text.empty() ? "" : ", ";
    text += place;
  }
  text += ": ";
  text += problem;
  return text;
}

}  // namespace

InputError::InputError(std::string_view source, std::string_view place, std::string_view problem)
    : Error(compose(source, place, problem)), source_(source), place_(place) {}

FileError::FileError(std::string_view doing, std::string_view path, int error_number)
    : Error("cannot " + std::string(doing) + " " + std::string(path) + ": " +
            std::strerror(error_number)) {}

std::string line_and_column(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? offset + 1 : offset - newline;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace relata
