#include "importers/json_records.h"

#include <algorithm>
#include <istream>

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include "graph/errors.h"

namespace relata {

namespace {

constexpr std::size_t max_depth = 64;
constexpr std::uint64_t max_record_bytes = std::uint64_t{1} << 28U;

/// What RapidJSON reads from: counts lines and columns, and the bytes since the last record.
class Source final {
 public:
  using Ch = char;

  Source(std::istream& in, const std::string& name) : in_(&in), name_(name), buffer_(1U << 16U, 0) {
    fill();
    skip_mark();
  }
  Source(std::string_view text, const std::string& name, std::uint64_t line)
      : name_(name), next_(text.data()), end_(text.data() + text.size()), line_(line) {}

  [[nodiscard]] Ch Peek() const { return next_ == end_ ? '\0' : *next_; }  // NOLINT
  Ch Take() {                                                              // NOLINT
    if (next_ == end_) return '\0';
    const char c = *next_++;
    ++read_;
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else {
      ++column_;
    }
    if (read_ - record_begin_ > max_record_bytes) {
      throw InputError(name_, place(), "expected records of at most 256 MiB, found a larger one");
    }
    if (next_ == end_) fill();
    return c;
  }
  [[nodiscard]] std::size_t Tell() const { return read_; }  // NOLINT

  // RapidJSON asks for these of every stream; only reading in place calls them.
  Ch* PutBegin() { return nullptr; }               // NOLINT
  void Put(Ch /*c*/) {}                            // NOLINT
  void Flush() {}                                  // NOLINT
  std::size_t PutEnd(Ch* /*begin*/) { return 0; }  // NOLINT

  void begin_record() { record_begin_ = read_; }
  [[nodiscard]] bool at_end() const { return next_ == end_; }
  [[nodiscard]] std::uint64_t line() const { return line_; }
  [[nodiscard]] std::uint64_t column() const { return column_; }
  [[nodiscard]] std::string place() const {
    return fmt::format("line {}, column {}", line_, column_);
  }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void fill() {
    if (in_ == nullptr || !*in_) return;
    in_->read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    if (in_->bad()) throw InputError(name_, place(), "reading it failed");
    next_ = buffer_.data();
    end_ = next_ + in_->gcount();
  }
  void skip_mark() {
    if (std::string_view(next_, end_).starts_with("\xEF\xBB\xBF")) next_ += 3;
  }

  std::istream* in_ = nullptr;
  const std::string& name_;
  std::string buffer_;
  const char* next_ = nullptr;
  const char* end_ = nullptr;
  std::uint64_t read_ = 0;
  std::uint64_t record_begin_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 1;
};

/// RapidJSON's events -> records. Three states: on the spine (the objects and arrays that lead to
/// records), within a record (stack_ is not empty), within something skipped (skip_depth_ > 0).
class Handler final {
 public:
  Handler(Source& source, std::span<const std::string_view> sections, bool whole,
          const JsonSink& sink)
      : source_(source), sections_(sections), sink_(sink), whole_(whole) {}

  [[nodiscard]] bool found_section() const { return found_section_; }

  // The names of these functions are RapidJSON's.
  bool Null() { return scalar({}); }  // NOLINT
  bool Bool(bool value) {             // NOLINT
    JsonValue scalar_value;
    scalar_value.type = JsonValue::Type::boolean;
    scalar_value.boolean = value;
    return scalar(std::move(scalar_value));
  }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool /*copy*/) {  // NOLINT
    return scalar(worded(JsonValue::Type::number, {text, length}));
  }
  bool String(const char* text, rapidjson::SizeType length, bool /*copy*/) {  // NOLINT
    return scalar(worded(JsonValue::Type::string, {text, length}));
  }
  bool Key(const char* text, rapidjson::SizeType length, bool /*copy*/) {  // NOLINT
    if (skip_depth_ > 0) return true;
    if (!stack_.empty()) {
      stack_.back().members.push_back({std::string(text, length), JsonValue()});
      return true;
    }
    spine_.back().key.assign(text, length);
    source_.begin_record();
    return true;
  }
  bool StartObject() { return start(JsonValue::Type::object); }      // NOLINT
  bool EndObject(rapidjson::SizeType /*members*/) { return end(); }  // NOLINT
  bool StartArray() { return start(JsonValue::Type::array); }        // NOLINT
  bool EndArray(rapidjson::SizeType /*items*/) { return end(); }     // NOLINT
  bool Int(int) { return true; }                                     // NOLINT
  bool Uint(unsigned) { return true; }                               // NOLINT
  bool Int64(std::int64_t) { return true; }                          // NOLINT
  bool Uint64(std::uint64_t) { return true; }                        // NOLINT
  bool Double(double) { return true; }                               // NOLINT

 private:
  struct Level {
    std::string path;
    JsonValue::Type type = JsonValue::Type::object;
    std::string key;
  };

  static JsonValue worded(JsonValue::Type type, std::string_view text) {
    JsonValue value;
    value.type = type;
    value.text = text;
    return value;
  }

  [[nodiscard]] std::string member_path() const {
    if (spine_.empty()) return {};
    const Level& level = spine_.back();
    if (level.type == JsonValue::Type::array) return level.path;
    return level.path.empty() ? level.key : level.path + "/" + level.key;
  }

  void deliver(JsonValue&& value, const std::string& path) {
    value.line = source_.line();
    value.column = source_.column();
    sink_(path, std::move(value));
    source_.begin_record();
  }

