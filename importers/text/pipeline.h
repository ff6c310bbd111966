#pragma once
// The whole way from text to graph, one stage after the other (docs/architecture.md draws it). Load
// once, then feed documents: each is annotated on its own, by any number of threads; joining
// entities and events across documents and building the graph happens at the end, in the order of
// the documents' ids, so the result does not depend on threads or on the order of the inputs.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "graph/graph_builder.h"
#include "importers/text/chained_phrase.h"
#include "importers/text/corpus.h"
#include "importers/text/document.h"
#include "importers/text/facts.h"

namespace relata::text {

struct PipelineOptions {
  std::string data_folder;  ///< folder with the model and the knowledge files (share/relata)
  std::string model;        ///< another model file, "" for the one in the data folder
  std::string rules_file;   ///< curator's file, "" for none
  unsigned threads = 1;
  std::shared_ptr<const Ontology> ontology;
};

/// What was read and what came of it, for `--report`, and which things of several texts were taken
/// for one, for `--merge-log`.
struct Coverage {
  std::size_t documents = 0;
  std::size_t sentences = 0;
  std::size_t words = 0;
  std::size_t sentences_with_facts = 0;
  std::size_t sentences_with_candidates_only = 0;  ///< a known predicate that gave no fact
  struct Missed {
    std::string document;
    std::string sentence;
    std::string predicate;  ///< what was there and gave nothing
  };
  std::vector<Missed> missed;
  std::vector<MergeNote> merges;  ///< sorted by node, name and document
};

class Pipeline final {
 public:
  /// Loads model and knowledge. Throws InputError or FileError naming what is missing or broken.
  explicit Pipeline(const PipelineOptions& options);
  ~Pipeline();
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  /// Sentences, tokens, tags, tree, names, mentions and predicates: everything that a text's own
  /// words say. Thread-safe.
  void annotate(Document& document) const;

  /// The facts of one document, before anything is joined over documents. Sentences and tokens that
  /// the document has already are kept and only read, and what is annotated is not read again;
  /// otherwise it is segmented first. Thread-safe.
  [[nodiscard]] DocumentFacts extract(Document& document) const;

  /// The phrases of a document that refer and the chains that they form, as a corpus of coreference
  /// would mark them; the document is annotated first where it is not. Thread-safe.
  [[nodiscard]] std::vector<ChainedPhrase> chains(Document& document) const;

  /// Reads `documents` on all threads and hands each with its facts to `take`, one at a time, in
  /// the order of their ids. Joins nothing; the coverage is that of all.
  Coverage extract_all(std::vector<Document> documents,
                       const std::function<void(Document&&, DocumentFacts&&)>& take) const;

  /// Reads `documents` (annotated here, on all threads, unless they are) and adds their graph to
  /// `builder`.
  /// `progress` is called with the number of documents done, from one thread at a time.
  Coverage add(std::vector<Document> documents, GraphBuilder& builder,
               const std::function<void(std::size_t)>& progress = {}) const;

 private:
  void prepare(Document& document) const;

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace relata::text
