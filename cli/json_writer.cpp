#include "cli/json_writer.h"

#include <cmath>
#include <ostream>

#include <rapidjson/ostreamwrapper.h>
#include <rapidjson/prettywriter.h>

namespace relata::cli {

struct JsonWriter::Parts {
  std::ostream& out;
  rapidjson::OStreamWrapper stream;
  rapidjson::PrettyWriter<rapidjson::OStreamWrapper> writer;

  explicit Parts(std::ostream& target) : out(target), stream(target), writer(stream) {
    writer.SetIndent(' ', 2);
    writer.SetMaxDecimalPlaces(6);
  }
};

JsonWriter::JsonWriter(std::ostream& out) : parts_(std::make_unique<Parts>(out)) {}
JsonWriter::~JsonWriter() {
  if (parts_->writer.IsComplete() && parts_->out.good()) parts_->out.put('\n');
}

void JsonWriter::begin_object() {
  parts_->writer.StartObject();
}
void JsonWriter::end_object() {
  parts_->writer.EndObject();
}
void JsonWriter::begin_array() {
  parts_->writer.StartArray();
}
void JsonWriter::end_array() {
  parts_->writer.EndArray();
}
void JsonWriter::key(std::string_view name) {
  parts_->writer.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
}
void JsonWriter::value(std::string_view text) {
  const char* bytes = text.empty() ? "" : text.data();
  parts_->writer.String(bytes, static_cast<rapidjson::SizeType>(text.size()));
}
void JsonWriter::value(bool truth) {
  parts_->writer.Bool(truth);
}
void JsonWriter::value(std::uint64_t number) {
  parts_->writer.Uint64(number);
}
void JsonWriter::value(double number) {
  if (std::isfinite(number)) {
    parts_->writer.Double(number);
  } else {
    parts_->writer.Null();
  }
}

namespace {

void write_span(JsonWriter& json, std::string_view name, TextSpan span) {
  if (span.empty()) return;
  json.key(name);
  json.begin_array();
  json.value(std::uint64_t{span.begin});
  json.value(std::uint64_t{span.end});
  json.end_array();
}

void write_time(JsonWriter& json, const TimeSpan& time) {
  if (!time.known()) return;
  json.key("time");
  json.begin_object();
  if (time.from != TimeSpan::open_from) json.member("from", std::string_view(iso_date(time.from)));
  if (time.to != TimeSpan::open_to) json.member("to", std::string_view(iso_date(time.to)));
  json.member("precision", precision_name(time.precision));
  json.end_object();
}

void write_quantity(JsonWriter& json, const Graph& graph, const Quantity& quantity) {
  if (!quantity.known) return;
  json.key("quantity");
  json.begin_object();
  json.member("min", quantity.min);
  json.member("max", quantity.max);
  json.member("approximate", quantity.approximate);
  json.member_if("unit", graph.text(quantity.unit));
  json.end_object();
}

// Confidences are floats; six decimal places of their value as a double say what they say.
double rounded(float value) {
  return std::round(static_cast<double>(value) * 1e6) / 1e6;
}

void write_evidence(JsonWriter& json, const Graph& graph, const Evidence& evidence) {
  const SourceSentence& sentence = graph.sentence(evidence.sentence);
  const SourceDocument& document = graph.document(sentence.document);
  json.begin_object();
  json.member("document", graph.text(document.name));
  json.member_if("published", graph.text(document.date));
  json.member("sentence", graph.text(sentence.text));
  write_span(json, "span", sentence.span);
  write_span(json, "trigger", evidence.trigger);
  write_span(json, "source", evidence.source);
  write_span(json, "target", evidence.target);
  if (evidence.attribution.valid()) {
    json.member("says", graph.name(evidence.attribution));
  }
  json.member_if("strength", strength_name(evidence.strength));
  json.member("modality", modality_name(evidence.modality));
  json.member_if("mood", mood_name(evidence.mood));
  write_time(json, evidence.time);
  write_quantity(json, graph, evidence.quantity);
  json.member("confidence", rounded(evidence.confidence));
  json.member_if("rule", graph.text(evidence.rule));
  json.end_object();
}

}  // namespace

void write_node(JsonWriter& json, const Graph& graph, NodeId node) {
  json.begin_object();
  json.member("key", graph.key(node));
  json.member("name", graph.name(node));
  json.member("kind", kind_name(graph.node(node).kind));
  json.member("type", graph.type_name(node));
  json.end_object();
}

void write_edge(JsonWriter& json, const Graph& graph, EdgeId id, bool forward) {
  const Edge& edge = graph.edge(id);
  const Relation& relation = graph.relation(id);
  json.begin_object();
  json.member("from", graph.key(forward ? edge.source : edge.target));
  json.member("relation", std::string_view(forward ? relation.name : relation.inverse));
  json.member("to", graph.key(forward ? edge.target : edge.source));
  json.member("canonical", std::string_view(relation.name));
  json.member("forward", forward);
  json.member("negated", edge.polarity == Polarity::negated);
  json.member("modality", modality_name(edge.modality));
  json.member_if("mood", mood_name(edge.mood));
  if (edge.attribution.valid()) json.member("says", graph.name(edge.attribution));
  json.member("confidence", rounded(edge.confidence));
  json.member("weight", rounded(edge.weight));
  write_time(json, edge.time);
  if (const Quantity* quantity = graph.quantity(id)) write_quantity(json, graph, *quantity);
  json.key("evidence");
  json.begin_array();
  for (const Evidence& piece : graph.evidence(id)) write_evidence(json, graph, piece);
  json.end_array();
  json.end_object();
}

}  // namespace relata::cli
