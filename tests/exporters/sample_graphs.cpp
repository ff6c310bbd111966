#include "tests/exporters/sample_graphs.h"

#include <limits>

#include "graph/graph_builder.h"

namespace relata::tests {

namespace {

GraphBuilder::EdgeValues values(float confidence, float weight) {
  GraphBuilder::EdgeValues values;
  values.confidence = confidence;
  values.weight = weight;
  return values;
}

/// Builds a text sentence by sentence, with the places of words found in it.
class Story final {
 public:
  Story() : builder_(Ontology::built_in()) {
    SourceDocument document;
    document.name = builder_.intern("stories/harbour.txt");
    document.title = builder_.intern("Harbour strike: what is known");
    document.date = builder_.intern("2025-03-04");
    document.outlet = builder_.intern("The Coast Herald");
    document_ = builder_.add_document(document);
  }

  GraphBuilder& builder() { return builder_; }

  NodeId node(NodeKind kind, std::string_view type, std::string_view name) {
    std::string key = std::string(kind_name(kind)) + "/" + std::string(name);
    return builder_.add_node(key, builder_.type(kind, type), name);
  }

  void sentence(std::string_view text) {
    begin_ = end_ == 0 ? 0 : end_ + 1;
    end_ = begin_ + static_cast<std::uint32_t>(text.size());
    text_ = text;
    sentence_ = builder_.add_sentence(document_, {begin_, end_}, text);
  }

  [[nodiscard]] TextSpan find(std::string_view words) const {
    const std::size_t at = text_.find(words);
    if (words.empty() || at == std::string::npos) return {};
    const auto begin = begin_ + static_cast<std::uint32_t>(at);
    return {begin, begin + static_cast<std::uint32_t>(words.size())};
  }

  struct Words {
    std::string_view source;
    std::string_view trigger;
    std::string_view target;
  };

  /// An edge with one piece of evidence in the last sentence; `detail` may fill in more of it.
  void edge(NodeId source, std::string_view relation, NodeId target, Words words,
            Modality modality = Modality::asserted, Polarity polarity = Polarity::affirmed,
            NodeId speaker = {}, float confidence = 0.9F) {
    Evidence evidence;
    evidence.sentence = sentence_;
    evidence.trigger = find(words.trigger);
    evidence.source = find(words.source);
    evidence.target = find(words.target);
    evidence.modality = modality;
    evidence.attribution = speaker;
    evidence.confidence = confidence;
    evidence.rule = builder_.intern("test/rule");
    evidence.time = next_time_;
    evidence.quantity = next_quantity_;
    if (speaker.valid()) evidence.strength = Strength::reported;
    next_time_ = {};
    next_quantity_ = {};
    const RelationMatch match = builder_.relation(relation);
    if (match.inverted) {
      std::swap(source, target);
      std::swap(evidence.source, evidence.target);
    }
    builder_.add_evidence(builder_.add_edge(source, match.relation, target, polarity, modality),
                          evidence);
    mention(source, words.source);
    mention(target, words.target);
  }

  void on(std::string_view from, std::string_view to) {
    next_time_ = {*parse_iso_date(from), *parse_iso_date(to),
                  from == to ? DatePrecision::day : DatePrecision::range};
  }
  void at_least(double count) {
    next_quantity_ = {count, std::numeric_limits<double>::infinity(), false, {}, true};
  }
  void amount(double low, double high, std::string_view unit) {
    next_quantity_ = {low, high, true, builder_.intern(unit), true};
  }

  Graph finish() { return std::move(builder_).build(); }

 private:
  void mention(NodeId node, std::string_view words) {
    const TextSpan span = find(words);
    if (!span.empty()) builder_.add_mention(node, sentence_, span);
  }

