// Nodes, relations, kinds and dates from what the user calls them; edges told in English.
#include <limits>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "cli/command.h"
#include "cli/load.h"
#include "cli/narrate.h"
#include "graph/graph_builder.h"

using namespace relata;
using namespace relata::cli;

namespace {

Graph sample() {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  const TypeId country = builder.type(NodeKind::place, "country");
  const TypeId region = builder.type(NodeKind::place, "region");
  const TypeId war = builder.type(NodeKind::event, "war");
  builder.add_node("place/georgia", country, "Georgia");
  builder.add_node("place/georgia-us", region, "Georgia");
  builder.add_node("event/siege", war, "siege");
  builder.add_node("actor/siege", person, "Siege");
  builder.add_alias(builder.add_node("actor/anna", person, "Anna Berg"), "the mayor");
  builder.add_alias(builder.add_node("actor/bert", person, "Bert Berg"), "Anna Berg");
  builder.add_node("place/norhavn", region, "Norhavn region");
  return std::move(builder).build();
}

struct Answer {
  std::string key;
  std::string notes;
  std::string error;
  int code = found;
};

Answer resolve(const Graph& graph, const std::string& query) {
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream in;
  Console console{out, err, in};
  Answer answer;
  try {
    answer.key = graph.key(resolve_node(graph, NameIndex(graph), query, console));
  } catch (const CommandError& error) {
    answer.error = error.what();
    answer.code = error.code();
  }
  answer.notes = err.str();
  return answer;
}

TimeSpan span(const char* from, const char* to, DatePrecision precision) {
  return {*parse_iso_date(from), *parse_iso_date(to), precision};
}

}  // namespace

TEST_CASE("an ambiguous name lists its candidates, and the type or the key decides") {
  const Graph graph = sample();
  const Answer answer = resolve(graph, "georgia");
  CHECK(answer.code == failed);
  CHECK(answer.error ==
        "\"georgia\" may be 2 nodes:\n  Georgia (country, 0 edges, place/georgia)\n  Georgia "
        "(region, 0 edges, place/georgia-us)");
  CHECK(resolve(graph, "georgia (region)").key == "place/georgia-us");
  CHECK(resolve(graph, "place/georgia").key == "place/georgia");
  CHECK(resolve(graph, "Georgia (city)").code == nothing_found);
}

TEST_CASE("actors and places come before events of the same name") {
  const Graph graph = sample();
  CHECK(resolve(graph, "siege").key == "actor/siege");
  CHECK(resolve(graph, "siege (war)").key == "event/siege");
}

TEST_CASE("a node's own name outranks another's alias, and that is told") {
  const Answer answer = resolve(sample(), "anna berg");
  CHECK(answer.key == "actor/anna");
  CHECK(answer.notes.find("1 more may be called") != std::string::npos);
}

TEST_CASE("whole words of one name only will do, and that is told") {
  const Answer answer = resolve(sample(), "norhavn");
  CHECK(answer.key == "place/norhavn");
  CHECK(answer.notes.starts_with("note: taking Norhavn region"));
  CHECK(resolve(sample(), "berg").code == failed);
}

TEST_CASE("a near miss suggests and does not guess") {
  const Answer answer = resolve(sample(), "Anna Brg");
  CHECK(answer.code == nothing_found);
  CHECK(answer.error.find("did you mean") != std::string::npos);
  CHECK(answer.error.find("Anna Berg") != std::string::npos);
  CHECK(resolve(sample(), "").code == nothing_found);
  CHECK(resolve(sample(), "zzzzzzzzz").code == nothing_found);
}

TEST_CASE("relations, kinds and dates are resolved or told apart") {
  const auto ontology = Ontology::built_in();
  CHECK(resolve_relation(*ontology, "LED-BY").inverted);
  CHECK_THROWS_WITH_AS(resolve_relation(*ontology, "captred by"),
                       "no relation is called \"captred by\"; did you mean \"captured by\"?",
                       CommandError);
  CHECK(resolve_kind("place") == NodeKind::place);
  CHECK_THROWS_AS(resolve_kind("thing"), CommandError);
  CHECK(resolve_date("2024-02", "-d", false) == *parse_iso_date("2024-02-01"));
  CHECK(resolve_date("2024-02", "-d", true) == *parse_iso_date("2024-02-29"));
  CHECK(resolve_date("2024-12", "-d", true) == *parse_iso_date("2024-12-31"));
  CHECK(resolve_date("2024", "-d", true) == *parse_iso_date("2024-12-31"));
  CHECK(resolve_date("2024-02-10", "-d", true) == *parse_iso_date("2024-02-10"));
  for (const char* date : {"", "soon", "2024-13", "24", "2024-2-1", "abcd", "2024-ab"}) {
    CAPTURE(date);
    CHECK_THROWS_AS(resolve_date(date, "-d", true), CommandError);
  }
}

TEST_CASE("times are told as exactly as they are known") {
  CHECK(tell_time({}).empty());
  CHECK(tell_time(span("2024-12-26", "2024-12-26", DatePrecision::day)) == "2024-12-26");
  CHECK(tell_time(span("2024-12-01", "2024-12-31", DatePrecision::month)) == "December 2024");
  CHECK(tell_time(span("2024-01-01", "2024-12-31", DatePrecision::year)) == "2024");
  CHECK(tell_time(span("2024-01-01", "2024-03-31", DatePrecision::quarter)) ==
        "2024-01-01 to 2024-03-31");
  TimeSpan since = span("2024-01-01", "2024-01-01", DatePrecision::range);
  since.to = TimeSpan::open_to;
  CHECK(tell_time(since) == "since 2024-01-01");
  since = span("2024-01-01", "2024-01-01", DatePrecision::range);
  since.from = TimeSpan::open_from;
  CHECK(tell_time(since) == "until 2024-01-01");
}

TEST_CASE("quantities are told with their bounds") {
  GraphBuilder builder(Ontology::built_in());
  const StringId dollars = builder.intern("USD");
  const Graph graph = std::move(builder).build();
  const double infinite = std::numeric_limits<double>::infinity();
  CHECK(tell_quantity(graph, {}).empty());
  CHECK(tell_quantity(graph, {3000, 3000, false, {}, true}) == "3,000");
  CHECK(tell_quantity(graph, {80, 80, true, {}, true}) == "about 80");
  CHECK(tell_quantity(graph, {3000, infinite, false, dollars, true}) == "at least 3,000 USD");
  CHECK(tell_quantity(graph, {0, 11000, false, {}, true}) == "up to 11,000");
  CHECK(tell_quantity(graph, {100, 1234567, false, {}, true}) == "100 to 1,234,567");
  CHECK(tell_quantity(graph, {2.5, 2.5, false, {}, true}) == "2.5");
}
