#pragma once
// What a change wrote, by names that stay.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace relata::store {

struct WrittenRows {
  std::set<std::string> documents;  ///< that came or went
  std::set<std::string> nodes;      ///< keys of nodes that came or went or have other values
  bool untold = false;              ///< it wrote more than is kept, or what has no document

  void add_document(std::string_view name);
  void add_node(std::string_view key);
  void lose();

 private:
  static constexpr std::size_t most = 20000;
};

}  // namespace relata::store
