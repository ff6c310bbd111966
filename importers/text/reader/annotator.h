#pragma once
// One annotate() call: cuts sentences into parts that the network takes, runs it over batches of
// parts and writes what its scores say into the sentences. Belongs to one thread; keeps references
// to the network and the kernels.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/reader/names.h"
#include "importers/text/reader/network.h"
#include "importers/text/reader/reader.h"
#include "importers/text/reader/wordpiece.h"

namespace relata::text {

class Annotator final {
 public:
  Annotator(const Network& network, const Kernels& kernels, const AnnotateOptions& options);

  /// Queues a sentence; its annotations are complete after finish(). The sentence must stay where
  /// it is until then.
  void add(Sentence& sentence);
  void finish();

 private:
  /// Words [begin, begin + size) of a sentence, as one sequence of the batch.
  struct Part {
    Sentence* sentence = nullptr;
    std::size_t begin = 0;
    std::size_t size = 0;
    std::size_t row = 0;     ///< of its root among the batch's word vectors; words follow
    std::size_t number = 0;  ///< of the sentence in this call
  };

  void add_part(Sentence& sentence, std::size_t begin, std::size_t end);
  void run_batch();
  void mark_lists();
  void tag();
  void parse();
  void find_names();
  void find_mentions();
  void find_predicates();
  /// `roleset`: the predicate's, or ArgumentFeatures::no_roleset.
  void find_arguments(const Part& part, const PartTree& tree, std::size_t roleset,
                      Predicate& predicate, const float* expanded);
  [[nodiscard]] PartTree tree_of(const Part& part) const;
  /// Those of `candidates` whose particle ("out" of carry_out.03) follows the predicate or that
  /// have none; all when that leaves none.
  [[nodiscard]] std::vector<std::uint32_t> senses_with_particle(
      const Sentence& sentence, std::size_t token, std::string_view lemma,
      std::span<const std::uint32_t> candidates) const;
  void complete(std::size_t number, Sentence& sentence);
  [[nodiscard]] const WordVectors& vectors(std::size_t group) const { return vectors_[group]; }
  /// Index of the best label of a row and its calibrated probability; the row is left as
  /// probabilities.
  std::size_t best_label(const Tagger& tagger, float* row, float& probability) const;

  const Network& network_;
  const Kernels& kernels_;
  const AnnotateOptions& options_;
  WordPieceCache pieces_;
  EncoderInput input_;
  std::vector<Part> parts_;
  std::vector<std::uint32_t> relations_;  // number of each word's relation, by its row in the batch
  std::vector<std::uint16_t> list_marks_;  // of NameLists, by row in the batch
  EncoderWorkspace encoder_;
  HeadWorkspace heads_;
  std::vector<WordVectors> vectors_;
  Scores scores_;
  Scores more_scores_;
  Biaffine::Projections projections_;
  std::vector<Sentence*> sentences_;          // of this call
  std::vector<std::vector<NameVote>> votes_;  // by sentence
};

}  // namespace relata::text
