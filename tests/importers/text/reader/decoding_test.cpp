// What is read off the network's scores: trees, name spans, phrases, merged names, lemmas.

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "importers/text/reader/bio_decoder.h"
#include "importers/text/reader/lemmatizer.h"
#include "importers/text/reader/names.h"
#include "importers/text/reader/spans.h"
#include "importers/text/reader/tree_decoder.h"
#include "importers/text/reader/wordpiece.h"

namespace {

using namespace relata::text;

bool single_rooted_tree(const std::vector<std::int32_t>& heads) {
  int roots = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    roots += heads[i] == 0 ? 1 : 0;
    auto at = static_cast<std::int32_t>(i + 1);
    for (std::size_t steps = 0; at != 0; ++steps) {
      if (steps > heads.size()) return false;
      at = heads[static_cast<std::size_t>(at) - 1];
    }
  }
  return roots == 1;
}

double total(const std::vector<float>& scores, const std::vector<std::int32_t>& heads,
             std::size_t stride) {
  double sum = 0;
  for (std::size_t i = 0; i < heads.size(); ++i)
    sum += scores[(i + 1) * stride + static_cast<std::size_t>(heads[i])];
  return sum;
}

/// The best single-rooted tree's score, by trying all head assignments.
double best_by_trying(const std::vector<float>& scores, std::size_t n, std::size_t stride) {
  std::vector<std::int32_t> heads(n, 0);
  double best = -1e30;
  for (;;) {
    bool own = false;
    for (std::size_t i = 0; i < n; ++i) own = own || heads[i] == static_cast<std::int32_t>(i + 1);
    if (!own && single_rooted_tree(heads)) best = std::max(best, total(scores, heads, stride));
    std::size_t i = 0;
    while (i < n && heads[i] == static_cast<std::int32_t>(n)) heads[i++] = 0;
    if (i == n) return best;
    ++heads[i];
  }
}

Sentence sentence_of(std::initializer_list<std::tuple<const char*, Upos, int, const char*>> words) {
  Sentence sentence;
  for (const auto& [form, upos, head, relation] : words) {
    Token token;
    token.form = form;
    token.upos = upos;
    token.head = head - 1;
    token.deprel = relation;
    sentence.tokens.push_back(token);
  }
  return sentence;
}

}  // namespace

TEST_CASE("the tree decoder finds the best single-rooted tree") {
  std::mt19937 random(17);
  for (int round = 0; round < 400; ++round) {
    const std::size_t n = 1 + round % 5;
    const std::size_t stride = n + 3;
    std::vector<float> scores((n + 1) * stride);
    for (float& s : scores) s = static_cast<float>(random() % 2000) / 100.0F;
    // Roots that look too good, so that the single root has to be enforced.
    if (round % 3 == 0) {
      for (std::size_t i = 1; i <= n; ++i) scores[i * stride] += 15;
    }
    const auto heads = maximum_spanning_tree(scores.data(), n, stride);
    REQUIRE(single_rooted_tree(heads));
    CHECK(total(scores, heads, stride) == doctest::Approx(best_by_trying(scores, n, stride)));
  }
}

TEST_CASE("the tree decoder gives a tree for long sentences of random scores") {
  std::mt19937 random(18);
  const std::size_t n = 250;
  std::vector<float> scores((n + 1) * (n + 1));
  for (float& s : scores) s = static_cast<float>(random() % 100000) / 1000.0F;
  CHECK(single_rooted_tree(maximum_spanning_tree(scores.data(), n, n + 1)));
}

TEST_CASE("the name decoder opens a span with B only") {
  const std::vector<std::string> labels = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC"};
  const BioDecoder decoder(labels);
  // I-PER is best at the first word, but cannot begin a span; the second word makes B-PER worth it.
  const std::vector<float> scores = {1.0F, 2.0F, 9.0F, 0, 0,    0, 0, 5.0F, 0,    0,
                                     3.0F, 0,    0,    0, 4.0F, 0, 0, 0,    9.0F, 0};
  const auto spans = decoder.decode(scores.data(), 4, 5);
  REQUIRE(spans.size() == 2);
  CHECK(spans[0].begin == 0);
  CHECK(spans[0].end == 2);
  CHECK(decoder.types()[spans[0].type] == "PER");
  CHECK(spans[1].begin == 3);
  CHECK(decoder.types()[spans[1].type] == "LOC");
}

