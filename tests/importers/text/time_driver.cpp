// Reads CoNLL-U from standard input and prints each sentence's expressions of time, one a line;
// what scripts/evaluate_time.py runs. "# newdoc" begins a document, "# date = 2024-12-27" gives its
// publication date.

#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "importers/text/time_expressions.h"

namespace {

using namespace relata::text;

std::string shown(const std::optional<CivilDate>& date) {
  return date ? to_iso(*date) : "-";
}

void finish(Sentence& sentence, TimeContext& context) {
  for (const TimeExpression& time : find_times(sentence, context)) {
    std::string words;
    for (std::int32_t i = time.span.begin; i < time.span.end; ++i) {
      words += (i > time.span.begin ? " " : "") + sentence.tokens[static_cast<std::size_t>(i)].form;
    }
    std::printf("%d\t%d\t%s\t%s\t%s\t%s\t%d\t%d\t%s\n", time.span.begin, time.span.end,
                std::string(time_type_name(time.type)).c_str(), time.value.c_str(),
                shown(time.from).c_str(), shown(time.to).c_str(), static_cast<int>(time.modifier),
                static_cast<int>(time.bound), words.c_str());
  }
  std::puts("");
  sentence = Sentence();
}

}  // namespace

int main() {
  Sentence sentence;
  TimeContext context;
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.empty()) {
      finish(sentence, context);
    } else if (line.starts_with("# newdoc")) {
      context = TimeContext();
    } else if (line.starts_with("# date = ")) {
      context.publication = date_from_iso(line.substr(9));
    } else if (line[0] != '#') {
      std::vector<std::string> columns;
      std::istringstream stream(line);
      for (std::string column; std::getline(stream, column, '\t');) columns.push_back(column);
      if (columns.size() < 8 || columns[0].find_first_of("-.") != std::string::npos) continue;
      Token token;
      token.form = columns[1];
      token.lemma = columns[2];
      token.upos = upos_from_name(columns[3]);
      token.xpos = columns[4];
      token.feats = columns[5];
      token.head = std::stoi(columns[6]) - 1;
      token.deprel = columns[7];
      sentence.tokens.push_back(token);
    }
  }
  return 0;
}