  GraphBuilder builder_;
  DocumentId document_;
  SentenceId sentence_;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::string text_;
  TimeSpan next_time_;
  Quantity next_quantity_;
};

void tell_of_the_strike(Story& story) {
  constexpr auto actor = NodeKind::actor;
  constexpr auto place = NodeKind::place;
  constexpr auto event = NodeKind::event;
  const NodeId dock_union = story.node(actor, "organization", "Dockworkers' Union of Port Almara");
  const NodeId leader = story.node(actor, "person", "Ilse Varga");
  const NodeId company = story.node(actor, "company", "Almara Container Terminals");
  const NodeId minister = story.node(actor, "person", "Tomas Okonjo");
  const NodeId ministry = story.node(actor, "government", "Ministry of Transport");
  const NodeId police = story.node(actor, "organization", "Coast Police");
  const NodeId workers = story.node(actor, "group", "dockworkers");
  const NodeId herald = story.node(actor, "media", "The Coast Herald");
  const NodeId party = story.node(actor, "party", "Harbour Party");
  const NodeId navy = story.node(actor, "military", "3rd Naval Brigade");
  const NodeId president = story.node(actor, "person", "Renata Solberg-Achterberg");
  const NodeId port = story.node(place, "facility", "Port Almara");
  const NodeId city = story.node(place, "city", "Almara");
  const NodeId country = story.node(place, "country", "Norvenia");
  const NodeId region = story.node(place, "region", "Southern Province");
  const NodeId bay = story.node(place, "water", "Bay of Kestrels");
  const NodeId neighbour = story.node(place, "country", "Ostrava Republic");
  const NodeId strike = story.node(event, "protest", "strike");
  const NodeId arrest = story.node(event, "capture", "arrest");
  const NodeId talks = story.node(event, "meeting", "talks");
  const NodeId blockade = story.node(event, "deployment", "blockade");
  const NodeId blast = story.node(event, "disaster", "explosion at the fuel store");
  const NodeId pledge = story.node(event, "aid", "delivery");

  story.builder().add_alias(leader, "Varga");
  story.builder().add_alias(leader, "Ms Varga");
  story.builder().add_alias(dock_union, "the union");
  story.builder().add_attribute(city, "latitude", "41.25");
  story.builder().add_attribute(city, "longitude", "-8.5");
  story.builder().add_attribute(port, "latitude", "41.2375");
  story.builder().add_attribute(port, "longitude", "-8.5125");
  story.builder().add_attribute(country, "country", "NV");
  story.builder().add_attribute(leader, "role", "chair");
  story.builder().add_attribute(leader, "role", "spokeswoman");
  story.builder().add_attribute(strike, "from", "2025-03-01");
  story.builder().add_attribute(blast, "from", "2025-03-02");

  story.sentence(
      "The Dockworkers' Union, led by Ilse Varga, struck against Almara Container "
      "Terminals in Port Almara from 1 March.");
  story.edge(leader, "leader of", dock_union, {"Ilse Varga", "led", "Dockworkers' Union"});
  story.on("2025-03-01", "2025-03-04");
  story.edge(dock_union, "protested against", company,
             {"Dockworkers' Union", "struck", "Almara Container Terminals"});
  story.edge(strike, "agent", dock_union, {"struck", "struck", "Dockworkers' Union"});
  story.edge(strike, "patient", company, {"struck", "struck", "Almara Container Terminals"});
  story.edge(strike, "place", port, {"struck", "struck", "Port Almara"});
  story.edge(company, "based in", port, {"Almara Container Terminals", "in", "Port Almara"});

  story.sentence("Coast Police arrested more than 40 dockworkers, The Coast Herald reported.");
  story.at_least(40);
  story.edge(workers, "captured by", police, {"dockworkers", "arrested", "Coast Police"},
             Modality::reported, Polarity::affirmed, herald);
  story.edge(arrest, "agent", police, {"arrested", "arrested", "Coast Police"});
  story.edge(arrest, "patient", workers, {"arrested", "arrested", "dockworkers"});
  story.edge(herald, "reported", arrest, {"The Coast Herald", "reported", "arrested"});
  story.edge(workers, "member of", dock_union, {"dockworkers", "dockworkers", ""});

  story.sentence(
      "Transport minister Tomas Okonjo denied that the 3rd Naval Brigade had been sent to "
      "Port Almara and plans to meet Varga.");
  story.edge(minister, "leader of", ministry, {"Tomas Okonjo", "minister", ""});
  story.edge(minister, "denied", blockade, {"Tomas Okonjo", "denied", "sent"});
  story.edge(navy, "deployed to", port, {"3rd Naval Brigade", "sent", "Port Almara"},
             Modality::reported, Polarity::negated, minister, 0.75F);
  story.edge(blockade, "agent", navy, {"sent", "sent", "3rd Naval Brigade"});
  story.edge(blockade, "place", bay, {"sent", "sent", ""});
  story.edge(minister, "met with", leader, {"Tomas Okonjo", "meet", "Varga"}, Modality::planned);
  story.edge(talks, "agent", minister, {"meet", "meet", "Tomas Okonjo"}, Modality::planned);
  story.edge(talks, "patient", leader, {"meet", "meet", "Varga"}, Modality::planned);
  story.edge(ministry, "part of", country, {"", "", ""});

  story.sentence(
      "President Renata Solberg-Achterberg of Norvenia condemned the strike and accused the "
      "Harbour Party of backing the union.");
  story.edge(president, "leader of", country,
             {"Renata Solberg-Achterberg", "President", "Norvenia"});
  story.edge(president, "condemned", strike, {"Renata Solberg-Achterberg", "condemned", "strike"});
  story.edge(president, "accused", party,
             {"Renata Solberg-Achterberg", "accused", "Harbour Party"});
  story.edge(party, "supports", dock_union, {"Harbour Party", "backing", "union"},
             Modality::reported, Polarity::affirmed, president, 0.6F);
  story.edge(president, "condemned", dock_union,
             {"Renata Solberg-Achterberg", "condemned", "union"});
  story.edge(president, "threatened", dock_union, {"Renata Solberg-Achterberg", "", "union"},
             Modality::possible);

  story.sentence(
      "An explosion at the fuel store of Port Almara, in the Southern Province, wounded "
      "dockworkers on 2 March.");
  story.on("2025-03-02", "2025-03-02");
  story.edge(workers, "wounded in", port, {"dockworkers", "wounded", "Port Almara"});
  story.edge(blast, "patient", workers, {"explosion", "explosion", "dockworkers"});
  story.edge(blast, "place", port, {"explosion", "explosion", "Port Almara"});
  story.edge(port, "located in", city, {"Port Almara", "", ""});
  story.edge(city, "located in", region, {"", "in", "Southern Province"});
  story.edge(region, "located in", country, {"Southern Province", "", ""});
  story.edge(port, "located in", bay, {"Port Almara", "", ""});

  story.sentence(
      "The Ostrava Republic will deliver fuel worth some 3 million euros to Norvenia, its "
      "ally.");
  story.amount(2.5e6, 3.5e6, "EUR");
  story.edge(neighbour, "supplies", country, {"Ostrava Republic", "deliver", "Norvenia"},
             Modality::planned);
  story.edge(neighbour, "ally of", country, {"Ostrava Republic", "ally", "Norvenia"});
  story.edge(pledge, "agent", neighbour, {"deliver", "deliver", "Ostrava Republic"},
             Modality::planned);
  story.edge(pledge, "recipient", country, {"deliver", "deliver", "Norvenia"}, Modality::planned);
}

}  // namespace

Graph empty_graph() {
  return GraphBuilder(Ontology::built_in()).build();
}

Graph single_node_graph() {
  GraphBuilder builder(Ontology::built_in());
  builder.add_node("place/kursk", builder.type(NodeKind::place, "region"), "Kursk region");
  return std::move(builder).build();
}

Graph parallel_edges_graph() {
  GraphBuilder builder(Ontology::built_in());
  const NodeId a = builder.add_node("a", builder.type(NodeKind::actor, "person"), "A");
  const NodeId b = builder.add_node("b", builder.type(NodeKind::actor, "person"), "B");
  for (const std::string_view name : {"told", "accused", "praised", "met with", "family of"}) {
    const RelationId relation = builder.relation(name).relation;
    for (const Polarity polarity : {Polarity::affirmed, Polarity::negated}) {
      for (const Modality modality : {Modality::asserted, Modality::planned, Modality::possible}) {
        builder.set_values(builder.add_edge(a, relation, b, polarity, modality),
                           values(0.1F, 2.5F));
        builder.set_values(builder.add_edge(b, relation, a, polarity, modality), {});
      }
    }
  }
  builder.add_edge(a, builder.relation("told").relation, a, Polarity::affirmed, Modality::asserted);
  return std::move(builder).build();
}

std::vector<std::string> awkward_names() {
  using namespace std::string_literals;
  return {"plain",
          "quote \" and ' and ` quotes",
          "back\\slash, \\N \\G \\n and one at the end \\",
          "two\nlines\r\nthree\ttabbed",
          "<&> &amp; <b>bold</b> ]]> <!-- -->",
          "<looks like html>",
          "emoji \U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F1FA\U0001F1E6",
          "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 mixed \u202Eoverride\u202C",
          "control \x01\x02\x1B\x7F and NUL \0 here"s,
          "semicolon; comma, pipe|and = {braces} [brackets]",
          " leading and trailing blanks ",
          "=1+2",
          "1. of a list",
          "- of a list",
          "node",
          "\u0130stanbul \u00DF \uFB01 e\u0301",
          "null",
          "-1.5e3",
          "$dollar ${x} %percent% #hash",
          std::string(10000, 'x')};
}

Graph awkward_names_graph() {
  GraphBuilder builder(Ontology::built_in());
  std::vector<NodeId> nodes;
  const std::vector<std::string> names = awkward_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto kind = static_cast<NodeKind>(i % 3);
    nodes.push_back(builder.add_node(
        names[i], builder.type(kind, i % 5 == 0 ? names[i] : "country"), names[i]));
    builder.add_alias(nodes.back(), "alias of " + names[i]);
    builder.add_attribute(nodes.back(), "note", names[i]);
    builder.add_attribute(nodes.back(), "Label", "taken name");
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const RelationId relation = builder.relation("rel " + names[i]).relation;
    builder.add_edge(nodes[i], relation, nodes[(i + 1) % nodes.size()], Polarity::affirmed,
                     Modality::asserted);
  }
  return std::move(builder).build();
}

