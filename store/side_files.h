#pragma once
// Where the tables lie that the making of a store looks things up in. An SQLite file is written by
// one thread at a time; so that several can work, each group of tables has files of its own until
// the store is whole. They are copied into it then, those of one file as SQLite copies between
// tables that are alike, record after record without looking into them.
//
// The files have no name once they are open: nobody finds them, and nothing is left of them when
// the program ends, whatever ends it. Where a file system does not let an open file go, they are
// removed at the end.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/schema.h"

namespace relata::store {

class SideFiles final {
 public:
  /// Makes the files beside the store's file, `path`. `main` is the store, without a transaction.
  SideFiles(Database& main, const std::string& path);
  ~SideFiles();
  SideFiles(const SideFiles&) = delete;
  SideFiles& operator=(const SideFiles&) = delete;

  /// REQUIRES: they were not gathered.
  [[nodiscard]] Database& of(TableGroup group, std::size_t part = 0) {
    return *files_.at(group).at(part);
  }

  /// Makes the indexes of a group that has all its rows. May be called for several groups at once.
  void finish(TableGroup group);
  /// Copies all rows into the tables of the store, which have to be empty and have the same
  /// indexes. The files cannot be used after it. REQUIRES: all groups are finished.
  void gather();
  [[nodiscard]] bool gathered() const { return gathered_; }

 private:
  void open(TableGroup group, std::size_t part, const std::string& path);

  Database& main_;
  bool gathered_ = false;
  std::vector<std::string> named_;  ///< files that still have a name
  std::map<TableGroup, std::vector<std::unique_ptr<Database>>> files_;
};

}  // namespace relata::store
