// Ways in which news states a fact without a predicate and its arguments standing together. Plain
// sentences, with the model and the knowledge of the repository: they test that a pattern of the
// language is taken, not the reader's accuracy.

#include <doctest/doctest.h>

#include "tests/importers/text/shipped_graph.h"

using namespace relata;
using namespace relata::text;

TEST_CASE("who a relative clause is about takes part in it") {
  CHECK(says("Rebels who attacked the town of Mosul fled to Turkey.", "Mosul", "attacked by",
             "Rebels"));
}

TEST_CASE("harm is tied to the event that another clause tells") {
  CHECK(says("Three soldiers were killed when rebels attacked an army base.", "soldiers",
             "killed in", "attack"));
  CHECK(says("Three soldiers were killed when rebels attacked an army base.", "soldiers",
             "killed by", "rebels"));
  CHECK(says("Rebels attacked an army base, killing three soldiers.", "soldiers", "killed in",
             "attack"));
  CHECK(says("The attack on the market left ten people dead.", "people", "killed in", "attack"));
}

TEST_CASE("a demand and a threat reach whom their clause names") {
  CHECK(
      says("The union demanded that Siemens guarantee jobs.", "union", "demanded from", "Siemens"));
  CHECK(says("Iran must release the sailors, said Emmanuel Macron.", "Emmanuel Macron",
             "demanded from", "Iran"));
  CHECK(says("The gunmen threatened to kill the hostages.", "gunmen", "threatened", "hostages"));
}

TEST_CASE("names before a participle say who backs, leads and where somebody is based") {
  CHECK(says("The Madrid-based company bought a bank.", "company", "based in", "Madrid"));
  CHECK(says("Turkey attacked U.S.-backed rebels in Syria.", "United States", "supports",
             "U.S.-backed rebels"));
}

TEST_CASE("a place that its kind introduces lies where the kind's modifiers say") {
  CHECK(says("The Peruvian city of Arequipa was attacked by rebels.", "Arequipa", "located in",
             "Peru"));
  CHECK(says("Troops took towns in Syria including Manbij.", "Manbij", "located in", "Syria"));
}

TEST_CASE("an attack on what is somebody's is an attack on him") {
  CHECK(says("Hackers attacked Google's website.", "Google", "attacked by", "Hackers"));
}

TEST_CASE("a second preposition tells what stands side by side") {
  CHECK(says("Canada imposed sanctions on officials of the Belarusian army and on Siemens.",
             "Siemens", "sanctioned by", "Canada"));
}

TEST_CASE("British spelling changes nothing") {
  CHECK(says("France criticised Hungary.", "France", "condemned", "Hungary"));
}

TEST_CASE("the subject of a passive verb does nothing") {
  CHECK_FALSE(says("The team was denied visas by Canada.", "team", "denied", "rejection"));
}

TEST_CASE("what happens has the place that its verb gives") {
  CHECK(says("The explosion occurred in the town of Lisburn.", "disaster", "place", "Lisburn"));
  CHECK(says("Violence erupted in Karachi on Monday.", "attack", "place", "Karachi"));
  CHECK(says("The protest, which took place in Oslo, ended.", "protest", "place", "Oslo"));
}

TEST_CASE("what is aimed or targets somebody hits him") {
  CHECK(says("An attack targeting soldiers began.", "attack", "patient", "soldiers"));
  CHECK(says("Rebels fired rockets aimed at Tel Aviv.", "Tel Aviv", "attacked by", "Rebels"));
}

TEST_CASE("two verbs share the object of the second") {
  CHECK(says("Police arrested and charged John Smith.", "John Smith", "captured by", "Police"));
}

TEST_CASE("whoever speaks for a state's ministry works for the state") {
  CHECK(says("An Indonesian foreign ministry spokesman met the envoys.",
             "Indonesian foreign ministry spokesman", "works for", "Indonesia"));
  CHECK_FALSE(says("The Pakistani cricket team captain met the envoys.",
                   "Pakistani cricket team captain", "works for", "Pakistan"));
}

TEST_CASE("a stand on an event keeps it, though it names nobody") {
  CHECK(says("The United Nations condemned the strike.", "United Nations", "condemned", "attack"));
}

TEST_CASE("a bare noun takes up what the text is about") {
  const Graph graph = graph_of(
      "Verlane has agreed to buy the Dutch company Brakel for two billion euros. "
      "The union criticised the takeover.");
  CHECK(find_edge(graph, "union", "condemned", "transaction").has_value());
  CHECK_FALSE(find_edge(graph, "union", "condemned", "seizure").has_value());
}

TEST_CASE("whose a report is speaks in it") {
  CHECK(says("A report by Amnesty International said Syria had bombed hospitals.",
             "Amnesty International", "reported", "attack"));
  CHECK(
      says("A UN report accused Rwanda of arming rebels.", "United Nations", "accused", "Rwanda"));
  CHECK_FALSE(
      says("Reports from Turkey said Syria had bombed hospitals.", "Turkey", "reported", "attack"));
}

