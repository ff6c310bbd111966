#include "graph/query/value.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace relata::query {

namespace {

std::strong_ordering order_reals(double left, double right) {
  // NaN stands behind all numbers, so that there is an order at all.
  if (std::isnan(left) || std::isnan(right)) return std::isnan(left) <=> std::isnan(right);
  if (left < right) return std::strong_ordering::less;
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::strong_ordering order_numbers(const Value& left, const Value& right) {
  if (left.integer() != nullptr && right.integer() != nullptr) {
    return *left.integer() <=> *right.integer();
  }
  return order_reals(left.number(), right.number());
}

std::strong_ordering order_paths(const Path& left, const Path& right) {
  if (left.nodes != right.nodes) return left.nodes <=> right.nodes;
  for (std::size_t i = 0; i < left.steps.size(); ++i) {
    if (left.steps[i].edge != right.steps[i].edge) {
      return left.steps[i].edge <=> right.steps[i].edge;
    }
  }
  return std::strong_ordering::equal;
}

/// Place of the value's type in the order of types.
int rank(const Value& value) {
  if (value.path() != nullptr) return 0;
  if (value.node() != nullptr) return 1;
  if (value.edge() != nullptr) return 2;
  if (value.list() != nullptr) return 3;
  if (value.string() != nullptr) return 4;
  if (value.truth() != nullptr) return 5;
  return value.is_number() ? 6 : 7;
}

}  // namespace

Value Value::of(List list) {
  return Value(Data(std::make_shared<const List>(std::move(list))));
}

Value Value::of(Path path) {
  return Value(Data(std::make_shared<const Path>(std::move(path))));
}

Value Value::text(std::string text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  const std::string_view view = *owner;
  return Value(Data(Text{view, std::move(owner)}));
}

const List* Value::list() const {
  const auto* held = std::get_if<std::shared_ptr<const List>>(&data_);
  return held == nullptr ? nullptr : held->get();
}

const Path* Value::path() const {
  const auto* held = std::get_if<std::shared_ptr<const Path>>(&data_);
  return held == nullptr ? nullptr : held->get();
}

const std::string_view* Value::string() const {
  const auto* held = std::get_if<Text>(&data_);
  return held == nullptr ? nullptr : &held->view;
}

double Value::number() const {
  return integer() != nullptr ? static_cast<double>(*integer()) : *real();
}

std::string_view Value::type_name() const {
  static constexpr std::array<std::string_view, 9> names = {
      "null", "a truth", "a number", "a number", "text", "a node", "an edge", "a list", "a path"};
  return names[data_.index()];
}

std::size_t Value::held() const {
  constexpr std::size_t block = 32;  // of a shared block and of the allocator
  if (const auto* text = std::get_if<Text>(&data_)) {
    return text->owner ? block + sizeof(std::string) + text->owner->capacity() : 0;
  }
  if (const Path* way = path()) {
    return block + sizeof(Path) + way->nodes.capacity() * sizeof(NodeId) +
           way->steps.capacity() * sizeof(PathStep);
  }
  if (const List* values = list()) {
    std::size_t sum = block + sizeof(List) + values->capacity() * sizeof(Value);
    for (const Value& value : *values) sum += value.held();
    return sum;
  }
  return 0;
}

std::strong_ordering order(const Value& left, const Value& right) {
  const int type = rank(left);
  if (type != rank(right)) return type <=> rank(right);
  switch (type) {
    case 0:
      return order_paths(*left.path(), *right.path());
    case 1:
      return *left.node() <=> *right.node();
    case 2:
      return *left.edge() <=> *right.edge();
    case 3:
      return std::lexicographical_compare_three_way(
          left.list()->begin(), left.list()->end(), right.list()->begin(), right.list()->end(),
          [](const Value& a, const Value& b) { return order(a, b); });
    case 4:
      return *left.string() <=> *right.string();
    case 5:
      return *left.truth() <=> *right.truth();
    case 6:
      return order_numbers(left, right);
    default:
      return std::strong_ordering::equal;
  }
}

std::optional<bool> equal(const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) return std::nullopt;
  if (left.list() != nullptr && right.list() != nullptr) {
    const List& ours = *left.list();
    const List& theirs = *right.list();
    if (ours.size() != theirs.size()) return false;
    std::optional<bool> all = true;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const std::optional<bool> same = equal(ours[i], theirs[i]);
      if (same == false) return false;
      if (!same) all = std::nullopt;
    }
    return all;
  }
  if (left.is_number() && right.is_number()) {
    if (std::isnan(left.number()) || std::isnan(right.number())) return false;
  }
  return order(left, right) == std::strong_ordering::equal;
}

std::optional<std::strong_ordering> compare(const Value& left, const Value& right) {
  const bool comparable = (left.is_number() && right.is_number()) ||
                          (left.string() != nullptr && right.string() != nullptr) ||
                          (left.truth() != nullptr && right.truth() != nullptr);
  if (!comparable) return std::nullopt;
  if (left.is_number() && (std::isnan(left.number()) || std::isnan(right.number()))) {
    return std::nullopt;
  }
  return order(left, right);
}

}  // namespace relata::query
