#include "exporters/rdf.h"

#include <algorithm>
#include <cmath>

#include "exporters/rdf_notation.h"
#include "exporters/selection.h"

namespace relata {

namespace {

std::string_view schema_class(NodeKind kind, std::string_view type) {
  if (kind == NodeKind::event) return "schema:Event";
  if (kind == NodeKind::place) return "schema:Place";
  if (type == "person") return "schema:Person";
  if (type == "company") return "schema:Corporation";
  if (type == "media") return "schema:NewsMediaOrganization";
  if (type == "party") return "schema:PoliticalParty";
  if (type == "government") return "schema:GovernmentOrganization";
  return "schema:Organization";
}

class Describer final {
 public:
  Describer(const Graph& graph, const ExportOptions& options, RdfNotation notation, Output& out)
      : graph_(graph), selection_(graph, options), writer_(make_rdf_writer(notation, out)) {
    for (const Relation& relation : graph.ontology().relations()) {
      std::string name = relation.name;
      std::replace(name.begin(), name.end(), ' ', '_');
      properties_.push_back(rdf_name("rel", name));
    }
  }

  void describe() {
    writer_->begin();
    for (const SourceDocument& document : graph_.documents()) describe(document);
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (selection_.node(NodeId(i))) node(NodeId(i));
    }
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i))) edge(EdgeId(i));
    }
    writer_->end();
  }

 private:
  [[nodiscard]] std::string node_name(NodeId id) const { return rdf_name("node", graph_.key(id)); }
  [[nodiscard]] std::string document_name(const SourceDocument& document) const {
    return rdf_name("relata", "document/" + std::string(graph_.text(document.name)));
  }

  void text(std::string_view property, std::string_view value) {
    if (!value.empty()) writer_->literal(property, value, RdfLiteral::text);
  }
  void date(std::string_view property, std::string_view value) {
    if (parse_iso_date(value)) writer_->literal(property, value, RdfLiteral::date);
  }
  template <class Number>
  void number(std::string_view property, Number value) {
    writer_->literal(property, fmt::format("{}", value), RdfLiteral::number);
  }

  void describe(const SourceDocument& document) {
    writer_->subject(document_name(document));
    writer_->resource("rdf:type", "schema:NewsArticle");
    text("schema:name", graph_.text(document.name));
    text("schema:headline", graph_.text(document.title));
    date("schema:datePublished", graph_.text(document.date));
    text("schema:author", graph_.text(document.author));
    text("schema:publisher", graph_.text(document.outlet));
    text("schema:url", graph_.text(document.url));
    text("schema:inLanguage", graph_.text(document.language));
    writer_->end_subject();
  }

  void node(NodeId id) {
    const std::string_view type = graph_.type_name(id);
    writer_->subject(node_name(id));
    writer_->resource("rdf:type", schema_class(graph_.node(id).kind, type));
    writer_->literal("rdfs:label", graph_.name(id), RdfLiteral::text);
    for (const StringId alias : graph_.aliases(id)) text("skos:altLabel", graph_.text(alias));
    text("relata:kind", kind_name(graph_.node(id).kind));
    text("relata:type", type);
    for (const Attribute& attribute : graph_.attributes(id)) {
      const std::string_view key = graph_.text(attribute.key);
      const std::string_view value = graph_.text(attribute.value);
      if (key == "latitude" || key == "longitude") {
        text("schema:" + std::string(key), value);
      } else if (key == "from" && parse_iso_date(value)) {
        date("schema:startDate", value);
      } else if (key == "to" && parse_iso_date(value)) {
        date("schema:endDate", value);
      } else {
        text(rdf_name("relata", "attribute-" + std::string(key)), value);
      }
    }
    writer_->end_subject();
  }

  void edge(EdgeId id) {
    const Edge& edge = graph_.edge(id);
    const std::string name = rdf_name("edge", std::to_string(id.value));
    const std::string& property = properties_[edge.relation.value];
    const bool holds = edge.polarity == Polarity::affirmed &&
                       (edge.modality == Modality::asserted || edge.modality == Modality::reported);
    if (holds) writer_->triple(node_name(edge.source), property, node_name(edge.target), name);

    writer_->subject(name);
    writer_->resource("rdf:type", "rdf:Statement");
    writer_->resource("rdf:subject", node_name(edge.source));
    writer_->resource("rdf:predicate", property);
    writer_->resource("rdf:object", node_name(edge.target));
    text("rdfs:label", edge_label(graph_, id));
    text("relata:modality", modality_name(edge.modality));
    text("relata:mood", mood_name(edge.mood));
    if (edge.polarity == Polarity::negated) {
      writer_->literal("relata:negated", "true", RdfLiteral::boolean);
    }
    number("relata:confidence", edge.confidence);
    number("relata:weight", edge.weight);
    if (edge.attribution.valid() && selection_.node(edge.attribution)) {
      writer_->resource("prov:wasAttributedTo", node_name(edge.attribution));
    }
    if (edge.time.known()) {
      if (edge.time.from != TimeSpan::open_from) date("schema:startDate", iso_date(edge.time.from));
      if (edge.time.to != TimeSpan::open_to) date("schema:endDate", iso_date(edge.time.to));
    }
    if (const Quantity* const quantity = graph_.quantity(id)) describe(*quantity);
    evidence(id);
    writer_->end_subject();
  }

  // An end that is open is left out.
  void describe(const Quantity& quantity) {
    if (std::isfinite(quantity.min)) number("relata:quantityMin", quantity.min);
    if (std::isfinite(quantity.max)) number("relata:quantityMax", quantity.max);
    text("relata:quantityUnit", graph_.text(quantity.unit));
    if (quantity.approximate) {
      writer_->literal("relata:quantityApproximate", "true", RdfLiteral::boolean);
    }
  }

  // Evidence stands in the order of documents and sentences, so what repeats follows itself.
  void evidence(EdgeId id) {
    DocumentId last_document;
    for (const Evidence& piece : graph_.evidence(id)) {
      const DocumentId document = graph_.sentence(piece.sentence).document;
      if (document != last_document) {
        writer_->resource("prov:wasDerivedFrom", document_name(graph_.document(document)));
      }
      last_document = document;
    }
    SentenceId last_sentence;
    for (const Evidence& piece : graph_.evidence(id)) {
      if (piece.sentence != last_sentence) {
        text("prov:value", graph_.text(graph_.sentence(piece.sentence).text));
      }
      last_sentence = piece.sentence;
    }
  }

  const Graph& graph_;
  Selection selection_;
  std::unique_ptr<RdfWriter> writer_;
  std::vector<std::string> properties_;  // of the relations
};

std::string_view notation_name(RdfNotation notation) {
  switch (notation) {
    case RdfNotation::jsonld:
      return "jsonld";
    case RdfNotation::nquads:
      return "nquads";
    case RdfNotation::turtle:
      return "turtle";
  }
  return "";
}

}  // namespace

void RdfExporter::write(const Graph& graph, std::ostream& stream,
                        const ExportOptions& options) const {
  require_profile(notation_name(notation_), options.profile);
  Output out(stream);
  Describer(graph, options, notation_, out).describe();
  out.flush();
}

}  // namespace relata
