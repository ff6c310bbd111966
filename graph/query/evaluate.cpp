#include "graph/query/evaluate.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/regex.h>
#include <unicode/unistr.h>

namespace relata::query {

namespace {

[[noreturn]] void misfit(const Expression& expression, std::string_view expected,
                         const Value& found) {
  throw QueryError(expression.place,
                   fmt::format("expected {}, found {}", expected, found.type_name()));
}

Value truth_value(std::optional<bool> truth) {
  return truth ? Value::of(*truth) : Value();
}

Value list_of_nodes(const std::vector<NodeId>& nodes) {
  List list;
  for (const NodeId node : nodes) list.push_back(Value::of(node));
  return Value::of(std::move(list));
}

}  // namespace

/// Regular expressions that were used, with ICU's bounds on time and stack.
struct Evaluator::Patterns {
  std::map<std::string, std::unique_ptr<icu::RegexPattern>, std::less<>> known;

  const icu::RegexPattern& get(const Expression& expression, std::string_view text) {
    const auto found = known.find(text);
    if (found != known.end()) return *found->second;
    if (known.size() > 64) known.clear();
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    std::unique_ptr<icu::RegexPattern> made(icu::RegexPattern::compile(
        icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), place,
        status));
    if (U_FAILURE(status)) {
      throw QueryError(expression.place, fmt::format("expected a regular expression after =~; the "
                                                     "fault is at its character {}",
                                                     place.offset + 1));
    }
    return *known.emplace(std::string(text), std::move(made)).first->second;
  }
};

Evaluator::Evaluator(const Graph& graph, const Plan& plan, const Row& row,
                     std::function<bool(std::size_t)> has_match)
    : graph_(graph),
      plan_(plan),
      row_(row),
      has_match_(std::move(has_match)),
      patterns_(std::make_unique<Patterns>()) {}

Evaluator::~Evaluator() = default;

bool Evaluator::passes(const Expression& expression) {
  return truth(expression) == true;
}

std::optional<bool> Evaluator::truth(const Expression& expression) {
  const Value value = (*this)(expression);
  if (value.is_null()) return std::nullopt;
  if (value.truth() == nullptr) misfit(expression, "a condition", value);
  return *value.truth();
}

Value Evaluator::operator()(const Expression& expression) {
  switch (expression.op) {
    case Operator::literal:
      return expression.value;
    case Operator::variable:
      return variable(expression);
    case Operator::property:
      return property(expression);
    case Operator::index: {
      const Value list = (*this)(expression.arguments[0]);
      const Value at = (*this)(expression.arguments[1]);
      if (list.is_null() || at.is_null()) return {};
      if (list.list() == nullptr) misfit(expression, "a list", list);
      if (at.integer() == nullptr) misfit(expression.arguments[1], "a whole number", at);
      const auto size = static_cast<std::int64_t>(list.list()->size());
      const std::int64_t place = *at.integer() < 0 ? *at.integer() + size : *at.integer();
      return place < 0 || place >= size ? Value() : (*list.list())[static_cast<std::size_t>(place)];
    }
    case Operator::list: {
      List list;
      for (const Expression& part : expression.arguments) list.push_back((*this)(part));
      return Value::of(std::move(list));
    }
    case Operator::call:
      return is_aggregate(expression) ? (*results_)[expression.slot] : call(expression);
    case Operator::count_rows:
      return (*results_)[expression.slot];
    case Operator::pattern:
      return Value::of(has_match_(expression.pattern));
    case Operator::has_label: {
      const Value value = (*this)(expression.arguments[0]);
      if (value.is_null()) return {};
      if (value.node() == nullptr) misfit(expression, "a node", value);
      return Value::of(bool(expression.types[graph_.node(*value.node()).type.value]));
    }
    case Operator::negation:
    case Operator::conjunction:
    case Operator::disjunction:
    case Operator::exclusion:
      return logic(expression);
    case Operator::is_null:
    case Operator::is_not_null:
      return Value::of((*this)(expression.arguments[0]).is_null() ==
                       (expression.op == Operator::is_null));
    case Operator::starts_with:
    case Operator::ends_with:
    case Operator::contains:
    case Operator::matches:
      return text_test(expression);
    case Operator::add:
    case Operator::subtract:
    case Operator::multiply:
    case Operator::divide:
    case Operator::modulo:
    case Operator::minus:
      return arithmetic(expression);
    default:
      return comparison(expression);
  }
}

