// libFuzzer target of the model loader: any bytes, as they are and with size and checksum put
// right, must load or be refused with an InputError; a model that loads must read a sentence. Build
// with clang++ -fsanitize=fuzzer,address,undefined; the first argument `-runs=N` bounds a run.
// Without a corpus the fuzzer starts from the tiny model of the tests, which an empty input stands
// for.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/errors.h"
#include "importers/text/reader/reader.h"
#include "tests/importers/text/reader/tiny_model.h"

namespace {

void read_with(std::span<const std::byte> bytes) {
  using namespace relata::text;
  try {
    const Reader reader = Reader::from_bytes(bytes, "fuzzed");
    Document document;
    Sentence& sentence = document.sentences.emplace_back();
    for (const char* word : {"Rebels", "took", "a", "town", "."}) {
      sentence.tokens.emplace_back().form = word;
    }
    reader.annotate(document);
  } catch (const relata::InputError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(data[i]);
  read_with(bytes);
  // Input as changes to the tiny model: triples of position (16 bits) and value.
  std::vector<std::byte> model = relata::text::tiny_model();
  for (std::size_t i = 0; i + 2 < size; i += 3) {
    model[(std::size_t{data[i]} << 8U | data[i + 1]) % model.size()] = bytes[i + 2];
  }
  relata::text::seal_model(model);
  read_with(model);
  return 0;
}
