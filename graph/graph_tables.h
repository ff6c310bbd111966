#pragma once
// The tables of a frozen graph, as vectors while it is made and as spans when it is read. Both
// structs have the same members, so one visitor serves both: graph/graph_image.h writes all tables
// to a file that can be mapped. Plain data; every record is a value of fixed size.

#include <cstdint>
#include <span>
#include <vector>

#include "graph/ids.h"
#include "graph/model.h"

namespace relata {

/// `Table<T>` is a vector or a span of T.
template <template <class> class Table>
struct GraphTables {
  Table<Node> nodes;
  Table<Edge> edges;
  Table<SourceDocument> documents;
  Table<SourceSentence> sentences;
  Table<StringId> aliases;
  Table<Attribute> attributes;
  Table<NodeMention> mentions;
  Table<Evidence> evidence;
  Table<Quantity> quantities;
  Table<std::uint32_t> alias_begin;      // nodes + 1
  Table<std::uint32_t> attribute_begin;  // nodes + 1
  Table<std::uint32_t> mention_begin;    // nodes + 1
  Table<std::uint32_t> out_begin;        // nodes + 1
  Table<std::uint32_t> in_begin;         // nodes + 1
  Table<EdgeId> in_edges;
  Table<std::uint32_t> evidence_begin;  // edges + 1
  Table<std::uint64_t> string_begin;    // strings + 1, offsets into string_bytes
  Table<char> string_bytes;
};

template <class Value>
using OwnedTable = std::vector<Value>;
template <class Value>
using ReadTable = std::span<const Value>;

using OwnedGraphTables = GraphTables<OwnedTable>;
using ReadGraphTables = GraphTables<ReadTable>;

/// Calls `visit(left.TABLE, right.TABLE)` for every table, always in the same order.
template <class Left, class Right, class Visit>
void visit_tables(Left& left, Right& right, Visit visit) {
  visit(left.nodes, right.nodes);
  visit(left.edges, right.edges);
  visit(left.documents, right.documents);
  visit(left.sentences, right.sentences);
  visit(left.aliases, right.aliases);
  visit(left.attributes, right.attributes);
  visit(left.mentions, right.mentions);
  visit(left.evidence, right.evidence);
  visit(left.quantities, right.quantities);
  visit(left.alias_begin, right.alias_begin);
  visit(left.attribute_begin, right.attribute_begin);
  visit(left.mention_begin, right.mention_begin);
  visit(left.out_begin, right.out_begin);
  visit(left.in_begin, right.in_begin);
  visit(left.in_edges, right.in_edges);
  visit(left.evidence_begin, right.evidence_begin);
  visit(left.string_begin, right.string_begin);
  visit(left.string_bytes, right.string_bytes);
}

}  // namespace relata
