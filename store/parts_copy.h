#pragma once
// Copies into a store the tables of which several files have some rows each: by ranges of their
// keys, so that it can be done a share at a time beside other work with the store.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "store/database.h"

namespace relata::store {

class PartsCopy final {
 public:
  /// `schemas` are attached to `main` and have the same tables, to which nothing is written any
  /// more. The rows go into the tables of these names, which have to be empty, in the order of
  /// their keys, which begin with a number.
  PartsCopy(Database& main, const std::vector<std::string>& schemas);

  /// Copies the next share of the rows, one of so many that are left.
  void copy(std::size_t shares_left);

 private:
  struct Table {
    std::unique_ptr<Statement> copy;
    std::int64_t next = 0;  ///< first number that was not copied
    std::int64_t last = 0;
    bool done = false;
  };
  std::vector<Table> tables_;
};

/// What stands first in the rows that a query gives.
std::vector<std::string> first_column(Database& database, const std::string& sql);

}  // namespace relata::store