  bool scalar(JsonValue&& value) {
    if (skip_depth_ > 0) {
      if (in_unread_array()) source_.begin_record();
      return true;
    }
    if (stack_.empty()) {
      deliver(std::move(value), member_path());
      return true;
    }
    place(std::move(value));
    return true;
  }

  [[nodiscard]] bool in_unread_array() const { return stack_.empty(); }

  void place(JsonValue&& value) {
    value.line = source_.line();
    value.column = source_.column();
    JsonValue& parent = stack_.back();
    if (parent.type == JsonValue::Type::array) {
      parent.items.push_back(std::move(value));
    } else {
      parent.members.back().value = std::move(value);
    }
  }

  bool start(JsonValue::Type type) {
    if (spine_.size() + stack_.size() + skip_depth_ >= max_depth) {
      throw InputError(
          source_.name(), source_.place(),
          fmt::format("expected JSON nested at most {} deep, found deeper", max_depth));
    }
    if (skip_depth_ > 0) {
      ++skip_depth_;
      source_.begin_record();
      return true;
    }
    const bool element = !spine_.empty() && spine_.back().type == JsonValue::Type::array;
    if (!stack_.empty() || element || whole_) {
      stack_.emplace_back();
      stack_.back().type = type;
      return true;
    }
    const std::string path = member_path();
    if (is_spine(path, type)) {
      spine_.push_back({path, type, {}});
      found_section_ = found_section_ || type == JsonValue::Type::array;
    } else {
      skip_depth_ = 1;
    }
    source_.begin_record();
    return true;
  }

  [[nodiscard]] bool is_spine(const std::string& path, JsonValue::Type type) const {
    if (type == JsonValue::Type::array) {
      return std::find(sections_.begin(), sections_.end(), path) != sections_.end();
    }
    return path.empty() ||
           std::any_of(sections_.begin(), sections_.end(),
                       [&](std::string_view section) { return section.starts_with(path + "/"); });
  }

  bool end() {
    if (skip_depth_ > 0) {
      --skip_depth_;
      source_.begin_record();
      return true;
    }
    if (stack_.empty()) {
      spine_.pop_back();
      source_.begin_record();
      return true;
    }
    JsonValue value = std::move(stack_.back());
    stack_.pop_back();
    if (stack_.empty()) {
      deliver(std::move(value), member_path());
    } else {
      place(std::move(value));
    }
    return true;
  }

  Source& source_;
  std::span<const std::string_view> sections_;
  const JsonSink& sink_;
  bool whole_;
  std::vector<Level> spine_;
  std::vector<JsonValue> stack_;
  std::size_t skip_depth_ = 0;
  bool found_section_ = false;
};

std::string_view expectation(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return "expected JSON";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "expected the end of the file";
    case rapidjson::kParseErrorObjectMissName:
      return "expected the name of a member in quotes or }";
    case rapidjson::kParseErrorObjectMissColon:
      return "expected : after a member's name";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "expected , or } after a member";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "expected , or ] after an element";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "expected four hexadecimal digits after \\u";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return "expected the second half of a surrogate pair";
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "expected a known escape after \\";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "expected \" at the end of a string";
    case rapidjson::kParseErrorStringInvalidEncoding:
      return "expected UTF-8 in a string";
    case rapidjson::kParseErrorNumberTooBig:
      return "expected a smaller number";
    case rapidjson::kParseErrorNumberMissFraction:
      return "expected a digit after the point";
    case rapidjson::kParseErrorNumberMissExponent:
      return "expected a digit in the exponent";
    default:
      return "expected a JSON value";
  }
}

std::string found(const Source& source) {
  if (source.at_end()) return "found the end of the file";
  const auto byte = static_cast<unsigned char>(source.Peek());
  if (byte > 0x20U && byte < 0x7FU) return fmt::format("found \"{}\"", source.Peek());
  return fmt::format("found the byte 0x{:02X}", byte);
}

bool run(Source& source, std::span<const std::string_view> sections, bool whole,
         const JsonSink& sink) {
  Handler handler(source, sections, whole, sink);
  rapidjson::Reader reader;
  constexpr unsigned flags = rapidjson::kParseIterativeFlag |
                             rapidjson::kParseValidateEncodingFlag |
                             rapidjson::kParseNumbersAsStringsFlag;
  const rapidjson::ParseResult result = reader.Parse<flags>(source, handler);
  if (result.IsError()) {
    throw InputError(source.name(), source.place(),
                     fmt::format("{}, {}", expectation(result.Code()), found(source)));
  }
  if (!source.at_end()) {
    throw InputError(source.name(), source.place(),
                     "expected the end of the file, found a NUL byte");
  }
  return handler.found_section();
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string JsonValue::place() const {
  return fmt::format("line {}, column {}", line, column);
}

std::string_view json_type_name(JsonValue::Type type) {
  switch (type) {
    case JsonValue::Type::null:
      return "null";
    case JsonValue::Type::boolean:
      return "a boolean";
    case JsonValue::Type::number:
      return "a number";
    case JsonValue::Type::string:
      return "a string";
    case JsonValue::Type::array:
      return "an array";
    case JsonValue::Type::object:
      return "an object";
  }
  return "";
}

bool read_json(std::istream& in, const std::string& name,
               std::span<const std::string_view> sections, const JsonSink& sink) {
  Source source(in, name);
  return run(source, sections, false, sink);
}

JsonValue parse_json(std::string_view json, const std::string& name, std::uint64_t line) {
  Source source(json, name, line);
  JsonValue result;
  run(source, {}, true, [&](std::string_view, JsonValue&& value) { result = std::move(value); });
  return result;
}

}  // namespace relata
