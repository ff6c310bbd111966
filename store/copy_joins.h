#pragma once
// Finds the near copies among a store's texts (importers/text/near_copies.h), those of the texts
// that come and go and of the stories that they belong to. Works inside a transaction of the
// caller's.

#include <cstdint>
#include <set>
#include <string>

#include "importers/text/near_copies.h"
#include "store/database.h"
#include "store/id_set.h"

namespace relata::store {

class CopyJoins final {
 public:
  explicit CopyJoins(Database& database);

  /// Takes a text away; does nothing for one that is not there.
  void take(std::int64_t source);
  /// Takes a text that is stored in; does nothing for one that is not. REQUIRES: it is not there.
  void put(std::int64_t source);
  /// Decides anew for what was taken and put since, and adds to `affected` the texts that became
  /// copies of another text, or of none.
  void settle(IdSet& affected);

  /// Document::copy_of.
  std::string copy_of(std::int64_t source);

 private:
  [[nodiscard]] text::Fingerprint print_of(std::int64_t source);

  Database& database_;
  std::set<std::int64_t> came_;
  std::set<std::int64_t> stories_;  ///< first texts of those that texts went from
  Statement find_;
  Statement stored_;
  Statement put_;
  Statement set_first_;
  Statement remove_;
  Statement put_band_;
  Statement remove_band_;
  Statement in_band_;
  Statement copies_;
  Statement text_;
};

}  // namespace relata::store
