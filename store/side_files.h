#pragma once
// Where the tables lie that the making of a store looks things up in. An SQLite file is written by
// one thread at a time; so that several can work, each group of tables has files of its own until
// the store is whole. They are copied into it at the end, as SQLite copies between tables that are
// alike, record after record without looking into them, or, where a group has several files, a
// share at a time beside other work as soon as they are only read.
//
// The files have no name once they are open: nobody finds them, and nothing is left of them when
// the program ends, whatever ends it. Where a file system does not let an open file go, they are
// removed at the end.

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/parts_copy.h"
#include "store/schema.h"

namespace relata::store {

class SideFiles final {
 public:
  /// Makes the files beside the store's file, `path`. `main` is the store, without a transaction.
  SideFiles(Database& main, const std::string& path);
  ~SideFiles();
  SideFiles(const SideFiles&) = delete;
  SideFiles& operator=(const SideFiles&) = delete;

  /// REQUIRES: the group was not gathered.
  [[nodiscard]] Database& of(TableGroup group, std::size_t part = 0);

  /// Makes the indexes of a group that has all its rows. May be called for several groups at once.
  void finish(TableGroup group);
  /// Says that the tables of the events will only be read from now on.
  void close_events();
  /// Copies, after that, a share of their rows into the store's tables: one of so many that are
  /// left.
  void copy_events(std::size_t shares_left);
  /// Copies all other rows of a group into the tables of the store, which have to be empty and have
  /// the same indexes. The files of the group cannot be used after it.
  void gather(TableGroup group);
  /// Says that all groups were gathered.
  void end() { ended_ = true; }
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  void open(TableGroup group, std::size_t part, const std::string& path);

  Database& main_;
  bool ended_ = false;
  std::vector<std::string> named_;  ///< files that still have a name
  struct Group {
    std::vector<std::unique_ptr<Database>> parts;
    bool finished = false;
  };
  std::map<TableGroup, Group> groups_;
  std::optional<PartsCopy> copy_of_events_;
};

}  // namespace relata::store
