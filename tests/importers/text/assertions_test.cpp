#include "importers/text/assertions.h"

#include <doctest/doctest.h>

#include "tests/importers/text/sentences.h"

using namespace relata;
using namespace relata::text;
using relata::text::testing::find;
using relata::text::testing::sentence;

namespace {

Assertion read(const Sentence& tokens, std::string_view word,
               const std::vector<Embedding>& embeddings = {}) {
  return assertion_of(SyntaxView(tokens), find(tokens, word), embeddings);
}

}  // namespace

TEST_CASE("a plain sentence asserts") {
  const Sentence plain =
      sentence("Rebels rebel NOUN NNS 2 nsubj\nattacked attack VERB VBD 0 root\n");
  const Assertion assertion = read(plain, "attacked");
  CHECK(assertion.polarity == Polarity::affirmed);
  CHECK(assertion.modality == Modality::asserted);
}

TEST_CASE("not, never and no negate") {
  const Sentence with_not = sentence(
      "They they PRON PRP 4 nsubj\ndid do AUX VBD 4 aux\nn't not PART RB 4 advmod\nattack attack "
      "VERB VB 0 root\n");
  CHECK(read(with_not, "attack").polarity == Polarity::negated);
  const Sentence with_no = sentence(
      "No no DET DT 2 det\ninjuries injury NOUN NNS 4 nsubj:pass\nwere be AUX VBD 4 "
      "aux:pass\nreported report VERB VBN 0 root\n");
  CHECK(read(with_no, "injuries").polarity == Polarity::negated);
}

TEST_CASE("will plans, may holds possible") {
  const Sentence future = sentence(
      "They they PRON PRP 3 nsubj\nwill will AUX MD 3 aux\nattack attack VERB VB 0 root\n");
  CHECK(read(future, "attack").modality == Modality::planned);
  const Sentence maybe =
      sentence("They they PRON PRP 3 nsubj\nmay may AUX MD 3 aux\nattack attack VERB VB 0 root\n");
  CHECK(read(maybe, "attack").modality == Modality::possible);
}

TEST_CASE("a condition makes possible and is told apart") {
  const Sentence condition = sentence(
      "If if SCONJ IN 3 mark\nthey they PRON PRP 3 nsubj\nattack attack VERB VBP 0 root\n");
  const Assertion assertion = read(condition, "attack");
  CHECK(assertion.modality == Modality::possible);
  CHECK(assertion.mood == Mood::conditional);
}

TEST_CASE("what somebody says is reported and has its speaker") {
  const Sentence said = sentence(
      "Kyiv Kyiv PROPN NNP 2 nsubj\nsaid say VERB VBD 0 root\nrebels rebel NOUN NNS 4 "
      "nsubj\nattacked attack VERB VBD 2 ccomp\n");
  const std::vector<Embedding> embeddings = {
      {1, 3, Embedding::Kind::speech, Strength::reported, {0}}};
  const Assertion assertion = read(said, "attacked", embeddings);
  CHECK(assertion.modality == Modality::reported);
  CHECK(assertion.speaker == 0);
}

TEST_CASE("what somebody denies is negated, and reported by him") {
  const Sentence denied = sentence(
      "Kyiv Kyiv PROPN NNP 2 nsubj\ndenied deny VERB VBD 0 root\nattacking attack VERB VBG 2 "
      "xcomp\n");
  const std::vector<Embedding> embeddings = {
      {1, 2, Embedding::Kind::speech, Strength::denied, {0}}};
  const Assertion assertion = read(denied, "attacking", embeddings);
  CHECK(assertion.polarity == Polarity::negated);
  CHECK(assertion.strength == Strength::denied);
}

TEST_CASE("the auxiliary of the main clause says nothing of a relative clause") {
  const Sentence leave = sentence(R"(
Troops  troops NOUN NNS 5 nsubj
that    that   PRON WDT 3 nsubj
attacked attack VERB VBD 1 acl:relcl
may     may    AUX  MD  5 aux
leave   leave  VERB VB  0 root
)");
  CHECK(read(leave, "attacked").modality == Modality::asserted);
  CHECK(read(leave, "leave").modality == Modality::possible);
}

TEST_CASE("a question asserts nothing") {
  const Sentence question = sentence(
      "Did do AUX VBD 3 aux\nthey they PRON PRP 3 nsubj\nattack attack VERB VB 0 root\n? ? PUNCT . "
      "3 punct\n");
  CHECK(read(question, "attack").mood == Mood::questioned);
}

TEST_CASE("failing negates, and not failing affirms") {
  const Sentence failed = sentence(
      "They they PRON PRP 2 nsubj\nfailed fail VERB VBD 0 root\nto to PART TO 4 mark\nattack "
      "attack VERB VB 2 xcomp VerbForm=Inf\n");
  const std::vector<Embedding> embeddings = {{1, 3, Embedding::Kind::negated, Strength::none, {}}};
  CHECK(read(failed, "attack", embeddings).polarity == Polarity::negated);
}
