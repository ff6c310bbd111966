#include "cli/read_texts.h"

#include <unordered_set>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/files.h"
#include "cli/load.h"

namespace relata::cli {

namespace {

const ImportFormat* format_of(const FoundFile& file, const Input& input,
                              const std::string& format) {
  if (!format.empty()) return &import_format_named(format);
  if (const ImportFormat* known = import_format_of(input.name, input.head)) return known;
  return file.from_folder ? nullptr : find_import_format("text");
}

std::string unused(const std::string& id, std::unordered_set<std::string>& used) {
  std::string name = id;
  for (std::size_t i = 2; !used.insert(name).second; ++i) name = fmt::format("{} ({})", id, i);
  return name;
}

}  // namespace

ReadInputs read_inputs(const std::vector<std::string>& paths, const std::string& format,
                       const ImportOptions& options, GraphBuilder* builder, Console& console) {
  ReadInputs read;
  std::unordered_set<std::string> ids;
  for (const FoundFile& file : find_files(paths)) {
    const Input input = open_input(file.path, console.in);
    const ImportFormat* known = format_of(file, input, format);
    if (known == nullptr) {
      ++read.skipped;
      continue;
    }
    ++read.files;
    if (known->make_graph != nullptr) {
      if (builder == nullptr) {
        throw CommandError(failed, fmt::format("{} is a graph and not a text", input.name),
                           "relata show, path and stats look into graphs");
      }
      known->make_graph()->read(*input.stream, input.name, *builder);
      continue;
    }
    known->make_text()->read(*input.stream, input.name, options, [&](text::Document&& document) {
      document.id = unused(document.id, ids);
      read.documents.push_back(std::move(document));
    });
  }
  return read;
}

}  // namespace relata::cli
