#include "importers/text/segmenter.h"

#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "importers/text/segmenter_characters.h"
#include "importers/text/segmenter_lines.h"
#include "importers/text/segmenter_sentences.h"
#include "importers/text/segmenter_tokens.h"

namespace relata::text {

namespace {

constexpr std::size_t window_tokens = 4096;  // tokens held before sentences are cut off
constexpr std::size_t headline_tokens = 40;  // a longer line is no headline

/// Makes sentences from runs of characters, paragraph by paragraph.
class Builder final {
 public:
  Builder(std::string_view text, const std::function<void(Sentence&&)>& sink)
      : text_(text), sink_(sink), tokenizer_(text) {}

  /// Tokenises one line; `goes_on` when the next line belongs to the same paragraph.
  void add_line(const Line& line, bool goes_on) {
    bool space = true;
    tokenizer_.start_line();
    std::size_t position = line.begin;
    const std::string_view content = text_.substr(0, line.end);
    while (position < line.end) {
      auto begin = static_cast<std::uint32_t>(position);
      if (classify(next_character(content, position)) == CharClass::space) {
        space = true;
        continue;
      }
      std::size_t end = position;
      while (end < line.end && end - begin + 4 <= max_token_bytes) {
        std::size_t after = end;
        if (classify(next_character(content, after)) == CharClass::space) break;
        end = after;
      }
      tokenizer_.append(begin, static_cast<std::uint32_t>(end), space, tokens_);
      space = false;
      position = end;
      if (tokens_.size() >= window_tokens) flush(false);
    }
    if (!goes_on) flush(true);
  }

 private:
  void flush(bool complete) {
    const std::vector<std::size_t> ends =
        sentence_ends(text_, tokens_, first_of_paragraph_, complete);
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      const bool whole_line = complete && first_of_paragraph_ && ends.size() == 1;
      emit(begin, end, whole_line);
      begin = end;
    }
    tokens_.erase(tokens_.begin(), tokens_.begin() + static_cast<std::ptrdiff_t>(begin));
    if (!complete) {
      if (begin > 0) first_of_paragraph_ = false;
      return;
    }
    if (begin > 0 || !first_of_paragraph_) ++paragraph_;
    first_of_paragraph_ = true;
  }

  void emit(std::size_t begin, std::size_t end, bool whole_line) {
    Sentence sentence;
    sentence.bytes = {tokens_[begin].begin, tokens_[end - 1].end};
    sentence.paragraph = paragraph_;
    sentence.headline = whole_line && end - begin <= headline_tokens &&
                        !is_punctuated(text_, tokens_, begin, end) &&
                        !is_list_item(text_, tokens_, begin, end);
    sentence.tokens.reserve(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      Token token;
      token.bytes = {tokens_[i].begin, tokens_[i].end};
      token.form = text_.substr(token.bytes.begin, token.bytes.end - token.bytes.begin);
      token.space_after = space_at(token.bytes.end);
      sentence.tokens.push_back(std::move(token));
    }
    sink_(std::move(sentence));
  }

  [[nodiscard]] bool space_at(std::uint32_t position) const {
    if (position >= text_.size()) return false;
    std::size_t after = position;
    const CharClass kind = classify(next_character(text_, after));
    return kind == CharClass::space || kind == CharClass::newline;
  }

  std::string_view text_;
  const std::function<void(Sentence&&)>& sink_;
  Tokenizer tokenizer_;
  std::vector<RawToken> tokens_;
  std::uint32_t paragraph_ = 0;
  bool first_of_paragraph_ = true;
};

}  // namespace

void for_each_sentence(std::string_view text, const std::function<void(Sentence&&)>& sink) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("a text of 4 GiB or more cannot be segmented");
  }
  const std::uint32_t width = wrap_width(text);
  Builder builder(text, sink);
  LineReader reader(text);
  Line line;
  Line next;
  bool more = reader.next(line);
  while (more) {
    more = reader.next(next);
    builder.add_line(line, more && continues(line, next, width));
    line = next;
  }
}

void segment(Document& document) {
  document.sentences.clear();
  document.annotated = false;
  for_each_sentence(document.text, [&](Sentence&& sentence) {
    document.sentences.push_back(std::move(sentence));
  });
}

}  // namespace relata::text
