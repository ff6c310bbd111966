#pragma once
// JSON for `--json`: indented by two blanks, keys in the order of writing, UTF-8 unescaped. Holds
// the stream by reference; one thread.

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string_view>

#include "graph/graph.h"

namespace relata::cli {

class JsonWriter final {
 public:
  explicit JsonWriter(std::ostream& out);
  /// Ends the text with a line feed. REQUIRES: all objects and arrays are closed.
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool truth);
  void value(std::uint64_t number);
  /// Numbers that are not finite become null.
  void value(double number);

  template <class Value>
  void member(std::string_view name, Value what) {
    key(name);
    value(what);
  }
  /// Writes the member unless `text` is empty.
  void member_if(std::string_view name, std::string_view text) {
    if (!text.empty()) member(name, text);
  }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// {"key", "name", "kind", "type"}.
void write_node(JsonWriter& json, const Graph& graph, NodeId node);

/// The edge as walked (`from`, `relation`, `to`), what is known of it, and all its evidence.
void write_edge(JsonWriter& json, const Graph& graph, EdgeId edge, bool forward);

}  // namespace relata::cli