Graph awkward_keys_graph() {
  GraphBuilder builder(Ontology::built_in());
  const NodeId a = builder.add_node("a", builder.type(NodeKind::actor, "person"), "A");
  const NodeId b = builder.add_node("b", builder.type(NodeKind::place, "city"), "B");
  std::size_t number = 0;
  for (const std::string& key : awkward_keys()) {
    const std::string value = "value " + std::to_string(number++);
    builder.add_attribute(number % 3 == 0 ? b : a, key, value);
  }
  builder.set_values(builder.add_edge(a, builder.relation("told").relation, b, Polarity::affirmed,
                                      Modality::asserted),
                     values(0.5F, 2));
  return std::move(builder).build();
}

std::vector<std::string> awkward_keys() {
  std::vector<std::string> keys = {"",
                                   "\x01",
                                   "key",
                                   "key\x01",
                                   "Key",
                                   "KEY_",
                                   " lead",
                                   "trail ",
                                   "a b",
                                   "a\nb",
                                   "a:b",
                                   "a;b",
                                   "a,b",
                                   "a_b",
                                   "a\\b",
                                   "\"q\"",
                                   "`tick`",
                                   "<b>&amp;",
                                   "{x}",
                                   "$x",
                                   "time_interval",
                                   "Timestamp of it",
                                   "id",
                                   "name",
                                   "Label",
                                   "label",
                                   "kind",
                                   "type",
                                   "aliases",
                                   "weight",
                                   "Weight",
                                   "confidence",
                                   "from",
                                   "end",
                                   "x",
                                   "width",
                                   "width_",
                                   "xlabel",
                                   "interaction",
                                   "__proto",
                                   "\u00C9",
                                   "\u00E9",
                                   "\u0130",
                                   "i\u0307",
                                   "\u05E9\u05DC\u05D5\u05DD",
                                   "\U0001F600",
                                   "=1+2",
                                   "-",
                                   "7"};
  keys.emplace_back(10000, 'k');
  return keys;
}

