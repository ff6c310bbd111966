#include "importers/markdown.h"

#include <exception>

#include <md4c.h>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/charset.h"
#include "importers/encoding.h"
#include "importers/html.h"
#include "importers/office_text.h"

namespace relata {

namespace {

constexpr std::size_t max_bytes = std::size_t{1} << 26U;

/// Takes the events of md4c. Exceptions must not pass through it, which is C: they are kept and
/// thrown after it has stopped.
class Stripper final {
 public:
  std::string strip(std::string_view markdown, const std::string& name) {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void*, void* user) {
      return guarded(user, [&](Stripper& self) { self.block(type, true); });
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* user) {
      return guarded(user, [&](Stripper& self) { self.block(type, false); });
    };
    parser.enter_span = [](MD_SPANTYPE type, void*, void* user) {
      return guarded(user, [&](Stripper& self) { self.span(type, 1); });
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* user) {
      return guarded(user, [&](Stripper& self) { self.span(type, -1); });
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
      return guarded(user, [&](Stripper& self) { self.text(type, {text, size}); });
    };
    const int result =
        md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, this);
    if (error_) std::rethrow_exception(error_);
    if (result != 0) throw InputError(name, "", "expected Markdown, which could not be parsed");
    return text_.take();
  }

 private:
  template <class Action>
  static int guarded(void* user, Action action) {
    auto& self = *static_cast<Stripper*>(user);
    try {
      action(self);
      return 0;
    } catch (...) {
      self.error_ = std::current_exception();
      return -1;
    }
  }

  void block(MD_BLOCKTYPE type, bool enter) {
    if (type == MD_BLOCK_CODE || type == MD_BLOCK_HTML) {
      skipped_ += enter ? 1 : -1;
    } else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
      text_.blank();
    } else {
      text_.end_paragraph();
    }
  }

  void span(MD_SPANTYPE type, int step) {
    if (type == MD_SPAN_IMG) skipped_ += step;
  }

  void text(MD_TEXTTYPE type, std::string_view text) {
    if (skipped_ > 0) return;
    switch (type) {
      case MD_TEXT_BR:
      case MD_TEXT_SOFTBR:
        return text_.blank();
      case MD_TEXT_ENTITY:
        return text_.put(html_text(text));
      case MD_TEXT_NULLCHAR:
        return text_.put("\xEF\xBF\xBD");
      case MD_TEXT_HTML:
        return;
      default:
        return text_.put(text);
    }
  }

  OfficeText text_;
  int skipped_ = 0;
  std::exception_ptr error_;
};

std::string_view unquoted(std::string_view text) {
  const bool quoted =
      text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0];
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// Takes the data between "---" and "---" at the top; what is behind them.
std::string_view take_front_matter(std::string_view markdown, text::Document& document,
                                   const ImportOptions& options) {
  if (!markdown.starts_with("---\n") && !markdown.starts_with("---\r\n")) return markdown;
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  for (std::size_t begin = markdown.find('\n') + 1; begin < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', begin), markdown.size());
    const std::string_view line = trimmed(markdown.substr(begin, end - begin));
    begin = std::min(end + 1, markdown.size());
    if (line == "---" || line == "...") {
      for (const auto& [key, value] : fields) {
        // The text stands below, whatever a field is called.
        if (key != "text" && key != "body" && key != "content") {
          take_article_field(document, key, value, options);
        }
      }
      return markdown.substr(begin);
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view value = unquoted(trimmed(line.substr(colon + 1)));
    if (!value.empty()) fields.emplace_back(trimmed(line.substr(0, colon)), value);
  }
  return markdown;  // a rule at the top and no second one
}

}  // namespace

void MarkdownImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                            const ArticleSink& sink) const {
  const std::string markdown = decode_text(read_all(in, name, max_bytes), name, "", options.note);
  text::Document document;
  const std::string_view body = take_front_matter(markdown, document, options);
  document.id = name;
  document.text = Stripper().strip(body, name);
  if (document.text.empty()) throw InputError(name, "", "expected text, found none");
  fill_metadata(document, options);
  sink(std::move(document));
}

}  // namespace relata
