#pragma once
// Edges and their evidence told in English, and as JSON. All text that comes from a graph passes
// printable() on its way to a terminal.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/graph.h"

namespace relata::cli {

/// Colours and marks for one output; plain text when `colour` is false.
class Style final {
 public:
  explicit Style(bool colour) : colour_(colour) {}
  [[nodiscard]] std::string bold(const std::string& text) const { return in("1", text); }
  [[nodiscard]] std::string faint(const std::string& text) const { return in("2", text); }
  /// The words that an evidence is about: coloured, or in [brackets].
  [[nodiscard]] std::string marked(const std::string& text) const {
    return colour_ ? in("1;33", text) : "[" + text + "]";
  }

 private:
  [[nodiscard]] std::string in(const char* code, const std::string& text) const {
    return colour_ ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
  }
  bool colour_;
};

/// "Kim Jong-un --leader of--> North Korea", from target to source with the inverse name when not
/// `forward`; "--not leader of-->" for what is negated; "(planned)" and the like behind.
std::string tell_edge(const Graph& graph, EdgeId edge, bool forward, const Style& style);

/// The relation's name in the direction walked, "not " before it when negated.
std::string relation_phrase(const Graph& graph, EdgeId edge, bool forward);

/// "2024-12-26", "December 2024", "2022-02-24 to 2022-03-31", "since 2022-02-24", "" when unknown.
std::string tell_time(const TimeSpan& time);

/// "about 3,000", "at least 3,000 USD", "100 to 300", "" when unknown.
std::string tell_quantity(const Graph& graph, const Quantity& quantity);

/// A sentence on one line; with `mark`, the words of source, target and trigger are marked.
std::string tell_sentence(const Graph& graph, const Evidence& evidence, const Style& style,
                          bool mark);

/// "article.txt, 2024-12-27; says NIS (confirmed); when: 2024-12-26; confidence 0.92".
std::string tell_source(const Graph& graph, const Evidence& evidence);

/// The best piece of the edge's evidence to show: surest, then first; null when it has none.
const Evidence* best_evidence(const Graph& graph, EdgeId edge);

/// Edges between two nodes, both directions, in the order of ids.
std::vector<EdgeId> edges_between(const Graph& graph, NodeId left, NodeId right);

}  // namespace relata::cli
