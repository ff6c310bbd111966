// Reads CoNLL-U line by line: comments and rows of one sentence are collected and checked, then the
// sentence's text is put at the end of the document's and its tokens found in it.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <istream>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "graph/errors.h"
#include "importers/encoding.h"
#include "importers/text/conllu.h"
#include "importers/text/conllu_fields.h"

namespace relata::text {

namespace {

using conllu::split;
using conllu::unescape;
using conllu::unescape_line;

constexpr std::size_t most_text = std::numeric_limits<std::int32_t>::max();

struct Row {
  std::size_t line = 0;
  Token token;
  std::int32_t head = 0;  // as in the file: 0 the root; -1 when not given
  std::string misc;
  std::string surface;      // of the multiword token that begins here, "" for none
  std::size_t covered = 0;  // words of that token
};

class ConlluReader final {
 public:
  ConlluReader(std::istream& in, const std::string& source) : in_(in), source_(source) {}

  std::vector<Document> read() {
    std::string line;
    while (std::getline(in_, line)) {
      ++line_;
      if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (const auto fault = find_utf8_fault(line)) {
        fail("byte " + std::to_string(*fault + 1) + " of the line is not valid UTF-8");
      }
      if (line.empty()) {
        finish_sentence();
      } else if (line[0] == '#') {
        if (!rows_.empty()) fail("a comment among the words; an empty line must end the sentence");
        read_comment(line);
      } else {
        read_row(line);
      }
    }
    ++line_;
    finish_sentence();
    return std::move(documents_);
  }

 private:
  [[noreturn]] void fail(const std::string& problem, std::size_t line = 0) const {
    throw InputError(source_, "line " + std::to_string(line == 0 ? line_ : line), problem);
  }

  template <class Number>
  Number parse(std::string_view text, std::string_view what, std::size_t line) const {
    Number value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool good = problem == std::errc() && end == text.data() + text.size();
    if constexpr (std::is_floating_point_v<Number>) good = good && std::isfinite(value);
    if (!good) {
      fail("for " + std::string(what) + " a number expected, \"" + std::string(text.substr(0, 40)) +
               "\" found",
           line);
    }
    return value;
  }

  void new_document(std::string id) {
    Document document;
    document.id = std::move(id);
    if (document.id.empty()) {
      document.id = source_;
      if (!documents_.empty()) document.id += "#" + std::to_string(documents_.size() + 1);
    }
    documents_.push_back(std::move(document));
    paragraph_ = 0;
  }

  void read_comment(std::string_view line) {
    line.remove_prefix(1);
    while (!line.empty() && line[0] == ' ') line.remove_prefix(1);
    const std::size_t equals = line.find('=');
    std::string_view key = line.substr(0, equals);
    while (!key.empty() && key.back() == ' ') key.remove_suffix(1);
    std::string_view value = equals == line.npos ? std::string_view() : line.substr(equals + 1);
    if (!value.empty() && value[0] == ' ') value.remove_prefix(1);
    if (key == "newdoc" || key == "newdoc id") {
      new_document(unescape_line(value));
    } else if (key == "newpar" || key == "newpar id") {
      new_paragraph_ = true;
      std::uint32_t id = 0;
      const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), id);
      if (!value.empty() && problem == std::errc() && end == value.data() + value.size()) {
        paragraph_id_ = id;
      }
    } else if (key == "gap") {
      gap_ = unescape_line(value);
    } else if (key == "gap_after") {
      gap_after_ = unescape_line(value);
    } else if (key == "text") {
      text_ = std::string(value);
    } else if (key == "raw") {
      raw_ = unescape_line(value);
    } else if (key == "headline") {
      headline_ = value == "yes";
    } else if (key.starts_with("meta_")) {
      read_metadata(key.substr(5), unescape_line(value));
    }
  }

  void read_metadata(std::string_view key, std::string value) {
    if (documents_.empty()) new_document("");
    Metadata& metadata = documents_.back().metadata;
    std::string* const field = key == "title"      ? &metadata.title
                               : key == "date"     ? &metadata.date
                               : key == "author"   ? &metadata.author
                               : key == "outlet"   ? &metadata.outlet
                               : key == "url"      ? &metadata.url
                               : key == "language" ? &metadata.language
                                                   : nullptr;
    if (field != nullptr) *field = std::move(value);
  }

