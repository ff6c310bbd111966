#include "cli/analysis_table.h"

#include <algorithm>
#include <map>
#include <ostream>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "cli/console.h"
#include "cli/json_writer.h"

namespace relata::cli {

namespace {

using Row = std::vector<std::string>;

/// Columns that a terminal needs for the text.
std::size_t width(const std::string& text) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8(text);
  std::size_t columns = 0;
  for (std::int32_t i = 0; i < units.length(); i = units.moveIndex32(i, 1)) {
    const UChar32 c = units.char32At(i);
    const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_FORMAT_CHAR) continue;
    columns += east_asian == U_EA_FULLWIDTH || east_asian == U_EA_WIDE ? 2 : 1;
  }
  return columns;
}

void print_rows(const std::vector<Row>& rows, std::ostream& out) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  for (const Row& row : rows) {
    std::string line = "   ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += " " + row[i];
      if (i + 1 < row.size()) line += std::string(widths[i] - width(row[i]) + 1, ' ');
    }
    while (line.ends_with(' ')) line.pop_back();
    out << line << '\n';
  }
}

std::string words(const text::Document& document, const text::Sentence& sentence,
                  text::TokenSpan span) {
  if (span.size() <= 0) return "";
  return printable(document.bytes(text::bytes_of(sentence, span)));
}

std::string score(float value) {
  return fmt::format("{:.2f}", value);
}

std::vector<Row> token_rows(const text::Sentence& sentence) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
    const text::Token& token = sentence.tokens[i];
    rows.push_back({std::to_string(i + 1), printable(token.form), printable(token.lemma),
                    std::string(text::upos_name(token.upos)), token.xpos,
                    std::to_string(token.head + 1), token.deprel});
  }
  return rows;
}

std::vector<Row> name_rows(const text::Document& document, const text::Sentence& sentence) {
  std::vector<Row> rows;
  for (const text::Name& name : sentence.names) {
    rows.push_back(
        {words(document, sentence, name.span), name.type, name.fine_type, score(name.score)});
  }
  return rows;
}

std::vector<Row> mention_rows(const text::Document& document, const text::Sentence& sentence) {
  std::vector<Row> rows;
  for (const text::Mention& mention : sentence.mentions) {
    rows.push_back({words(document, sentence, mention.span), mention.type, score(mention.score)});
  }
  return rows;
}

std::vector<Row> predicate_rows(const text::Document& document, const text::Sentence& sentence) {
  std::vector<Row> rows;
  for (const text::Predicate& predicate : sentence.predicates) {
    const text::TokenSpan token{predicate.token, predicate.token + 1};
    rows.push_back({words(document, sentence, token), predicate.roleset, score(predicate.score)});
    for (const text::Argument& argument : predicate.arguments) {
      rows.push_back(
          {"", argument.role, score(argument.score), words(document, sentence, argument.span)});
    }
  }
  return rows;
}

void write_token_span(JsonWriter& json, text::TokenSpan span) {
  json.key("tokens");
  json.begin_array();
  json.value(static_cast<double>(span.begin));
  json.value(static_cast<double>(span.end));
  json.end_array();
}

void write_bytes(JsonWriter& json, text::ByteSpan span) {
  json.member("begin", std::uint64_t{span.begin});
  json.member("end", std::uint64_t{span.end});
}

void write_token(JsonWriter& json, const text::Token& token) {
  json.begin_object();
  write_bytes(json, token.bytes);
  json.member("form", std::string_view(token.form));
  json.member("lemma", std::string_view(token.lemma));
  json.member("upos", text::upos_name(token.upos));
  json.member("xpos", std::string_view(token.xpos));
  json.member_if("feats", token.feats);
  json.member("head", static_cast<std::uint64_t>(token.head) + 1);
  json.member("deprel", std::string_view(token.deprel));
  json.end_object();
}

