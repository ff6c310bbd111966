#include "store/graph_rows.h"

#include "store/values.h"

namespace relata::store {

Saying saying_of(const Graph& graph, NodeId node) {
  Names names;
  for (const StringId alias : graph.aliases(node)) names.emplace_back(graph.text(alias));
  Attributes attributes;
  for (const Attribute& attribute : graph.attributes(node))
    attributes.emplace_back(graph.text(attribute.key), graph.text(attribute.value));
  return {{std::string(kind_name(graph.node(node).kind)), std::string(graph.type_name(node)),
           std::string(graph.name(node)), names_json(names), attributes_json(attributes)}};
}

Saying saying_of(const Statement& row, int column) {
  Saying saying;
  for (std::string& value : saying.values) value = row.text(column++);
  return saying;
}

GraphRows rows_of(const Graph& graph) {
  GraphRows rows;
  rows.sayings.reserve(graph.node_count());
  for (std::size_t i = 0; i < graph.node_count(); ++i)
    rows.sayings.push_back(saying_of(graph, NodeId(i)));
  return rows;
}

}  // namespace relata::store
