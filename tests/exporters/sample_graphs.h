#pragma once
// Graphs for the tests of all formats: the awkward ones, and one like that of a news article.

#include <string>
#include <vector>

#include "graph/graph.h"

namespace relata::tests {

/// No node at all.
Graph empty_graph();
/// One node, no edge.
Graph single_node_graph();
/// Two nodes with edges of many relations, polarities and modalities, both ways, and a loop.
Graph parallel_edges_graph();
/// Nodes whose keys, names, aliases and attributes hold every character that a format could trip
/// over, each joined to the next by an edge whose relation is as awkward.
Graph awkward_names_graph();
/// Two nodes whose attributes have the awkward names of awkward_keys().
Graph awkward_keys_graph();
/// About thirty nodes with evidence, times, quantities and speakers, like one news article.
Graph news_graph();
/// `nodes` nodes and `edges` edges between them, the same for the same numbers.
Graph generated_graph(std::size_t nodes, std::size_t edges);

struct NamedGraph {
  std::string name;
  Graph graph;
};
/// All of the small ones.
std::vector<NamedGraph> sample_graphs();

/// The names that awkward_names_graph is made of.
std::vector<std::string> awkward_names();
/// Names of attributes that a reader could cut, join, or take for something of its own.
std::vector<std::string> awkward_keys();

}  // namespace relata::tests
