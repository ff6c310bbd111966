#include "exporters/fact_table.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "exporters/columns.h"
#include "exporters/selection.h"

namespace relata {

namespace {

constexpr std::array fact_table = {
    FactColumn{"source", CellType::text, 26},
    FactColumn{"relation", CellType::text, 20},
    FactColumn{"target", CellType::text, 26},
    FactColumn{"negated", CellType::boolean, 9},
    FactColumn{"modality", CellType::text, 11},
    FactColumn{"mood", CellType::text, 11},
    FactColumn{"said_by", CellType::text, 22},
    FactColumn{"from", CellType::date, 12},
    FactColumn{"to", CellType::date, 12},
    FactColumn{"precision", CellType::text, 10},
    FactColumn{"quantity_min", CellType::number, 13},
    FactColumn{"quantity_max", CellType::number, 13},
    FactColumn{"quantity_unit", CellType::text, 13},
    FactColumn{"quantity_approximate", CellType::boolean, 12},
    FactColumn{"evidence", CellType::text, 80},
    FactColumn{"document", CellType::text, 26},
    FactColumn{"published", CellType::date, 12},
    FactColumn{"outlet", CellType::text, 18},
    FactColumn{"title", CellType::text, 30},
    FactColumn{"url", CellType::text, 30},
    FactColumn{"more_evidence", CellType::text, 60},
    FactColumn{"sources", CellType::number, 9},
    FactColumn{"weight", CellType::number, 9},
    FactColumn{"confidence", CellType::number, 11},
    FactColumn{"source_kind", CellType::text, 11},
    FactColumn{"source_type", CellType::text, 14},
    FactColumn{"target_kind", CellType::text, 11},
    FactColumn{"target_type", CellType::text, 14},
    FactColumn{"source_id", CellType::text, 26},
    FactColumn{"target_id", CellType::text, 26},
    FactColumn{"id", CellType::text, 9},
};

constexpr std::array evidence_table = {
    FactColumn{"id", CellType::text, 9},
    FactColumn{"source", CellType::text, 26},
    FactColumn{"relation", CellType::text, 20},
    FactColumn{"target", CellType::text, 26},
    FactColumn{"evidence", CellType::text, 80},
    FactColumn{"source_words", CellType::text, 22},
    FactColumn{"trigger", CellType::text, 16},
    FactColumn{"target_words", CellType::text, 22},
    FactColumn{"negated", CellType::boolean, 9},
    FactColumn{"modality", CellType::text, 11},
    FactColumn{"mood", CellType::text, 11},
    FactColumn{"strength", CellType::text, 11},
    FactColumn{"said_by", CellType::text, 22},
    FactColumn{"from", CellType::date, 12},
    FactColumn{"to", CellType::date, 12},
    FactColumn{"precision", CellType::text, 10},
    FactColumn{"quantity_min", CellType::number, 13},
    FactColumn{"quantity_max", CellType::number, 13},
    FactColumn{"quantity_unit", CellType::text, 13},
    FactColumn{"quantity_approximate", CellType::boolean, 12},
    FactColumn{"confidence", CellType::number, 11},
    FactColumn{"rule", CellType::text, 20},
    FactColumn{"document", CellType::text, 26},
    FactColumn{"published", CellType::date, 12},
    FactColumn{"begin", CellType::number, 9},
    FactColumn{"end", CellType::number, 9},
};

/// Puts texts into a row, column after column.
class Filler final {
 public:
  Filler(FactRow& row, std::size_t columns) : row_(row) { row_.resize(columns); }

  Filler& text(std::string_view text) {
    row_[next_++] = text;
    return *this;
  }
  template <class Number>
  Filler& number(Number value) {
    std::string& cell = row_[next_++];
    cell.clear();
    fmt::format_to(std::back_inserter(cell), "{}", value);
    return *this;
  }
  Filler& boolean(bool value) { return text(value ? "true" : "false"); }
  Filler& bound(double value) { return std::isfinite(value) ? number(value) : text(""); }