  void read_row(std::string_view line) {
    const auto columns = split(line, '\t');
    if (columns.size() != 10) {
      fail("10 columns expected, " + std::to_string(columns.size()) + " found");
    }
    const std::string_view id = columns[0];
    if (columns[1].empty()) fail("a form expected in column 2");
    if (id.find('.') != id.npos) {  // an empty node
      for (const std::string_view part : split(id, '.')) {
        parse<std::int32_t>(part, "the number of an empty node", line_);
      }
      return;
    }
    if (const std::size_t dash = id.find('-'); dash != id.npos) {
      const auto first = parse<std::size_t>(id.substr(0, dash), "the first word", line_);
      const auto last = parse<std::size_t>(id.substr(dash + 1), "the last word", line_);
      if (first != rows_.size() + 1 || last < first || !surface_.empty() ||
          first <= covered_until_) {
        fail("the multiword token " + std::string(id) + " does not stand before its words");
      }
      surface_ = columns[1];
      surface_words_ = last - first + 1;
      covered_until_ = last;
      surface_spaced_ = !has_no_space(columns[9]);
      return;
    }
    Row row;
    row.line = line_;
    if (parse<std::size_t>(id, "the number of the word", line_) != rows_.size() + 1) {
      fail("word " + std::to_string(rows_.size() + 1) + " expected, \"" +
           std::string(id.substr(0, 40)) + "\" found");
    }
    Token& token = row.token;
    token.form = columns[1];
    if (columns[2] != "_" || columns[1] == "_") token.lemma = columns[2];
    token.upos = upos_from_name(columns[3]);
    if (columns[3] != "_" && upos_name(token.upos) != columns[3]) {
      fail("\"" + std::string(columns[3].substr(0, 40)) + "\" is no universal part of speech");
    }
    if (columns[4] != "_") token.xpos = columns[4];
    token.feats = columns[5];
    row.head = columns[6] == "_" ? -1 : parse<std::int32_t>(columns[6], "the head", line_);
    if (row.head < -1 || static_cast<std::size_t>(row.head) == rows_.size() + 1) {
      fail("a head of 0 or another word expected, \"" + std::string(columns[6]) + "\" found");
    }
    if (columns[7] != "_") token.deprel = columns[7];
    row.misc = columns[9];
    token.space_after = !has_no_space(columns[9]);
    if (!surface_.empty()) {
      row.surface = std::exchange(surface_, {});
      row.covered = surface_words_;
    }
    if (rows_.size() + 1 < covered_until_) token.space_after = false;
    if (rows_.size() + 1 == covered_until_) token.space_after = surface_spaced_;
    rows_.push_back(std::move(row));
  }

  static bool has_no_space(std::string_view misc) {
    const auto items = split(misc, '|');
    return std::find(items.begin(), items.end(), "SpaceAfter=No") != items.end();
  }

  void finish_sentence() {
    if (rows_.empty()) {
      if (!surface_.empty()) fail("the words of a multiword token are missing");
      if (gap_ && !documents_.empty()) {  // a document without sentences
        documents_.back().text += *gap_;
        gap_.reset();
      }
      return;
    }
    if (rows_.size() < covered_until_ || !surface_.empty()) {
      fail("the words of a multiword token are missing");
    }
    if (documents_.empty()) new_document("");
    Document& document = documents_.back();
    Sentence sentence;
    if (new_paragraph_ && !document.sentences.empty()) ++paragraph_;
    if (paragraph_id_) paragraph_ = *paragraph_id_;
    sentence.paragraph = paragraph_;
    sentence.headline = headline_;
    if (gap_) {
      document.text += *gap_;
    } else if (!document.sentences.empty()) {
      document.text += new_paragraph_ ? "\n\n" : " ";
    }
    place_tokens(document, sentence);
    check_tree(sentence);
    for (std::size_t i = 0; i < rows_.size(); ++i) read_misc(sentence, i);
    std::sort(sentence.predicates.begin(), sentence.predicates.end(),
              [](const Predicate& a, const Predicate& b) { return a.token < b.token; });
    if (gap_after_) document.text += *gap_after_;
    if (document.text.size() > most_text) fail("the document's text is larger than 2 GiB");
    document.sentences.push_back(std::move(sentence));
    rows_.clear();
    covered_until_ = 0;
    gap_.reset();
    gap_after_.reset();
    text_.reset();
    raw_.reset();
    headline_ = false;
    new_paragraph_ = false;
    paragraph_id_.reset();
  }

