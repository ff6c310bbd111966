// Speed (in processor time of one thread) and memory of the reader: raw text to tokens, tags,
// trees, names, mentions, predicates and arguments on one thread. Usage: bench_reader MODEL TEXT
// [avx512|avx2|plain]
//
// Prints words and word pieces a second (the fastest of the runs over the text repeated to about 1
// MB), the share of the stages, start-up time and peak memory; and word pieces a second of the bare
// encoder, as bench_onnxruntime.js does for ONNX Runtime.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <sys/resource.h>
#include <time.h>

#include "importers/text/reader/encoder.h"
#include "importers/text/reader/model_file.h"
#include "importers/text/reader/network.h"
#include "importers/text/reader/reader.h"
#include "importers/text/reader/wordpiece.h"
#include "importers/text/segmenter.h"

namespace {

using namespace relata::text;

/// Seconds of processor time that this thread has used: what other programs take does not count.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double since(double start) {
  return now() - start;
}

Isa isa_of(std::string_view name) {
  if (name == "avx512") return Isa::avx512_vnni;
  if (name == "avx2") return Isa::avx2;
  if (name == "plain") return Isa::plain;
  return best_isa();
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Pieces a second of the encoder alone, for 12 sentences of 32 pieces with the vector of each
/// wanted.
double encoder_speed(const Network& network, Isa isa) {
  constexpr std::uint32_t sentences = 12;
  constexpr std::uint32_t length = 32;
  EncoderInput input;
  for (std::uint32_t i = 0; i < sentences * length; ++i) {
    if (i % length == 0) input.starts.push_back(i);
    input.pieces.push_back(1000 + i * 7919 % 20000);
    input.shapes.push_back(0);
    input.word_rows.push_back(i);
    input.word_shapes.push_back(0);
  }
  const Kernels& kernels = kernels_for(isa);
  EncoderWorkspace workspace;
  network.encoder->run(kernels, input, workspace);
  const int repeats = isa == Isa::plain ? 1 : 4;
  double best = 1e9;
  for (int run = 0; run < 5; ++run) {
    const double begin = now();
    for (int i = 0; i < repeats; ++i) network.encoder->run(kernels, input, workspace);
    best = std::min(best, since(begin) / repeats);
  }
  return sentences * length / best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: bench_reader MODEL TEXT [avx512|avx2|plain]\n");
    return 2;
  }
  try {
    const double start = now();
    const Reader reader = Reader::load(argv[1], isa_of(argc > 3 ? argv[3] : ""));
    const double load = since(start);
    Document first;
    first.text = "Rebels attacked the town of Kandara, killing three soldiers.";
    segment(first);
    reader.annotate(first);
    std::printf("%s: load %.3f s, first result after %.3f s, peak memory %.0f MB\n",
                isa_name(reader.isa()).data(), load, since(start), peak_megabytes());

    std::ifstream in(argv[2], std::ios::binary);
    const std::string once((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    Document document;
    constexpr std::size_t size = 1000000;
    const std::size_t wanted = reader.isa() == Isa::plain ? size / 20 : size;
    do {
      document.text += once;
      document.text += "\n\n";
    } while (!once.empty() && document.text.size() < wanted);
    double best = 1e9;
    double segmenting = 0;
    for (int run = 0; run < 2; ++run) {
      const double begin = now();
      segment(document);
      const double segmented = since(begin);
      reader.annotate(document);
      const double all = since(begin);
      if (all < best) {
        best = all;
        segmenting = segmented;
      }
    }
    const Network network(ModelFile::open(argv[1]));
    WordPieceCache pieces(*network.pieces);
    std::size_t words = 0;
    std::size_t count = 0;
    for (const Sentence& sentence : document.sentences) {
      words += sentence.tokens.size();
      count += 2;
      for (const Token& token : sentence.tokens) count += pieces.split(token.form).ids.size();
    }
    std::printf(
        "%zu bytes, %zu sentences, %zu words, %zu pieces in %.2f s: %.0f words/s, %.0f "
        "pieces/s; segmenting %.1f%% of it; peak memory %.0f MB\n",
        document.text.size(), document.sentences.size(), words, count, best,
        static_cast<double>(words) / best, static_cast<double>(count) / best,
        100 * segmenting / best, peak_megabytes());
    std::printf("the encoder alone, 12 sentences of 32 pieces: %.0f pieces/s\n",
                encoder_speed(network, reader.isa()));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_reader: %s\n", error.what());
    return 1;
  }
  return 0;
}
