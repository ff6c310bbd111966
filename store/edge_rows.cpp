#include "store/edge_rows.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "graph/graph_builder.h"
#include "store/piece_reader.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Edges that are computed in one builder.
constexpr std::size_t batch = 2000;

/// What is reported is as real as what is asserted.
Modality reality_of(const Edge& edge) {
  return edge.modality == Modality::reported ? Modality::asserted : edge.modality;
}

std::optional<std::string_view> unit_of(const Graph& graph, const Quantity* quantity) {
  if (quantity == nullptr || !quantity->unit.valid()) return std::nullopt;
  return graph.text(quantity->unit);
}

}  // namespace

EdgeRows::EdgeRows(Database& edges, std::shared_ptr<const Ontology> ontology, bool is_being_made)
    : database_(edges),
      ontology_(std::move(ontology)),
      find_(edges,
            "SELECT id FROM edge WHERE source = ? AND target = ? AND relation = ? AND "
            "negated = ? AND reality = ?"),
      add_(edges, "INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      find_relation_(edges, "SELECT id FROM relation WHERE name = ?"),
      add_relation_(edges, "INSERT INTO relation VALUES (?, ?, ?, ?)"),
      next_(edges.integer("SELECT coalesce(max(id), 0) + 1 FROM edge")),
      next_relation_(edges.integer("SELECT coalesce(max(id), 0) + 1 FROM relation")),
      is_being_made_(is_being_made) {}

std::int64_t EdgeRows::relation_row(const Relation& relation) {
  if (const auto known = relation_rows_.find(relation.name); known != relation_rows_.end())
    return known->second;
  std::int64_t row = 0;
  if (find_relation_.with(relation.name).step()) row = find_relation_.integer(0);
  find_relation_.reset();
  if (row == 0) {
    row = next_relation_++;
    add_relation_.with(row, relation.name, relation.inverse, relation.symmetric).run();
  }
  relation_rows_.emplace(relation.name, row);
  return row;
}

void EdgeRows::place(const Graph& graph, GraphRows& rows) {
  rows.edges.reserve(graph.edge_count());
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    const Edge& edge = graph.edge(id);
    const auto reality = static_cast<int>(reality_of(edge));
    std::int64_t row = 0;
    if (find_
            .with(rows.nodes[edge.source.value], rows.nodes[edge.target.value],
                  relation_row(graph.relation(id)), static_cast<int>(edge.polarity), reality)
            .step())
      row = find_.integer(0);
    find_.reset();
    if (row == 0) {
      row = next_++;
      add(graph, id, row, rows);
    } else if (!is_being_made_) {
      touched_.insert(row);
    } else {
      const auto place = static_cast<std::size_t>(row);
      if (place >= told_again_.size()) told_again_.resize(static_cast<std::size_t>(next_));
      told_again_[place] = true;
    }
    rows.edges.push_back(row);
  }
}

void EdgeRows::add(const Graph& graph, EdgeId id, std::int64_t row, const GraphRows& rows) {
  const Edge& edge = graph.edge(id);
  const Quantity* quantity = graph.quantity(id);
  std::optional<std::int64_t> speaker;
  if (edge.attribution.valid()) speaker = rows.nodes[edge.attribution.value];
  add_.with(row, rows.nodes[edge.source.value], rows.nodes[edge.target.value],
            relation_row(graph.relation(id)), static_cast<int>(edge.polarity),
            static_cast<int>(reality_of(edge)), static_cast<int>(edge.modality),
            static_cast<int>(edge.mood), double{edge.confidence}, double{edge.weight}, speaker,
            time_from(edge.time), time_to(edge.time), static_cast<int>(edge.time.precision),
            known_min(quantity), known_max(quantity), known_approximate(quantity),
            unit_of(graph, quantity))
      .run();
}

void EdgeRows::refresh() {
  std::vector<std::int64_t> edges(touched_.begin(), touched_.end());
  std::sort(edges.begin(), edges.end());
  const std::span<const std::int64_t> all(edges);
  for (std::size_t begin = 0; begin < all.size(); begin += batch)
    refresh(all.subspan(begin, std::min(batch, all.size() - begin)));
  touched_.clear();
}

void EdgeRows::refresh(const std::vector<bool>& edges) {
  std::vector<std::int64_t> some;
  for (std::size_t row = 0; row < edges.size(); ++row) {
    if (edges[row]) some.push_back(static_cast<std::int64_t>(row));
    if (some.size() < batch) continue;
    refresh(some);
    some.clear();
  }
  refresh(some);
}

// Each edge stands between two nodes of its own in the builder, numbered so that the finished
// edges come in the order of `edges`; speakers have their own keys, by which evidence is ordered.
void EdgeRows::refresh(std::span<const std::int64_t> edges) {
  if (edges.empty()) return;
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
  for (std::size_t i = 0; i < edges.size(); ++i) {
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

}  // namespace relata::store