  /// Appends the sentence's text to the document's and gives every word its bytes.
  void place_tokens(Document& document, Sentence& sentence) {
    const std::size_t start = document.text.size();
    std::string text = raw_ ? *raw_ : text_ ? *text_ : text_of_rows();
    while (!raw_ && !text.empty() && text.back() == ' ') text.pop_back();
    if (start + text.size() > most_text) fail("the document's text is larger than 2 GiB");
    document.text += text;
    const auto offset = [&](std::size_t i) { return static_cast<std::uint32_t>(start + i); };
    std::size_t at = 0;
    const auto find = [&](const std::string& form, std::size_t line) {
      while (at < text.size() && !std::string_view(text).substr(at).starts_with(form)) {
        if (static_cast<unsigned char>(text[at]) > ' ' &&
            !text.substr(at).starts_with("\xC2\xA0")) {
          fail("the sentence's text goes on with \"" + conllu::one_line(text.substr(at, 20)) +
                   "\", not with the word \"" + form.substr(0, 40) + "\"",
               line);
        }
        at += text[at] == '\xC2' ? 2 : 1;
      }
      if (at >= text.size())
        fail("the sentence's text ends before the word \"" + form + "\"", line);
      return at;
    };
    for (std::size_t i = 0; i < rows_.size();) {
      Row& row = rows_[i];
      if (row.covered == 0) {
        const std::size_t begin = bytes_given(row) ? at : find(row.token.form, row.line);
        at = begin + (bytes_given(row) ? 0 : row.token.form.size());
        row.token.bytes = {offset(begin), offset(at)};
        sentence.tokens.push_back(row.token);
        ++i;
        continue;
      }
      // Each word of a multiword token takes as many of its bytes as its own form has, the last one
      // the rest; cuts fall between characters.
      const std::string surface = row.surface;
      const std::size_t begin = find(surface, row.line);
      const std::size_t end = begin + surface.size();
      const std::size_t last = i + row.covered;
      std::size_t from = begin;
      for (; i < last; ++i) {
        std::size_t to = i + 1 == last ? end : std::min(end, from + rows_[i].token.form.size());
        while (to < end && (static_cast<unsigned char>(text[to]) & 0xC0U) == 0x80U) ++to;
        rows_[i].token.bytes = {offset(from), offset(to)};
        from = to;
        sentence.tokens.push_back(rows_[i].token);
      }
      at = end;
    }
    sentence.bytes = {offset(0), static_cast<std::uint32_t>(document.text.size())};
  }

  static bool bytes_given(const Row& row) {
    return row.misc.starts_with("Bytes=") || row.misc.find("|Bytes=") != std::string::npos;
  }

  [[nodiscard]] std::string text_of_rows() const {
    std::string text;
    for (std::size_t i = 0; i < rows_.size();) {
      const Row& row = rows_[i];
      text += row.covered > 0 ? row.surface : row.token.form;
      i += std::max<std::size_t>(row.covered, 1);
      if (rows_[i - 1].token.space_after && i < rows_.size()) text += ' ';
    }
    return text;
  }

