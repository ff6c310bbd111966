#include "tests/store/sample_texts.h"

#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "exporters/json.h"
#include "graph/graph_builder.h"
#include "importers/text/joining.h"
#include "store/case.h"

using namespace relata;
using namespace relata::text;

namespace {

const std::vector<SampleName>& names() {
  static const std::vector<SampleName> all = {
      {"John Smith", "person", EntityKind::actor, "US", "", {}},
      {"John Smith", "person", EntityKind::actor, "GB", "", {}},
      {"Smith", "person", EntityKind::actor, "", "", {}},
      {"Anna Smith", "person", EntityKind::actor, "", "", {}},
      {"Volodymyr Zelensky", "person", EntityKind::actor, "UA", "", {}},
      {"Volodymyr Zelenskyy", "person", EntityKind::actor, "UA", "", {}},
      {"Zelensky", "person", EntityKind::actor, "", "", {}},
      {"National Intelligence Service", "organization", EntityKind::actor, "KR", "", {"NIS"}},
      {"NIS", "organization", EntityKind::actor, "", "", {}},
      {"Georgia", "country", EntityKind::place, "GE", "geo-1", {}},
      {"Georgia", "region", EntityKind::place, "US", "geo-2", {}},
      {"Kursk", "city", EntityKind::place, "RU", "geo-3", {}},
      {"Russia", "country", EntityKind::place, "RU", "geo-4", {}},
      {"Russian Federation", "country", EntityKind::place, "RU", "geo-4", {}},
      {"Wagner Group", "organization", EntityKind::actor, "RU", "", {}},
  };
  return all;
}

/// Texts of a few names, one entity or event a word.
class Composer final {
 public:
  Composer(const std::string& id, std::uint64_t seed) : text_(id), random_(seed) {
    text_.document().metadata.date =
        fmt::format("2024-{:02}-{:02}", 1 + seed % 12, 1 + seed / 12 % 28);
    text_.document().metadata.outlet = seed % 2 == 0 ? "Daily" : "";
  }

  SampleText compose() {
    for (int i = 0; i < 5; ++i) add_sentence();
    add_events();
    return text_.take();
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }

  Assertion assertion() {
    Assertion assertion;
    assertion.polarity = pick(5) == 0 ? Polarity::negated : Polarity::affirmed;
    assertion.modality = static_cast<Modality>(pick(4));
    if (pick(3) == 0) {
      assertion.speaker = static_cast<std::int32_t>(pick(text_.facts().entities.entities.size()));
      assertion.strength = Strength::claimed;
    }
    return assertion;
  }

  void add_sentence() {
    text_.begin_sentence();
    const TokenRef left = text_.mention(names()[pick(names().size())]);
    const TokenRef verb = text_.word(fmt::format("did{}", pick(1000)));
    const TokenRef right =
        text_.mention(pick(6) == 0 ? SampleName{"soldiers", "group", EntityKind::actor, "", "", {}}
                                   : names()[pick(names().size())]);
    text_.word(fmt::format("on that day number {}", pick(1000)));
    text_.end_sentence();
    triggers_.push_back(verb);
    words_.emplace_back(left, right);
    RelationFact fact;
    fact.source = {End::Kind::entity, text_.entity_at(left)};
    fact.target = {End::Kind::entity, text_.entity_at(right)};
    const char* relations[] = {"told", "supports", "met with", "captured", "accused"};
    fact.relation = relations[pick(5)];
    fact.trigger = verb;
    fact.trigger_span = {verb.token, verb.token + 1};
    fact.source_word = left;
    fact.target_word = right;
    fact.assertion = assertion();
    fact.rule = "rule";
    fact.score = 0.1F * static_cast<float>(pick(10));
    if (pick(2) == 0) fact.time = {20000, 20000 + static_cast<int>(pick(9)), DatePrecision::range};
    if (pick(3) == 0) fact.amount = {10, 20, pick(2) == 0, pick(2) == 0 ? "USD" : "km", true};
    text_.facts().relations.push_back(fact);
  }

  void add_events() {
    for (std::size_t i = 0; i < 2; ++i) {
      EventFact event;
      event.type = i == 0 ? "attack" : "meeting";
      event.trigger = triggers_[i];
      event.name = "event";
      event.aliases = {"affair"};
      const auto& [left, right] = words_[i];
      event.participants.push_back({"agent", text_.entity_at(left), left, 0.5F});
      event.participants.push_back({"patient", text_.entity_at(right), right, 1});
      event.assertion = assertion();
      event.time = {20000, 20000, DatePrecision::day};
      event.rule = "event rule";
      text_.facts().events.push_back(event);
    }
  }

  TextComposer text_;
  std::mt19937_64 random_;
  std::vector<TokenRef> triggers_;
  std::vector<std::pair<TokenRef, TokenRef>> words_;
};

}  // namespace

SampleText sample_text(const std::string& name, std::uint64_t seed) {
  return Composer(name, seed).compose();
}

