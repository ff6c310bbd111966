#include "exporters/rdf_notation.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "graph/errors.h"

namespace relata {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> prefixes = {{
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
    {"schema", "https://schema.org/"},
    {"skos", "http://www.w3.org/2004/02/skos/core#"},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"node", "urn:relata:node:"},
    {"edge", "urn:relata:edge:"},
    {"rel", "urn:relata:relation:"},
    {"relata", "urn:relata:vocabulary:"},
}};

constexpr std::array<std::string_view, 4> literal_types = {"", "xsd:double", "xsd:date",
                                                           "xsd:boolean"};

/// The name in full: a compact name's prefix replaced by what it stands for.
void put_full_name(std::string_view name, Output& out) {
  const std::size_t colon = name.find(':');
  for (const auto& [prefix, base] : prefixes) {
    if (name.substr(0, colon) != prefix) continue;
    out.text(base);
    return out.text(name.substr(colon + 1));
  }
  out.text(name);
}

/// A full name holds nothing to escape.
void put_quoted_name(std::string_view name, Output& out) {
  out.put('"');
  put_full_name(name, out);
  out.put('"');
}

class NquadsWriter final : public RdfWriter {
 public:
  explicit NquadsWriter(Output& out) : out_(out) {}
  void begin() override { out_.text("# Relata\n"); }
  void subject(std::string_view name) override { subject_ = name; }
  void resource(std::string_view property, std::string_view name) override {
    start(property);
    iri(name);
    out_.text(" .\n");
  }
  void literal(std::string_view property, std::string_view text, RdfLiteral type) override {
    start(property);
    // rdflib 6 takes an escaped backslash before an "n" for a line break.
    out_.rdf_string(text, "\\u005C");
    if (type != RdfLiteral::text) {
      out_.text("^^");
      iri(literal_types[static_cast<std::size_t>(type)]);
    }
    out_.text(" .\n");
  }
  void end_subject() override {}
  void triple(std::string_view subject_name, std::string_view property, std::string_view object,
              std::string_view graph) override {
    for (const std::string_view part : {subject_name, property, object, graph}) {
      iri(part);
      out_.put(' ');
    }
    out_.text(".\n");
  }
  void end() override {}

 private:
  void iri(std::string_view name) {
    out_.put('<');
    put_full_name(name, out_);
    out_.put('>');
  }
  void start(std::string_view property) {
    iri(subject_);
    out_.put(' ');
    iri(property);
    out_.put(' ');
  }

  Output& out_;
  std::string subject_;
};

class TurtleWriter final : public RdfWriter {
 public:
  explicit TurtleWriter(Output& out) : out_(out) {}
  void begin() override {
    for (const auto& [prefix, base] : prefixes) {
      out_.text("@prefix ");
      out_.text(prefix);
      out_.text(": <");
      out_.text(base);
      out_.text("> .\n");
    }
  }
  void subject(std::string_view name) override {
    out_.put('\n');
    this->name(name);
    first_ = true;
  }
  void resource(std::string_view property, std::string_view name) override {
    start(property);
    this->name(name);
  }
  void literal(std::string_view property, std::string_view text, RdfLiteral type) override {
    start(property);
    out_.rdf_string(text);
    if (type != RdfLiteral::text) {
      out_.text("^^");
      out_.text(literal_types[static_cast<std::size_t>(type)]);
    }
  }
  void end_subject() override { out_.text(" .\n"); }
  void triple(std::string_view subject_name, std::string_view property, std::string_view object,
              std::string_view /*graph*/) override {
    for (const std::string_view part : {subject_name, property, object}) {
      name(part);
      out_.put(' ');
    }
    out_.text(".\n");
  }
  void end() override {}

 private:
  // Readers differ in what they take after a prefix; letters and digits they all do.
  void name(std::string_view compact) {
    const std::string_view local = compact.substr(compact.find(':') + 1);
    const auto is_letter = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const bool plain = !local.empty() && is_letter(local[0]) &&
                       std::all_of(local.begin(), local.end(),
                                   [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
    if (plain) return out_.text(compact);
    out_.put('<');
    put_full_name(compact, out_);
    out_.put('>');
  }

  void start(std::string_view property) {
    out_.text(first_ ? " " : " ;\n    ");
    first_ = false;
    name(property);
    out_.put(' ');
  }

  Output& out_;
  bool first_ = true;
};

class JsonldWriter final : public RdfWriter {
 public:
  explicit JsonldWriter(Output& out) : out_(out) {}
  void begin() override {
    out_.text("{\"@context\":{");
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
      out_.text(i == 0 ? "" : ",");
      out_.json_string(prefixes[i].first);
      out_.text(":{\"@id\":");
      out_.json_string(prefixes[i].second);
      out_.text(",\"@prefix\":true}");
    }
    out_.text("},\n\"@graph\":[");
  }
  void subject(std::string_view name) override {
    out_.text(first_ ? "\n{\"@id\":" : ",\n{\"@id\":");
    first_ = false;
    put_quoted_name(name, out_);
  }
  void resource(std::string_view property, std::string_view name) override {
    close_unless(property);
    out_.text(property == "rdf:type" ? "" : "{\"@id\":");
    put_quoted_name(name, out_);
    if (property != "rdf:type") out_.put('}');
  }
  void literal(std::string_view property, std::string_view text, RdfLiteral type) override {
    close_unless(property);
    if (type == RdfLiteral::text) return out_.rdf_string(text);
    out_.text("{\"@type\":");
    put_quoted_name(literal_types[static_cast<std::size_t>(type)], out_);
    out_.text(",\"@value\":");
    out_.json_string(text);
    out_.put('}');
  }
  void end_subject() override {
    close_unless("");
    out_.put('}');
  }
  void triple(std::string_view subject_name, std::string_view property, std::string_view object,
              std::string_view graph) override {
    out_.text(first_ ? "\n{\"@id\":" : ",\n{\"@id\":");
    first_ = false;
    put_quoted_name(graph, out_);
    out_.text(",\"@graph\":[{\"@id\":");
    put_quoted_name(subject_name, out_);
    out_.put(',');
    put_quoted_name(property, out_);
    out_.text(":{\"@id\":");
    put_quoted_name(object, out_);
    out_.text("}}]}");
  }
  void end() override { out_.text("]}\n"); }

 private:
  // Values of one property in a row share one array.
  void close_unless(std::string_view property) {
    if (property == property_ && !property.empty()) {
      out_.put(',');
      return;
    }
    if (!property_.empty()) out_.put(']');
    property_ = property;
    if (property.empty()) return;
    out_.put(',');
    if (property == "rdf:type") {
      out_.text("\"@type\"");
    } else {
      put_quoted_name(property, out_);
    }
    out_.text(":[");
  }

  Output& out_;
  std::string property_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<RdfWriter> make_rdf_writer(RdfNotation notation, Output& out) {
  switch (notation) {
    case RdfNotation::jsonld:
      return std::make_unique<JsonldWriter>(out);
    case RdfNotation::nquads:
      return std::make_unique<NquadsWriter>(out);
    case RdfNotation::turtle:
      return std::make_unique<TurtleWriter>(out);
  }
  throw UsageError("unknown notation of RDF");
}

std::string rdf_name(std::string_view prefix, std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string name;
  name.reserve(prefix.size() + 1 + text.size() + 8);
  name.append(prefix).append(1, ':');
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_';
    if (plain) {
      name += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      name.append(1, '%').append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
    }
  }
  return name;
}

}  // namespace relata
