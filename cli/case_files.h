#pragma once
// What the commands on stores share: making a store aside and giving it its name when it is whole,
// and reading texts and graphs into one.

#include <string>
#include <utility>
#include <vector>

#include "cli/console.h"
#include "cli/read_texts.h"
#include "cli/reading_options.h"
#include "importers/text/pipeline.h"
#include "store/store.h"

namespace relata::cli {

/// True when the name is that of a store: it ends in ".kg".
bool is_store_name(const std::string& path);

/// A store that is being made. Nothing of it is seen under its name before commit().
class NewStore final {
 public:
  /// Throws CommandError when `path` is there and `overwrite` is false.
  NewStore(std::string path, bool overwrite, const store::Store::Settings& settings);
  ~NewStore();
  NewStore(const NewStore&) = delete;
  NewStore& operator=(const NewStore&) = delete;

  [[nodiscard]] store::Store& store() { return store_; }
  /// Ends the store's change, waits for the disk and gives the file its name. Call once, last.
  void commit();

 private:
  std::string path_;
  std::string aside_;
  bool overwrite_;
  store::Store store_;
};

/// A graph of the inputs, by the name of its file.
using NamedGraph = std::pair<std::string, Graph>;

/// What the inputs hold.
struct CaseInputs {
  ReadInputs read;
  std::vector<NamedGraph> graphs;
};
CaseInputs read_case_inputs(const ReadingOptions& options,
                            const std::shared_ptr<const Ontology>& ontology, Console& console);

/// What came of adding.
struct Added {
  std::size_t added = 0;
  std::size_t replaced = 0;
  std::size_t known = 0;  ///< were in the store already, with the same content
  text::Coverage coverage;
};

/// Adds `inputs` to the store. REQUIRES: the store is not within a change when `aside` is false;
/// then the change begins after the texts are read, so that other programs wait for it only
/// shortly. With `aside` the store is new, its change has begun, and is left open. A source of the
/// same name and other content is replaced with `replace`, else a CommandError.
Added add_inputs(store::Store& store, CaseInputs inputs, const ReadingOptions& options,
                 bool replace, bool aside);

/// "3 documents", "1 document".
std::string count_of(std::size_t count, std::string_view one);

}  // namespace relata::cli
