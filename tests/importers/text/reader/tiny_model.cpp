#include "tests/importers/text/reader/tiny_model.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>

#include <zlib.h>

#include "importers/text/reader/name_lists.h"

namespace relata::text {

namespace {

constexpr std::size_t width = 32;
constexpr std::size_t hidden = 48;

class Writer final {
 public:
  void text(const std::string& name, const std::string& value) {
    add(name, 0, {value.size()}, std::vector<char>(value.begin(), value.end()));
  }

  void floats(const std::string& name, std::vector<std::size_t> dims, float reach = 0.3F) {
    std::vector<char> data;
    for (std::size_t i = 0; i < elements(dims); ++i) {
      const float value = reach * (static_cast<float>(random_() % 2001) / 1000.0F - 1.0F);
      data.insert(data.end(), reinterpret_cast<const char*>(&value),
                  reinterpret_cast<const char*>(&value) + 4);
    }
    add(name, 1, std::move(dims), std::move(data));
  }

  void bytes(const std::string& name, std::vector<std::size_t> dims,
             std::initializer_list<int> values) {
    std::vector<char> data;
    for (const int value : values) data.push_back(static_cast<char>(value));
    add(name, 5, std::move(dims), std::move(data));
  }

  void hashes(const std::string& name, const std::vector<std::vector<std::string_view>>& names) {
    std::vector<std::uint32_t> values;
    for (const auto& words : names) values.push_back(NameLists::hash(words));
    std::sort(values.begin(), values.end());
    std::vector<char> data(values.size() * 4);
    std::memcpy(data.data(), values.data(), data.size());
    add(name, 6, {values.size()}, std::move(data));
  }

  void matrix(const std::string& name, std::size_t n, std::size_t k) {
    std::vector<char> data;
    for (std::size_t i = 0; i < n * k; ++i)
      data.push_back(static_cast<char>(static_cast<int>(random_() % 255) - 127));
    add(name, 3, {n, k}, std::move(data));
    floats(name + ".scale", {n}, 0.004F);
  }

  void linear(const std::string& weight, const std::string& bias, std::size_t n, std::size_t k) {
    matrix(weight, n, k);
    floats(bias, {n});
  }

  void norm(const std::string& name) {
    floats(name + ".w", {width}, 1.0F);
    floats(name + ".b", {width});
  }

  [[nodiscard]] std::vector<std::byte> file() const {
    std::size_t offset = 32 + 96 * sections_.size();
    std::vector<char> table;
    std::vector<char> body;
    for (const Section& section : sections_) {
      const std::size_t padding = (64 - offset % 64) % 64;
      body.insert(body.end(), padding, 0);
      offset += padding;
      std::vector<char> entry(96, 0);
      std::memcpy(entry.data(), section.name.data(), section.name.size());
      std::memcpy(entry.data() + 48, &section.dtype, 4);
      const auto ndim = static_cast<std::uint32_t>(section.dims.size());
      std::memcpy(entry.data() + 52, &ndim, 4);
      for (std::size_t d = 0; d < 3; ++d) {
        const std::uint64_t dim = d < ndim ? section.dims[d] : 1;
        std::memcpy(entry.data() + 56 + 8 * d, &dim, 8);
      }
      const std::uint64_t place[2] = {offset, section.data.size()};
      std::memcpy(entry.data() + 80, place, 16);
      table.insert(table.end(), entry.begin(), entry.end());
      body.insert(body.end(), section.data.begin(), section.data.end());
      offset += section.data.size();
    }
    std::vector<std::byte> bytes(32 + table.size() + body.size());
    std::memcpy(bytes.data(), "RELATAMD", 8);
    const std::uint32_t numbers[2] = {2, static_cast<std::uint32_t>(sections_.size())};
    std::memcpy(bytes.data() + 8, numbers, 8);
    std::memcpy(bytes.data() + 32, table.data(), table.size());
    std::memcpy(bytes.data() + 32 + table.size(), body.data(), body.size());
    seal_model(bytes);
    return bytes;
  }

 private:
  struct Section {
    std::string name;
    std::uint32_t dtype;
    std::vector<std::size_t> dims;
    std::vector<char> data;
  };
  static std::size_t elements(const std::vector<std::size_t>& dims) {
    std::size_t product = 1;
    for (const std::size_t dim : dims) product *= dim;
    return product;
  }
  void add(std::string name, std::uint32_t dtype, std::vector<std::size_t> dims,
           std::vector<char> data) {
    sections_.push_back({std::move(name), dtype, std::move(dims), std::move(data)});
  }

