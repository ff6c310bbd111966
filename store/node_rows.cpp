#include "store/node_rows.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "graph/graph_builder.h"
#include "store/values.h"

namespace relata::store {

namespace {

/// Nodes that are computed in one builder.
constexpr std::size_t batch = 2000;

/// Nodes of one builder, of each different saying once.
class NodeMerger final {
 public:
  NodeMerger(const Database& database, std::shared_ptr<const Ontology> ontology)
      : database_(database), builder_(std::move(ontology)) {}

  void start(std::string key) {
    key_ = std::move(key);
    said_.clear();
  }

  void add(const Saying& saying) {
    if (!said_.insert(saying).second) return;
    const auto& [kind_text, type, name, aliases, attributes] = saying.values;
    const auto kind = kind_from_name(kind_text);
    if (!kind) damaged(database_, "a node of unknown kind");
    const NodeId node = builder_.add_node(key_, builder_.type(*kind, type), name);
    for (const std::string& alias : names_from_json(aliases, database_))
      builder_.add_alias(node, alias);
    for (const auto& [attribute, value] : attributes_from_json(attributes, database_))
      builder_.add_attribute(node, attribute, value);
  }

  [[nodiscard]] Graph finish() && { return std::move(builder_).build(); }

 private:
  const Database& database_;
  GraphBuilder builder_;
  std::string key_;
  std::set<Saying> said_;
};

}  // namespace

NodeRows::NodeRows(Database& nodes, Database& parts, std::shared_ptr<const Ontology> ontology,
                   WrittenRows& written, std::size_t most_touched)
    : database_(nodes),
      parts_(parts),
      ontology_(std::move(ontology)),
      written_(written),
      most_touched_(most_touched),
      find_(nodes, "SELECT id FROM node WHERE key = ?"),
      add_(nodes, "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?)"),
      next_(nodes.integer("SELECT coalesce(max(id), 0) + 1 FROM node")) {}

void NodeRows::place(const Graph& graph, GraphRows& rows) {
  rows.nodes.reserve(graph.node_count());
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const std::string_view key = graph.key(NodeId(i));
    const Saying own = rows.sayings.empty() ? saying_of(graph, NodeId(i)) : Saying();
    const Saying& saying = rows.sayings.empty() ? own : rows.sayings[i];
    std::int64_t node = 0;
    if (find_.with(key).step()) node = find_.integer(0);
    find_.reset();
    if (node == 0) {
      node = next_++;
      written_.add_node(key);
      const auto& [kind, type, name, aliases, attributes] = saying.values;
      add_.with(node, key, kind, type, name, aliases, attributes).run();
    } else if (touched_[node].came.insert(saying).second) {
      ++touched_sayings_;
    }
    rows.nodes.push_back(node);
    if (most_touched_ > 0 && touched_sayings_ > most_touched_) refresh();
  }
}

void NodeRows::take(std::int64_t first_part, std::int64_t last_part) {
  Statement parts(
      parts_, fmt::format("SELECT node, {} FROM part WHERE id BETWEEN ? AND ?", Saying::columns));
  for (parts.with(first_part, last_part); parts.step();) {
    if (touched_[parts.integer(0)].gone.insert(saying_of(parts, 1)).second) ++touched_sayings_;
  }
}

void NodeRows::refresh() {
  std::vector<std::int64_t> nodes;
  for (const auto& [node, edit] : touched_) nodes.push_back(node);
  std::sort(nodes.begin(), nodes.end());
  for (std::size_t begin = 0; begin < nodes.size(); begin += batch)
    refresh(nodes, begin, std::min(begin + batch, nodes.size()));
  touched_.clear();
  touched_sayings_ = 0;
}

void NodeRows::refresh(const std::vector<std::int64_t>& nodes, std::size_t begin, std::size_t end) {
  NodeMerger merger(database_, ontology_);
  Statement known(database_, fmt::format("SELECT key, {} FROM node WHERE id = ?", Saying::columns));
  Statement remove(database_, "DELETE FROM node WHERE id = ?");
  std::optional<Statement> all;
  const auto parts_of = [&](std::int64_t node) -> Statement& {
    if (!all)
      all.emplace(parts_, fmt::format("SELECT {} FROM part WHERE node = ?", Saying::columns));
    return all->with(node);
  };
  std::vector<std::pair<std::string, std::int64_t>> left;
  for (std::size_t i = begin; i < end; ++i) {
    const std::int64_t row = nodes[i];
    const Edit& edit = touched_.at(row);
    if (!known.with(row).step()) damaged(database_, "a part without its node");
    std::string key(known.text(0));
    const Saying before = saying_of(known, 1);
    known.reset();
    merger.start(key);
    // Mostly others say what the parts said that went, and of many parts the first few do.
    std::set<Saying> gone = edit.gone;
    if (!gone.empty()) {
      Statement& parts = parts_of(row);
      while (!gone.empty() && parts.step()) gone.erase(saying_of(parts, 0));
      parts.reset();
    }
    if (gone.empty()) {
      if (edit.came.empty() || (edit.came.size() == 1 && *edit.came.begin() == before)) continue;
      merger.add(before);
      for (const Saying& came : edit.came) merger.add(came);
    } else {
      bool any = false;
      Statement& parts = parts_of(row);
      for (; parts.step(); any = true) merger.add(saying_of(parts, 0));
      if (!any) {
        remove.with(row).run();
        written_.add_node(key);
        continue;
      }
    }
    left.emplace_back(std::move(key), row);
  }
  if (left.empty()) return;
  const Graph graph = std::move(merger).finish();
  Statement update(database_,
                   "UPDATE node SET kind = ?1, type = ?2, name = ?3, aliases = ?4, "
                   "attributes = ?5 WHERE id = ?6 AND (kind, type, name, aliases, attributes) "
                   "IS NOT (?1, ?2, ?3, ?4, ?5)");
  for (const auto& [key, row] : left) {
    const auto [kind, type, name, aliases, attributes] =
        saying_of(graph, graph.find_key(key)).values;
    update.with(kind, type, name, aliases, attributes, row).run();
    if (database_.changes() > 0) written_.add_node(key);
  }
}

}  // namespace relata::store