Value Evaluator::logic(const Expression& expression) {
  if (expression.op == Operator::negation) {
    const auto inner = truth(expression.arguments[0]);
    return inner ? Value::of(!*inner) : Value();
  }
  if (expression.op == Operator::exclusion) {
    bool all = false;
    for (const Expression& part : expression.arguments) {
      const auto value = truth(part);
      if (!value) return {};
      all = all != *value;
    }
    return Value::of(all);
  }
  const bool decisive = expression.op == Operator::disjunction;
  bool unknown = false;
  for (const Expression& part : expression.arguments) {
    const auto value = truth(part);
    if (value == decisive) return Value::of(decisive);
    unknown = unknown || !value;
  }
  return unknown ? Value() : Value::of(!decisive);
}

Value Evaluator::comparison(const Expression& expression) {
  const Value left = (*this)(expression.arguments[0]);
  const Value right = (*this)(expression.arguments[1]);
  if (expression.op == Operator::in) {
    if (right.is_null()) return {};
    if (right.list() == nullptr) misfit(expression.arguments[1], "a list after IN", right);
    std::optional<bool> found = false;
    for (const Value& value : *right.list()) {
      const auto same = equal(left, value);
      if (same == true) return Value::of(true);
      if (!same) found = std::nullopt;
    }
    return truth_value(found);
  }
  if (expression.op == Operator::equal) return truth_value(equal(left, right));
  if (expression.op == Operator::unequal) {
    const auto same = equal(left, right);
    return same ? Value::of(!*same) : Value();
  }
  const auto order = compare(left, right);
  if (!order) return {};
  switch (expression.op) {
    case Operator::less:
      return Value::of(*order < 0);
    case Operator::less_equal:
      return Value::of(*order <= 0);
    case Operator::greater:
      return Value::of(*order > 0);
    default:
      return Value::of(*order >= 0);
  }
}

