// libFuzzer target of the model loader: any bytes, as they are and with size and checksum put
// right, must load or be refused with an InputError; a model that loads must read a sentence. Build
// with clang++ -fsanitize=fuzzer,address,undefined; the first argument `-runs=N` bounds a run.
// Without a corpus the fuzzer starts from the tiny model of the tests, which an empty input stands
// for. Without libFuzzer (any compiler, RELATA_FUZZ_DRIVER defined) a driver makes the inputs, the
// same ones every time: fuzz_model_file 1000

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
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

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name for it
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

#ifdef RELATA_FUZZ_DRIVER

namespace {

/// Changes to the tiny model, most of them near its beginning, where sizes and names stand.
std::vector<std::uint8_t> some_changes(std::mt19937& random) {
  std::vector<std::uint8_t> changes;
  const std::size_t count = 1 + random() % 8;
  const std::uint32_t reach = random() % 2 == 0 ? 0x10000 : 0x800;
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = static_cast<std::uint32_t>(random() % reach);
    changes.push_back(static_cast<std::uint8_t>(place >> 8U));
    changes.push_back(static_cast<std::uint8_t>(place & 0xFFU));
    const std::uint8_t extreme[] = {0, 1, 0x7F, 0x80, 0xFF};
    changes.push_back(random() % 2 == 0 ? extreme[random() % 5]
                                        : static_cast<std::uint8_t>(random() % 256));
  }
  return changes;
}

/// The tiny model cut, or with a piece taken out or doubled, its size and checksum put right.
std::vector<std::byte> reshaped(std::mt19937& random) {
  std::vector<std::byte> model = relata::text::tiny_model();
  const std::size_t at = random() % model.size();
  const std::size_t length = std::min<std::size_t>(1 + random() % 256, model.size() - at);
  const auto begin = model.begin() + static_cast<std::ptrdiff_t>(at);
  const auto end = begin + static_cast<std::ptrdiff_t>(length);
  switch (random() % 3) {
    case 0:
      model.resize(at);
      break;
    case 1:
      model.erase(begin, end);
      break;
    default: {
      const std::vector<std::byte> piece(begin, end);
      model.insert(begin, piece.begin(), piece.end());
    }
  }
  relata::text::seal_model(model);
  return model;
}

}  // namespace

int main(int argc, char** argv) {
  const long runs = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 1000;
  std::mt19937 random(1);
  for (long run = 0; run < runs; ++run) {
    if (run % 2 == 0) {
      const std::vector<std::uint8_t> changes = some_changes(random);
      LLVMFuzzerTestOneInput(changes.data(), changes.size());
    } else {
      read_with(reshaped(random));
    }
  }
  std::printf("%ld models read or refused\n", runs);
  return 0;
}

#endif  // RELATA_FUZZ_DRIVER
