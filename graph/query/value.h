#pragma once
// Values of the query language (docs/query_language.md): null, truth, numbers, text, lists, nodes,
// edges and paths. Cheap to copy: text of the graph is named by view, so a value must not outlive
// the graph (and the query) that it comes from; text that was computed is owned. Reading is
// thread-safe.

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/paths.h"

namespace relata::query {

class Value;
using List = std::vector<Value>;

/// Text by view, with its owner where it is not the graph's or the query's.
struct Text {
  std::string_view view;
  std::shared_ptr<const std::string> owner;
};

class Value final {
 public:
  Value() = default;  ///< null
  static Value of(bool truth) { return Value(Data(truth)); }
  static Value of(std::int64_t number) { return Value(Data(number)); }
  static Value of(double number) { return Value(Data(number)); }
  static Value of(NodeId node) { return Value(Data(node)); }
  static Value of(EdgeId edge) { return Value(Data(edge)); }
  static Value of(List list);
  static Value of(Path path);
  /// Text that outlives the value.
  static Value lasting(std::string_view text) { return Value(Data(Text{text, nullptr})); }
  /// Text of the value's own.
  static Value text(std::string text);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  [[nodiscard]] bool is_number() const { return integer() != nullptr || real() != nullptr; }
  // Null when the value is of another type.
  [[nodiscard]] const bool* truth() const { return std::get_if<bool>(&data_); }
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data_); }
  [[nodiscard]] const double* real() const { return std::get_if<double>(&data_); }
  [[nodiscard]] const NodeId* node() const { return std::get_if<NodeId>(&data_); }
  [[nodiscard]] const EdgeId* edge() const { return std::get_if<EdgeId>(&data_); }
  [[nodiscard]] const List* list() const;
  [[nodiscard]] const Path* path() const;
  [[nodiscard]] const std::string_view* string() const;

  /// The number as a double. REQUIRES: is_number().
  [[nodiscard]] double number() const;

  /// "a number", "text", "a node", ... for messages.
  [[nodiscard]] std::string_view type_name() const;

  /// Bytes that the value holds beyond its own size, roughly.
  [[nodiscard]] std::size_t held() const;

 private:
  using Data = std::variant<std::monostate, bool, std::int64_t, double, Text, NodeId, EdgeId,
                            std::shared_ptr<const List>, std::shared_ptr<const Path>>;
  explicit Value(Data data) : data_(std::move(data)) {}
  Data data_;
};

/// Order of all values for ORDER BY, DISTINCT and grouping: by type (path, node, edge, list, text,
/// truth, number, null last), then by value; nodes and edges by their ids, numbers by amount.
std::strong_ordering order(const Value& left, const Value& right);

/// `=` of the language: nothing (null) when either side is null, false for different types.
std::optional<bool> equal(const Value& left, const Value& right);

/// `<` and the like: nothing when the two cannot be compared (null, different types, not numbers,
/// text or truths).
std::optional<std::strong_ordering> compare(const Value& left, const Value& right);

}  // namespace relata::query
