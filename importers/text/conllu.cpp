#include "importers/text/conllu.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <ostream>
#include <string_view>
#include <utility>

#include "importers/text/conllu_fields.h"

namespace relata::text {

namespace {

using conllu::escape;

std::string number(float value) {
  std::array<char, 32> digits{};
  const auto [end, problem] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end};
}

std::string number(std::int32_t value) {
  return std::to_string(value);
}

std::string range(TokenSpan span) {
  return number(span.begin + 1) + '-' + number(span.end);
}

/// A column's value: never empty, without tabs and line breaks.
std::string column(std::string_view value) {
  std::string result(value.empty() ? std::string_view("_") : value);
  for (char& c : result) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return result;
}

class Misc final {
 public:
  void add(std::string_view key, std::string_view value) {
    if (!text_.empty()) text_ += '|';
    text_ += key;
    text_ += '=';
    text_ += value;
  }
  [[nodiscard]] std::string text() const { return text_.empty() ? "_" : text_; }

 private:
  std::string text_;
};

void join(std::string& list, const std::string& item) {
  if (!list.empty()) list += ',';
  list += item;
}

std::string misc_of(const Sentence& sentence, std::int32_t index) {
  const Token& token = sentence.tokens[static_cast<std::size_t>(index)];
  Misc misc;
  if (!token.space_after) misc.add("SpaceAfter", "No");
  misc.add("Bytes", std::to_string(token.bytes.begin) + '-' + std::to_string(token.bytes.end));
  if (token.tag_score != 0) misc.add("TagScore", number(token.tag_score));
  if (token.head_score != 0) misc.add("HeadScore", number(token.head_score));
  std::string names;
  for (const Name& name : sentence.names) {
    if (name.span.begin != index) continue;
    join(names, range(name.span) + ':' + escape(name.type) + ':' + escape(name.fine_type) + ':' +
                    number(name.score));
  }
  if (!names.empty()) misc.add("Name", names);
  std::string mentions;
  for (const Mention& mention : sentence.mentions) {
    if (mention.head != index) continue;
    join(mentions, range(mention.span) + ':' + escape(mention.type) + ':' + number(mention.score));
  }
  if (!mentions.empty()) misc.add("Mention", mentions);
  for (const Predicate& predicate : sentence.predicates) {
    if (predicate.token != index) continue;
    misc.add("Predicate", escape(predicate.roleset) + ':' + number(predicate.score) + ':' +
                              number(predicate.roleset_score));
    std::string arguments;
    for (const Argument& argument : predicate.arguments) {
      join(arguments, escape(argument.role) + ':' + number(argument.head + 1) + ':' +
                          range(argument.span) + ':' + number(argument.score));
    }
    if (!arguments.empty()) misc.add("Arguments", arguments);
  }
  return misc.text();
}

void write_sentence(std::ostream& out, const Sentence& sentence) {
  const auto size = static_cast<std::int32_t>(sentence.tokens.size());
  for (std::int32_t i = 0; i < size; ++i) {
    const Token& token = sentence.tokens[static_cast<std::size_t>(i)];
    const bool in_tree = !token.deprel.empty();
    out << i + 1 << '\t' << column(token.form) << '\t' << column(token.lemma) << '\t'
        << upos_name(token.upos) << '\t' << column(token.xpos) << '\t' << column(token.feats)
        << '\t' << (in_tree ? number(token.head + 1) : "_") << '\t' << column(token.deprel)
        << "\t_\t" << misc_of(sentence, i) << '\n';
  }
  out << '\n';
}

void write_metadata(std::ostream& out, const Metadata& metadata) {
  const auto write = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) out << "# " << key << " = " << conllu::escape_line(value) << '\n';
  };
  write("meta_title", metadata.title);
  write("meta_date", metadata.date);
  write("meta_author", metadata.author);
  write("meta_outlet", metadata.outlet);
  write("meta_url", metadata.url);
  write("meta_language", metadata.language);
}

/// The sentence as its words and what they say of spaces: what `# text` has to be.
std::string text_of_words(const Sentence& sentence) {
  std::string text;
  for (const Token& token : sentence.tokens) {
    text += conllu::one_line(token.form);
    if (token.space_after) text += ' ';
  }
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

void write_conllu(std::ostream& out, const Document& document) {
  out << "# newdoc id = " << conllu::escape_line(document.id) << '\n';
  write_metadata(out, document.metadata);
  if (document.sentences.empty() && !document.text.empty()) {
    out << "# gap = " << conllu::escape_line(document.text) << '\n';
  }
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    const Sentence& sentence = document.sentences[i];
    if (i == 0 || sentence.paragraph != document.sentences[i - 1].paragraph) {
      out << "# newpar id = " << sentence.paragraph << '\n';
    }
    out << "# sent_id = " << i + 1 << '\n';
    const std::string_view gap = document.bytes({end, sentence.bytes.begin});
    if (!(i == 0 && gap.empty()) && !(i > 0 && gap == " ")) {
      out << "# gap = " << conllu::escape_line(gap) << '\n';
    }
    end = sentence.bytes.end;
    if (sentence.headline) out << "# headline = yes\n";
    const std::string_view text = document.bytes(sentence.bytes);
    const std::string line = text_of_words(sentence);
    out << "# text = " << line << '\n';
    if (line != text) out << "# raw = " << conllu::escape_line(text) << '\n';
    if (i + 1 == document.sentences.size() && end < document.text.size()) {
      out << "# gap_after = "
          << conllu::escape_line(
                 document.bytes({end, static_cast<std::uint32_t>(document.text.size())}))
          << '\n';
    }
    write_sentence(out, sentence);
  }
  if (document.sentences.empty()) out << '\n';
}

}  // namespace relata::text
