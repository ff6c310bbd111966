#pragma once
// What the fuzz target of the importers begins with: a small sound input for each format.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::tests {

/// A seed: the part worth changing, and what makes a whole input of it (a ZIP around XML, say).
struct Seed {
  std::string content;
  std::function<std::string(const std::string&)> wrap;
};

/// Seeds for a format of importers/registry.cpp, or for "packed": compressed files and archives.
/// Empty for an unknown name.
std::vector<Seed> fuzz_seeds(std::string_view format);

}  // namespace relata::tests