TEST_CASE("the name decoder finds the best sequence with transitions") {
  const std::vector<std::string> labels = {"O", "I-PER", "B-PER", "B-LOC", "I-LOC"};
  const auto allowed = [&](std::size_t from, std::size_t to) {
    return labels[to][0] != 'I' || labels[from].substr(1) == labels[to].substr(1);
  };
  std::mt19937 random(5);
  const auto draw = [&] { return static_cast<float>(random() % 4001) / 1000.0F - 2.0F; };
  for (int round = 0; round < 60; ++round) {
    constexpr std::size_t words = 4;
    constexpr std::size_t stride = 16;
    std::vector<float> transitions(25);
    for (float& score : transitions) score = draw();
    std::vector<float> scores(words * stride, 0.0F);
    for (std::size_t w = 0; w < words; ++w) {
      for (std::size_t l = 0; l < 5; ++l) scores[w * stride + l] = draw();
    }
    constexpr float inverse_temperature = 0.8F;
    const BioDecoder decoder(labels, transitions, inverse_temperature);
    // All 625 sequences.
    double total = 0;
    float best = -1e30F;
    std::vector<std::size_t> best_path;
    std::vector<double> sums(words * 5, 0.0);
    for (std::size_t number = 0; number < 625; ++number) {
      const std::vector<std::size_t> path = {number % 5, number / 5 % 5, number / 25 % 5,
                                             number / 125};
      bool possible = labels[path[0]][0] != 'I';
      float score = 0;
      for (std::size_t w = 0; w < words; ++w) {
        score += scores[w * stride + path[w]];
        if (w == 0) continue;
        possible = possible && allowed(path[w - 1], path[w]);
        score += transitions[path[w - 1] * 5 + path[w]];
      }
      if (!possible) continue;
      if (score > best) best_path = path;
      best = std::max(best, score);
      const double weight = std::exp(static_cast<double>(score) * inverse_temperature);
      total += weight;
      for (std::size_t w = 0; w < words; ++w) sums[w * 5 + path[w]] += weight;
    }
    std::vector<std::size_t> found(words, 0);
    for (const TypedSpan& span : decoder.decode(scores.data(), words, stride)) {
      for (std::size_t w = span.begin; w < span.end; ++w) {
        found[w] =
            w == span.begin ? decoder.begin_label(span.type) : decoder.inside_label(span.type);
      }
    }
    CHECK(found == best_path);
    for (std::size_t w = 0; w < words; ++w) {
      double size = 0;
      for (std::size_t l = 0; l < 5; ++l) {
        float& value = scores[w * stride + l];
        value = std::exp(value * inverse_temperature);
        size += value;
      }
      for (std::size_t l = 0; l < 5; ++l) scores[w * stride + l] /= static_cast<float>(size);
    }
    decoder.marginals(scores.data(), words, stride);
    for (std::size_t w = 0; w < words; ++w) {
      for (std::size_t l = 0; l < 5; ++l) {
        CHECK(scores[w * stride + l] == doctest::Approx(sums[w * 5 + l] / total).epsilon(1e-4));
      }
    }
  }
}

TEST_CASE("probabilities of a sentence stay numbers when each word alone rules out what follows") {
  const std::vector<std::string> labels = {"O", "B-PER", "I-PER"};
  const std::vector<float> transitions(9, 0.0F);
  const BioDecoder decoder(labels, transitions);
  std::vector<float> rows = {0, 0, 1, 0, 0, 1, 1, 0, 0};
  decoder.marginals(rows.data(), 3, 3);
  for (const float probability : rows) CHECK(std::isfinite(probability));
  decoder.marginals(rows.data(), 0, 3);
}

TEST_CASE("transitions out of range are refused") {
  const std::vector<std::string> labels = {"O", "B-PER"};
  const std::vector<float> few = {0, 0, 0};
  CHECK_THROWS_AS(BioDecoder(labels, few), relata::UsageError);
  const std::vector<float> large = {0, 0, 0, 81};
  CHECK_THROWS_AS(BioDecoder(labels, large), relata::UsageError);
  const std::vector<float> fair = {0, 0, 0, 2};
  CHECK_THROWS_AS(BioDecoder(labels, fair, 100.0F), relata::UsageError);
}

TEST_CASE("labels that are no BIO labels are refused") {
  const std::vector<std::string> odd = {"O", "S-PER"};
  CHECK_THROWS_AS(BioDecoder{odd}, relata::UsageError);
  const std::vector<std::string> no_begin = {"O", "I-PER"};
  CHECK_THROWS_AS(BioDecoder{no_begin}, relata::UsageError);
}

TEST_CASE("a mention takes its modifiers and leaves preposition, copula and conjuncts") {
  const Sentence sentence = sentence_of({{"It", Upos::pron, 5, "nsubj"},
                                         {"was", Upos::aux, 5, "cop"},
                                         {"the", Upos::det, 5, "det"},
                                         {"old", Upos::adj, 5, "amod"},
                                         {"capital", Upos::noun, 0, "root"},
                                         {"of", Upos::adp, 7, "case"},
                                         {"Kenya", Upos::propn, 5, "nmod"},
                                         {"and", Upos::cconj, 9, "cc"},
                                         {"port", Upos::noun, 5, "conj"},
                                         {".", Upos::punct, 5, "punct"}});
  const TreeIndex tree(sentence);
  CHECK(tree.mention(4) == TokenSpan{2, 7});
  CHECK(tree.mention(6) == TokenSpan{6, 7});
  CHECK(tree.mention(8) == TokenSpan{8, 9});
}