Value Evaluator::text_test(const Expression& expression) {
  const Value left = (*this)(expression.arguments[0]);
  const Value right = (*this)(expression.arguments[1]);
  if (left.string() == nullptr || right.string() == nullptr) return {};
  const std::string_view text = *left.string();
  const std::string_view part = *right.string();
  switch (expression.op) {
    case Operator::starts_with:
      return Value::of(text.starts_with(part));
    case Operator::ends_with:
      return Value::of(text.ends_with(part));
    case Operator::contains:
      return Value::of(text.find(part) != std::string_view::npos);
    default:
      break;
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto subject =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  const std::unique_ptr<icu::RegexMatcher> matcher(
      patterns_->get(expression, part).matcher(subject, status));
  if (U_SUCCESS(status)) matcher->setTimeLimit(1000, status);
  const bool matched = U_SUCCESS(status) && matcher->matches(status) != 0;
  if (U_FAILURE(status)) {
    throw LimitError("the regular expression takes too long on a text; make it simpler");
  }
  return Value::of(matched);
}

Value Evaluator::arithmetic(const Expression& expression) {
  const Value left = (*this)(expression.arguments[0]);
  if (expression.op == Operator::minus) {
    if (left.is_null()) return {};
    if (left.real() != nullptr) return Value::of(-*left.real());
    if (left.integer() == nullptr) misfit(expression, "a number", left);
    return Value::of(-*left.integer());  // literals and sums never reach the least integer
  }
  const Value right = (*this)(expression.arguments[1]);
  if (left.is_null() || right.is_null()) return {};
  if (expression.op == Operator::add) {
    if (left.string() != nullptr && right.string() != nullptr) {
      return Value::text(std::string(*left.string()) + std::string(*right.string()));
    }
    if (left.list() != nullptr || right.list() != nullptr) {
      List both = left.list() != nullptr ? *left.list() : List{left};
      if (right.list() != nullptr) {
        both.insert(both.end(), right.list()->begin(), right.list()->end());
      } else {
        both.push_back(right);
      }
      return Value::of(std::move(both));
    }
  }
  if (!left.is_number()) misfit(expression.arguments[0], "a number", left);
  if (!right.is_number()) misfit(expression.arguments[1], "a number", right);
  const std::int64_t* const a = left.integer();
  const std::int64_t* const b = right.integer();
  if (a != nullptr && b != nullptr) {
    std::int64_t result = 0;
    bool over = false;
    switch (expression.op) {
      case Operator::add:
        over = __builtin_add_overflow(*a, *b, &result);
        break;
      case Operator::subtract:
        over = __builtin_sub_overflow(*a, *b, &result);
        break;
      case Operator::multiply:
        over = __builtin_mul_overflow(*a, *b, &result);
        break;
      default:
        if (*b == 0) throw QueryError(expression.place, "division by zero");
        if (*b == -1) {
          over = __builtin_sub_overflow(0, *a, &result);
          if (expression.op == Operator::modulo) result = 0;
        } else {
          result = expression.op == Operator::divide ? *a / *b : *a % *b;
        }
    }
    if (over || result == std::numeric_limits<std::int64_t>::min()) {
      throw QueryError(expression.place, "the number is too large");
    }
    return Value::of(result);
  }
  const double x = left.number();
  const double y = right.number();
  switch (expression.op) {
    case Operator::add:
      return Value::of(x + y);
    case Operator::subtract:
      return Value::of(x - y);
    case Operator::multiply:
      return Value::of(x * y);
    case Operator::divide:
      return Value::of(x / y);
    default:
      return Value::of(std::fmod(x, y));
  }
}

Value Evaluator::variable(const Expression& expression) const {
  switch (expression.kind) {
    case VariableKind::node:
      return Value::of(row_.nodes[expression.slot]);
    case VariableKind::edge:
      return Value::of(row_.edges[expression.slot]);
    case VariableKind::edges: {
      List list;
      for (const EdgeId edge : row_.many[expression.slot]) list.push_back(Value::of(edge));
      return Value::of(std::move(list));
    }
    case VariableKind::path:
      break;
  }
  return Value::of(path_of(plan_.paths[plan_.variables[expression.slot].path]));
}

Path Evaluator::path_of(const PathPart& part) const {
  Path path;
  path.nodes.push_back(row_.nodes[part.nodes.front()]);
  const auto walk = [&](EdgeId id) {
    const Edge& edge = graph_.edge(id);
    const bool forward = edge.source == path.nodes.back();
    path.steps.push_back({id, forward});
    path.nodes.push_back(forward ? edge.target : edge.source);
  };
  for (const std::size_t number : part.edges) {
    const EdgePart& edge = plan_.edges[number];
    if (edge.many) {
      for (const EdgeId id : row_.many[edge.variable]) walk(id);
    } else {
      walk(row_.edges[edge.variable]);
    }
  }
  return path;
}

Value Evaluator::call(const Expression& expression) {
  if (expression.function == Function::coalesce) {
    for (const Expression& argument : expression.arguments) {
      Value value = (*this)(argument);
      if (!value.is_null()) return value;
    }
    return {};
  }
  const Value value = (*this)(expression.arguments[0]);
  if (value.is_null()) return {};
  if (expression.function == Function::known_as) {
    const Value name = (*this)(expression.arguments[1]);
    if (value.node() == nullptr) misfit(expression, "a node", value);
    if (name.is_null()) return {};
    if (name.string() == nullptr) misfit(expression.arguments[1], "a name", name);
    return Value::of(known_as(*value.node(), *name.string()));
  }
  return element_call(expression, value);
}

Value Evaluator::element_call(const Expression& expression, const Value& value) const {
  const auto need_edge = [&]() -> const Edge& {
    if (value.edge() == nullptr) misfit(expression, "a relation", value);
    return graph_.edge(*value.edge());
  };
  const auto need_node = [&] {
    if (value.node() == nullptr) misfit(expression, "a node", value);
    return *value.node();
  };
  const auto need_text = [&] {
    if (value.string() == nullptr) misfit(expression, "text", value);
    return icu::UnicodeString::fromUTF8(
        {value.string()->data(), static_cast<std::int32_t>(value.string()->size())});
  };
  const auto need_list = [&]() -> const List& {
    if (value.list() == nullptr) misfit(expression, "a list", value);
    return *value.list();
  };
  std::string made;
  switch (expression.function) {
    case Function::type:
      return Value::lasting(graph_.ontology().relation(need_edge().relation).name);
    case Function::start_node:
      return Value::of(need_edge().source);
    case Function::end_node:
      return Value::of(need_edge().target);
    case Function::labels: {
      const NodeId node = need_node();
      return Value::of(List{Value::lasting(kind_name(graph_.node(node).kind)),
                            Value::lasting(graph_.type_name(node))});
    }
    case Function::degree:
      return Value::of(static_cast<std::int64_t>(degree(graph_, need_node())));
    case Function::length:
    case Function::size: {
      std::size_t size = 0;
      if (value.path() != nullptr) {
        size = value.path()->steps.size();
      } else if (value.list() != nullptr) {
        size = value.list()->size();
      } else {
        size = static_cast<std::size_t>(need_text().countChar32());
      }
      return Value::of(static_cast<std::int64_t>(size));
    }
    case Function::nodes:
      if (value.path() == nullptr) misfit(expression, "a path", value);
      return list_of_nodes(value.path()->nodes);
    case Function::relationships: {
      if (value.path() == nullptr) misfit(expression, "a path", value);
      List list;
      for (const PathStep& step : value.path()->steps) list.push_back(Value::of(step.edge));
      return Value::of(std::move(list));
    }
    case Function::to_lower:
      need_text().toLower(icu::Locale::getRoot()).toUTF8String(made);
      return Value::text(made);
    case Function::to_upper:
      need_text().toUpper(icu::Locale::getRoot()).toUTF8String(made);
      return Value::text(made);
    case Function::head:
      return need_list().empty() ? Value() : need_list().front();
    case Function::last:
      return need_list().empty() ? Value() : need_list().back();
    case Function::abs:
    case Function::round:
    case Function::to_integer:
    case Function::to_float: {
      double number = 0;
      if (value.is_number()) {
        if (value.integer() != nullptr && expression.function != Function::to_float) {
          const std::int64_t whole = *value.integer();
          return Value::of(expression.function == Function::abs && whole < 0 ? -whole : whole);
        }
        number = value.number();
      } else if (value.string() != nullptr && expression.function >= Function::to_integer &&
                 expression.function <= Function::to_float) {
        const std::string_view text = *value.string();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size()) return {};
      } else {
        misfit(expression, "a number", value);
      }
      if (expression.function == Function::abs) return Value::of(std::fabs(number));
      if (expression.function == Function::round) return Value::of(std::round(number));
      if (expression.function == Function::to_float) return Value::of(number);
      if (!(std::fabs(number) < 9e18)) return {};
      return Value::of(static_cast<std::int64_t>(number));
    }
    case Function::to_string:
      if (value.string() != nullptr) return value;
      if (value.truth() != nullptr) return Value::lasting(*value.truth() ? "true" : "false");
      if (value.integer() != nullptr) return Value::text(fmt::format("{}", *value.integer()));
      if (value.real() != nullptr) return Value::text(fmt::format("{}", *value.real()));
      misfit(expression, "a number, a truth or text", value);
    default:
      return {};
  }
}

}  // namespace relata::query
