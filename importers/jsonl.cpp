#include "importers/jsonl.h"

#include <algorithm>
#include <array>
#include <istream>
#include <optional>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/json_records.h"

namespace relata {

namespace {

constexpr std::size_t max_line_bytes = std::size_t{1} << 28U;

/// Turns records into articles and numbers them.
class Articles final {
 public:
  Articles(const std::string& name, const ImportOptions& options, const ArticleSink& sink)
      : name_(name), options_(options), sink_(sink) {}

  void take(const JsonValue& record) {
    if (const JsonValue* const list = list_in(record)) {
      for (const JsonValue& item : list->items) take(item);
      return;
    }
    // Elasticsearch wraps what it found.
    if (const JsonValue* const source = record.find("_source")) return take(*source);
    ++number_;
    if (record.type != JsonValue::Type::object) {
      throw InputError(
          name_, record.place(),
          "expected an article as an object, found " + std::string(json_type_name(record.type)));
    }
    text::Document document;
    for (const auto& [key, value] : record.members) member(document, key, value);
    if (document.text.empty()) {
      if (!without_text_) {
        without_text_ =
            InputError(name_, record.place(),
                       "expected an article with a text; name its member by --field text=NAME");
      }
      if (options_.note)
        options_.note("left out " + name_ + ", " + record.place() + ": it has no text");
      return;
    }
    ++articles_;
    document.id = name_ + "#" + (document.id.empty() ? std::to_string(number_) : document.id);
    fill_metadata(document, options_);
    sink_(std::move(document));
  }

  /// Throws what was wrong with the first record when none had a text.
  void finish() const {
    if (articles_ == 0 && without_text_) throw *without_text_;
  }

 private:
  /// The list of articles that a server's answer wraps; null for an article of its own.
  [[nodiscard]] static const JsonValue* list_in(const JsonValue& record) {
    static constexpr std::array<std::string_view, 10> names = {
        "articles", "items", "results", "docs",     "documents",
        "stories",  "data",  "hits",    "response", "news"};
    for (const std::string_view name : names) {
      const JsonValue* const value = record.find(name);
      if (value == nullptr) continue;
      if (value->type == JsonValue::Type::object) {
        if (const JsonValue* const inner = list_in(*value)) return inner;
      } else if (value->type == JsonValue::Type::array && !value->items.empty() &&
                 value->items.front().type == JsonValue::Type::object) {
        return value;
      }
    }
    return nullptr;
  }

  /// {"fields": {"bodyText": "..."}}: what servers put the parts of an article into.
  static bool is_wrapper(const std::string& key) {
    static constexpr std::array<std::string_view, 6> names = {"fields",  "document",   "article",
                                                              "content", "attributes", "body"};
    return std::find(names.begin(), names.end(), lower(key)) != names.end();
  }

  void member(text::Document& document, const std::string& key, const JsonValue& value) const {
    if (value.type == JsonValue::Type::string || value.type == JsonValue::Type::number) {
      take_article_field(document, key, value.text, options_);
    } else if (value.type == JsonValue::Type::object) {
      // {"source": {"name": "..."}} and the like
      const JsonValue* inner = nullptr;
      for (const char* const name : {"name", "Name", "title", "Title"}) {
        if (inner == nullptr) inner = value.find(name);
      }
      if (inner != nullptr && inner->type == JsonValue::Type::string) {
        take_article_field(document, key, inner->text, options_);
      } else if (is_wrapper(key)) {
        for (const auto& [name, part] : value.members) {
          if (part.type != JsonValue::Type::object) member(document, name, part);
        }
      }
    } else if (value.type == JsonValue::Type::array) {
      std::string joined;
      for (const JsonValue& item : value.items) {
        const JsonValue* const name = item.find("name");
        const JsonValue& named = name != nullptr ? *name : item;
        if (named.type != JsonValue::Type::string) continue;
        joined += (joined.empty() ? "" : ", ") + named.text;
      }
      if (!joined.empty()) take_article_field(document, key, joined, options_);
    }
  }

  const std::string& name_;
  const ImportOptions& options_;
  const ArticleSink& sink_;
  std::size_t number_ = 0;
  std::size_t articles_ = 0;
  std::optional<InputError> without_text_;
};

/// The next line without its end; false at the end of the file.
bool next_line(std::istream& in, const std::string& name, std::uint64_t number, std::string& line) {
  line.clear();
  int c = in.get();
  if (c < 0) {
    if (in.bad()) throw InputError(name, "", "reading it failed");
    return false;
  }
  for (; c >= 0 && c != '\n'; c = in.get()) {
    line += static_cast<char>(c);
    if (line.size() > max_line_bytes) {
      throw InputError(name, "line " + std::to_string(number),
                       "expected lines of at most 256 MiB, found a longer one");
    }
  }
  return true;
}

}  // namespace

void JsonlImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                         const ArticleSink& sink) const {
  Articles articles(name, options, sink);
  std::string line;
  while (in.peek() == ' ' || in.peek() == '\n' || in.peek() == '\r' || in.peek() == '\t') in.get();
  if (in.peek() == '[') {
    static constexpr std::array<std::string_view, 1> top = {""};
    read_json(in, name, top, [&](std::string_view, JsonValue&& record) { articles.take(record); });
    return articles.finish();
  }
  for (std::uint64_t number = 1; next_line(in, name, number, line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    const std::size_t last = line.find_last_not_of(" \t\r");
    if (last == std::string::npos) continue;
    if (number == 1 && line[last] != '}') {
      // One value over many lines.
      std::string rest;
      for (std::uint64_t next = 2; next_line(in, name, next, rest); ++next) {
        line.append("\n").append(rest);
        if (line.size() > max_line_bytes) {
          throw InputError(name, "", "expected a record of at most 256 MiB, found a larger one");
        }
      }
      const JsonValue value = parse_json(line, name, number);
      if (value.type != JsonValue::Type::array) {
        articles.take(value);
      } else {
        for (const JsonValue& item : value.items) articles.take(item);
      }
      return articles.finish();
    }
    articles.take(parse_json(line, name, number));
  }
  articles.finish();
}

bool looks_like_json_articles(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string_view::npos) return false;
  if (head[begin] == '[') return head.find('{', begin) != std::string_view::npos;
  if (head[begin] != '{') return false;
  static constexpr std::array<std::string_view, 11> names = {
      "\"text\"",     "\"body\"",     "\"content\"",    "\"title\"",
      "\"headline\"", "\"articles\"", "\"webTitle\"",   "\"bodyText\"",
      "\"maintext\"", "\"_source\"",  "\"articleBody\""};
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return head.find(name, begin) != std::string_view::npos;
  });
}

}  // namespace relata
