#include "importers/text/pipeline.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>
#include <tuple>
#include <utility>

#include "graph/errors.h"
#include "graph/parallel.h"
#include "importers/text/chain_model.h"
#include "importers/text/curator_rules.h"
#include "importers/text/dateline.h"
#include "importers/text/extractor.h"
#include "importers/text/gazetteer.h"
#include "importers/text/joining.h"
#include "importers/text/knowledge.h"
#include "importers/text/reader/reader.h"
#include "importers/text/segmenter.h"
#include "importers/text/world.h"

namespace relata::text {

namespace {

/// Documents that are read before one that takes longer.
constexpr std::size_t most_waiting = 256;

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw FileError("read", path, errno);
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) throw FileError("read", path, errno);
  return std::move(text).str();
}

std::string model_path(const PipelineOptions& options) {
  return options.model.empty() ? options.data_folder + "/models/reader.rlm" : options.model;
}

}  // namespace

/// Everything that is loaded once. The members refer to each other, so it stays where it is.
struct Pipeline::Parts {
  explicit Parts(const PipelineOptions& options)
      : threads(std::max(1U, options.threads)),
        ontology(options.ontology ? options.ontology : Ontology::built_in()),
        reader(Reader::load(model_path(options))),
        gazetteer(Gazetteer::open(options.data_folder + "/data/gazetteer")),
        world(gazetteer),
        predicates(load_predicates(options.data_folder + "/data/predicates.txt", *ontology)),
        nouns(load_nouns(options.data_folder + "/data/nouns.txt", *ontology)),
        chains(ChainModel::load(options.data_folder + "/models/coreference.rcm")),
        extractor(predicates, nouns, world, chains, *ontology) {
    if (!options.rules_file.empty()) {
      rules = CuratorRules::parse(read_file(options.rules_file), options.rules_file, *ontology);
    }
  }

  static PredicateKnowledge load_predicates(const std::string& path, const Ontology& ontology) {
    return PredicateKnowledge::parse(read_file(path), path, ontology);
  }

  static NounKnowledge load_nouns(const std::string& path, const Ontology& ontology) {
    return NounKnowledge::parse(read_file(path), path, ontology);
  }

  unsigned threads;
  std::shared_ptr<const Ontology> ontology;
  Reader reader;
  Gazetteer gazetteer;
  World world;
  PredicateKnowledge predicates;
  NounKnowledge nouns;
  ChainModel chains;
  Extractor extractor;
  CuratorRules rules;
};

Pipeline::Pipeline(const PipelineOptions& options) : parts_(std::make_unique<Parts>(options)) {}
Pipeline::~Pipeline() = default;
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;

void Pipeline::annotate(Document& document) const {
  read_dateline(document);
  segment(document);
  parts_->reader.annotate(document);
  document.annotated = true;
}

void Pipeline::prepare(Document& document) const {
  if (document.annotated) return;
  if (document.sentences.empty()) return annotate(document);
  parts_->reader.annotate(document);
  document.annotated = true;
}

DocumentFacts Pipeline::extract(Document& document) const {
  prepare(document);
  return parts_->extractor.extract(document);
}

std::vector<ChainedPhrase> Pipeline::chains(Document& document) const {
  prepare(document);
  return parts_->extractor.chains(document);
}

namespace {

void count_coverage(const Document& document, const DocumentFacts& facts, Coverage& coverage) {
  ++coverage.documents;
  coverage.sentences += document.sentences.size();
  std::set<std::int32_t> told;
  for (const RelationFact& fact : facts.relations) told.insert(fact.trigger.sentence);
  for (const EventFact& event : facts.events) told.insert(event.trigger.sentence);
  coverage.sentences_with_facts += told.size();
  coverage.sentences_with_candidates_only += facts.missed.size();
  for (const Sentence& sentence : document.sentences) coverage.words += sentence.tokens.size();
  for (const auto& [sentence, predicate] : facts.missed) {
    coverage.missed.push_back(
        {document.id, std::string(document.bytes(document.sentences[sentence].bytes)), predicate});
  }
}

}  // namespace

Coverage Pipeline::extract_all(std::vector<Document> documents,
                               const std::function<void(Document&&, DocumentFacts&&)>& take) const {
  std::sort(documents.begin(), documents.end(), [](const Document& left, const Document& right) {
    return std::tie(left.id, left.text) < std::tie(right.id, right.text);
  });
  Coverage coverage;
  std::mutex mutex;
  std::condition_variable taken;
  std::map<std::size_t, DocumentFacts> done;  // that wait for those before them
  std::size_t next = 0;
  bool failed = false;
  for_each_index(documents.size(), parts_->threads, [&](std::size_t i) {
    {
      // A long text holds up those after it when they are many, so that memory does not.
      std::unique_lock lock(mutex);
      taken.wait(lock, [&] { return failed || i < next + most_waiting; });
      if (failed) return;
    }
    try {
      if (!documents[i].annotated) documents[i].sentences.clear();
      DocumentFacts facts = extract(documents[i]);
      const std::lock_guard lock(mutex);
      done.emplace(i, std::move(facts));
      for (auto first = done.begin(); !failed && first != done.end() && first->first == next;
           first = done.erase(first), ++next) {
        count_coverage(documents[next], first->second, coverage);
        take(std::move(documents[next]), std::move(first->second));
      }
    } catch (...) {
      const std::lock_guard lock(mutex);
      failed = true;
      taken.notify_all();
      throw;
    }
    taken.notify_all();
  });
  std::stable_sort(coverage.missed.begin(), coverage.missed.end(),
                   [](const Coverage::Missed& left, const Coverage::Missed& right) {
                     return left.document < right.document;
                   });
  return coverage;
}

Coverage Pipeline::add(std::vector<Document> documents, GraphBuilder& builder,
                       const std::function<void(std::size_t)>& progress) const {
  std::sort(documents.begin(), documents.end(), [](const Document& left, const Document& right) {
    return std::tie(left.id, left.text) < std::tie(right.id, right.text);
  });
  std::vector<DocumentFacts> facts(documents.size());
  std::mutex mutex;
  std::size_t done = 0;
  for_each_index(documents.size(), parts_->threads, [&](std::size_t i) {
    if (!documents[i].annotated) documents[i].sentences.clear();
    facts[i] = extract(documents[i]);
    if (!progress) return;
    const std::lock_guard lock(mutex);
    progress(++done);
  });
  std::vector<Fingerprint> fingerprints;
  fingerprints.reserve(documents.size());
  for (const Document& document : documents) fingerprints.push_back(fingerprint(document.text));
  JoinedTexts joined = join_texts(documents, facts, fingerprints, parts_->rules);
  Coverage coverage;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    write_joined(joined, i, documents[i], facts[i], builder);
    count_coverage(documents[i], facts[i], coverage);
  }
  coverage.merges = std::move(joined.log);
  return coverage;
}

}  // namespace relata::text