  void check_tree(Sentence& sentence) const {
    const auto size = static_cast<std::int32_t>(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].head > size) {
        fail("head " + std::to_string(rows_[i].head) + " is no word of the sentence",
             rows_[i].line);
      }
      sentence.tokens[i].head = std::max(rows_[i].head, 0) - 1;
    }
    std::vector<std::size_t> seen(rows_.size(), 0);
    for (std::size_t start = 0; start < rows_.size(); ++start) {
      auto i = static_cast<std::int32_t>(start);
      while (i >= 0 && seen[static_cast<std::size_t>(i)] == 0) {
        seen[static_cast<std::size_t>(i)] = start + 1;
        i = sentence.tokens[static_cast<std::size_t>(i)].head;
        if (i >= 0 && seen[static_cast<std::size_t>(i)] == start + 1) {
          fail("the heads go round in a circle", rows_[static_cast<std::size_t>(i)].line);
        }
      }
    }
  }

  TokenSpan span(std::string_view text, std::size_t line) const {
    const std::size_t dash = text.find('-');
    if (dash == text.npos)
      fail("a range of words expected, \"" + std::string(text) + "\" found", line);
    const auto first = parse<std::int32_t>(text.substr(0, dash), "the first word", line);
    const auto last = parse<std::int32_t>(text.substr(dash + 1), "the last word", line);
    if (first < 1 || last < first || static_cast<std::size_t>(last) > rows_.size()) {
      fail("the words " + std::string(text) + " are not in the sentence", line);
    }
    return {first - 1, last};
  }

  std::vector<std::string_view> fields(std::string_view item, std::size_t count,
                                       std::string_view key, std::size_t line) const {
    auto parts = split(item, ':');
    if (parts.size() != count) {
      fail("for " + std::string(key) + " " + std::to_string(count) + " fields expected, \"" +
               std::string(item.substr(0, 60)) + "\" found",
           line);
    }
    return parts;
  }

  void read_misc(Sentence& sentence, std::size_t index) const {
    const Row& row = rows_[index];
    const std::size_t line = row.line;
    Token& token = sentence.tokens[index];
    Predicate predicate;
    predicate.token = static_cast<std::int32_t>(index);
    bool is_predicate = false;
    for (const std::string_view item : split(row.misc, '|')) {
      const std::size_t equals = item.find('=');
      if (equals == item.npos) continue;
      const std::string_view key = item.substr(0, equals);
      const std::string_view value = item.substr(equals + 1);
      if (key == "Bytes") {
        read_bytes(sentence, index, value, line);
      } else if (key == "TagScore") {
        token.tag_score = parse<float>(value, key, line);
      } else if (key == "HeadScore") {
        token.head_score = parse<float>(value, key, line);
      } else if (key == "Name") {
        for (const std::string_view name : split(value, ',')) {
          const auto parts = fields(name, 4, key, line);
          sentence.names.push_back({span(parts[0], line), unescape(parts[1]), unescape(parts[2]),
                                    parse<float>(parts[3], "a score", line)});
        }
      } else if (key == "Mention") {
        for (const std::string_view mention : split(value, ',')) {
          const auto parts = fields(mention, 3, key, line);
          sentence.mentions.push_back({span(parts[0], line), static_cast<std::int32_t>(index),
                                       unescape(parts[1]),
                                       parse<float>(parts[2], "a score", line)});
        }
      } else if (key == "Predicate") {
        const auto parts = fields(value, 3, key, line);
        is_predicate = true;
        predicate.roleset = unescape(parts[0]);
        predicate.score = parse<float>(parts[1], "a score", line);
        predicate.roleset_score = parse<float>(parts[2], "a score", line);
      } else if (key == "Arguments") {
        for (const std::string_view argument : split(value, ',')) {
          const auto parts = fields(argument, 4, key, line);
          const auto head = parse<std::int32_t>(parts[1], "the head of an argument", line);
          if (head < 1 || static_cast<std::size_t>(head) > rows_.size()) {
            fail("word " + std::to_string(head) + " is not in the sentence", line);
          }
          predicate.arguments.push_back({unescape(parts[0]), head - 1, span(parts[2], line),
                                         parse<float>(parts[3], "a score", line)});
        }
      }
    }
    if (!is_predicate && !predicate.arguments.empty()) fail("Arguments without Predicate", line);
    if (is_predicate) sentence.predicates.push_back(std::move(predicate));
  }

  void read_bytes(Sentence& sentence, std::size_t index, std::string_view value,
                  std::size_t line) const {
    const std::size_t dash = value.find('-');
    if (dash == value.npos) fail("for Bytes a range begin-end expected", line);
    const ByteSpan bytes{parse<std::uint32_t>(value.substr(0, dash), "Bytes", line),
                         parse<std::uint32_t>(value.substr(dash + 1), "Bytes", line)};
    const std::uint32_t least =
        index == 0 ? sentence.bytes.begin : sentence.tokens[index - 1].bytes.end;
    if (bytes.begin < least || bytes.end < bytes.begin || bytes.end > sentence.bytes.end) {
      fail("the bytes " + std::string(value) +
               " do not lie between the previous word and the end of "
               "the sentence",
           line);
    }
    sentence.tokens[index].bytes = bytes;
  }

  std::istream& in_;
  const std::string& source_;
  std::size_t line_ = 0;
  std::vector<Document> documents_;
  std::vector<Row> rows_;
  std::string surface_;
  std::size_t surface_words_ = 0;
  std::size_t covered_until_ = 0;
  bool surface_spaced_ = true;
  std::optional<std::string> gap_;
  std::optional<std::string> gap_after_;
  std::optional<std::string> text_;
  std::optional<std::string> raw_;
  bool headline_ = false;
  bool new_paragraph_ = false;
  std::optional<std::uint32_t> paragraph_id_;
  std::uint32_t paragraph_ = 0;
};

}  // namespace

std::vector<Document> read_conllu(std::istream& in, const std::string& source) {
  return ConlluReader(in, source).read();
}

}  // namespace relata::text
