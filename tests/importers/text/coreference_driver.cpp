// What scripts/evaluate_coreference.py runs: reads one CoNLL-U document with gold tokens, lets the
// reader and the entity stages work on it, and prints one mention a line: SENTENCE FIRST LAST
// ENTITY (from 0, tokens inclusive). The extent of a mention is the whole noun phrase, as in GUM.

#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "importers/text/conllu.h"
#include "importers/text/pipeline.h"

int main(int argc, char** argv) {
  using namespace relata::text;
  if (argc != 2) {
    std::cerr << "usage: coreference_driver DOCUMENT.conllu\n";
    return 2;
  }
  std::ifstream in(argv[1]);
  PipelineOptions options;
  options.data_folder = RELATA_SOURCE_DIR;
  const Pipeline pipeline(options);
  for (Document& document : read_conllu(in, argv[1])) {
    const DocumentFacts facts = pipeline.extract(document);
    for (const EntityMention& mention : facts.entities.mentions) {
      TokenSpan span = mention.phrase;
      for (const Mention& read : document.sentences[mention.sentence].mentions) {
        if (read.head == mention.head) span = read.span;
      }
      fmt::print("{} {} {} {}\n", mention.sentence, span.begin, span.end - 1, mention.entity);
    }
  }
  return 0;
}
