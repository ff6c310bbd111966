// GraphBuilder and what it freezes: order-independence, symmetric edges, summing up of evidence.
#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "graph/subgraph.h"
#include "tests/graph/graph_text.h"

using namespace relata;

namespace {

struct Fact {
  std::string source;
  std::string relation;
  std::string target;
  Polarity polarity = Polarity::affirmed;
  Modality modality = Modality::asserted;
  std::string document;
  std::uint32_t begin = 0;
  std::string sentence;
  float confidence = 0.5F;
  std::string says;
};

void add_fact(GraphBuilder& builder, const Fact& fact) {
  const TypeId person = builder.type(NodeKind::actor, "person");
  const auto node = [&](const std::string& name) {
    return builder.add_node("actor/" + name, person, name);
  };
  const NodeId source = node(fact.source);
  const NodeId target = node(fact.target);
  SourceDocument document;
  document.name = builder.intern(fact.document);
  const DocumentId where = builder.add_document(document);
  const SentenceId sentence =
      builder.add_sentence(where, {fact.begin, fact.begin + 50}, fact.sentence);
  const RelationMatch match = builder.relation(fact.relation);
  const auto edge =
      builder.add_edge(match.inverted ? target : source, match.relation,
                       match.inverted ? source : target, fact.polarity, fact.modality);
  Evidence evidence;
  evidence.sentence = sentence;
  evidence.source = {fact.begin, fact.begin + 5};
  evidence.trigger = {fact.begin + 6, fact.begin + 9};
  evidence.target = {fact.begin + 10, fact.begin + 15};
  evidence.confidence = fact.confidence;
  evidence.modality = fact.modality;
  if (!fact.says.empty()) evidence.attribution = node(fact.says);
  builder.add_evidence(edge, evidence);
  builder.add_mention(source, sentence, evidence.source);
  builder.add_alias(source, "the " + fact.source);
}

Graph build(const std::vector<Fact>& facts) {
  GraphBuilder builder(Ontology::built_in());
  for (const Fact& fact : facts) add_fact(builder, fact);
  return std::move(builder).build();
}

std::vector<Fact> random_facts(std::mt19937& random) {
  const std::vector<std::string> relations = {"captured by", "ally of", "told", "met with",
                                              "trades secrets with"};
  const auto pick = [&](std::size_t size) {
    return std::uniform_int_distribution<std::size_t>(0, size - 1)(random);
  };
  std::vector<Fact> facts(40);
  for (Fact& fact : facts) {
    fact.source = std::string(1, static_cast<char>('a' + pick(6)));
    fact.target = std::string(1, static_cast<char>('a' + pick(6)));
    fact.relation = relations[pick(relations.size())];
    fact.polarity = pick(5) == 0 ? Polarity::negated : Polarity::affirmed;
    fact.modality = static_cast<Modality>(pick(4));
    fact.document = "document" + std::to_string(pick(3));
    fact.begin = static_cast<std::uint32_t>(100 * pick(8));
    fact.sentence = "sentence of " + fact.document + " at " + std::to_string(fact.begin);
    fact.confidence = 0.125F * static_cast<float>(1 + pick(8));
    fact.says = pick(3) == 0 ? "z" : "";
  }
  return facts;
}

Fact simple(const std::string& source, const std::string& relation, const std::string& target) {
  return {source,  relation, target, Polarity::affirmed, Modality::asserted, "d", 0,
          "words", 0.5F,     ""};
}

}  // namespace

TEST_CASE("the order of calls has no influence on the graph") {
  std::mt19937 random(20241227);
  for (int round = 0; round < 30; ++round) {
    std::vector<Fact> facts = random_facts(random);
    const std::string expected = text_of(build(facts));
    for (int order = 0; order < 4; ++order) {
      std::shuffle(facts.begin(), facts.end(), random);
      REQUIRE(text_of(build(facts)) == expected);
    }
  }
}

TEST_CASE("adding graphs to a builder gives what building from all facts at once gives") {
  std::mt19937 random(7);
  for (int round = 0; round < 10; ++round) {
    const std::vector<Fact> left = random_facts(random);
    const std::vector<Fact> right = random_facts(random);
    std::vector<Fact> all = left;
    all.insert(all.end(), right.begin(), right.end());
    GraphBuilder forth(Ontology::built_in());
    forth.add_graph(build(left));
    forth.add_graph(build(right));
    GraphBuilder back(Ontology::built_in());
    back.add_graph(build(right));
    back.add_graph(build(left));
    const std::string expected = text_of(build(all));
    CHECK(text_of(std::move(forth).build()) == expected);
    CHECK(text_of(std::move(back).build()) == expected);
  }
}

TEST_CASE("a symmetric relation is one edge whichever end is named first") {
  const Graph graph = build({simple("b", "met with", "a"), simple("a", "met with", "b")});
  REQUIRE(graph.edge_count() == 1);
  CHECK(graph.name(graph.edge(EdgeId(0)).source) == "a");
  CHECK(graph.edge(EdgeId(0)).weight == 1);
}

