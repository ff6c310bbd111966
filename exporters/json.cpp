#include "exporters/json.h"

#include <cmath>

#include "exporters/output.h"
#include "exporters/selection.h"

namespace relata {

namespace {

/// Writes the members of one JSON object: commas and quotes.
class Members final {
 public:
  explicit Members(Output& out) : out_(out) { out_.put('{'); }
  void close() { out_.put('}'); }

  Output& key(std::string_view name) {
    if (!first_) out_.put(',');
    first_ = false;
    out_.json_string(name);
    out_.put(':');
    return out_;
  }
  void string(std::string_view name, std::string_view value) { key(name).json_string(value); }
  void string_unless_empty(std::string_view name, std::string_view value) {
    if (!value.empty()) string(name, value);
  }
  void number_if_finite(std::string_view name, double value) {
    if (std::isfinite(value)) key(name).number(value);
  }

 private:
  Output& out_;
  bool first_ = true;
};

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph), selection_(graph, options), out_(stream) {}

  void write() {
    out_.text("{\"format\":\"relata\",\"version\":1");
    section("documents", graph_.documents().size(),
            [&](std::size_t i) { document(graph_.documents()[i]); });
    section("sentences", graph_.sentences().size(),
            [&](std::size_t i) { sentence(graph_.sentences()[i]); });
    section(
        "nodes", graph_.node_count(), [&](std::size_t i) { node(NodeId(i)); },
        [&](std::size_t i) { return selection_.node(NodeId(i)); });
    section(
        "edges", graph_.edge_count(), [&](std::size_t i) { edge(EdgeId(i)); },
        [&](std::size_t i) { return selection_.edge(EdgeId(i)); });
    out_.text("\n}\n");
    out_.flush();
  }

 private:
  static bool all(std::size_t /*index*/) { return true; }

  template <class Record, class Chosen = bool (*)(std::size_t)>
  void section(std::string_view name, std::size_t count, Record record, Chosen chosen = all) {
    out_.text(",\n\"");
    out_.text(name);
    out_.text("\":[");
    bool first = true;
    for (std::size_t i = 0; i < count; ++i) {
      if (!chosen(i)) continue;
      out_.text(first ? "\n" : ",\n");
      first = false;
      record(i);
    }
    out_.text(first ? "]" : "\n]");
  }

  void document(const SourceDocument& document) {
    Members members(out_);
    members.string("name", graph_.text(document.name));
    members.string_unless_empty("title", graph_.text(document.title));
    members.string_unless_empty("date", graph_.text(document.date));
    members.string_unless_empty("author", graph_.text(document.author));
    members.string_unless_empty("outlet", graph_.text(document.outlet));
    members.string_unless_empty("url", graph_.text(document.url));
    members.string_unless_empty("language", graph_.text(document.language));
    members.string_unless_empty("copy_of", graph_.text(document.copy_of));
    members.close();
  }

  void sentence(const SourceSentence& sentence) {
    Members members(out_);
    members.key("document").number(sentence.document.value);
    members.key("begin").number(sentence.span.begin);
    members.key("end").number(sentence.span.end);
    members.string("text", graph_.text(sentence.text));
    members.close();
  }

  /// The place and, where the sentence's words are known, the words.
  void span(Members& members, std::string_view name, const SourceSentence& sentence,
            TextSpan place) {
    if (place.empty()) return;
    Members inner(members.key(name));
    put_span(inner, sentence, place);
    inner.close();
  }

  void put_span(Members& members, const SourceSentence& sentence, TextSpan place) {
    members.key("begin").number(place.begin);
    members.key("end").number(place.end);
    const std::string_view words = graph_.text(sentence.text);
    if (place.begin >= sentence.span.begin && place.end >= place.begin &&
        place.end - sentence.span.begin <= words.size()) {
      members.string("text",
                     words.substr(place.begin - sentence.span.begin, place.end - place.begin));
    }
  }

  void node(NodeId id) {
    const Node& node = graph_.node(id);
    Members members(out_);
    members.string("id", graph_.text(node.key));
    members.string("kind", kind_name(node.kind));
    members.string("type", graph_.type_name(id));
    members.string("name", graph_.text(node.name));
    members.key("aliases").put('[');
    bool first = true;
    for (const StringId alias : graph_.aliases(id)) {
      if (!first) out_.put(',');
      first = false;
      out_.json_string(graph_.text(alias));
    }
    out_.put(']');
    attributes(members, id);
    mentions(members, id);
    members.close();
  }