TEST_CASE("a relative clause in the perfect is active") {
  CHECK(says("Rebels who have captured the mayor fled.", "mayor", "captured by", "Rebels"));
  CHECK(says("The attack, for which Hamas has claimed responsibility, killed ten people.", "attack",
             "agent", "Hamas"));
}

TEST_CASE("who said it may stand between commas after what was said") {
  CHECK(says("The girls have been released, the state's governor, Bello Danjuma, said on Friday.",
             "Bello Danjuma", "reported", "withdrawal"));
}

TEST_CASE("a parent company owns, an inquiry into conduct is one into the person") {
  CHECK(says("The firm's Swedish parent, Volvo, confirmed the sale.", "firm", "owned by", "Volvo"));
  CHECK(says("Bernard Looney resigned after an inquiry by the board into his conduct.",
             "Bernard Looney", "investigated by", "board"));
}

TEST_CASE("a continent's name is no country's") {
  CHECK_FALSE(says("The North American group met Canada.", "North American group", "national of",
                   "United States"));
  CHECK(says("Canada has 2,200 troops in Mali.", "troops", "located in", "Mali"));
}

TEST_CASE("a general noun takes up the body that acts in the sentence before") {
  CHECK(says("Boko Haram attacked Monguno. The group's commander, Abu Musab, was killed.",
             "Abu Musab", "leader of", "Boko Haram"));
  CHECK(says("Siemens sold its plant to Bosch. The company accused Hungary.", "Siemens", "accused",
             "Hungary"));
}

TEST_CASE("ships that arrive are not their country") {
  CHECK_FALSE(says("Russian warships have arrived in Cuba.", "Russia", "moved to", "Cuba"));
}

TEST_CASE("a win in sport is no attack") {
  CHECK_FALSE(says("Novak Djokovic beat Carlos Alcaraz in Paris.", "Carlos Alcaraz", "attacked by",
                   "Novak Djokovic"));
  CHECK(says("Police beat protesters in Minsk.", "protesters", "attacked by", "Police"));
}

TEST_CASE("a party's name calls nobody together") {
  CHECK_FALSE(
      says("Marine Le Pen's National Rally won the vote.", "protest", "agent", "National Rally"));
}

TEST_CASE("a relative clause about an attack's target tells of the attack") {
  CHECK(says("An attack on a ceremony in Jebait that killed five people was condemned by Egypt.",
             "people", "killed in", "attack"));
}

TEST_CASE("whoever leaves a body is parted from it, whoever calls for a release asks nothing") {
  CHECK(says("Mira Murati left the company on Wednesday.", "Mira Murati", "withdrew from",
             "company"));
  CHECK_FALSE(says("Hans Grundberg called for the release of aid workers.", "Hans Grundberg",
                   "demanded from", "aid workers"));
}

TEST_CASE("what is his in a clause belongs to whoever acts there") {
  CHECK(says("Iran would talk if the United States drops its sanctions against Tehran.", "sanction",
             "agent", "United States"));
}

TEST_CASE("one of several has the role of all") {
  CHECK(says("Ali Reza, one of the commanders of Hamas, died in Doha.", "Ali Reza", "leader of",
             "Hamas"));
}

TEST_CASE("what is to happen is planned") {
  const Graph graph = graph_of("Nippon Steel is to buy the Dutch company Brakel.");
  const auto edge = find_edge(graph, "transaction", "agent", "Nippon Steel");
  REQUIRE(edge.has_value());
  CHECK(graph.edge(*edge).modality == Modality::planned);
}

TEST_CASE("a storm kills nobody on purpose") {
  const std::string text = "Mayotte was hit by Cyclone Chido, which killed dozens of people.";
  CHECK_FALSE(says(text, "people", "killed by", "Cyclone Chido"));
  CHECK_FALSE(says(text, "Mayotte", "attacked by", "Cyclone Chido"));
}

TEST_CASE("whoever is behind a deed did it, whoever is in talks holds them") {
  CHECK(says("Gunmen killed a general in Oslo. Iran was behind the killing.", "death", "agent",
             "Iran"));
  CHECK(
      says("Honda and Nissan are in talks about a merger.", "Honda", "negotiated with", "Nissan"));
}

TEST_CASE("the leader of a part of a country does not lead it") {
  CHECK_FALSE(says("The French far-right leader Jordan Bardella met Canada.", "Jordan Bardella",
                   "leader of", "France"));
  CHECK(says("The North Korean leader Kim Jong Un met Canada.", "Kim Jong Un", "leader of",
             "North Korea"));
}

TEST_CASE("what a town is called by does not name the region") {
  CHECK(says("Troops are withdrawing from the West Bank city of Nablus.", "Nablus", "located in",
             "West Bank"));
}