SampleText near_copy(const SampleText& of, const std::string& name) {
  SampleText copy = of;
  copy.document.id = name;
  copy.document.text += "\nThis is a copy.";
  copy.document.metadata.outlet = "Another";
  return copy;
}

Graph sample_graph(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  GraphBuilder builder(Ontology::built_in());
  const char* keys[] = {"actor/john-smith", "actor/wagner-group", "place/kursk", "actor/own-body"};
  const char* called[] = {"J. Smith", "Wagner", "Kursk Oblast", "Own Body"};
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < 4; ++i) {
    const NodeKind kind = i == 2 ? NodeKind::place : NodeKind::actor;
    nodes.push_back(
        builder.add_node(keys[i], builder.type(kind, i == 2 ? "region" : "group"), called[i]));
    builder.add_attribute(nodes.back(), "from-graph", fmt::format("{}", random() % 3));
  }
  for (int i = 0; i < 6; ++i) {
    const char* relations[] = {"told", "met with", "an own relation"};
    const auto edge = builder.add_edge(
        nodes[random() % 4], builder.relation(relations[random() % 3]).relation,
        nodes[random() % 4], Polarity::affirmed, static_cast<Modality>(random() % 4));
    if (i == 0) {
      SourceDocument document;
      document.name = builder.intern("elsewhere.txt");
      Evidence evidence;
      evidence.sentence = builder.add_sentence(builder.add_document(document), {0, 9}, "They met.");
      evidence.confidence = 0.5F;
      builder.add_evidence(edge, evidence);
    } else {
      GraphBuilder::EdgeValues values;
      values.confidence = 0.25F * static_cast<float>(1 + random() % 3);
      values.weight = static_cast<float>(1 + random() % 3);
      builder.set_values(edge, values);
    }
  }
  return std::move(builder).build();
}

Graph built(std::vector<SampleText> texts, const std::vector<std::pair<std::string, Graph>>& graphs,
            const std::string& rules) {
  std::sort(texts.begin(), texts.end(), [](const SampleText& left, const SampleText& right) {
    return left.document.id < right.document.id;
  });
  std::vector<Document> documents;
  std::vector<DocumentFacts> facts;
  std::vector<Fingerprint> prints;
  for (SampleText& text : texts) {
    prints.push_back(fingerprint(text.document.text));
    documents.push_back(std::move(text.document));
    facts.push_back(std::move(text.facts));
  }
  const JoinedTexts joined = join_texts(documents, facts, prints,
                                        CuratorRules::parse(rules, "rules", *Ontology::built_in()));
  GraphBuilder builder(Ontology::built_in());
  for (std::size_t i = 0; i < documents.size(); ++i)
    write_joined(joined, i, documents[i], facts[i], builder);
  for (const auto& [name, graph] : graphs) builder.add_graph(graph);
  return std::move(builder).build();
}

Graph built_from(const std::map<std::string, SampleText>& texts,
                 const std::map<std::string, std::uint64_t>& graphs, const std::string& rules) {
  std::vector<SampleText> own_texts;
  own_texts.reserve(texts.size());
  for (const auto& [name, text] : texts) own_texts.push_back(text);
  std::vector<std::pair<std::string, Graph>> own_graphs;
  own_graphs.reserve(graphs.size());
  for (const auto& [name, seed] : graphs) own_graphs.emplace_back(name, sample_graph(seed));
  return built(std::move(own_texts), own_graphs, rules);
}

std::string json_of(const Graph& graph) {
  std::ostringstream out;
  JsonExporter().write(graph, out, {});
  return std::move(out).str();
}

store::Store begun_store(const std::string& path, const std::string& rules) {
  store::Store made =
      store::Store::create(path, path, {std::string(Ontology::built_in_text()), rules});
  made.begin();
  return made;
}

void put_text(store::Store& store, const SampleText& text) {
  store.add(store::text_source(text.document), store::text_content(text.document, text.facts));
}

void put_graph(store::Store& store, const std::string& name, const Graph& graph) {
  store::Source source;
  source.name = name;
  source.kind = store::SourceKind::graph;
  source.hash = store::content_hash(graph);
  store.set_graph(store.add(source, {}), graph, 1);
}

void check_sound(const store::Store& store) {
  const std::vector<std::string> wrong = store::check_case(store);
  CHECK_MESSAGE(wrong.empty(), (wrong.empty() ? "" : wrong.front()));
}

store::Store new_store(const std::string& path, const std::string& rules) {
  store::Store made = begun_store(path, rules);
  made.commit();
  return made;
}

void add_text(store::Store& store, const SampleText& text) {
  store.begin();
  put_text(store, text);
  store::join_texts(store, 2);
  store.commit();
}

void add_graph(store::Store& store, const std::string& name, const Graph& graph) {
  store.begin();
  put_graph(store, name, graph);
  store.commit();
}

void remove_source(store::Store& store, const std::string& name) {
  store.begin();
  store.remove(store.find(name)->id);
  store::join_texts(store, 1);
  store.commit();
}