TEST_CASE("the words of a symmetric relation's ends change sides with them") {
  const Graph graph = build({simple("b", "met with", "a")});
  REQUIRE(graph.evidence(EdgeId(0)).size() == 1);
  CHECK(graph.evidence(EdgeId(0))[0].target == TextSpan{0, 5});
  CHECK(graph.evidence(EdgeId(0))[0].source == TextSpan{10, 15});
}

TEST_CASE("an inverse name is the same edge seen from the other end") {
  const Graph graph = build({simple("a", "captured", "b"), simple("b", "captured by", "a")});
  REQUIRE(graph.edge_count() == 1);
  CHECK(graph.name(graph.edge(EdgeId(0)).source) == "b");
}

TEST_CASE("negated, planned and possible statements are edges of their own") {
  Fact fact = simple("a", "attacked by", "b");
  std::vector<Fact> facts = {fact};
  fact.polarity = Polarity::negated;
  facts.push_back(fact);
  fact.polarity = Polarity::affirmed;
  for (const Modality modality : {Modality::reported, Modality::planned, Modality::possible}) {
    fact.modality = modality;
    facts.push_back(fact);
  }
  const Graph graph = build(facts);
  CHECK(graph.edge_count() == 4);  // asserted and reported are one
  CHECK(graph.edge(EdgeId(0)).modality == Modality::asserted);
  CHECK(graph.evidence(EdgeId(0)).size() == 2);
}

TEST_CASE("the same evidence counts once, two sentences twice, the same words in two papers once") {
  Fact first = simple("a", "told", "b");
  Fact second = first;
  second.begin = 100;
  second.sentence = "other words";
  Fact reprint = first;
  reprint.document = "e";
  SUBCASE("again") {
    const Graph graph = build({first, first});
    CHECK(graph.evidence_count() == 1);
    CHECK(graph.edge(EdgeId(0)).confidence == doctest::Approx(0.5));
  }
  SUBCASE("other words") {
    const Graph graph = build({first, second});
    CHECK(graph.evidence_count() == 2);
    CHECK(graph.edge(EdgeId(0)).weight == 2);
    CHECK(graph.edge(EdgeId(0)).confidence == doctest::Approx(0.75));
  }
  SUBCASE("reprint") {
    const Graph graph = build({first, reprint});
    CHECK(graph.evidence_count() == 2);
    CHECK(graph.edge(EdgeId(0)).weight == 1);
    CHECK(graph.edge(EdgeId(0)).confidence == doctest::Approx(0.5));
  }
}

TEST_CASE("an edge has a speaker only when all its evidence has the same one") {
  Fact fact = simple("a", "told", "b");
  fact.says = "z";
  Fact other = fact;
  other.begin = 100;
  const Graph same = build({fact, other});
  CHECK(same.name(same.edge(EdgeId(0)).attribution) == "z");
  other.says = "";
  CHECK_FALSE(build({fact, other}).edge(EdgeId(0)).attribution.valid());
}

TEST_CASE("of two names of one key the longer stays and the other is an alias") {
  const auto graph_of = [](std::vector<std::string> names) {
    GraphBuilder builder(Ontology::built_in());
    const TypeId person = builder.type(NodeKind::actor, "person");
    for (const std::string& name : names) builder.add_node("k", person, name);
    return std::move(builder).build();
  };
  std::vector<std::string> names = {"Zelenskyy", "Volodymyr Zelenskyy", "Mr Z"};
  std::sort(names.begin(), names.end());
  do {
    const Graph graph = graph_of(names);
    CHECK(graph.name(NodeId(0)) == "Volodymyr Zelenskyy");
    REQUIRE(graph.aliases(NodeId(0)).size() == 2);
    CHECK(graph.text(graph.aliases(NodeId(0))[0]) == "Mr Z");
  } while (std::next_permutation(names.begin(), names.end()));
}

TEST_CASE("stated values hold where there is no evidence") {
  GraphBuilder builder(Ontology::built_in());
  const TypeId person = builder.type(NodeKind::actor, "person");
  const NodeId a = builder.add_node("a", person, "a");
  const NodeId b = builder.add_node("b", person, "b");
  const auto edge = builder.add_edge(a, builder.relation("told").relation, b, Polarity::affirmed,
                                     Modality::asserted);
  GraphBuilder::EdgeValues values;
  values.confidence = 0.25F;
  values.weight = 3;
  values.quantity = {10, 20, true, builder.intern("USD"), true};
  builder.set_values(edge, values);
  values.confidence = 0.5F;
  values.weight = 4;
  builder.set_values(edge, values);
  const Graph graph = std::move(builder).build();
  CHECK(graph.edge(EdgeId(0)).confidence == 0.5F);
  CHECK(graph.edge(EdgeId(0)).weight == 7);
  REQUIRE(graph.quantity(EdgeId(0)) != nullptr);
  CHECK(graph.quantity(EdgeId(0))->max == 20);
  CHECK(graph.text(graph.quantity(EdgeId(0))->unit) == "USD");
}

