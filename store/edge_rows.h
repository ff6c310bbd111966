#pragma once
// The rows of edges, which come of all the evidence for them. Notes which edges a change touches;
// refresh() computes these anew, by the same GraphBuilder that builds graphs from files.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/graph.h"
#include "store/database.h"
#include "store/graph_rows.h"

namespace relata::store {

class EdgeRows final {
 public:
  /// `edges` has the tables of edges and relations. `is_being_made`: what is touched is noted in
  /// told_again().
  EdgeRows(Database& edges, std::shared_ptr<const Ontology> ontology, bool is_being_made);

  /// Finds the rows of a graph's edges, whose nodes have rows already, and makes those that are not
  /// there.
  void place(const Graph& graph, GraphRows& rows);
  void touch(std::int64_t edge) { touched_.insert(edge); }
  [[nodiscard]] std::size_t touched() const { return touched_.size(); }
  /// By row, the edges of which several sources tell.
  [[nodiscard]] const std::vector<bool>& told_again() const { return told_again_; }
  /// Brings what was touched up to date. REQUIRES: the database has all tables.
  void refresh();
  /// Brings these up to date, by row.
  void refresh(const std::vector<bool>& edges);

 private:
  std::int64_t relation_row(const Relation& relation);
  void add(const Graph& graph, EdgeId edge, std::int64_t row, const GraphRows& rows);
  void refresh(std::span<const std::int64_t> edges);

  Database& database_;
  std::shared_ptr<const Ontology> ontology_;
  Statement find_;
  Statement add_;
  Statement find_relation_;
  Statement add_relation_;
  std::int64_t next_ = 0;
  std::int64_t next_relation_ = 0;
  std::unordered_map<std::string, std::int64_t> relation_rows_;
  bool is_being_made_;
  std::unordered_set<std::int64_t> touched_;
  std::vector<bool> told_again_;
};

}  // namespace relata::store
