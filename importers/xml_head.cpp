#include "importers/xml_head.h"

#include "graph/ascii.h"

namespace relata::xml {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

/// Reads along a text that it does not own.
class Cursor final {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] std::size_t at() const { return at_; }
  void step(std::size_t count) { at_ += count; }

  bool skip(std::string_view expected) {
    if (!rest().starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  /// Whether there were any.
  bool skip_blanks() {
    const std::size_t before = at_;
    at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
    return at_ > before;
  }
  /// Behind the next `end`; false when there is none.
  bool skip_behind(std::string_view end) {
    const std::size_t found = text_.find(end, at_);
    if (found == std::string_view::npos) return false;
    at_ = found + end.size();
    return true;
  }
  /// `name="value"`, behind blanks; nothing when something else stands there.
  std::optional<std::string_view> assignment(std::string_view name) {
    Cursor ahead = *this;
    if (!ahead.skip_blanks() || !ahead.skip(name)) return std::nullopt;
    ahead.skip_blanks();
    if (!ahead.skip("=")) return std::nullopt;
    ahead.skip_blanks();
    const std::string_view quote = ahead.rest().substr(0, 1);
    if (quote != "\"" && quote != "'") return std::nullopt;
    ahead.step(1);
    const std::size_t begin = ahead.at();
    if (!ahead.skip_behind(quote)) return std::nullopt;
    *this = ahead;
    return text_.substr(begin, at_ - 1 - begin);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Behind an XML declaration of version 1.0 and UTF-8, or where there is none.
bool skip_declaration(Cursor& cursor) {
  constexpr std::string_view begin = "<?xml";
  const std::string_view rest = cursor.rest();
  if (!rest.starts_with(begin)) return true;
  if (rest.size() > begin.size() && blanks.find(rest[begin.size()]) == std::string_view::npos) {
    return true;  // another instruction, such as <?xml-stylesheet?>
  }
  cursor.step(begin.size());
  if (cursor.assignment("version") != "1.0") return false;
  if (const auto encoding = cursor.assignment("encoding")) {
    if (!same_ignoring_case(*encoding, "utf-8")) return false;
  }
  if (const auto standalone = cursor.assignment("standalone")) {
    if (*standalone != "yes" && *standalone != "no") return false;
  }
  cursor.skip_blanks();
  return cursor.skip("?>");
}

/// Whether the outermost element comes, not a document type.
bool element_comes(Cursor cursor, bool complete) {
  while (true) {
    cursor.skip_blanks();
    const std::string_view rest = cursor.rest();
    if (rest.size() < 2) return complete;
    if (rest.starts_with("<!--")) {
      if (!cursor.skip_behind("-->")) return complete;
    } else if (rest.starts_with("<?")) {
      if (!cursor.skip_behind("?>")) return complete;
    } else {
      return !rest.starts_with("<!");
    }
  }
}

}  // namespace

std::optional<std::size_t> begin_of_plain(std::string_view head, bool complete) {
  if (head.substr(0, 4).find('\0') != std::string_view::npos) return std::nullopt;  // UTF-16
  if (head.starts_with("\xFE\xFF") || head.starts_with("\xFF\xFE")) return std::nullopt;
  Cursor cursor(head);
  cursor.skip(utf8_mark);
  if (!skip_declaration(cursor)) return std::nullopt;
  if (!element_comes(cursor, complete)) return std::nullopt;
  return cursor.at();
}

}  // namespace relata::xml