TEST_CASE("a frozen graph finds its nodes by key and its edges from both ends") {
  const Graph graph =
      build({simple("b", "told", "a"), simple("b", "told", "c"), simple("a", "told", "c")});
  CHECK(graph.find_key("actor/b") == NodeId(1));
  CHECK_FALSE(graph.find_key("actor/").valid());
  CHECK_FALSE(graph.find_key("").valid());
  const auto [first, last] = graph.out_edges(NodeId(1));
  CHECK(last.value - first.value == 2);
  CHECK(graph.in_edges(NodeId(2)).size() == 2);
  for (std::size_t node = 0; node < graph.node_count(); ++node) {
    for (const EdgeId edge : graph.in_edges(NodeId(node))) {
      CHECK(graph.edge(edge).target == NodeId(node));
    }
  }
}

TEST_CASE("an empty builder gives an empty graph") {
  const Graph graph = GraphBuilder(Ontology::built_in()).build();
  CHECK(graph.node_count() == 0);
  CHECK(graph.edge_count() == 0);
  CHECK_FALSE(graph.find_key("x").valid());
}

TEST_CASE("a node needs a key") {
  GraphBuilder builder(Ontology::built_in());
  CHECK_THROWS_AS(builder.add_node("", TypeId(0), "name"), UsageError);
}

TEST_CASE("words that the ontology lacks are added without touching the shared one") {
  GraphBuilder builder(Ontology::built_in());
  const RelationMatch match = builder.relation("trades secrets with");
  CHECK_FALSE(match.inverted);
  CHECK(builder.relation("trades secrets with (inverse)").inverted);
  CHECK(builder.ontology().find_relation("trades secrets with").has_value());
  CHECK_FALSE(Ontology::built_in()->find_relation("trades secrets with").has_value());
}

TEST_CASE("evidence that differs in its quantity alone gives one edge whatever the order") {
  const auto graph_of = [](std::vector<double> amounts, std::vector<std::string> units) {
    GraphBuilder builder(Ontology::built_in());
    const TypeId person = builder.type(NodeKind::actor, "person");
    const NodeId a = builder.add_node("a", person, "a");
    const NodeId b = builder.add_node("b", person, "b");
    SourceDocument document;
    document.name = builder.intern("d");
    const SentenceId sentence = builder.add_sentence(builder.add_document(document), {0, 9}, "w");
    const RelationId told = builder.relation("told").relation;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      Evidence evidence;
      evidence.sentence = sentence;
      evidence.quantity = {amounts[i], amounts[i], false, builder.intern(units[i]), true};
      builder.add_evidence(builder.add_edge(a, told, b, Polarity::affirmed, Modality::asserted),
                           evidence);
      GraphBuilder::EdgeValues values;
      values.quantity = evidence.quantity;
      builder.set_values(builder.add_edge(b, told, a, Polarity::affirmed, Modality::asserted),
                         values);
    }
    return std::move(builder).build();
  };
  const auto text = [](const Graph& graph) {
    std::string all;
    for (std::size_t i = 0; i < graph.edge_count(); ++i) {
      const Quantity* quantity = graph.quantity(EdgeId(i));
      REQUIRE(quantity != nullptr);
      all += std::to_string(quantity->min) + " " + std::to_string(quantity->max) + " " +
             std::string(graph.text(quantity->unit)) + "\n";
    }
    return all;
  };
  CHECK(text(graph_of({3, 5, 5}, {"shell", "shell", "USD"})) ==
        text(graph_of({5, 5, 3}, {"USD", "shell", "shell"})));
}

TEST_CASE("the whole of a graph as a part of it is the graph") {
  std::mt19937 random(9);
  const Graph graph = build(random_facts(random));
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;
  for (std::size_t i = 0; i < graph.node_count(); ++i) nodes.emplace_back(i);
  for (std::size_t i = graph.edge_count(); i-- > 0;) edges.insert(edges.end(), 2, EdgeId(i));
  CHECK(text_of(subgraph(graph, nodes, edges)) == text_of(graph));
}

TEST_CASE("a part of a graph holds the edges asked for, their ends and speakers") {
  Fact fact = simple("a", "told", "b");
  fact.says = "z";
  const Graph graph = build({fact, simple("c", "told", "d")});
  const Graph part = subgraph(graph, {}, std::vector<EdgeId>{EdgeId(0)});
  CHECK(part.node_count() == 3);
  CHECK(part.edge_count() == 1);
  CHECK(part.name(part.edge(EdgeId(0)).attribution) == "z");
  CHECK(subgraph(graph, std::vector<NodeId>{NodeId(1)}, {}).edge_count() == 0);
}
