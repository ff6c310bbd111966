#pragma once
// A graph as text, every field of it, so that two graphs can be compared and a difference read.
#include <string>

#include <fmt/format.h>

#include "graph/graph.h"

inline std::string text_of(const relata::Graph& graph) {
  using namespace relata;
  std::string text;
  const auto name = [&](NodeId id) { return id.valid() ? graph.key(id) : std::string_view("-"); };
  for (const SourceDocument& document : graph.documents()) {
    text += fmt::format("document {} {}\n", graph.text(document.name), graph.text(document.date));
  }
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId id(i);
    text += fmt::format("node {} {} {}\n", graph.key(id), graph.name(id), graph.type_name(id));
    for (const StringId alias : graph.aliases(id)) text += fmt::format("  {}\n", graph.text(alias));
    for (const NodeMention& mention : graph.mentions(id)) {
      text += fmt::format("  at {} {}\n", mention.sentence.value, mention.span.begin);
    }
  }
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    const Edge& edge = graph.edge(id);
    text += fmt::format("edge {} {} {} {} {} {} {} {}\n", graph.key(edge.source),
                        graph.relation(id).name, graph.key(edge.target),
                        static_cast<int>(edge.polarity), modality_name(edge.modality),
                        edge.confidence, edge.weight, name(edge.attribution));
    for (const Evidence& evidence : graph.evidence(id)) {
      const SourceSentence& sentence = graph.sentence(evidence.sentence);
      text += fmt::format("  {} {} {} {} {} {}\n", graph.text(sentence.text), sentence.span.begin,
                          evidence.source.begin, evidence.target.begin, evidence.confidence,
                          name(evidence.attribution));
    }
  }
  return text;
}
