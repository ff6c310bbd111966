#pragma once
// Where the models and knowledge files are.

#include <string>

namespace relata::cli {

/// The first of these that is there: `given` (--data), the environment's RELATA_DATA,
/// ../share/relata beside the program's folder, and for a program in a build tree the source tree
/// (the nearest folder above the program, else the one it was built from, that holds data/ and
/// models/). Throws CommandError when there is none, or when `given` or RELATA_DATA names no
/// folder.
std::string find_data_folder(const std::string& given);

}  // namespace relata::cli
