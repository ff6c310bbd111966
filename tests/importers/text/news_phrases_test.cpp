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
