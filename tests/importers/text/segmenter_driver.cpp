// Reads a text from standard input and prints its sentences as CoNLL-U columns; what
// scripts/evaluate_segmenter.py runs.

#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include "importers/text/segmenter.h"

int main() {
  const std::string text((std::istreambuf_iterator<char>(std::cin)), {});
  relata::text::for_each_sentence(text, [](relata::text::Sentence&& sentence) {
    std::printf("# headline = %d\n# paragraph = %u\n", sentence.headline ? 1 : 0,
                sentence.paragraph);
    int number = 0;
    for (const auto& token : sentence.tokens) {
      std::printf("%d\t%s\t_\t_\t_\t_\t_\t_\t_\tTokenRange=%u:%u%s\n", ++number, token.form.c_str(),
                  token.bytes.begin, token.bytes.end, token.space_after ? "" : "|SpaceAfter=No");
    }
    std::puts("");
  });
  return 0;
}
