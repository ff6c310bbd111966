// What scripts/evaluate_coreference.py and training/train_coreference.py run. Reads CoNLL-U
// documents with gold tokens and lets the reader and the stages of coreference work on them.
//
//   coreference_driver DOCUMENT.conllu             a mention a line: SENTENCE FIRST LAST CHAIN
//   coreference_driver --entities DOCUMENT.conllu  the same with the entities of the graph
//   coreference_driver --extents DOCUMENT...       for training: trees and dependents
//   coreference_driver --features MODEL DOCUMENT...  for training: mentions, candidates, features
//
// Numbers count from 0, tokens are inclusive. The last two write 32-bit integers of this machine.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "importers/text/chain_features.h"
#include "importers/text/chain_mentions.h"
#include "importers/text/chain_model.h"
#include "importers/text/conllu.h"
#include "importers/text/coreference.h"
#include "importers/text/entity_mentions.h"
#include "importers/text/gazetteer.h"
#include "importers/text/knowledge.h"
#include "importers/text/mention_extents.h"
#include "importers/text/pipeline.h"
#include "importers/text/reader/reader.h"
#include "importers/text/world.h"

namespace {

using namespace relata::text;

void put(std::int64_t value) {
  const auto number = static_cast<std::int32_t>(value);
  std::fwrite(&number, sizeof number, 1, stdout);
}

void put(const FeatureList& features) {
  put(static_cast<std::int64_t>(features.ids().size()));
  for (const std::uint32_t id : features.ids()) put(id);
}

std::vector<SyntaxView> views_of(const Document& document) {
  std::vector<SyntaxView> syntax;
  for (const Sentence& sentence : document.sentences) syntax.emplace_back(sentence);
  return syntax;
}

/// Number of sentences; for each: number of tokens and the head of each (-1 the root), number of
/// records; for each: head, dependent, first and last token of the dependent's subtree, features.
void print_extents(const Document& document) {
  const std::vector<SyntaxView> syntax = views_of(document);
  put(static_cast<std::int64_t>(syntax.size()));
  for (const SyntaxView& tree : syntax) {
    put(tree.size());
    std::int64_t records = 0;
    for (std::int32_t t = 0; t < tree.size(); ++t) put(tree.head(t));
    const auto each_dependent = [&](const auto& use) {
      for (std::int32_t head = 0; head < tree.size(); ++head) {
        grow_extent(tree, head, [&](std::int32_t child, TokenSpan sofar) {
          use(head, child, sofar);
          return true;
        });
      }
    };
    each_dependent([&](std::int32_t, std::int32_t, TokenSpan) { ++records; });
    put(records);
    each_dependent([&](std::int32_t head, std::int32_t child, TokenSpan sofar) {
      FeatureList features(ChainModel::extent_bits);
      extent_features(tree, head, child, sofar, features);
      put(head);
      put(child);
      put(tree.subtree(child).begin);
      put(tree.subtree(child).end - 1);
      put(features);
    });
  }
}

std::string read_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// The stages before the chains, which need no model of coreference.
class Trainer final {
 public:
  Trainer(const std::string& folder, const ChainModel& model)
      : reader_(Reader::load(folder + "/models/reader.rlm")),
        gazetteer_(Gazetteer::open(folder + "/data/gazetteer")),
        world_(gazetteer_),
        predicates_(PredicateKnowledge::parse(read_file(folder + "/data/predicates.txt"),
                                              "predicates.txt", *ontology_)),
        nouns_(
            NounKnowledge::parse(read_file(folder + "/data/nouns.txt"), "nouns.txt", *ontology_)),
        model_(model) {}

  void annotate(Document& document) const { reader_.annotate(document); }

  /// Number of mentions; for each: sentence, first, last, head, whether the reader has it, row of
  /// its word; features as anaphor, as something new, as antecedent; candidates with their
  /// features.
  void print_features(const Document& document) const {
    const std::vector<SyntaxView> syntax = views_of(document);
    Entities entities = find_entity_mentions(syntax, nouns_, world_);
    const SpeakerMap speakers = find_speakers(document, syntax, predicates_, entities);
    resolve_coreference(syntax, speakers, entities);
    const auto mentions = find_chain_mentions(syntax, entities, model_);
    const ChainFeatures features(syntax, speakers, entities, mentions, model_.words());
    put(static_cast<std::int64_t>(mentions.size()));
    FeatureList list(ChainModel::rank_bits);
    const auto put_list = [&] {
      put(list);
      list.clear();
    };
    for (std::size_t n = 0; n < mentions.size(); ++n) {
      const auto i = static_cast<std::int32_t>(n);
      const ChainMention& mention = mentions[n];
      put(mention.sentence);
      put(mention.span.begin);
      put(mention.span.end - 1);
      put(mention.head);
      put(mention.read ? 1 : 0);
      put(features.head_word(i));
      features.anaphor(i, list);
      put_list();
      features.newness(i, list);
      put_list();
      features.antecedent(i, list);
      put_list();
      const auto candidates = features.candidates(i);
      put(static_cast<std::int64_t>(candidates.size()));
      std::int32_t between = 0;
      for (const std::int32_t j : candidates) {
        put(j);
        features.pair(j, i, between, list);
        put_list();
        if (features.agrees(j, i)) ++between;
      }
    }
  }

 private:
  std::shared_ptr<const relata::Ontology> ontology_ = relata::Ontology::built_in();
  Reader reader_;
  Gazetteer gazetteer_;
  World world_;
  PredicateKnowledge predicates_;
  NounKnowledge nouns_;
  const ChainModel& model_;
};

void print_entities(const Document& document, const DocumentFacts& facts) {
  for (const EntityMention& mention : facts.entities.mentions) {
    TokenSpan span = mention.phrase;
    for (const Mention& read : document.sentences[mention.sentence].mentions) {
      if (read.head == mention.head) span = read.span;
    }
    fmt::print("{} {} {} {}\n", mention.sentence, span.begin, span.end - 1, mention.entity);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[1] : "";
  const int first = mode == "--features" ? 3 : mode.starts_with("--") ? 2 : 1;
  if (argc <= first) {
    std::cerr
        << "usage: coreference_driver [--entities | --extents | --features MODEL] DOCUMENT...\n";
    return 2;
  }
  const std::string folder = RELATA_SOURCE_DIR;
  if (mode == "--extents" || mode == "--features") {
    const ChainModel model =
        mode == "--features" ? ChainModel::load(argv[2]) : ChainModel::untrained();
    const Trainer trainer(folder, model);
    for (int i = first; i < argc; ++i) {
      std::ifstream in(argv[i]);
      for (Document& document : read_conllu(in, argv[i])) {
        trainer.annotate(document);
        if (mode == "--extents") print_extents(document);
        if (mode == "--features") trainer.print_features(document);
      }
    }
    return 0;
  }
  PipelineOptions options;
  options.data_folder = folder;
  const Pipeline pipeline(options);
  for (int i = first; i < argc; ++i) {
    std::ifstream in(argv[i]);
    for (Document& document : read_conllu(in, argv[i])) {
      if (mode == "--entities") {
        print_entities(document, pipeline.extract(document));
        continue;
      }
      for (const ChainedPhrase& phrase : pipeline.chains(document)) {
        fmt::print("{} {} {} {}\n", phrase.sentence, phrase.span.begin, phrase.span.end - 1,
                   phrase.chain);
      }
    }
  }
  return 0;
}
