// Annotates texts or treebanks with a model and prints CoNLL-U: what scripts/evaluate_reader.py
// runs.
//
//   reader_driver MODEL raw FILE...        text files, segmented first; one document each
//   reader_driver MODEL gold FILE...       CoNLL-U files; tokens and sentences as they are
//   reader_driver MODEL predicates FILE... the same with the predicates' tokens as given
//   reader_driver MODEL self-test          share of the model's self-test that comes out as
//   expected
//
// In the gold modes the spans of every name tagger by itself go into comments "# names TAGGER = ".

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "graph/errors.h"
#include "importers/text/conllu.h"
#include "importers/text/reader/reader.h"
#include "importers/text/segmenter.h"

namespace {

using namespace relata::text;

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw relata::UsageError("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void run(const Reader& reader, const std::string& mode, const std::string& path) {
  std::vector<Document> documents;
  if (mode == "raw") {
    Document document;
    document.id = path;
    document.text = contents(path);
    segment(document);
    documents.push_back(std::move(document));
  } else {
    std::istringstream in(contents(path));
    documents = read_conllu(in, path);
  }
  for (Document& document : documents) {
    std::vector<NameLayer> layers;
    AnnotateOptions options;
    options.given_predicates = mode == "predicates";
    options.name_layers = &layers;
    reader.annotate(document, options);
    for (const NameLayer& layer : layers) {
      for (std::size_t s = 0; s < layer.sentences.size(); ++s) {
        for (const Name& name : layer.sentences[s]) {
          std::cout << "# names " << layer.tagger << " = " << s << ' ' << name.span.begin << ' '
                    << name.span.end << ' ' << name.type << ' ' << name.score << '\n';
        }
      }
    }
    write_conllu(std::cout, document);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: reader_driver MODEL raw|gold|predicates|self-test FILE...\n";
    return 2;
  }
  try {
    const Reader reader = Reader::load(argv[1]);
    const std::string mode = argv[2];
    if (mode == "self-test") std::cout << reader.self_test() << '\n';
    for (int i = 3; i < argc; ++i) run(reader, mode, argv[i]);
  } catch (const std::exception& error) {
    std::cerr << "reader_driver: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
