#include "cli/shell_completion.h"

#include <algorithm>
#include <array>
#include <set>

#include "graph/ascii.h"
#include "graph/query/syntax.h"

namespace relata::cli {

namespace {

constexpr std::size_t most_names = 200;

bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string written(std::string_view name) {
  std::string made(name);
  std::replace(made.begin(), made.end(), ' ', '_');
  return std::all_of(made.begin(), made.end(), is_word) ? made : "`" + std::string(name) + "`";
}

/// Those of `words` that begin with `start`, without case, sorted, each once.
Completion beginning_with(const std::string& start, const std::vector<std::string>& words) {
  std::set<std::string> fitting;
  for (const std::string& word : words) {
    if (lower(word).starts_with(lower(start))) fitting.insert(word);
  }
  return {start.size(), {fitting.begin(), fitting.end()}};
}

/// The beginning of the text that an open quote holds; npos when none is open.
std::size_t open_quote(const std::string& line) {
  std::size_t open = std::string::npos;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (open == std::string::npos && (line[i] == '"' || line[i] == '\'')) {
      open = i;
    } else if (open != std::string::npos && line[i] == line[open]) {
      open = std::string::npos;
    }
  }
  return open == std::string::npos ? open : open + 1;
}

std::vector<std::string> names_with(const std::string& start, query::Indexes& indexes) {
  const Graph& graph = indexes.graph();
  std::vector<std::string> names;
  for (const NameHit& hit : indexes.names().with_prefix(start, most_names)) {
    names.emplace_back(graph.name(hit.node));
  }
  return names;
}

std::vector<std::string> labels(const Ontology& ontology) {
  std::vector<std::string> words = {"actor", "place", "event"};
  for (const NodeType& type : ontology.types()) words.push_back(written(type.name));
  return words;
}

std::vector<std::string> relations(const Ontology& ontology) {
  std::vector<std::string> words;
  for (const Relation& relation : ontology.relations()) {
    words.push_back(written(relation.name));
    words.push_back(written(relation.inverse));
  }
  return words;
}

std::vector<std::string> properties(query::Indexes& indexes) {
  static constexpr std::array<std::string_view, 25> built_in = {
      "name",         "key",           "kind",      "type",        "aliases",
      "degree",       "mentions",      "relation",  "date",        "from",
      "to",           "precision",     "published", "confidence",  "weight",
      "negated",      "modality",      "mood",      "attribution", "quantity_min",
      "quantity_max", "quantity_unit", "evidence",  "sentence",    "documents"};
  std::vector<std::string> words(built_in.begin(), built_in.end());
  const auto& keys = indexes.attribute_keys();
  words.insert(words.end(), keys.begin(), keys.end());
  return words;
}

}  // namespace

Completion complete_line(const std::string& line, const std::vector<std::string>& commands,
                         query::Indexes& indexes) {
  if (const std::size_t quote = open_quote(line); quote != std::string::npos) {
    const std::string start = line.substr(quote);
    if (start.empty()) return {};
    Completion completion{start.size(), names_with(start, indexes)};
    // A name that does not begin so in letters (another script, an alias) takes its place whole.
    std::sort(completion.words.begin(), completion.words.end());
    completion.words.erase(std::unique(completion.words.begin(), completion.words.end()),
                           completion.words.end());
    return completion;
  }
  std::size_t begin = line.size();
  while (begin > 0 && is_word(line[begin - 1])) --begin;
  const std::string start = line.substr(begin);
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string::npos || begin == first) {
    std::vector<std::string> words = commands;
    words.emplace_back("MATCH");
    return beginning_with(start, words);
  }
  const bool in_query = lower(line.substr(first, 5)) == "match";
  if (!in_query) {
    // Arguments of commands are names, mostly; one word of them needs no quotes.
    return start.empty() ? Completion{} : Completion{start.size(), names_with(start, indexes)};
  }
  const char before = begin > 0 ? line[begin - 1] : ' ';
  if (before == '.') return beginning_with(start, properties(indexes));
  if (before == ':' || before == '|') {
    const std::size_t bracket = line.find_last_of("[(", begin);
    const bool edge = bracket != std::string::npos && line[bracket] == '[';
    const Ontology& ontology = indexes.graph().ontology();
    return beginning_with(start, edge ? relations(ontology) : labels(ontology));
  }
  if (start.empty()) return {};
  std::vector<std::string> words = query::keywords();
  for (const char* function : {"count(", "collect(", "min(", "max(", "sum(", "avg(", "known_as(",
                               "type(", "length(", "nodes(", "relationships(", "size(", "labels(",
                               "startNode(", "endNode(", "toLower(", "toUpper(", "coalesce("}) {
    words.emplace_back(function);
  }
  return beginning_with(start, words);
}

}  // namespace relata::cli
