#include "importers/text/conllu.h"

#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "graph/errors.h"

namespace {

using namespace relata::text;

Document sample() {
  Document document;
  document.id = "a|b=c.txt";
  document.text = "\n Kenya's  army\nwon.\n\nDone \t";
  document.metadata.title = "One\ntitle";
  document.metadata.date = "2026-03-01";
  Sentence first;
  first.bytes = {2, 20};
  first.headline = true;
  const auto word = [](const char* form, ByteSpan bytes, int head, const char* relation,
                       bool space) {
    Token token;
    token.form = form;
    token.lemma = form;
    token.bytes = bytes;
    token.upos = Upos::noun;
    token.xpos = "NN";
    token.feats = "_";
    token.head = head;
    token.deprel = relation;
    token.space_after = space;
    token.tag_score = 0.1F;
    token.head_score = 1.0F / 3.0F;
    return token;
  };
  first.tokens = {word("Kenya", {2, 7}, 2, "nmod:poss", false), word("'s", {7, 9}, 0, "case", true),
                  word("army", {11, 15}, 3, "nsubj", true),
                  word("won", {16, 19}, -1, "root", false), word(".", {19, 20}, 3, "punct", true)};
  first.names = {{{0, 1}, "place", "country", 0.75F}};
  first.mentions = {{{0, 3}, 2, "organization", 0.5F}, {{0, 1}, 0, "place", 0.25F}};
  Predicate predicate;
  predicate.token = 3;
  predicate.roleset = "win:odd,.01";
  predicate.score = 0.9F;
  predicate.roleset_score = 0.8F;
  predicate.arguments = {{"ARG0", 2, {0, 3}, 0.7F}, {"ARGM-TMP", 4, {4, 5}, 0.1F}};
  first.predicates = {predicate};
  Sentence second;
  second.bytes = {22, 26};
  second.paragraph = 1;
  second.tokens = {word("Done", {22, 26}, -1, "root", true)};
  document.sentences = {first, second};
  return document;
}

std::string written(const Document& document) {
  std::ostringstream out;
  write_conllu(out, document);
  return out.str();
}

std::vector<Document> read_text(const std::string& text) {
  std::istringstream in(text);
  return read_conllu(in, "test.conllu");
}

std::string problem_of(const std::string& text) {
  try {
    read_text(text);
  } catch (const relata::InputError& error) {
    return error.what();
  }
  return "";
}

const std::string good_row = "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n";

}  // namespace

TEST_CASE("a document comes back from CoNLL-U as it was") {
  const Document before = sample();
  const std::string text = written(before);
  const auto all = read_text(text);
  REQUIRE(all.size() == 1);
  const Document& after = all[0];
  CHECK(after.id == before.id);
  CHECK(after.text == before.text);
  CHECK(after.metadata.title == before.metadata.title);
  CHECK(after.metadata.date == before.metadata.date);
  REQUIRE(after.sentences.size() == 2);
  const Sentence& sentence = after.sentences[0];
  CHECK(sentence.bytes == before.sentences[0].bytes);
  CHECK(sentence.headline);
  CHECK(after.sentences[1].paragraph == 1);
  REQUIRE(sentence.tokens.size() == 5);
  CHECK(sentence.tokens[1].bytes == ByteSpan{7, 9});
  CHECK(sentence.tokens[1].head == 0);
  CHECK(sentence.tokens[0].deprel == "nmod:poss");
  CHECK(sentence.tokens[0].head_score == 1.0F / 3.0F);
  REQUIRE(sentence.mentions.size() == 2);
  REQUIRE(sentence.predicates.size() == 1);
  CHECK(sentence.predicates[0].roleset == "win:odd,.01");
  REQUIRE(sentence.predicates[0].arguments.size() == 2);
  CHECK(sentence.predicates[0].arguments[1].role == "ARGM-TMP");
  CHECK(sentence.names[0].fine_type == "country");
  CHECK(written(after) == text);
}

TEST_CASE("documents without sentences and several documents keep their texts") {
  Document empty;
  empty.id = "empty";
  empty.text = " \n";
  const auto all = read_text(written(empty) + written(sample()) + written(empty));
  REQUIRE(all.size() == 3);
  CHECK(all[0].text == " \n");
  CHECK(all[1].text == sample().text);
  CHECK(all[2].text == " \n");
}

TEST_CASE("a treebank's multiword tokens share their bytes out") {
  const auto all = read_text(
      "# newdoc id = d\n# text = They don't.\n1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
      "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n"
      "3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_\n4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n");
  REQUIRE(all.size() == 1);
  const Sentence& sentence = all[0].sentences[0];
  CHECK(all[0].text == "They don't.");
  CHECK(sentence.tokens[1].bytes == ByteSpan{5, 7});
  CHECK_FALSE(sentence.tokens[1].space_after);
  CHECK(sentence.tokens[2].bytes == ByteSpan{7, 10});
  CHECK_FALSE(sentence.tokens[2].space_after);
}

TEST_CASE("without a text line the text is put together from the forms") {
  const auto all = read_text(
      "1\tGo\t_\t_\t_\t_\t_\t_\t_\t_\n2\ton\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t!\t_\t_\t_\t_"
      "\t_\t_\t_\t_\n\n");
  REQUIRE(all.size() == 1);
  CHECK(all[0].id == "test.conllu");
  CHECK(all[0].text == "Go on!");
  CHECK(all[0].sentences[0].tokens[2].bytes == ByteSpan{5, 6});
}

TEST_CASE("errors name the file and the line") {
  CHECK(problem_of(good_row + "2\tx\n\n").find("line 2") != std::string::npos);
  CHECK(problem_of(good_row + "2\tx\n\n").find("10 columns") != std::string::npos);
  CHECK(problem_of("2\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n").find("word 1 expected") !=
        std::string::npos);
  CHECK(problem_of("1\tGo\tgo\tVERB\tVB\t_\t7\troot\t_\t_\n\n").find("head 7") !=
        std::string::npos);
  CHECK(problem_of("1\tGo\tgo\tVERB\tVB\t_\t1\tdep\t_\t_\n\n") != "");
  CHECK(problem_of("1\tGo\tgo\tVERBS\tVB\t_\t0\troot\t_\t_\n\n").find("part of speech") !=
        std::string::npos);
  CHECK(problem_of("# text = Stop\n" + good_row + "\n") != "");
  CHECK(problem_of("1\tGo\xff\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n").find("UTF-8") !=
        std::string::npos);
  CHECK(problem_of("1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tName=1-9:place::1\n\n").find("1-9") !=
        std::string::npos);
  CHECK(problem_of("1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\tBytes=5-9\n\n") != "");
  CHECK(problem_of("1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n" + good_row + "\n") != "");
  CHECK(problem_of("1\ta\ta\tX\tX\t_\t2\tdep\t_\t_\n2\tb\tb\tX\tX\t_\t1\tdep\t_\t_\n\n")
            .find("circle") != std::string::npos);
}

TEST_CASE("mutilated CoNLL-U is read or refused, never worse") {
  const std::string good = written(sample());
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char c : {'\n', '\t', '9', '-', ':'}) {
      std::string bad = good;
      bad[i] = c;
      std::istringstream in(bad);
      try {
        for (const Document& document : read_conllu(in, "bad")) {
          for (const Sentence& sentence : document.sentences) {
            for (const Token& token : sentence.tokens) {
              REQUIRE(token.bytes.end <= document.text.size());
              REQUIRE(token.bytes.begin <= token.bytes.end);
            }
          }
        }
      } catch (const relata::InputError&) {
        continue;
      }
    }
  }
}
