// Whom and what news speaks of: the nodes of plain sentences, with the model and the knowledge of
// the repository. They test that a pattern of the language is taken, not the reader's accuracy.

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/importers/text/shipped_graph.h"

using namespace relata;
using namespace relata::text;

namespace {

/// True when some node of the text has all these names.
bool one_node(const std::string& text, const std::vector<std::string_view>& names) {
  const Graph graph = graph_of(text);
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId node(i);
    const auto aliases = graph.aliases(node);
    const bool all = std::all_of(names.begin(), names.end(), [&](std::string_view name) {
      return graph.name(node) == name ||
             std::any_of(aliases.begin(), aliases.end(),
                         [&](StringId alias) { return graph.text(alias) == name; });
    });
    if (all) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a noun for the part that a body plays is the body in apposition") {
  CHECK(one_node("The sponsor, Alba Telecom, said it had done nothing wrong.",
                 {"Alba Telecom", "sponsor"}));
  CHECK(says("The ship's owner, Marsden Shipping Lines, denied it.", "ship", "owned by",
             "Marsden Shipping Lines"));
}

TEST_CASE("the rival of a company is no part of it") {
  CHECK_FALSE(says("France sued Siemens rival Nordlink.", "Nordlink", "part of", "Siemens"));
}

TEST_CASE("a commander of an army is not its acronym behind it") {
  CHECK_FALSE(one_node("The supreme commander of the Free National Army [FNA] fled.",
                       {"Free National Army", "supreme commander"}));
}

TEST_CASE("what somebody is known, named or identified as is his name") {
  CHECK(one_node("General Musa Bello, known as Jaguar, fled. Jaguar is in Chad.",
                 {"Musa Bello", "Jaguar"}));
  CHECK(one_node("The suspect, identified as Ali Khan, was arrested.", {"Ali Khan", "suspect"}));
  CHECK(one_node("Police named the victim as Ali Khan. He was killed on Monday.",
                 {"Ali Khan", "victim"}));
  CHECK(one_node("A company called Alba Foods was fined.", {"Alba Foods", "company"}));
}

TEST_CASE("a name given behind several nouns is the nearest one's that it fits") {
  CHECK_FALSE(one_node("A defector from the elite group called the Sea Guard was arrested.",
                       {"Sea Guard", "defector"}));
}
