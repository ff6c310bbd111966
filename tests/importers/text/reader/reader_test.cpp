// Reading with a small random network: what comes out is nonsense, but well-formed and the same
// however it is asked for.

#include "importers/text/reader/reader.h"

#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "importers/text/conllu.h"
#include "tests/importers/text/reader/tiny_model.h"

namespace {

using namespace relata::text;

Document random_document(unsigned seed, std::size_t sentences, std::size_t longest) {
  std::mt19937 random(seed);
  const std::vector<std::string> words = {"the",  "Rebels", "took", "wins",  "a",
                                          "town", ".",      ",",    "armys", "Xyz"};
  Document document;
  document.id = "d" + std::to_string(seed);
  for (std::size_t s = 0; s < sentences; ++s) {
    Sentence& sentence = document.sentences.emplace_back();
    sentence.bytes.begin = static_cast<std::uint32_t>(document.text.size());
    const std::size_t size = 1 + random() % longest;
    for (std::size_t i = 0; i < size; ++i) {
      Token& token = sentence.tokens.emplace_back();
      token.form = words[random() % words.size()];
      token.bytes.begin = static_cast<std::uint32_t>(document.text.size());
      document.text += token.form;
      token.bytes.end = static_cast<std::uint32_t>(document.text.size());
      document.text += ' ';
    }
    sentence.bytes.end = static_cast<std::uint32_t>(document.text.size()) - 1;
  }
  return document;
}

std::string written(const Document& document) {
  std::ostringstream out;
  write_conllu(out, document);
  return out.str();
}

const Reader& tiny_reader() {
  static const Reader reader = Reader::from_bytes(tiny_model(), "tiny.rlm");
  return reader;
}

}  // namespace

TEST_CASE(
    "every sentence gets a tree with one root, also when it is longer than the network reads") {
  Document document = random_document(1, 40, 90);
  tiny_reader().annotate(document);
  for (const Sentence& sentence : document.sentences) {
    int roots = 0;
    for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
      roots += sentence.tokens[i].head < 0 ? 1 : 0;
      auto at = static_cast<std::int32_t>(i);
      std::size_t steps = 0;
      while (at >= 0 && steps <= sentence.tokens.size()) {
        at = sentence.tokens[static_cast<std::size_t>(at)].head;
        ++steps;
      }
      CHECK(steps <= sentence.tokens.size());
      CHECK((sentence.tokens[i].deprel == "root") == (sentence.tokens[i].head < 0));
      CHECK(sentence.tokens[i].head_score >= 0.0F);
      CHECK(sentence.tokens[i].head_score <= 1.0F);
    }
    CHECK(roots == 1);
  }
}

TEST_CASE("spans lie in the sentence and hold their heads") {
  Document document = random_document(2, 60, 40);
  tiny_reader().annotate(document);
  std::size_t arguments = 0;
  for (const Sentence& sentence : document.sentences) {
    const auto size = static_cast<std::int32_t>(sentence.tokens.size());
    for (const Mention& mention : sentence.mentions) {
      CHECK(mention.span.contains(mention.head));
      CHECK(mention.span.end <= size);
    }
    for (const Predicate& predicate : sentence.predicates) {
      for (const Argument& argument : predicate.arguments) {
        ++arguments;
        CHECK(argument.span.contains(argument.head));
        CHECK(argument.head != predicate.token);
      }
    }
  }
  CHECK(arguments > 0);
}

TEST_CASE("a sentence is read alike alone, in a batch and in any order") {
  Document together = random_document(3, 50, 40);
  std::vector<std::string> alone;
  for (const Sentence& sentence : together.sentences) {
    Document one;
    one.text = together.text;
    one.sentences = {sentence};
    tiny_reader().annotate(one);
    one.sentences[0].paragraph = 0;
    alone.push_back(written(one));
  }
  tiny_reader().annotate(together);
  for (std::size_t s = 0; s < together.sentences.size(); ++s) {
    Document one;
    one.text = together.text;
    one.sentences = {together.sentences[s]};
    CHECK(written(one) == alone[s]);
  }
}

TEST_CASE("threads and several documents a call change nothing") {
  std::vector<Document> one_by_one;
  std::vector<Document> batched;
  std::vector<Document> threaded;
  for (unsigned seed = 10; seed < 18; ++seed) one_by_one.push_back(random_document(seed, 7, 30));
  batched = threaded = one_by_one;
  const Reader& reader = tiny_reader();
  for (Document& document : one_by_one) reader.annotate(document);
  std::vector<Document*> pointers;
  for (Document& document : batched) pointers.push_back(&document);
  reader.annotate(pointers);
  std::vector<std::thread> threads;
  for (Document& document : threaded) {
    threads.emplace_back([&reader, &document] { reader.annotate(document); });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < one_by_one.size(); ++i) {
    CHECK(written(batched[i]) == written(one_by_one[i]));
    CHECK(written(threaded[i]) == written(one_by_one[i]));
  }
}

TEST_CASE("every instruction set reads alike") {
  const auto model = tiny_model();
  std::string expected;
  for (const Isa isa : {Isa::plain, Isa::avx2, Isa::avx512_vnni}) {
    if (!is_supported(isa)) continue;
    const Reader reader = Reader::from_bytes(model, "tiny.rlm", isa);
    Document document = random_document(5, 30, 40);
    reader.annotate(document);
    if (expected.empty()) expected = written(document);
    CAPTURE(isa_name(isa));
    CHECK(written(document) == expected);
  }
}

TEST_CASE("given predicates keep their tokens and get arguments") {
  Document document = random_document(6, 5, 20);
  for (Sentence& sentence : document.sentences) {
    Predicate predicate;
    predicate.token = 0;
    sentence.predicates = {predicate};
  }
  AnnotateOptions options;
  options.given_predicates = true;
  tiny_reader().annotate(document, options);
  for (const Sentence& sentence : document.sentences) {
    REQUIRE(sentence.predicates.size() == 1);
    CHECK(sentence.predicates[0].token == 0);
  }
}

TEST_CASE("empty documents and empty sentences are left as they are") {
  Document document;
  tiny_reader().annotate(document);
  CHECK(document.sentences.empty());
  document.sentences.emplace_back();
  tiny_reader().annotate(document);
  CHECK(document.sentences[0].names.empty());
}

TEST_CASE("lemmas come from the exceptions first") {
  Document document;
  Sentence& sentence = document.sentences.emplace_back();
  sentence.tokens.emplace_back().form = "Won";
  tiny_reader().annotate(document);
  const Token& token = document.sentences[0].tokens[0];
  CHECK((token.lemma == "win") == (token.upos == Upos::verb));
}
