#pragma once
// The rows of edges, which come of all the evidence for them. Notes which edges a change touches;
// refresh() computes these anew, by the same GraphBuilder that builds graphs from files.

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/graph.h"
#include "store/database.h"
#include "store/graph_rows.h"

namespace relata::store {

class EdgeRows final {
 public:
  /// `edges` has the tables of edges and relations.
  EdgeRows(Database& edges, std::shared_ptr<const Ontology> ontology);

  /// Finds the rows of a graph's edges, whose nodes have rows already, and makes those that are not
  /// there.
  void place(const Graph& graph, GraphRows& rows);
  void touch(std::int64_t edge) { touched_.insert(edge); }
  [[nodiscard]] std::size_t touched() const { return touched_.size(); }
  /// Forgets what was touched, so that another object can be told.
  [[nodiscard]] std::unordered_set<std::int64_t> hand_out() { return std::exchange(touched_, {}); }
  void touch(std::unordered_set<std::int64_t> edges) { touched_.merge(edges); }
  /// Brings what was touched up to date. REQUIRES: the database has all tables.
  void refresh();

 private:
  std::int64_t relation_row(const Relation& relation);
  void add(const Graph& graph, EdgeId edge, std::int64_t row, const GraphRows& rows);
  void refresh(const std::vector<std::int64_t>& edges, std::size_t begin, std::size_t end);

  Database& database_;
  std::shared_ptr<const Ontology> ontology_;
  Statement find_;
  Statement add_;
  Statement find_relation_;
  Statement add_relation_;
  std::int64_t next_ = 0;
  std::int64_t next_relation_ = 0;
  std::unordered_map<std::string, std::int64_t> relation_rows_;
  std::unordered_set<std::int64_t> touched_;
};

}  // namespace relata::store
