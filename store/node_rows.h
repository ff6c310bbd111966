#pragma once
// The rows of nodes, which come of what all sources say of them. Notes which nodes a change
// touches; refresh() computes these anew, by the same GraphBuilder that builds graphs from files.

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/graph.h"
#include "store/database.h"
#include "store/graph_rows.h"
#include "store/written_rows.h"

namespace relata::store {

class NodeRows final {
 public:
  /// `nodes` has the table of nodes, `parts` that of what sources say of them. `most_touched`: in a
  /// store that is being made, where nothing is taken, place() brings nodes up to date when it has
  /// noted more; 0 for other stores.
  NodeRows(Database& nodes, Database& parts, std::shared_ptr<const Ontology> ontology,
           WrittenRows& written, std::size_t most_touched);

  /// Finds the rows of a graph's nodes, and makes those that are not there.
  void place(const Graph& graph, GraphRows& rows);
  /// What sources say in these rows of parts will be there no longer.
  void take(std::int64_t first_part, std::int64_t last_part);
  /// What was noted and waits for refresh(), which memory holds.
  [[nodiscard]] std::size_t touched() const { return touched_sayings_; }
  /// Brings what was touched up to date. Reads `parts` only after something was taken.
  void refresh();

 private:
  struct Edit {
    std::set<Saying> came;
    std::set<Saying> gone;  ///< what parts that went said, to be read off all that are left unless
                            ///< one of these says the same
  };

  void refresh(const std::vector<std::int64_t>& nodes, std::size_t begin, std::size_t end);

  Database& database_;
  Database& parts_;
  std::shared_ptr<const Ontology> ontology_;
  WrittenRows& written_;
  std::size_t most_touched_;
  Statement find_;
  Statement add_;
  std::int64_t next_ = 0;
  std::unordered_map<std::int64_t, Edit> touched_;
  std::size_t touched_sayings_ = 0;
};

}  // namespace relata::store
