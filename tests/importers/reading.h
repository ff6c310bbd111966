#pragma once
// Reading of articles from bytes, for the tests of formats.

#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "importers/importer.h"

namespace relata::tests {

struct Reading {
  std::vector<text::Document> articles;
  std::vector<std::string> notes;
  std::string error;  ///< "" when it was read
};

/// Reads `bytes`, called "file", as that format.
inline Reading read_as(std::string_view format, const std::string& bytes,
                       ImportOptions options = {}) {
  const ImportFormat* const found = find_import_format(format);
  REQUIRE(found != nullptr);
  Reading reading;
  options.note = [&](const std::string& note) { reading.notes.push_back(note); };
  std::istringstream in(bytes);
  try {
    found->make_text()->read(in, "file", options, [&](text::Document&& document) {
      reading.articles.push_back(std::move(document));
    });
  } catch (const InputError& error) {
    reading.error = error.what();
  }
  return reading;
}

}  // namespace relata::tests