  Filler& time(const TimeSpan& time) {
    text(time.known() && time.from != TimeSpan::open_from ? iso_date(time.from) : "");
    text(time.known() && time.to != TimeSpan::open_to ? iso_date(time.to) : "");
    return text(precision_name(time.precision));
  }
  Filler& quantity(const Graph& graph, const Quantity* quantity) {
    if (quantity == nullptr || !quantity->known) return text("").text("").text("").text("");
    bound(quantity->min).bound(quantity->max).text(graph.text(quantity->unit));
    return text(quantity->approximate ? "true" : "");
  }
  Filler& speaker(const Graph& graph, NodeId id) {
    return text(id.valid() ? graph.name(id) : std::string_view());
  }

 private:
  FactRow& row_;
  std::size_t next_ = 0;
};

/// The sentences after the first one, each once; evidence stands in the order of sentences.
std::string further_sentences(const Graph& graph, std::span<const Evidence> evidence) {
  std::string text;
  for (std::size_t i = 1; i < evidence.size(); ++i) {
    if (evidence[i].sentence == evidence[i - 1].sentence) continue;
    if (!text.empty()) text += " | ";
    text += graph.text(graph.sentence(evidence[i].sentence).text);
  }
  return text;
}

std::string_view words(const Graph& graph, const SourceSentence& sentence, TextSpan span) {
  const std::string_view text = graph.text(sentence.text);
  if (span.empty() || span.begin < sentence.span.begin || span.end < span.begin ||
      span.end - sentence.span.begin > text.size()) {
    return {};
  }
  return text.substr(span.begin - sentence.span.begin, span.end - span.begin);
}

}  // namespace

bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
}

std::span<const FactColumn> fact_columns() {
  return fact_table;
}

std::span<const FactColumn> evidence_columns() {
  return evidence_table;
}

void fill_fact_row(const Graph& graph, EdgeId id, FactRow& row) {
  const Edge& edge = graph.edge(id);
  const auto evidence = graph.evidence(id);
  Filler fill(row, fact_table.size());
  fill.text(graph.name(edge.source)).text(graph.relation(id).name).text(graph.name(edge.target));
  fill.boolean(edge.polarity == Polarity::negated);
  fill.text(modality_name(edge.modality)).text(mood_name(edge.mood));
  fill.speaker(graph, edge.attribution).time(edge.time).quantity(graph, graph.quantity(id));
  if (evidence.empty()) {
    fill.text("").text("").text("").text("").text("").text("").text("");
  } else {
    const SourceSentence& sentence = graph.sentence(evidence[0].sentence);
    const SourceDocument& document = graph.document(sentence.document);
    fill.text(graph.text(sentence.text)).text(graph.text(document.name));
    fill.text(graph.text(document.date)).text(graph.text(document.outlet));
    fill.text(graph.text(document.title)).text(graph.text(document.url));
    fill.text(further_sentences(graph, evidence));
  }
  fill.number(source_count(graph, id)).number(edge.weight).number(edge.confidence);
  fill.text(kind_name(graph.node(edge.source).kind)).text(graph.type_name(edge.source));
  fill.text(kind_name(graph.node(edge.target).kind)).text(graph.type_name(edge.target));
  fill.text(safe_id(graph, edge.source)).text(safe_id(graph, edge.target));
  fill.text(fmt::format("e{}", id.value));
}

void fill_evidence_row(const Graph& graph, EdgeId id, const Evidence& evidence, FactRow& row) {
  const Edge& edge = graph.edge(id);
  const SourceSentence& sentence = graph.sentence(evidence.sentence);
  const SourceDocument& document = graph.document(sentence.document);
  Filler fill(row, evidence_table.size());
  fill.text(fmt::format("e{}", id.value)).text(graph.name(edge.source));
  fill.text(graph.relation(id).name).text(graph.name(edge.target));
  fill.text(graph.text(sentence.text)).text(words(graph, sentence, evidence.source));
  fill.text(words(graph, sentence, evidence.trigger));
  fill.text(words(graph, sentence, evidence.target));
  fill.boolean(edge.polarity == Polarity::negated);
  fill.text(modality_name(evidence.modality)).text(mood_name(evidence.mood));
  fill.text(strength_name(evidence.strength)).speaker(graph, evidence.attribution);
  fill.time(evidence.time).quantity(graph, &evidence.quantity).number(evidence.confidence);
  fill.text(graph.text(evidence.rule)).text(graph.text(document.name));
  fill.text(graph.text(document.date)).number(sentence.span.begin).number(sentence.span.end);
}

}  // namespace relata
