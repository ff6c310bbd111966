#pragma once
// The writing of a store's rows: those of one source's graph, and the rows of nodes and edges that
// come of all sources. A change notes which nodes and edges it touches; refresh() computes these
// anew, by the same GraphBuilder that builds graphs from files, and leaves all others alone. Works
// inside a transaction of the caller's.

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/graph.h"
#include "store/database.h"

namespace relata::store {

/// What a change wrote, by names that stay.
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

class RowWriter final {
 public:
  /// `has_indexes`: the pieces of an edge can be found. Otherwise edges are brought up to date by
  /// refresh() alone, which is called when they can.
  RowWriter(Database& database, std::shared_ptr<const Ontology> ontology, bool has_indexes);
  ~RowWriter();
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  /// Writes the rows of a source that has none. Touched nodes and edges are brought up to date on
  /// the way when they become many.
  void put(std::int64_t source, const Graph& graph);
  /// Deletes the rows of a source's graph.
  void take(std::int64_t source);
  /// Brings what was touched up to date.
  void refresh();

  /// What was written since the beginning, complete after refresh().
  [[nodiscard]] WrittenRows& written() { return written_; }

 private:
  struct Statements;
  struct Edit {
    std::vector<std::int64_t> new_parts;
    std::set<std::string> gone;  ///< what parts that went said, to be read off all that are left
                                 ///< unless one of these says the same
  };

  struct Places;
  void put_sources(const Graph& graph, Places& places);
  void put_nodes(const Graph& graph, Places& places);
  void put_edges(const Graph& graph, Places& places);
  void put_pieces(const Graph& graph, EdgeId edge, std::int64_t row, const Places& places);
  std::int64_t relation_row(const Relation& relation);
  /// The first of `count` ids that no row of the table has, which the caller takes.
  std::int64_t next_ids(const char* table, std::size_t count);
  void refresh_when_many();
  void refresh_edges();
  void refresh_edges(const std::vector<std::int64_t>& edges, std::size_t begin, std::size_t end);
  void refresh_nodes();
  void refresh_nodes(const std::vector<std::int64_t>& nodes, std::size_t begin, std::size_t end);

  /// What a part says of its node, in five columns from `column` on, as one text.
  static std::string saying(const Statement& row, int column);

  Database& database_;
  std::shared_ptr<const Ontology> ontology_;
  bool has_indexes_;
  std::unique_ptr<Statements> sql_;
  std::unordered_map<std::string, std::int64_t> relation_rows_;
  std::unordered_map<std::string, std::int64_t> next_ids_;
  std::unordered_map<std::int64_t, Edit> touched_nodes_;
  std::unordered_set<std::int64_t> touched_edges_;
  std::size_t touched_parts_ = 0;
  WrittenRows written_;
};

}  // namespace relata::store