Graph news_graph() {
  Story story;
  tell_of_the_strike(story);
  return story.finish();
}

Graph generated_graph(std::size_t nodes, std::size_t edges) {
  GraphBuilder builder(Ontology::built_in());
  std::vector<NodeId> ids;
  for (std::size_t i = 0; i < nodes; ++i) {
    const auto kind = static_cast<NodeKind>(i % 3);
    const TypeId type = builder.type(kind, kind == NodeKind::actor   ? "person"
                                           : kind == NodeKind::place ? "city"
                                                                     : "attack");
    const std::string number = std::to_string(i);
    ids.push_back(builder.add_node("node/" + number, type, "Name " + number));
  }
  const auto& relations = builder.ontology().relations();
  std::uint64_t state = 1;
  const auto next = [&state](std::size_t bound) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state >> 33U) % bound);
  };
  for (std::size_t i = 0; i < edges; ++i) {
    const NodeId source = ids[next(nodes)];
    const NodeId target = ids[next(nodes)];
    const RelationId relation(next(relations.size()));
    builder.set_values(
        builder.add_edge(source, relation, target, Polarity::affirmed, Modality::asserted),
        values(static_cast<float>(next(100)) / 100.0F, static_cast<float>(1 + next(5))));
  }
  return std::move(builder).build();
}

std::vector<NamedGraph> sample_graphs() {
  std::vector<NamedGraph> graphs;
  graphs.push_back({"empty", empty_graph()});
  graphs.push_back({"single", single_node_graph()});
  graphs.push_back({"parallel", parallel_edges_graph()});
  graphs.push_back({"awkward", awkward_names_graph()});
  graphs.push_back({"keys", awkward_keys_graph()});
  graphs.push_back({"news", news_graph()});
  return graphs;
}

}  // namespace relata::tests
