// What nodes and relations say of themselves: a.name, r.date, ...

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "graph/query/evaluate.h"

namespace relata::query {

namespace {

Value text_or_null(std::string_view text) {
  return text.empty() ? Value() : Value::lasting(text);
}

}  // namespace

Value Evaluator::property(const Expression& expression) {
  const auto property = static_cast<Property>(expression.property);
  const Expression& subject = expression.arguments[0];
  // Without a value in between for the usual case.
  if (subject.op == Operator::variable && subject.kind == VariableKind::node) {
    return node_property(row_.nodes[subject.slot], property, expression.text);
  }
  const Value value = (*this)(subject);
  if (value.is_null()) return {};
  if (value.node() != nullptr) return node_property(*value.node(), property, expression.text);
  if (value.edge() != nullptr) return edge_property(*value.edge(), property, expression.text);
  throw QueryError(expression.place,
                   fmt::format("expected a node or a relation, found {}", value.type_name()));
}

Value Evaluator::node_property(NodeId node, Property property, std::string_view key) const {
  switch (property) {
    case Property::name:
      return Value::lasting(graph_.name(node));
    case Property::key:
      return Value::lasting(graph_.key(node));
    case Property::kind:
      return Value::lasting(kind_name(graph_.node(node).kind));
    case Property::type:
      return Value::lasting(graph_.type_name(node));
    case Property::degree:
      return Value::of(static_cast<std::int64_t>(degree(graph_, node)));
    case Property::mentions:
      return Value::of(static_cast<std::int64_t>(graph_.mentions(node).size()));
    case Property::aliases: {
      List list;
      for (const StringId alias : graph_.aliases(node)) {
        list.push_back(Value::lasting(graph_.text(alias)));
      }
      return Value::of(std::move(list));
    }
    case Property::attribute:
      break;
    default:
      return {};
  }
  const std::string_view text = graph_.attribute(node, key);
  if (text.empty()) return {};
  // Amounts and coordinates compare as numbers.
  if (key == "latitude" || key == "longitude" || key.starts_with("quantity_m")) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return Value::of(number);
  }
  return Value::lasting(text);
}

Value Evaluator::edge_property(EdgeId id, Property property, std::string_view /*key*/) const {
  const Edge& edge = graph_.edge(id);
  const auto day = [](std::int32_t date) {
    return date == TimeSpan::open_from || date == TimeSpan::open_to ? Value()
                                                                    : Value::text(iso_date(date));
  };
  switch (property) {
    case Property::relation:
    case Property::type:
      return Value::lasting(graph_.relation(id).name);
    case Property::date:
      if (!edge.time.known()) return {};
      return day(edge.time.from == TimeSpan::open_from ? edge.time.to : edge.time.from);
    case Property::from:
      return edge.time.known() ? day(edge.time.from) : Value();
    case Property::to:
      return edge.time.known() ? day(edge.time.to) : Value();
    case Property::precision:
      return text_or_null(precision_name(edge.time.precision));
    case Property::published: {
      std::string_view first;
      for (const Evidence& piece : graph_.evidence(id)) {
        const auto& document = graph_.document(graph_.sentence(piece.sentence).document);
        const std::string_view date = graph_.text(document.date);
        if (!date.empty() && (first.empty() || date < first)) first = date;
      }
      return text_or_null(first);
    }
    case Property::confidence:
      // As many digits as were stored: 0.9 is 0.9.
      return Value::of(std::round(static_cast<double>(edge.confidence) * 1e6) / 1e6);
    case Property::weight:
      return Value::of(std::round(static_cast<double>(edge.weight) * 1e6) / 1e6);
    case Property::negated:
      return Value::of(edge.polarity == Polarity::negated);
    case Property::modality:
      return Value::lasting(modality_name(edge.modality));
    case Property::mood:
      return text_or_null(mood_name(edge.mood));
    case Property::attribution:
      return edge.attribution.valid() ? Value::lasting(graph_.name(edge.attribution)) : Value();
    case Property::quantity_min:
    case Property::quantity_max:
    case Property::quantity_unit: {
      const Quantity* const quantity = graph_.quantity(id);
      if (quantity == nullptr) return {};
      if (property == Property::quantity_unit) return text_or_null(graph_.text(quantity->unit));
      const double bound = property == Property::quantity_min ? quantity->min : quantity->max;
      return std::isfinite(bound) ? Value::of(bound) : Value();
    }
    case Property::evidence:
      return Value::of(static_cast<std::int64_t>(graph_.evidence(id).size()));
    case Property::sentence: {
      const auto evidence = graph_.evidence(id);
      if (evidence.empty()) return {};
      const auto best = std::max_element(evidence.begin(), evidence.end(),
                                         [](const Evidence& left, const Evidence& right) {
                                           return left.confidence < right.confidence;
                                         });
      return Value::lasting(graph_.text(graph_.sentence(best->sentence).text));
    }
    case Property::documents: {
      std::vector<std::string_view> names;
      for (const Evidence& piece : graph_.evidence(id)) {
        names.push_back(
            graph_.text(graph_.document(graph_.sentence(piece.sentence).document).name));
      }
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
      List list;
      for (const std::string_view name : names) list.push_back(Value::lasting(name));
      return Value::of(std::move(list));
    }
    default:
      return {};
  }
}

bool Evaluator::known_as(NodeId node, std::string_view name) {
  const std::string wanted = folder_.fold(name);
  if (folder_.fold(graph_.name(node)) == wanted) return true;
  const auto aliases = graph_.aliases(node);
  return std::any_of(aliases.begin(), aliases.end(),
                     [&](StringId alias) { return folder_.fold(graph_.text(alias)) == wanted; });
}

}  // namespace relata::query
