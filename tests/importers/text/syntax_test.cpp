#include "importers/text/syntax.h"

#include <doctest/doctest.h>

#include "tests/importers/text/sentences.h"

using namespace relata::text;
using relata::text::testing::find;
using relata::text::testing::sentence;

namespace {

const Sentence relative = sentence(R"(
The      the      DET   DT  2 det
soldiers soldier  NOUN  NNS 5 nsubj
who      who      PRON  WP  4 nsubj
surrendered surrender VERB VBD 2 acl:relcl
met      meet     VERB  VBD 0 root
Kim      Kim      PROPN NNP 5 obj
and      and      CCONJ CC  8 cc
Putin    Putin    PROPN NNP 6 conj
according accord  VERB  VBG 11 case
to       to       ADP   IN  9 fixed
Reuters  Reuters  PROPN NNP 5 obl
)");

}  // namespace

TEST_CASE("a relative pronoun leads to the noun that it stands for") {
  const SyntaxView tree(relative);
  CHECK(tree.is_relative_pronoun(2));
  CHECK(tree.antecedent(2) == 1);
}

TEST_CASE("a token that is no relative pronoun has no antecedent") {
  const SyntaxView tree(relative);
  CHECK_FALSE(tree.is_relative_pronoun(5));
  CHECK(tree.antecedent(5) == -1);
}

TEST_CASE("a fixed preposition is read as one") {
  const SyntaxView tree(relative);
  CHECK(tree.preposition(find(relative, "Reuters")) == "according to");
}

TEST_CASE("two prepositions side by side are read as one") {
  const Sentence pushed = sentence(R"(They they PRON PRP 2 nsubj
pushed push VERB VBD 0 root
them they PRON PRP 2 obj
out out ADP IN 6 case
of of ADP IN 6 case
Kobane Kobane PROPN NNP 2 obl)");
  CHECK(SyntaxView(pushed).preposition(find(pushed, "Kobane")) == "out of");
}

TEST_CASE("a repeated preposition says what a conjunct stands beside") {
  const Sentence sanctions = sentence(R"(sanctions sanction NOUN NNS 0 root
on on ADP IN 3 case
officials official NOUN NNS 1 nmod
of of ADP IN 6 case
the the DET DT 6 det
army army NOUN NN 3 nmod
and and CCONJ CC 9 cc
on on ADP IN 9 case
Siemens Siemens PROPN NNP 6 conj)");
  const SyntaxView tree(sanctions);
  CHECK(tree.first_conjunct(find(sanctions, "Siemens")) == find(sanctions, "officials"));
  CHECK(tree.conjuncts(find(sanctions, "officials")).size() == 2);
  CHECK(tree.conjuncts(find(sanctions, "army")).size() == 1);
}

TEST_CASE("the conjuncts of a coordination are found from its first member") {
  const SyntaxView tree(relative);
  CHECK(tree.conjuncts(5) == std::vector<std::int32_t>{5, 7});
  CHECK(tree.first_conjunct(7) == 5);
}

TEST_CASE("a relation covers its subtypes and no other that begins alike") {
  const SyntaxView tree(relative);
  CHECK(tree.is(3, "acl"));
  CHECK(tree.is(3, "acl:relcl"));
  CHECK_FALSE(tree.is(6, "c"));
}

TEST_CASE("a core phrase leaves out relative clauses and coordination") {
  const SyntaxView tree(relative);
  CHECK(tree.core_phrase(1) == TokenSpan{0, 2});
  CHECK(tree.core_phrase(5) == TokenSpan{5, 6});
}

TEST_CASE("a coordinated verb shares the subject of the first") {
  const Sentence both = sentence(R"(
Troops troops NOUN NNS 2 nsubj
came   come   VERB VBD 0 root
and    and    CCONJ CC 4 cc
went   go     VERB VBD 2 conj
)");
  const SyntaxView tree(both);
  CHECK(tree.subject(3) == 0);
}

TEST_CASE("the passive is told by its auxiliary or by a participle after its noun") {
  const Sentence passive = sentence(R"(
He     he     PRON PRP 3 nsubj:pass
was    be     AUX  VBD 3 aux:pass
held   hold   VERB VBN 0 root
)");
  CHECK(SyntaxView(passive).passive(2));
  CHECK_FALSE(SyntaxView(relative).passive(4));
}
