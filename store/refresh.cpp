// RowWriter::refresh(): the rows of nodes and edges that a change touched, from the rows of all
// sources that speak of them.

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "graph/graph_builder.h"
#include "store/piece_reader.h"
#include "store/rows.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Edges or nodes that are computed in one builder.
constexpr std::size_t batch = 2000;

std::optional<std::string_view> unit_of(const Graph& graph, const Quantity* quantity) {
  if (quantity == nullptr || !quantity->unit.valid()) return std::nullopt;
  return graph.text(quantity->unit);
}

}  // namespace

void RowWriter::refresh() {
  refresh_edges();
  refresh_nodes();
}

void RowWriter::refresh_edges() {
  std::vector<std::int64_t> edges(touched_edges_.begin(), touched_edges_.end());
  if (!has_indexes_) {
    // Which edges have several pieces is seen in the index that is there now.
    Statement several(database_, "SELECT edge FROM piece GROUP BY edge HAVING count(*) > 1");
    while (several.step()) edges.push_back(several.integer(0));
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  for (std::size_t begin = 0; begin < edges.size(); begin += batch)
    refresh_edges(edges, begin, std::min(begin + batch, edges.size()));
  touched_edges_.clear();
}

// Each edge stands between two nodes of its own in the builder, numbered so that the finished
// edges come in the order of `edges`; speakers have their own keys, by which evidence is ordered.
void RowWriter::refresh_edges(const std::vector<std::int64_t>& edges, std::size_t begin,
                              std::size_t end) {
  GraphBuilder builder(ontology_);
  const TypeId any = builder.type(NodeKind::actor, "any");
  const RelationId plain = builder.relation("any").relation;
  Statement sentences(database_,
                      "SELECT s.begin, s.end, s.text, d.name, d.copy_of FROM sentence s "
                      "JOIN document d ON d.id = s.document WHERE s.id = ?");
  Statement keys(database_, "SELECT key FROM node WHERE id = ?");
  std::unordered_map<std::int64_t, SentenceId> known_sentences;
  std::unordered_map<std::string, std::int64_t> speaker_rows;
  PieceReader reader(database_, builder,
                     {[&](std::int64_t row) {
                        if (const auto known = known_sentences.find(row);
                            known != known_sentences.end())
                          return known->second;
                        if (!sentences.with(row).step())
                          damaged(database_, "evidence without its sentence");
                        SourceDocument document;
                        document.name = builder.intern(sentences.text(3));
                        if (!sentences.null(4))
                          document.copy_of = builder.intern(sentences.text(4));
                        const SentenceId id =
                            builder.add_sentence(builder.add_document(document),
                                                 {static_cast<std::uint32_t>(sentences.integer(0)),
                                                  static_cast<std::uint32_t>(sentences.integer(1))},
                                                 sentences.text(2));
                        known_sentences.emplace(row, id);
                        return id;
                      },
                      [&](std::int64_t row) {
                        if (!keys.with(row).step())
                          damaged(database_, "evidence without its speaker");
                        const std::string key(keys.text(0));
                        speaker_rows.emplace(key, row);
                        return builder.add_node(key, any, "");
                      }});
  Statement pieces(database_, fmt::format("SELECT {} FROM piece p WHERE p.edge = ? ORDER BY p.id",
                                          PieceReader::columns));
  Statement remove(database_, "DELETE FROM edge WHERE id = ?");
  std::vector<std::int64_t> left;
  for (std::size_t i = begin; i < end; ++i) {
    pieces.with(edges[i]);
    bool any_piece = false;
    NodeId source;
    NodeId target;
    while (pieces.step()) {
      if (!any_piece) {
        source = builder.add_node(fmt::format("\x01{:012}s", i), any, "");
        target = builder.add_node(fmt::format("\x01{:012}t", i), any, "");
      }
      any_piece = true;
      reader.add(pieces, builder.add_edge(source, plain, target, Polarity::affirmed,
                                          reader.stated(pieces)));
    }
    if (any_piece) {
      left.push_back(edges[i]);
    } else {
      remove.with(edges[i]).run();
    }
  }
  reader.finish();
  const Graph graph = std::move(builder).build();
  // Statements of different reality that one source gives stay different edges, so each row has
  // one.
  if (graph.edge_count() != left.size()) damaged(database_, "evidence of two kinds on one edge");
  Statement update(database_,
                   "UPDATE edge SET modality = ?, mood = ?, confidence = ?, weight = ?, "
                   "attribution = ?, time_from = ?, time_to = ?, time_precision = ?, "
                   "quantity_min = ?, quantity_max = ?, quantity_approximate = ?, "
                   "quantity_unit = ? WHERE id = ?");
  for (std::size_t i = 0; i < left.size(); ++i) {
    const EdgeId id(i);
    const Edge& edge = graph.edge(id);
    const Quantity* quantity = graph.quantity(id);
    std::optional<std::int64_t> speaker;
    if (edge.attribution.valid())
      speaker = speaker_rows.at(std::string(graph.key(edge.attribution)));
    update
        .with(static_cast<int>(edge.modality), static_cast<int>(edge.mood), double{edge.confidence},
              double{edge.weight}, speaker, time_from(edge.time), time_to(edge.time),
              static_cast<int>(edge.time.precision), known_min(quantity), known_max(quantity),
              known_approximate(quantity), unit_of(graph, quantity), left[i])
        .run();
  }
}

std::string RowWriter::saying(const Statement& row, int column) {
  std::string all;
  for (int i = column; i < column + 5; ++i) {
    all += row.text(i);
    all += '\0';
  }
  return all;
}

void RowWriter::refresh_nodes() {
  std::vector<std::int64_t> nodes;
  for (const auto& [node, edit] : touched_nodes_) nodes.push_back(node);
  std::sort(nodes.begin(), nodes.end());
  for (std::size_t begin = 0; begin < nodes.size(); begin += batch)
    refresh_nodes(nodes, begin, std::min(begin + batch, nodes.size()));
  touched_nodes_.clear();
  touched_parts_ = 0;
}

void RowWriter::refresh_nodes(const std::vector<std::int64_t>& nodes, std::size_t begin,
                              std::size_t end) {
  GraphBuilder builder(ontology_);
  // What a part says of its node, each different saying once.
  std::set<std::string> said;
  const auto add = [&](const std::string& key, const Statement& row, int column) {
    const auto kind = kind_from_name(row.text(column));
    if (!kind) damaged(database_, "a node of unknown kind");
    const NodeId node =
        builder.add_node(key, builder.type(*kind, row.text(column + 1)), row.text(column + 2));
    for (const std::string& alias : names_from_json(row.text(column + 3), database_))
      builder.add_alias(node, alias);
    for (const auto& [name, value] : attributes_from_json(row.text(column + 4), database_))
      builder.add_attribute(node, name, value);
  };
  const auto add_once = [&](const std::string& key, const Statement& row) {
    if (said.insert(saying(row, 0)).second) add(key, row, 0);
  };
  Statement known(database_,
                  "SELECT key, kind, type, name, aliases, attributes FROM node WHERE id = ?");
  Statement one(database_, "SELECT kind, type, name, aliases, attributes FROM part WHERE id = ?");
  Statement all(database_, "SELECT kind, type, name, aliases, attributes FROM part WHERE node = ?");
  Statement remove(database_, "DELETE FROM node WHERE id = ?");
  std::vector<std::pair<std::string, std::int64_t>> left;
  for (std::size_t i = begin; i < end; ++i) {
    const std::int64_t row = nodes[i];
    const Edit& edit = touched_nodes_.at(row);
    if (!known.with(row).step()) damaged(database_, "a part without its node");
    const std::string key(known.text(0));
    said.clear();
    // Mostly others say what the parts said that went, and of many parts the first few do.
    std::set<std::string> gone = edit.gone;
    if (!gone.empty()) {
      for (all.with(row); !gone.empty() && all.step();) gone.erase(saying(all, 0));
      all.reset();
    }
    if (!gone.empty()) {
      bool any = false;
      for (all.with(row); all.step(); any = true) add_once(key, all);
      if (!any) {
        known.reset();
        remove.with(row).run();
        written_.add_node(key);
        continue;
      }
    } else {
      add(key, known, 1);
      for (const std::int64_t part : edit.new_parts) {
        const bool there = one.with(part).step();
        if (!there && edit.gone.empty()) damaged(database_, "a node without its part");
        if (there) add_once(key, one);
        one.reset();
      }
    }
    known.reset();
    left.emplace_back(key, row);
  }
  const Graph graph = std::move(builder).build();
  Statement update(database_,
                   "UPDATE node SET kind = ?1, type = ?2, name = ?3, aliases = ?4, "
                   "attributes = ?5 WHERE id = ?6 AND (kind, type, name, aliases, attributes) "
                   "IS NOT (?1, ?2, ?3, ?4, ?5)");
  for (const auto& [key, row] : left) {
    const NodeId id = graph.find_key(key);
    Names names;
    for (const StringId alias : graph.aliases(id)) names.emplace_back(graph.text(alias));
    Attributes attributes;
    for (const Attribute& attribute : graph.attributes(id))
      attributes.emplace_back(graph.text(attribute.key), graph.text(attribute.value));
    update
        .with(kind_name(graph.node(id).kind), graph.type_name(id), graph.name(id),
              names_json(names), attributes_json(attributes), row)
        .run();
    if (database_.changes() > 0) written_.add_node(key);
  }
}

}  // namespace relata::store
