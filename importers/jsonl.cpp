#include "importers/jsonl.h"

#include <array>
#include <istream>

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
    ++number_;
    if (record.type != JsonValue::Type::object) {
      throw InputError(
          name_, record.place(),
          "expected an article as an object, found " + std::string(json_type_name(record.type)));
    }
    text::Document document;
    for (const auto& [key, value] : record.members) member(document, key, value);
    if (document.text.empty()) {
      throw InputError(name_, record.place(),
                       "expected an article with a text; name its member by --text-field");
    }
    document.id = name_ + "#" + (document.id.empty() ? std::to_string(number_) : document.id);
    fill_metadata(document, options_);
    sink_(std::move(document));
  }

 private:
  void member(text::Document& document, const std::string& key, const JsonValue& value) const {
    if (value.type == JsonValue::Type::string || value.type == JsonValue::Type::number) {
      take_article_field(document, key, value.text, options_.text_field);
    } else if (value.type == JsonValue::Type::object) {
      // {"source": {"name": "..."}} and the like
      const JsonValue* const inner = value.find("name");
      if (inner != nullptr && inner->type == JsonValue::Type::string) {
        take_article_field(document, key, inner->text, options_.text_field);
      }
    } else if (value.type == JsonValue::Type::array) {
      std::string joined;
      for (const JsonValue& item : value.items) {
        if (item.type != JsonValue::Type::string) continue;
        joined += (joined.empty() ? "" : ", ") + item.text;
      }
      if (!joined.empty()) take_article_field(document, key, joined, options_.text_field);
    }
  }

  const std::string& name_;
  const ImportOptions& options_;
  const ArticleSink& sink_;
  std::size_t number_ = 0;
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
  while (in.peek() == ' ' || in.peek() == '\n' || in.peek() == '\r' || in.peek() == '\t') in.get();
  if (in.peek() == '[') {
    static constexpr std::array<std::string_view, 1> top = {""};
    read_json(in, name, top, [&](std::string_view, JsonValue&& record) { articles.take(record); });
    return;
  }
  std::string line;
  for (std::uint64_t number = 1; next_line(in, name, number, line); ++number) {
    std::string_view json = line;
    if (number == 1 && json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
    if (json.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    articles.take(parse_json(json, name, number));
  }
}

bool looks_like_json_articles(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (begin == std::string_view::npos) return false;
  const std::string_view first_line = head.substr(begin, head.find('\n', begin) - begin);
  const bool has_text = first_line.find("\"text\"") != std::string_view::npos ||
                        first_line.find("\"body\"") != std::string_view::npos ||
                        first_line.find("\"content\"") != std::string_view::npos ||
                        first_line.find("\"title\"") != std::string_view::npos;
  if (head[begin] == '{') return has_text;
  return head[begin] == '[' && head.find('{', begin) != std::string_view::npos;
}

}  // namespace relata
