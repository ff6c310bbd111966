// Fuzz target of every importer: any bytes must be read or be refused with an InputError, and what
// is read must be valid UTF-8 with a name. The environment's RELATA_FUZZ_FORMAT names the format,
// or "packed" for archives and compressed files.
//
// With libFuzzer (clang++ -fsanitize=fuzzer,address,undefined):
//   RELATA_FUZZ_FORMAT=docx fuzz_importers CORPUS -runs=1000000
// Without it (any compiler, RELATA_FUZZ_DRIVER defined) a driver changes the seeds of
// tests/fuzz/seeds.cpp, the same way every time:
//   fuzz_importers docx 2000           2,000 inputs
//   fuzz_importers docx --seeds FOLDER writes the seeds there, as a corpus

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "importers/encoding.h"
#include "importers/importer.h"
#include "importers/language.h"
#include "importers/source.h"
#include "tests/fuzz/seeds.h"

namespace {

using namespace relata;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "fuzz_importers: %s\n", what);
  std::abort();
}

void check(const text::Document& document) {
  if (document.id.empty()) fail("an article without a name");
  const text::Metadata& data = document.metadata;
  for (const std::string* text : {&document.id, &document.text, &data.title, &data.date,
                                  &data.author, &data.outlet, &data.url, &data.language}) {
    if (find_utf8_fault(*text)) fail("an article with ill-formed UTF-8");
  }
  static_cast<void>(guess_language(document.text));
}

void read_format(const ImportFormat& format, std::istream& in, const std::string& name) {
  if (format.make_text != nullptr) {
    format.make_text()->read(in, name, {}, [](text::Document&& document) { check(document); });
    return;
  }
  GraphBuilder builder(Ontology::built_in());
  format.make_graph()->read(in, name, builder);
  static_cast<void>(std::move(builder).build());
}

void read(const std::string& format, const std::string& bytes) {
  std::istringstream in(bytes);
  try {
    if (const ImportFormat* const known = find_import_format(format)) {
      return read_format(*known, in, "fuzzed");
    }
    if (format != "packed") fail("RELATA_FUZZ_FORMAT names no format");
    walk_source(in, "fuzzed", std::string_view(bytes).substr(0, 4096),
                [](SourceFile& file) {
                  if (find_utf8_fault(file.name)) fail("a name with ill-formed UTF-8");
                  const ImportFormat* const known = import_format_of(file.format_name, file.head);
                  // poppler's processes are fuzzed under their own name
                  if (known != nullptr && known->name != "pdf") {
                    read_format(*known, file.stream, file.name);
                  }
                },
                {});
  } catch (const InputError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const char* const format = std::getenv("RELATA_FUZZ_FORMAT");
  if (format == nullptr) fail("RELATA_FUZZ_FORMAT is not set");
  read(format, std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}

#ifdef RELATA_FUZZ_DRIVER

namespace {

/// The same numbers on every machine (xorshift64*, Vigna 2016).
class Numbers final {
 public:
  std::size_t below(std::size_t bound) {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return bound == 0 ? 0
                      : static_cast<std::size_t>((state_ * 0x2545F4914F6CDD1DULL) >> 16U) % bound;
  }

 private:
  std::uint64_t state_ = 88172645463325252ULL;
};

/// One to eight changes: bytes set, bits turned, pieces cut, doubled, moved, numbers made extreme.
std::string changed(std::string bytes, Numbers& numbers) {
  static const std::string awkward[] = {"\xFF",
                                        std::string(1, '\0'),
                                        "<",
                                        ">",
                                        "\"",
                                        "&",
                                        "&#0;",
                                        "<![CDATA[",
                                        "4294967296",
                                        "-1",
                                        "\r\n\r\n",
                                        "\xEF\xBF\xBF",
                                        "\xED\xA0\x80",
                                        "]]>",
                                        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
                                        "%s%n",
                                        "--x",
                                        "../",
                                        "\x1F\x8B"};
  const std::size_t changes = 1 + numbers.below(8);
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = numbers.below(bytes.size() + 1);
    const std::size_t length = numbers.below(1 + numbers.below(32));
    switch (numbers.below(7)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(numbers.below(256));
        break;
      case 1:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << numbers.below(8)));
        break;
      case 2:
        bytes.erase(std::min(at, bytes.size()), length);
        break;
      case 3:
        bytes.insert(at, bytes.substr(numbers.below(bytes.size() + 1), length));
        break;
      case 4:
        bytes.insert(at, awkward[numbers.below(std::size(awkward))]);
        break;
      case 5:
        bytes.insert(
            at, std::string(numbers.below(2000), bytes.empty() ? 'a' : bytes[at % bytes.size()]));
        break;
      default:
        if (numbers.below(4) == 0) bytes.resize(at);
    }
  }
  return bytes;
}

int write_seeds(const std::string& format, const std::string& folder) {
  std::size_t number = 0;
  for (const tests::Seed& seed : tests::fuzz_seeds(format)) {
    std::ofstream file(folder + "/" + format + "-" + std::to_string(++number), std::ios::binary);
    file << seed.wrap(seed.content);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[1] == "--seeds") return write_seeds(words[0], words[2]);
  const std::string format = words.empty() ? "" : words[0];
  const std::vector<tests::Seed> seeds = tests::fuzz_seeds(format);
  if (words.size() != 2 || seeds.empty()) {
    std::cerr << "usage: fuzz_importers FORMAT COUNT | FORMAT --seeds FOLDER\n";
    return 2;
  }
  const std::size_t count = std::stoul(words[1]);
  Numbers numbers;
  for (const tests::Seed& seed : seeds) read(format, seed.wrap(seed.content));
  for (std::size_t i = 0; i < count; ++i) {
    const tests::Seed& seed = seeds[numbers.below(seeds.size())];
    // Half of the changes are within what is wrapped, where checksums would refuse them otherwise.
    if (numbers.below(2) == 0) {
      read(format, seed.wrap(changed(seed.content, numbers)));
    } else {
      read(format, changed(seed.wrap(seed.content), numbers));
    }
  }
  std::cout << format << ": " << count << " inputs\n";
  return 0;
}

#endif
