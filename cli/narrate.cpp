#include "cli/narrate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "cli/console.h"

namespace relata::cli {

namespace {

constexpr std::array<std::string_view, 12> months = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string group_digits(double number) {
  if (!std::isfinite(number)) return "";
  if (number != std::floor(number) || std::fabs(number) >= 1e15) return fmt::format("{}", number);
  std::string digits = fmt::format("{:.0f}", std::fabs(number));
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return (number < 0 ? "-" : "") + digits;
}

std::string tell_day_span(const TimeSpan& time) {
  const bool open_from = time.from == TimeSpan::open_from;
  const bool open_to = time.to == TimeSpan::open_to;
  if (open_from && open_to) return "";
  if (open_from) return "until " + iso_date(time.to);
  if (open_to) return "since " + iso_date(time.from);
  if (time.from == time.to) return iso_date(time.from);
  return iso_date(time.from) + " to " + iso_date(time.to);
}

}  // namespace

std::string relation_phrase(const Graph& graph, EdgeId id, bool forward) {
  const Relation& relation = graph.relation(id);
  const std::string name = printable(forward ? relation.name : relation.inverse);
  return graph.edge(id).polarity == Polarity::negated ? "not " + name : name;
}

std::string tell_edge(const Graph& graph, EdgeId id, bool forward, const Style& style) {
  const Edge& edge = graph.edge(id);
  const NodeId from = forward ? edge.source : edge.target;
  const NodeId to = forward ? edge.target : edge.source;
  std::string text =
      fmt::format("{} --{}--> {}", style.bold(printable(graph.name(from))),
                  relation_phrase(graph, id, forward), style.bold(printable(graph.name(to))));
  if (edge.modality == Modality::planned) text += " (planned)";
  if (edge.modality == Modality::possible) {
    text += edge.mood == Mood::plain ? " (possible)" : fmt::format(" ({})", mood_name(edge.mood));
  }
  return text;
}

std::string tell_time(const TimeSpan& time) {
  if (!time.known()) return "";
  const bool closed = time.from != TimeSpan::open_from && time.to != TimeSpan::open_to;
  if (closed && (time.precision == DatePrecision::month || time.precision == DatePrecision::year)) {
    const std::string from = iso_date(time.from);
    const std::string to = iso_date(time.to);
    std::string year = from.substr(0, from.size() - 6);
    if (time.precision == DatePrecision::year && to == year + "-12-31") return year;
    if (time.precision == DatePrecision::month &&
        from.substr(0, from.size() - 3) == to.substr(0, to.size() - 3)) {
      const auto month = static_cast<std::size_t>(std::stoi(from.substr(from.size() - 5, 2)));
      return fmt::format("{} {}", months[month - 1], year);
    }
  }
  return tell_day_span(time);
}

std::string tell_quantity(const Graph& graph, const Quantity& quantity) {
  if (!quantity.known) return "";
  std::string text = quantity.approximate ? "about " : "";
  const bool no_least = !std::isfinite(quantity.min) || (quantity.min == 0 && quantity.max != 0);
  if (quantity.min == quantity.max) {
    text += group_digits(quantity.min);
  } else if (!std::isfinite(quantity.max)) {
    text += "at least " + group_digits(quantity.min);
  } else if (no_least) {
    text += "up to " + group_digits(quantity.max);
  } else {
    text += group_digits(quantity.min) + " to " + group_digits(quantity.max);
  }
  if (quantity.unit.valid()) text += " " + printable(graph.text(quantity.unit));
  return text;
}

std::string tell_sentence(const Graph& graph, const Evidence& evidence, const Style& style,
                          bool mark) {
  const SourceSentence& sentence = graph.sentence(evidence.sentence);
  const std::string_view text = graph.text(sentence.text);
  if (!mark) return printable(text);
  std::vector<TextSpan> spans;
  for (const TextSpan span : {evidence.source, evidence.trigger, evidence.target}) {
    if (span.empty() || span.begin < sentence.span.begin || span.end > sentence.span.end) continue;
    const TextSpan inside{span.begin - sentence.span.begin, span.end - sentence.span.begin};
    if (inside.begin < inside.end && inside.end <= text.size()) spans.push_back(inside);
  }
  std::sort(spans.begin(), spans.end());
  std::string told;
  std::size_t at = 0;
  const auto put_plain = [&](std::size_t end) {
    const std::string_view piece = text.substr(at, end - at);
    const bool blank_before = !piece.empty() && (piece.front() == ' ' || piece.front() == '\n');
    const bool blank_behind = !piece.empty() && (piece.back() == ' ' || piece.back() == '\n');
    const std::string clean = printable(piece);
    if (blank_before && !told.empty()) told += ' ';
    told += clean;
    if (blank_behind && !clean.empty()) told += ' ';
    at = end;
  };
  for (const TextSpan span : spans) {
    if (span.begin < at) continue;  // words that belong to two of the three are marked once
    put_plain(span.begin);
    told += style.marked(printable(text.substr(span.begin, span.end - span.begin)));
    at = span.end;
  }
  put_plain(text.size());
  return told;
}

std::string tell_source(const Graph& graph, const Evidence& evidence) {
  const SourceDocument& document = graph.document(graph.sentence(evidence.sentence).document);
  std::string text = printable(graph.text(document.name));
  if (const auto date = graph.text(document.date); !date.empty()) text += ", " + printable(date);
  if (evidence.attribution.valid()) {
    text += fmt::format("; says {}", printable(graph.name(evidence.attribution)));
    if (evidence.strength != Strength::none) {
      text += fmt::format(" ({})", strength_name(evidence.strength));
    }
  } else if (evidence.strength != Strength::none) {
    text += fmt::format("; {}", strength_name(evidence.strength));
  }
  if (const std::string time = tell_time(evidence.time); !time.empty()) text += "; when: " + time;
  if (const std::string amount = tell_quantity(graph, evidence.quantity); !amount.empty()) {
    text += "; quantity: " + amount;
  }
  return text + fmt::format("; confidence {:.2f}", evidence.confidence);
}

const Evidence* best_evidence(const Graph& graph, EdgeId edge) {
  const auto evidence = graph.evidence(edge);
  if (evidence.empty()) return nullptr;
  return &*std::max_element(evidence.begin(), evidence.end(),
                            [](const Evidence& left, const Evidence& right) {
                              return left.confidence < right.confidence;
                            });
}

std::vector<EdgeId> edges_between(const Graph& graph, NodeId left, NodeId right) {
  std::vector<EdgeId> edges;
  const auto collect = [&](NodeId source, NodeId target) {
    const auto [first, last] = graph.out_edges(source);
    for (std::uint32_t e = first.value; e < last.value; ++e) {
      if (graph.edge(EdgeId(e)).target == target) edges.emplace_back(e);
    }
  };
  collect(left, right);
  if (left != right) collect(right, left);
  return edges;
}

}  // namespace relata::cli
