#pragma once
// Reading JSON record by record: a large file is a few arrays of small records (nodes, edges,
// articles), of which one at a time is held. Built on RapidJSON's iterative reader; nesting deeper
// than 64 and records larger than 256 MiB are refused, so no input exhausts stack or memory. Pure
// functions, safe from any thread.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata {

struct JsonMember;

/// A JSON value that owns its parts. Numbers keep their text, so nothing is lost in them.
struct JsonValue {
  enum class Type : std::uint8_t { null, boolean, number, string, array, object };

  Type type = Type::null;
  bool boolean = false;
  std::string text;  ///< of a string (decoded, valid UTF-8) or a number
  std::vector<JsonValue> items;
  std::vector<JsonMember> members;
  std::uint64_t line = 0;    ///< where the value ends, from 1
  std::uint64_t column = 0;  ///< in bytes, from 1

  /// The member of that name; null when there is none or this is no object. Of several the first.
  [[nodiscard]] const JsonValue* find(std::string_view name) const;
  [[nodiscard]] std::string place() const;  ///< "line 3, column 14"
};

/// One member of an object.
struct JsonMember {
  std::string name;
  JsonValue value;
};

/// "a string", "an object", ... for messages.
std::string_view json_type_name(JsonValue::Type type);

/// Receives the path of the array ("nodes", "elements/nodes"; "" for an array at the top) or of the
/// member, and the record or value.
using JsonSink = std::function<void(std::string_view path, JsonValue&& value)>;

/// Reads one JSON text. Every element of an array whose path is in `sections`, and every string,
/// number, boolean or null beside such an array, goes to `sink` in the order of the text; other
/// arrays and objects are skipped unread. Throws InputError with line and column for malformed
/// JSON, and for anything but white space after it. True when one of the arrays was there.
bool read_json(std::istream& in, const std::string& name,
               std::span<const std::string_view> sections, const JsonSink& sink);

/// The one value in `json`. `line` is the number of its first line in the file `name`. Throws as
/// read_json.
JsonValue parse_json(std::string_view json, const std::string& name, std::uint64_t line = 1);

}  // namespace relata
