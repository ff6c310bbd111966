#pragma once
// The writing of a store's rows: those of one source's graph, and, through store/node_rows.h and
// store/edge_rows.h, the rows of nodes and edges that come of all sources. Works inside a
// transaction of the caller's.

#include <cstdint>
#include <memory>

#include "graph/graph.h"
#include "store/database.h"
#include "store/edge_rows.h"
#include "store/node_rows.h"
#include "store/written_rows.h"

namespace relata::store {

class RowWriter final {
 public:
  /// The databases that have the tables of nodes, of edges and all others: the same for a finished
  /// store, three for one that is being made (store/side_files.h).
  struct Tables {
    Database& nodes;
    Database& edges;
    Database& rest;
  };

  RowWriter(const Tables& tables, const std::shared_ptr<const Ontology>& ontology,
            bool is_being_made);
  ~RowWriter();
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;

  [[nodiscard]] NodeRows& nodes() { return nodes_; }
  [[nodiscard]] EdgeRows& edges() { return edges_; }

  /// Writes the rows of a source that has none, and whose nodes and edges have rows.
  void put(std::int64_t source, const Graph& graph, const GraphRows& rows);
  /// Deletes the rows of a source's graph. REQUIRES: a finished store.
  void take(std::int64_t source);
  /// Brings nodes and edges that were touched up to date. REQUIRES: a finished store.
  void refresh();
  /// The same once they have become many.
  void refresh_when_many();

  /// What was written since the beginning, complete after refresh().
  [[nodiscard]] WrittenRows& written() { return written_; }

 private:
  struct Statements;
  struct Places;
  void put_sources(const Graph& graph, Places& places);
  void put_parts(const Graph& graph, const GraphRows& rows, Places& places);
  void put_pieces(const Graph& graph, const GraphRows& rows, Places& places);
  void put_pieces(const Graph& graph, EdgeId edge, const GraphRows& rows, Places& places);
  /// Numbers that no row of a table has.
  struct NextIds {
    std::int64_t document = 0;
    std::int64_t sentence = 0;
    std::int64_t part = 0;
    std::int64_t piece = 0;
  };

  Database& database_;
  WrittenRows written_;
  NodeRows nodes_;
  EdgeRows edges_;
  std::unique_ptr<Statements> sql_;
  NextIds next_;
};

}  // namespace relata::store
