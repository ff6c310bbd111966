#include "store/image_update.h"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/graph_builder.h"
#include "graph/graph_update.h"
#include "store/database.h"
#include "store/values.h"

namespace relata::store {

namespace {

class ChangeReader final {
 public:
  ChangeReader(Store& store, const Graph& old, const ChangedRows& changed)
      : store_(store), database_(store.database()), old_(old), changed_(changed) {}

  bool write(const std::string& stamp, std::ostream& out) {
    GraphChange change;
    change.base = &old_;
    change.own_types_from = store_.ontology()->types().size();
    change.gone = gone_documents();
    const Graph came = read_came();
    change.came = &came;
    const Graph nodes = read_nodes(change.gone_nodes);
    change.nodes = &nodes;
    change.touched = edges_told_in(old_, change.gone);
    const Graph edges = read_edges(came, change.touched);
    change.edges = &edges;
    return write_updated_image(change, stamp, out);
  }

 private:
  /// Documents of the old graph that went or are told anew.
  [[nodiscard]] std::vector<DocumentId> gone_documents() const {
    std::vector<DocumentId> gone;
    const auto documents = old_.documents();
    for (const std::string& name : changed_.documents) {
      const auto at = std::lower_bound(documents.begin(), documents.end(), name,
                                       [&](const SourceDocument& left, const std::string& right) {
                                         return old_.text(left.name) < right;
                                       });
      if (at != documents.end() && old_.text(at->name) == name)
        gone.emplace_back(static_cast<std::size_t>(at - documents.begin()));
    }
    return gone;
  }

  Graph read_came() {
    GraphBuilder builder(store_.ontology());
    // Relations stay known, as they do when all is read.
    Statement relations(database_, "SELECT name FROM relation ORDER BY id");
    while (relations.step()) builder.relation(relations.text(0));
    for (const std::string& name : changed_.documents) {
      if (const auto source = store_.find(name)) builder.add_graph(store_.graph_of(*source));
    }
    return std::move(builder).build();
  }

  Graph read_nodes(std::vector<NodeId>& gone) {
    GraphBuilder builder(store_.ontology());
    Statement row(database_,
                  "SELECT kind, type, name, aliases, attributes FROM node WHERE key = ?");
    for (const std::string& key : changed_.nodes) {
      if (!row.with(key).step()) {
        if (const NodeId node = old_.find_key(key); node.valid()) gone.push_back(node);
        continue;
      }
      const auto kind = kind_from_name(row.text(0));
      if (!kind) damaged(database_, "a node of unknown kind");
      const NodeId node = builder.add_node(key, builder.type(*kind, row.text(1)), row.text(2));
      for (const std::string& alias : names_from_json(row.text(3), database_))
        builder.add_alias(node, alias);
      for (const auto& [name, value] : attributes_from_json(row.text(4), database_))
        builder.add_attribute(node, name, value);
    }
    std::sort(gone.begin(), gone.end());
    return std::move(builder).build();
  }

  /// The rows of edges, as edges without evidence.
  Graph read_edges(const Graph& came, const std::vector<EdgeId>& touched) {
    GraphBuilder builder(store_.ontology());
    const TypeId any = builder.type(NodeKind::actor, "any");
    Statement row(database_,
                  "SELECT e.modality, e.mood, e.confidence, e.weight, a.key, e.time_from, "
                  "e.time_to, e.time_precision, e.quantity_min, e.quantity_max, "
                  "e.quantity_approximate, e.quantity_unit "
                  "FROM edge e LEFT JOIN node a ON a.id = e.attribution "
                  "WHERE e.source = (SELECT id FROM node WHERE key = ?) "
                  "AND e.target = (SELECT id FROM node WHERE key = ?) "
                  "AND e.relation = (SELECT id FROM relation WHERE name = ?) "
                  "AND e.negated = ? AND e.reality = ?");
    const auto read = [&](const Graph& graph, EdgeId id) {
      const Edge& edge = graph.edge(id);
      const Modality reality =
          edge.modality == Modality::reported ? Modality::asserted : edge.modality;
      row.with(graph.key(edge.source), graph.key(edge.target), graph.relation(id).name,
               static_cast<int>(edge.polarity), static_cast<int>(reality));
      if (!row.step()) return;
      GraphBuilder::EdgeValues values;
      values.mood = enum_of(row.integer(1), Mood::questioned, database_);
      values.confidence = static_cast<float>(row.real(2));
      values.weight = static_cast<float>(row.real(3));
      if (!row.null(4)) values.attribution = builder.add_node(row.text(4), any, "");
      values.time = time_of(row, 5);
      if (!row.null(8)) {
        values.quantity.min = row.real(8);
        values.quantity.max = row.real(9);
        values.quantity.approximate = row.integer(10) != 0;
        values.quantity.known = true;
        if (!row.null(11)) values.quantity.unit = builder.intern(row.text(11));
      }
      const auto handle =
          builder.add_edge(builder.add_node(graph.key(edge.source), any, ""),
                           builder.relation(graph.relation(id).name).relation,
                           builder.add_node(graph.key(edge.target), any, ""), edge.polarity,
                           enum_of(row.integer(0), Modality::possible, database_));
      if (known_.insert(handle.id).second) builder.set_values(handle, values);
    };
    for (const EdgeId id : touched) read(old_, id);
    for (std::size_t i = 0; i < came.edge_count(); ++i) read(came, EdgeId(i));
    return std::move(builder).build();
  }

  Store& store_;
  Database& database_;
  const Graph& old_;
  const ChangedRows& changed_;
  std::unordered_set<EdgeId> known_;  ///< of the graph of edges
};

}  // namespace

bool write_changed_image(Store& store, const Graph& old, const ChangedRows& changed,
                         const std::string& stamp, std::ostream& out) {
  return ChangeReader(store, old, changed).write(stamp, out);
}

}  // namespace relata::store
