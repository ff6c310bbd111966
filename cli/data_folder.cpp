#include "cli/data_folder.h"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "cli/command.h"

namespace relata::cli {

namespace fs = std::filesystem;

namespace {

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool is_source_tree(const fs::path& path) {
  return is_folder(path / "data") && is_folder(path / "models");
}

std::string stated(const fs::path& path, std::string_view by) {
  if (!is_folder(path)) {
    throw CommandError(failed,
                       fmt::format("{} names {}, which is not a folder", by, path.string()));
  }
  return path.string();
}

}  // namespace

std::string find_data_folder(const std::string& given) {
  if (!given.empty()) return stated(given, "--data");
  if (const char* variable = std::getenv("RELATA_DATA"); variable != nullptr && *variable != 0) {
    return stated(variable, "RELATA_DATA");
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path installed = program.parent_path().parent_path() / "share" / "relata";
    if (is_folder(installed)) return installed.string();
    for (fs::path folder = program.parent_path(); folder.has_relative_path();
         folder = folder.parent_path()) {
      if (is_source_tree(folder)) return folder.string();
    }
  }
  if (is_source_tree(RELATA_SOURCE_TREE)) return RELATA_SOURCE_TREE;
  throw CommandError(failed, "the folder with the models and knowledge files is not there",
                     "name it with --data FOLDER or in the environment's RELATA_DATA");
}

}  // namespace relata::cli
