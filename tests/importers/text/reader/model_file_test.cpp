// The loader refuses whatever is not a whole, unaltered model, and says why.

#include "importers/text/reader/model_file.h"

#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "importers/text/reader/reader.h"
#include "tests/importers/text/reader/tiny_model.h"

namespace {

using namespace relata::text;

std::string problem_of(const std::vector<std::byte>& bytes) {
  try {
    Reader::from_bytes(bytes, "m.rlm");
  } catch (const relata::InputError& error) {
    CHECK(error.source() == "m.rlm");
    return error.what();
  }
  return "";
}

/// Where the table entry of a section stands.
std::size_t entry_of(const std::vector<std::byte>& bytes, const std::string& name) {
  for (std::size_t at = 32;; at += 96) {
    if (std::strncmp(reinterpret_cast<const char*>(bytes.data()) + at, name.c_str(), 48) == 0)
      return at;
  }
}

template <class T>
void put(std::vector<std::byte>& bytes, std::size_t offset, T value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(T));
}

template <class T>
T get(const std::vector<std::byte>& bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

std::string problem_after(const std::function<void(std::vector<std::byte>&)>& change) {
  std::vector<std::byte> bytes = tiny_model();
  change(bytes);
  seal_model(bytes);
  return problem_of(bytes);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a whole model loads") {
  CHECK(problem_of(tiny_model()).empty());
}

TEST_CASE("a file that is not there is a file error") {
  CHECK_THROWS_AS(Reader::load("no/such/model.rlm"), relata::FileError);
  CHECK_THROWS_AS(Reader::load("."), relata::FileError);
}

TEST_CASE("a file cut short anywhere is refused") {
  const std::vector<std::byte> whole = tiny_model();
  for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 97) {
    const std::vector<std::byte> cut(whole.begin(),
                                     whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(!problem_of(cut).empty());
  }
}

TEST_CASE("any altered byte is noticed") {
  std::vector<std::byte> bytes = tiny_model();
  for (std::size_t i = 0; i < bytes.size(); i += 1 + i / 400) {
    bytes[i] ^= std::byte{0x10};
    CAPTURE(i);
    CHECK(!problem_of(bytes).empty());
    bytes[i] ^= std::byte{0x10};
  }
}

TEST_CASE("header fields are checked one by one") {
  CHECK(contains(problem_after([](auto& b) { b[0] = std::byte{'X'}; }), "no model file"));
  CHECK(contains(problem_after([](auto& b) { put<std::uint32_t>(b, 8, 3); }), "version 3"));
  CHECK(contains(problem_after([](auto& b) { put<std::uint32_t>(b, 28, 1); }), "reserved"));
  CHECK(
      contains(problem_after([](auto& b) { put<std::uint32_t>(b, 12, 0xFFFFFFFF); }), "sections"));
  CHECK(contains(
      problem_after([](auto& b) { put<std::uint32_t>(b, 12, get<std::uint32_t>(b, 12) - 1); }),
      "byte"));
  std::vector<std::byte> longer = tiny_model();
  longer.push_back(std::byte{0});
  CHECK(contains(problem_of(longer), "cut short or damaged"));
  seal_model(longer);
  CHECK(contains(problem_of(longer), "after the last section"));
}

TEST_CASE("table entries are checked one by one") {
  const std::vector<std::byte> whole = tiny_model();
  const std::size_t entry = entry_of(whole, "emb.type");
  const auto after = [&](const std::function<void(std::vector<std::byte>&)>& change) {
    const std::string problem = problem_after(change);
    CAPTURE(problem);
    return problem;
  };
  CHECK(contains(after([&](auto& b) { b[entry] = std::byte{0}; }), "section name"));
  CHECK(contains(after([&](auto& b) { b[entry + 40] = std::byte{'x'}; }), "section name"));
  CHECK(contains(after([&](auto& b) { put<std::uint32_t>(b, entry + 48, 9); }), "element type 9"));
  CHECK(contains(after([&](auto& b) { put<std::uint32_t>(b, entry + 48, 6); }),
                 "f32 or f16 expected, u32 found"));
  CHECK(contains(after([&](auto& b) { put<std::uint32_t>(b, entry + 52, 0); }), "dimensions"));
  CHECK(contains(after([&](auto& b) { put<std::uint32_t>(b, entry + 52, 2); }),
                 "shape [32] expected, [32, 1] found"));
  CHECK(contains(after([&](auto& b) { put<std::uint64_t>(b, entry + 56, std::uint64_t{1} << 62); }),
                 "do not fit"));
  CHECK(contains(after([&](auto& b) { put<std::uint64_t>(b, entry + 80, 0); }), "should begin at"));
  CHECK(contains(after([&](auto& b) { put<std::uint64_t>(b, entry + 88, 4); }), "32 elements"));
  CHECK(contains(after([&](auto& b) { std::memcpy(b.data() + entry, "emb.pos\0", 8); }),
                 "it is there twice"));
  CHECK(contains(after([&](auto& b) { std::memcpy(b.data() + entry, "emb.more", 8); }),
                 "emb.type: it is missing"));
}

TEST_CASE("contents are checked: numbers, labels, dictionaries") {
  const std::vector<std::byte> whole = tiny_model();
  const auto data = [&](const char* name) {
    return get<std::uint64_t>(whole, entry_of(whole, name) + 80);
  };
  CHECK(contains(problem_after([&](auto& b) {
                   put(b, data("mix") + 8, std::numeric_limits<float>::infinity());
                 }),
                 "element 2 is not a finite number"));
  CHECK(contains(problem_after([&](auto& b) { b[data("labels.upos")] = std::byte{'Z'}; }), "ZOUN"));
  CHECK(contains(problem_after([&](auto& b) { b[data("labels.ner")] = std::byte{'Q'}; }),
                 "labels.ner"));
  CHECK(contains(problem_after([&](auto& b) { put(b, data("ner.transitions") + 4, 81.0F); }),
                 "ner.transitions"));
  CHECK(contains(problem_after([&](auto& b) { b[data("lists.masks") + 1] = std::byte{0}; }),
                 "lists.masks"));
  CHECK(contains(problem_after([&](auto& b) { b[data("lists.masks") + 1] = std::byte{4}; }),
                 "lists.masks"));
  CHECK(
      contains(problem_after([&](auto& b) { put(b, data("lists.hashes") + 4, std::uint32_t{0}); }),
               "lists.hashes"));
  CHECK(contains(problem_after([&](auto& b) { b[data("labels.rel")] = std::byte{'b'}; }), "root"));
  CHECK(contains(problem_after([&](auto& b) { b[data("labels.lemma")] = std::byte{'?'}; }),
                 "labels.lemma"));
  CHECK(contains(problem_after([&](auto& b) { b[data("vocab")] = std::byte{0xFF}; }), "UTF-8"));
  CHECK(contains(problem_after([&](auto& b) { b[data("vocab")] = std::byte{'\n'}; }), "vocab"));
  CHECK(contains(problem_after([&](auto& b) { b[data("roleset.lemmas") + 7] = std::byte{'7'}; }),
                 "roleset.lemmas"));
  CHECK(contains(problem_after([&](auto& b) { b[data("calibration") + 5] = std::byte{'x'}; }),
                 "calibration"));
  CHECK(contains(problem_after([&](auto& b) { b[data("config")] = std::byte{'N'}; }), "Name"));
}

TEST_CASE("damage under a right checksum never does worse than an error") {
  const std::vector<std::byte> whole = tiny_model();
  std::mt19937 random(4);
  const std::size_t table = 32 + 96 * static_cast<std::size_t>(get<std::uint32_t>(whole, 12));
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::byte> bytes = whole;
    for (int change = 0; change <= round % 3; ++change) {
      const std::size_t reach = round % 2 == 0 ? table : bytes.size();
      bytes[random() % reach] = static_cast<std::byte>(random());
    }
    seal_model(bytes);
    try {
      const Reader reader = Reader::from_bytes(bytes, "m.rlm");
      Document document;
      Sentence& sentence = document.sentences.emplace_back();
      for (const char* word : {"Rebels", "took", "a", "town", "."})
        sentence.tokens.emplace_back().form = word;
      reader.annotate(document);
      CHECK(document.sentences[0].tokens.size() == 5);
    } catch (const relata::InputError& error) {
      CHECK(!std::string(error.what()).empty());
    }
  }
}

TEST_CASE("half-precision numbers") {
  CHECK(from_half(0x3C00) == 1.0F);
  CHECK(from_half(0xC000) == -2.0F);
  CHECK(from_half(0x7BFF) == 65504.0F);
  CHECK(from_half(0x0001) == doctest::Approx(5.9604645e-8));
  CHECK(from_half(0x8000) == 0.0F);
}