  std::vector<Section> sections_;
  std::mt19937 random_{99};
};

void write_heads(Writer& writer) {
  const auto tagger = [&](const std::string& name, std::size_t inner,
                          std::vector<std::string> labels) {
    std::string text;
    for (const std::string& label : labels) text += label + "\n";
    writer.text("labels." + name, text);
    if (inner > 0) writer.linear(name + ".w1", name + ".b1", inner, width);
    writer.linear(name + ".w2", name + ".b2", labels.size(), inner > 0 ? inner : width);
  };
  tagger("upos", 0, {"NOUN", "VERB", "PUNCT"});
  tagger("xpos", 0, {"NN", "VB", "."});
  tagger("feats", 0, {"_", "Number=Sing"});
  tagger("lemma", 16, {"L|0|", "L|1|", "K|0|"});
  tagger("ner", 16, {"O", "B-PER", "I-PER", "B-LOC", "I-LOC"});
  writer.linear("ner.w3", "ner.b3", 16, 48);
  writer.floats("ner.transitions", {5, 5}, 2.0F);
  writer.text("lists.names", "peoples\nplaces\n");
  writer.hashes("lists.hashes", {{"rebels"}, {"town"}, {"rebels", "took"}});
  writer.bytes("lists.masks", {3}, {1, 2, 3});
  writer.floats("ner.lists", {16, 16});
  tagger("gum_name", 16, {"O", "B-person", "I-person", "B-place", "I-place"});
  tagger("mention", 16, {"none", "person", "event"});
  tagger("predicate", 16, {"none", "verbal"});
  tagger("deverbal", 0, {"none", "event"});
  const auto pairs = [&](const std::string& name, const std::string& left, const std::string& right,
                         std::size_t size, std::size_t labels) {
    writer.linear(name + "." + left + ".w", name + "." + left + ".b", size, width);
    writer.linear(name + "." + right + ".w", name + "." + right + ".b", size, width);
    writer.floats(name + ".u", {labels, size + 1, size + 1});
  };
  pairs("arc", "dep", "head", 20, 1);
  writer.text("labels.rel", "root\nnsubj\nobj\nnmod\ncase\nmark\n");
  pairs("rel", "dep", "head", 8, 6);
  writer.text("labels.srl", "none\nARG0\nARG1\nARG2\nARG3\nARG4\nARG5\nARGM-TMP\n");
  pairs("srl", "pred", "arg", 8, 8);
  writer.text("labels.srl_case", "none\nother\nin\n");
  writer.text("labels.srl_function", "absent\nany\nother\nPAG\n");
  writer.floats("srl.path", {1 + 2 * 6 + 4 * 36 + 6, 12});
  writer.floats("srl.case", {6, 12});
  writer.bytes("roleset.functions", {3, 6}, {3, 2, 0, 0, 0, 0, 3, 2, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0});
  writer.linear("roleset.w", "roleset.b", 8, width);
  writer.matrix("roleset.emb", 3, 8);
  writer.floats("roleset.bias", {3});
  writer.text("roleset.names", "take.01\ntake.02\nwin.01\n");
  writer.text("roleset.lemmas", "take\tv\t0 1\nwin\tv\t2\nwin\tn\t2\n");
  writer.text("lemma.exceptions", "won\tVERB\twin\n");
}

}  // namespace

std::vector<std::byte> tiny_model() {
  Writer writer;
  const std::vector<std::string> vocabulary = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "the",  "rebels",
                                               "took",  "win",   "##s",   "a",     "town", ".",
                                               ",",     "take",  "army",  "##ed"};
  std::string vocab;
  for (const std::string& piece : vocabulary) vocab += piece + "\n";
  writer.text("config",
              "name=tiny\nlayers=2\nwidth=32\nheads=1\nhidden=48\nvocabulary=16\npositions="
              "32\nshapes=10\ngroups=2\n"
              "epsilon=1e-12\nmost_pieces=6\ntaggers=upos:0:0 xpos:0:0 feats:0:0 lemma:0:16 "
              "ner:1:16 gum_name:1:16 "
              "mention:1:16 predicate:1:16 "
              "deverbal:1:0\narc.group=0\narc.width=20\nrel.group=0\nrel.width=8\n"
              "srl.group=1\nsrl.width=8\nroleset.group=1\nroleset.width=8\n");
  writer.text("vocab", vocab);
  writer.matrix("emb.word", vocabulary.size(), width);
  writer.floats("emb.pos", {32, width});
  writer.floats("emb.type", {width});
  writer.norm("emb.ln");
  writer.floats("shape.in", {10, width});
  writer.floats("shape.out", {2, 10, width});
  for (const char* layer : {"layer.0.", "layer.1."}) {
    const std::string name = layer;
    for (const char* part : {"q", "k", "v", "o"})
      writer.linear(name + part, name + part + ".bias", width, width);
    writer.linear(name + "ff1", name + "ff1.bias", hidden, width);
    writer.linear(name + "ff2", name + "ff2.bias", width, hidden);
    writer.norm(name + "ln1");
    writer.norm(name + "ln2");
  }
  writer.floats("mix", {2, 3});
  write_heads(writer);
  std::string calibration;
  for (const char* head : {"upos", "xpos", "feats", "lemma", "ner", "gum_name", "mention",
                           "predicate", "deverbal", "arc", "rel", "srl", "roleset"}) {
    calibration += std::string(head) + "=1.5\n";
  }
  writer.text("calibration", calibration);
  writer.text("selftest.input", "");
  writer.text("selftest.expected", "");
  return writer.file();
}

void seal_model(std::vector<std::byte>& bytes) {
  if (bytes.size() < 32) return;
  const std::uint64_t size = bytes.size();
  std::memcpy(bytes.data() + 16, &size, 8);
  const auto checksum = static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()) + 32, bytes.size() - 32));
  std::memcpy(bytes.data() + 24, &checksum, 4);
}

}  // namespace relata::text