  // A key with several values (they stand side by side in the table) holds an array of them.
  void attributes(Members& members, NodeId id) {
    const auto attributes = graph_.attributes(id);
    if (attributes.empty()) return;
    members.key("attributes");
    Members inner(out_);
    for (std::size_t i = 0; i < attributes.size();) {
      std::size_t end = i + 1;
      while (end < attributes.size() && attributes[end].key == attributes[i].key) ++end;
      inner.key(graph_.text(attributes[i].key));
      if (end - i > 1) out_.put('[');
      for (std::size_t j = i; j < end; ++j) {
        if (j > i) out_.put(',');
        out_.json_string(graph_.text(attributes[j].value));
      }
      if (end - i > 1) out_.put(']');
      i = end;
    }
    inner.close();
  }

  void mentions(Members& members, NodeId id) {
    const auto mentions = graph_.mentions(id);
    if (mentions.empty()) return;
    members.key("mentions").put('[');
    bool first = true;
    for (const NodeMention& mention : mentions) {
      if (!first) out_.put(',');
      first = false;
      Members inner(out_);
      inner.key("sentence").number(mention.sentence.value);
      put_span(inner, graph_.sentence(mention.sentence), mention.span);
      inner.close();
    }
    out_.put(']');
  }

  void time(Members& members, const TimeSpan& time) {
    if (!time.known()) return;
    Members inner(members.key("time"));
    if (time.from != TimeSpan::open_from) inner.string("from", iso_date(time.from));
    if (time.to != TimeSpan::open_to) inner.string("to", iso_date(time.to));
    inner.string("precision", precision_name(time.precision));
    inner.close();
  }

  // An end that is open (infinite) is left out.
  void quantity(Members& members, const Quantity& quantity) {
    if (!quantity.known) return;
    Members inner(members.key("quantity"));
    inner.number_if_finite("min", quantity.min);
    inner.number_if_finite("max", quantity.max);
    if (quantity.approximate) inner.key("approximate").text("true");
    inner.string_unless_empty("unit", graph_.text(quantity.unit));
    inner.close();
  }

  void edge(EdgeId id) {
    const Edge& edge = graph_.edge(id);
    Members members(out_);
    members.string("source", graph_.key(edge.source));
    members.string("relation", graph_.relation(id).name);
    members.string("target", graph_.key(edge.target));
    if (edge.polarity == Polarity::negated) members.key("negated").text("true");
    members.string("modality", modality_name(edge.modality));
    members.string_unless_empty("mood", mood_name(edge.mood));
    members.key("confidence").number(edge.confidence);
    members.key("weight").number(edge.weight);
    attribution(members, edge.attribution);
    time(members, edge.time);
    if (const Quantity* const known = graph_.quantity(id)) quantity(members, *known);
    const auto pieces = graph_.evidence(id);
    if (!pieces.empty()) {
      members.key("evidence").put('[');
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0) out_.put(',');
        evidence(pieces[i]);
      }
      out_.put(']');
    }
    members.close();
  }

  // A speaker that the view leaves out (an event) cannot be named.
  void attribution(Members& members, NodeId speaker) {
    if (speaker.valid() && selection_.node(speaker)) {
      members.string("attribution", graph_.key(speaker));
    }
  }

  void evidence(const Evidence& evidence) {
    const SourceSentence& sentence = graph_.sentence(evidence.sentence);
    Members members(out_);
    members.key("sentence").number(evidence.sentence.value);
    span(members, "trigger", sentence, evidence.trigger);
    span(members, "source", sentence, evidence.source);
    span(members, "target", sentence, evidence.target);
    members.string("modality", modality_name(evidence.modality));
    members.string_unless_empty("mood", mood_name(evidence.mood));
    members.string_unless_empty("strength", strength_name(evidence.strength));
    members.key("confidence").number(evidence.confidence);
    attribution(members, evidence.attribution);
    time(members, evidence.time);
    quantity(members, evidence.quantity);
    members.string_unless_empty("rule", graph_.text(evidence.rule));
    members.close();
  }

  const Graph& graph_;
  Selection selection_;
  Output out_;
};

}  // namespace

void JsonExporter::write(const Graph& graph, std::ostream& out,
                         const ExportOptions& options) const {
  require_profile("json", options.profile);
  Writer(graph, out, options).write();
}

}  // namespace relata