TEST_CASE("an argument leaves out the clause of its own predicate") {
  // the man who left yesterday
  const Sentence sentence = sentence_of({{"the", Upos::det, 2, "det"},
                                         {"man", Upos::noun, 0, "root"},
                                         {"who", Upos::pron, 4, "nsubj"},
                                         {"left", Upos::verb, 2, "acl:relcl"},
                                         {"yesterday", Upos::noun, 4, "obl"}});
  const TreeIndex tree(sentence);
  CHECK(tree.argument(1, 3) == TokenSpan{0, 2});
  CHECK(tree.argument(4, 3) == TokenSpan{4, 5});
}

TEST_CASE("name taggers that agree make one name with the finer type") {
  Sentence sentence =
      sentence_of({{"Kenya", Upos::propn, 0, "root"}, {"won", Upos::verb, 1, "acl"}});
  const std::vector<NameVote> votes = {{{0, 1}, "LOC", 0.9F, 1.0F},
                                       {{0, 1}, "country", 0.8F, 0.7F}};
  const auto names = merge_names(sentence, votes, 2.7F);
  REQUIRE(names.size() == 1);
  CHECK(names[0].type == "place");
  CHECK(names[0].fine_type == "country");
}

TEST_CASE("names never overlap") {
  Sentence sentence = sentence_of({{"Bank", Upos::propn, 0, "root"},
                                   {"of", Upos::adp, 3, "case"},
                                   {"Uganda", Upos::propn, 1, "nmod"}});
  const std::vector<NameVote> votes = {{{0, 3}, "ORG", 0.9F, 1.0F},
                                       {{0, 3}, "organization", 0.9F, 1.0F},
                                       {{2, 3}, "country", 0.99F, 0.7F}};
  const auto names = merge_names(sentence, votes, 2.7F);
  REQUIRE(names.size() == 1);
  CHECK(names[0].span == TokenSpan{0, 3});
}

TEST_CASE("titles before a person's name are no part of it, and alone no name") {
  Sentence sentence = sentence_of({{"Dr.", Upos::propn, 2, "nmod:desc"},
                                   {"Bailey", Upos::propn, 3, "nsubj"},
                                   {"left", Upos::verb, 0, "root"}});
  const std::vector<NameVote> votes = {{{0, 2}, "person", 0.9F, 1.5F},
                                       {{1, 2}, "PER", 0.9F, 1.0F},
                                       {{0, 1}, "politician", 0.9F, 0.5F}};
  const auto names = merge_names(sentence, votes, 3.0F);
  REQUIRE(names.size() == 1);
  CHECK(names[0].span == TokenSpan{1, 2});
  CHECK(names[0].score == doctest::Approx(0.75F));
}

TEST_CASE("lemma scripts take off, add and change case") {
  CHECK(LemmaScript::parse("L|1|y").apply("Berries") == "berriey");
  CHECK(LemmaScript::parse("L|3|y").apply("Berries") == "berry");
  CHECK(LemmaScript::parse("C|0|").apply("nairobi") == "Nairobi");
  CHECK(LemmaScript::parse("U|1|").apply("ngos") == "NGO");
  CHECK(LemmaScript::parse("K|0|").apply("iPhone") == "iPhone");
  CHECK(LemmaScript::parse("N|0|").apply("12,000") == "12000");
  CHECK(LemmaScript::parse("L|9|be").apply("am") == "be");
  CHECK(LemmaScript::parse("L|1|").apply("caf\u00c9") == "caf");
  CHECK_THROWS_AS(LemmaScript::parse("L|x|y"), relata::UsageError);
  CHECK_THROWS_AS(LemmaScript::parse("Q|1|y"), relata::UsageError);
}

TEST_CASE("word pieces: longest match, typographic signs, marks, capitals") {
  const std::vector<std::string_view> vocabulary = {
      "[UNK]", "[CLS]", "[SEP]", "un", "##like", "##ly", "cafe", "'", "-", "s", "##s"};
  const WordPiece pieces(vocabulary);
  CHECK(pieces.split("Unlikely").ids == std::vector<std::uint32_t>{3, 4, 5});
  CHECK(pieces.split("Unlikely").shape == 1);
  CHECK(pieces.split("caf\u00e9s").ids == std::vector<std::uint32_t>{6, 10});
  CHECK(pieces.split("\u2019s").ids == std::vector<std::uint32_t>{7, 9});
  CHECK(pieces.split("\u2014").ids == std::vector<std::uint32_t>{8});
  CHECK(pieces.split("xyz").ids == std::vector<std::uint32_t>{0});
  CHECK(pieces.split("-----------").ids.size() == WordPiece::most_pieces);
  CHECK(pieces.split("").ids == std::vector<std::uint32_t>{0});
  CHECK(pieces.split("\u041c\u0438\u0440").shape == 8);
  CHECK(pieces.split("2,500").shape == 5);
  CHECK(pieces.split("B-52").shape == 6);
  CHECK(pieces.split("NATO").shape == 2);
  CHECK(pieces.split("I").shape == 3);
  CHECK(pieces.split("...").shape == 7);
}
