#include "store/case.h"

#include <algorithm>

#include <fmt/format.h>

#include "graph/graph_builder.h"
#include "graph/graph_image.h"
#include "graph/parallel.h"
#include "importers/text/facts_record.h"
#include "importers/text/joining.h"
#include "importers/text/near_copies.h"

namespace relata::store {

text::Document document_of(const Source& source, std::string words) {
  text::Document document;
  document.id = source.name;
  document.text = std::move(words);
  document.metadata = {source.title,  source.date, source.author,
                       source.outlet, source.url,  source.language};
  return document;
}

namespace {

std::string hex(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return fmt::format("{:016x}{:016x}", hash, checksum(std::as_bytes(std::span(bytes))));
}

}  // namespace

std::string content_hash(const text::Document& document) {
  std::string all;
  const text::Metadata& metadata = document.metadata;
  for (const std::string* part :
       {&metadata.title, &metadata.date, &metadata.author, &metadata.outlet, &metadata.url,
        &metadata.language, &document.text}) {
    all += *part;
    all += '\0';
  }
  return hex(all);
}

std::string content_hash(const Graph& graph) {
  // By what it says and not by how its tables lie in memory, which differs with the order of calls.
  std::string all;
  const auto add = [&](std::string_view text) {
    all += text;
    all += '\0';
  };
  for (const SourceDocument& document : graph.documents()) {
    for (const StringId id : {document.name, document.title, document.date, document.author,
                              document.outlet, document.url, document.language, document.copy_of})
      add(graph.text(id));
  }
  for (const SourceSentence& sentence : graph.sentences()) {
    all +=
        fmt::format("{} {} {} ", sentence.document.value, sentence.span.begin, sentence.span.end);
    add(graph.text(sentence.text));
  }
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId id(i);
    add(graph.key(id));
    add(graph.type_name(id));
    add(graph.name(id));
    for (const StringId alias : graph.aliases(id)) add(graph.text(alias));
    for (const Attribute& attribute : graph.attributes(id)) {
      add(graph.text(attribute.key));
      add(graph.text(attribute.value));
    }
    for (const NodeMention& mention : graph.mentions(id))
      all += fmt::format("{} {} {} ", mention.sentence.value, mention.span.begin, mention.span.end);
  }
  const auto add_quantity = [&](const Quantity& quantity) {
    if (quantity.known)
      all += fmt::format("{} {} {} ", quantity.min, quantity.max, quantity.approximate);
    add(graph.text(quantity.unit));
  };
  for (std::size_t i = 0; i < graph.edge_count(); ++i) {
    const EdgeId id(i);
    const Edge& edge = graph.edge(id);
    add(graph.relation(id).name);
    all += fmt::format("{} {} {} {} {} {} {} {} {} {} {} ", edge.source.value, edge.target.value,
                       static_cast<int>(edge.polarity), static_cast<int>(edge.modality),
                       static_cast<int>(edge.mood), edge.confidence, edge.weight,
                       edge.attribution.value, edge.time.from, edge.time.to,
                       static_cast<int>(edge.time.precision));
    if (const Quantity* quantity = graph.quantity(id)) add_quantity(*quantity);
    for (const Evidence& e : graph.evidence(id)) {
      all += fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {} ", e.sentence.value,
                         e.trigger.begin, e.trigger.end, e.source.begin, e.source.end,
                         e.target.begin, e.target.end, e.attribution.value, e.time.from, e.time.to,
                         static_cast<int>(e.time.precision), e.confidence,
                         static_cast<int>(e.modality), static_cast<int>(e.mood),
                         static_cast<int>(e.strength));
      add_quantity(e.quantity);
      add(graph.text(e.rule));
    }
  }
  return hex(all);
}

Source text_source(const text::Document& document) {
  Source source;
  source.name = document.id;
  source.kind = SourceKind::text;
  source.hash = content_hash(document);
  source.title = document.metadata.title;
  source.date = document.metadata.date;
  source.author = document.metadata.author;
  source.outlet = document.metadata.outlet;
  source.url = document.metadata.url;
  source.language = document.metadata.language;
  return source;
}

Content text_content(const text::Document& document, const text::DocumentFacts& facts) {
  return {document.text, text::write_facts_record(document, facts),
          text::fingerprint_bytes(document.text)};
}

namespace {

/// Texts of which joining decided otherwise than it does for all texts at once.
std::vector<std::string> otherwise_joined(const Store& store) {
  std::vector<Source> sources = store.sources();
  std::erase_if(sources, [](const Source& source) { return source.kind != SourceKind::text; });
  const auto rules =
      text::CuratorRules::parse(store.settings().rules, "the store's rules", *store.ontology());
  std::vector<text::Document> documents;
  std::vector<text::DocumentFacts> facts(sources.size());
  std::vector<text::Fingerprint> fingerprints;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    Content content = store.content(sources[i].id);
    documents.push_back(document_of(sources[i], std::move(content.text)));
    text::read_facts_record(content.facts, sources[i].name, text::RecordPart::joining,
                            documents.back(), facts[i]);
    text::keep_for_joining(documents.back(), facts[i]);
    fingerprints.push_back(text::fingerprint_from_bytes(content.fingerprint));
  }
  const text::JoinedTexts joined = text::join_texts(documents, facts, fingerprints, rules);
  std::vector<std::string> wrong;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].joined != joined.digest(i))
      wrong.push_back(
          fmt::format("{}: it is not joined as all texts together give it", sources[i].name));
  }
  return wrong;
}

}  // namespace

std::vector<std::string> check_case(const Store& store) {
  std::vector<std::string> wrong = store.check();
  if (!wrong.empty()) return wrong;
  for (const Source& source : store.sources()) {
    if (source.kind != SourceKind::text) continue;
    Content content = store.content(source.id);
    text::Document document = document_of(source, std::move(content.text));
    if (content_hash(document) != source.hash) {
      wrong.push_back(fmt::format("{}: its words are not those that were stored", source.name));
      continue;
    }
    if (content.fingerprint != text::fingerprint_bytes(document.text))
      wrong.push_back(fmt::format("{}: its fingerprint is not that of its words", source.name));
    try {
      text::DocumentFacts facts;
      text::read_facts_record(content.facts, source.name, text::RecordPart::all, document, facts);
    } catch (const InputError& error) {
      wrong.emplace_back(error.what());
    }
  }
  if (wrong.empty()) wrong = otherwise_joined(store);
  return wrong;
}

Store open_case(const std::string& path, Database::Mode mode) {
  Store store = Store::open(path, mode);
  if (store.wants_joining()) {
    store.begin();
    join_texts(store, 1);
    store.commit();
  }
  return store;
}

}  // namespace relata::store