void write_sentence(JsonWriter& json, const text::Document& document,
                    const text::Sentence& sentence) {
  json.begin_object();
  write_bytes(json, sentence.bytes);
  json.member("text", document.bytes(sentence.bytes));
  json.member("headline", sentence.headline);
  json.key("tokens");
  json.begin_array();
  for (const text::Token& token : sentence.tokens) write_token(json, token);
  json.end_array();
  json.key("names");
  json.begin_array();
  for (const text::Name& name : sentence.names) {
    json.begin_object();
    write_token_span(json, name.span);
    json.member("type", std::string_view(name.type));
    json.member_if("fine_type", name.fine_type);
    json.member("score", static_cast<double>(name.score));
    json.end_object();
  }
  json.end_array();
  json.key("mentions");
  json.begin_array();
  for (const text::Mention& mention : sentence.mentions) {
    json.begin_object();
    write_token_span(json, mention.span);
    json.member("head", static_cast<std::uint64_t>(mention.head));
    json.member("type", std::string_view(mention.type));
    json.member("score", static_cast<double>(mention.score));
    json.end_object();
  }
  json.end_array();
  json.key("predicates");
  json.begin_array();
  for (const text::Predicate& predicate : sentence.predicates) {
    json.begin_object();
    json.member("token", static_cast<std::uint64_t>(predicate.token));
    json.member("roleset", std::string_view(predicate.roleset));
    json.member("score", static_cast<double>(predicate.score));
    json.key("arguments");
    json.begin_array();
    for (const text::Argument& argument : predicate.arguments) {
      json.begin_object();
      json.member("role", std::string_view(argument.role));
      json.member("head", static_cast<std::uint64_t>(argument.head));
      write_token_span(json, argument.span);
      json.member("score", static_cast<double>(argument.score));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::vector<std::string> stage_names() {
  return {"sentences", "tokens", "names", "mentions", "predicates", "chains", "graph"};
}

void print_analysis(const text::Document& document, const std::vector<Stage>& stages,
                    std::ostream& out) {
  const auto wanted = [&](Stage stage) {
    return std::find(stages.begin(), stages.end(), stage) != stages.end();
  };
  const auto print = [&](Stage stage, const std::vector<Row>& rows) {
    if (!wanted(stage) || rows.empty()) return;
    out << "  " << stage_names()[static_cast<std::size_t>(stage)] << '\n';
    print_rows(rows, out);
  };
  const bool none = std::all_of(stages.begin(), stages.end(), [](Stage stage) {
    return stage == Stage::graph || stage == Stage::chains;
  });
  if (none) return;
  out << printable(document.id) << '\n';
  for (const text::Sentence& sentence : document.sentences) {
    out << fmt::format("bytes {} to {}{}: {}\n", sentence.bytes.begin, sentence.bytes.end,
                       sentence.headline ? ", headline" : "",
                       printable(document.bytes(sentence.bytes)));
    print(Stage::tokens, token_rows(sentence));
    print(Stage::names, name_rows(document, sentence));
    print(Stage::mentions, mention_rows(document, sentence));
    print(Stage::predicates, predicate_rows(document, sentence));
  }
}

void print_chains(const text::Document& document, const std::vector<text::ChainedPhrase>& phrases,
                  std::ostream& out) {
  std::map<std::int32_t, std::vector<const text::ChainedPhrase*>> chains;
  for (const text::ChainedPhrase& phrase : phrases) chains[phrase.chain].push_back(&phrase);
  std::vector<Row> rows;
  std::size_t number = 0;
  for (const auto& [chain, members] : chains) {
    if (members.size() < 2) continue;
    ++number;
    for (const text::ChainedPhrase* phrase : members) {
      const auto sentence = static_cast<std::size_t>(phrase->sentence);
      rows.push_back({std::to_string(number), std::to_string(sentence + 1),
                      words(document, document.sentences[sentence], phrase->span)});
    }
  }
  if (rows.empty()) return;
  out << "chains (number, sentence, words)\n";
  print_rows(rows, out);
}

void write_json(const std::vector<text::Document>& documents, std::ostream& out) {
  JsonWriter json(out);
  json.begin_array();
  for (const text::Document& document : documents) {
    json.begin_object();
    json.member("document", std::string_view(document.id));
    json.member_if("title", document.metadata.title);
    json.member_if("date", document.metadata.date);
    json.key("sentences");
    json.begin_array();
    for (const text::Sentence& sentence : document.sentences) {
      write_sentence(json, document, sentence);
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

}  // namespace relata::cli
