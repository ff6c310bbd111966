#include "importers/text/knowledge_file.h"

#include <array>

#include "graph/ascii.h"
#include "graph/errors.h"

namespace relata::text::detail {
namespace {

constexpr std::string_view blank = " \t\r";

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower_or_underscore(char c) {
  return (c >= 'a' && c <= 'z') || c == '_';
}

bool consists_of(std::string_view text, bool (*test)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

/// Modifiers (ARGM-...) that PropBank's English corpora use.
constexpr std::array<std::string_view, 21> modifiers = {
    "ADJ", "ADV", "CAU", "COM", "CXN", "DIR", "DIS", "DSP", "EXT", "GOL", "LOC",
    "LVB", "MNR", "MOD", "NEG", "PNC", "PRD", "PRP", "PRR", "REC", "TMP"};

bool is_modifier(std::string_view name) {
  return std::find(modifiers.begin(), modifiers.end(), name) != modifiers.end();
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = trimmed(text)).empty()) words.push_back(take_word(text));
  return words;
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t at = text.find(separator);
    pieces.push_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + separator.size());
  }
}

std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_of(blank), text.size());
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

bool has_capital(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_upper);
}

void KnowledgeFile::parse(std::string_view text, const TakeEntry& take) {
  line_ = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++line_;
    line = trimmed(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    if (line.starts_with("let ")) {
      define(line.substr(4));
      continue;
    }
    if (line.starts_with("ends ")) {
      define_ends(line.substr(5));
      continue;
    }
    const std::size_t colon = line.find(" : ");
    if (colon == std::string_view::npos) {
      fail("expected \"KEY [KEY...] : clause ; clause\", found " + quoted(line));
    }
    take(words_of(line.substr(0, colon)), split(line.substr(colon + 3), ";"));
  }
}

void KnowledgeFile::fail(const std::string& problem) const {
  throw InputError(source_, "line " + std::to_string(line_), problem);
}

std::string KnowledgeFile::relation(std::string_view name) const {
  const auto found = ontology_.find_relation(name);
  if (!found || ontology_.relation(found->relation).role) {
    fail("expected a relation of the ontology, found " + quoted(name));
  }
  return std::string(name);
}

std::string KnowledgeFile::type(NodeKind kind, std::string_view name) const {
  if (!ontology_.find_type(kind, name)) {
    fail("expected a type of " + std::string(kind_name(kind)) + " of the ontology, found " +
         quoted(name));
  }
  return std::string(name);
}

ParticipantKinds KnowledgeFile::kinds(std::string_view text) const {
  static const NamedValues<ParticipantKind> names = {{"actor", ParticipantKind::actor},
                                                     {"place", ParticipantKind::place},
                                                     {"event", ParticipantKind::event},
                                                     {"person", ParticipantKind::person},
                                                     {"thing", ParticipantKind::thing}};
  unsigned set = 0;
  for (const std::string_view name : split(text, "|")) {
    set |= static_cast<unsigned>(value_of(name, names, "kind"));
  }
  return static_cast<ParticipantKinds>(set);
}

Selectors KnowledgeFile::selectors(std::string_view text) const {
  Selectors list;
  const auto append = [&list](const Selector& one) {
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
  };
  for (const std::string_view name : split(text, "|")) {
    if (const auto defined = definitions_.find(name); defined != definitions_.end()) {
      for (const Selector& one : defined->second) append(one);
    } else {
      append(selector(name));
    }
  }
  return list;
}

EndKinds KnowledgeFile::end_kinds(std::string_view bracket, EndKinds given) const {
  if (!bracket.starts_with("[") || !bracket.ends_with("]")) {
    fail("expected \"[A kind KIND, B kind KIND]\", found " + quoted(bracket));
  }
  for (std::string_view part : split(bracket.substr(1, bracket.size() - 2), ",")) {
    const std::string_view end = take_word(part);
    const std::string_view keyword = take_word(part);
    if ((end != "A" && end != "B") || keyword != "kind") {
      fail("expected \"[A kind KIND, B kind KIND]\", found " + quoted(bracket));
    }
    (end == "A" ? given.source : given.target) = kinds(part);
  }
  return given;
}

EndKinds KnowledgeFile::default_end_kinds(std::string_view relation) const {
  const auto found = end_kinds_.find(relation);
  return found == end_kinds_.end() ? EndKinds() : found->second;
}

Selector KnowledgeFile::selector(std::string_view name) const {
  if (name.size() == 4 && name.starts_with("ARG") && name[3] >= '0' && name[3] <= '6') {
    return {SelectorKind::argument, std::string(name)};
  }
  if (is_modifier(name)) return {SelectorKind::argument, "ARGM-" + std::string(name)};
  if (name == "@poss") return {SelectorKind::possessor, {}};
  if (name == "@amod") return {SelectorKind::adjective, {}};
  if (name == "@compound") return {SelectorKind::compound, {}};
  if (name.starts_with("@") && consists_of(name.substr(1), is_lower_or_underscore)) {
    std::string preposition(name.substr(1));
    std::replace(preposition.begin(), preposition.end(), '_', ' ');
    return {SelectorKind::preposition, std::move(preposition)};
  }
  fail("expected a participant (ARG0, LOC, @in, @poss, a name given by let, ...), found " +
       quoted(name));
}

void KnowledgeFile::define(std::string_view text) {
  const std::vector<std::string_view> sides = split(text, "=");
  if (sides.size() != 2 || !consists_of(sides[0], is_upper)) {
    fail("expected \"let NAME = SEL|SEL\" with NAME in capital letters, found " + quoted(text));
  }
  if (is_modifier(sides[0]) || definitions_.contains(sides[0])) {
    fail("the name " + quoted(sides[0]) + " is taken already");
  }
  definitions_.emplace(sides[0], selectors(sides[1]));
}

void KnowledgeFile::define_ends(std::string_view text) {
  const std::vector<std::string_view> sides = split(text, "=");
  if (sides.size() != 2) {
    fail("expected \"ends RELATION = [A kind KIND, B kind KIND]\", found " + quoted(text));
  }
  if (!end_kinds_.emplace(relation(sides[0]), end_kinds(sides[1], {})).second) {
    fail("second \"ends\" for " + quoted(sides[0]));
  }
}

}  // namespace relata::text::detail
