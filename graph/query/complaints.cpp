// Errors of queries as people read them, and the words that may have been meant.

#include <algorithm>

#include <fmt/format.h>

#include "graph/fold.h"
#include "graph/query/syntax.h"

namespace relata::query {

std::string upper_case(std::string_view word) {
  std::string text(word);
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return text;
}

QueryError::QueryError(std::size_t place, const std::string& problem, const std::string& suggestion)
    : Error(suggestion.empty() ? problem
                               : fmt::format("{}; did you mean {}?", problem, suggestion)),
      place_(place) {}

std::string QueryError::show(std::string_view query) const {
  const std::size_t at = std::min(place_, query.size());
  std::size_t begin = query.substr(0, at).rfind('\n');
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  const std::size_t end = std::min(query.find('\n', at), query.size());
  // Long lines are shown around the place; a byte that continues a letter takes no column.
  constexpr std::size_t before = 60;
  constexpr std::size_t behind = 40;
  const auto continues = [&](std::size_t i) {
    return i < query.size() && (static_cast<unsigned char>(query[i]) & 0xC0U) == 0x80;
  };
  std::size_t from = at - begin > before ? at - before : begin;
  while (from < at && continues(from)) ++from;
  std::size_t to = end - at > behind ? at + behind : end;
  while (to < end && continues(to)) ++to;
  std::string line;
  std::string mark;
  for (std::size_t i = from; i < to; ++i) {
    line += static_cast<unsigned char>(query[i]) < ' ' ? ' ' : query[i];
    if (i < at && !continues(i)) mark += ' ';
  }
  return fmt::format("{}: {}\n  {}\n  {}^", line_and_column(query, at), what(), line, mark);
}

const std::vector<std::string>& keywords() {
  static const std::vector<std::string> words = {
      "MATCH", "WHERE",       "RETURN",    "DISTINCT", "ORDER BY", "SKIP",    "LIMIT",
      "AND",   "OR",          "XOR",       "NOT",      "IN",       "IS NULL", "TRUE",
      "FALSE", "STARTS WITH", "ENDS WITH", "CONTAINS", "AS",       "ASC",     "DESC"};
  return words;
}

std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
  const std::string wanted = upper_case(word);
  const std::size_t bound = std::max<std::size_t>(1, word.size() / 3);
  std::string best;
  std::size_t best_distance = bound + 1;
  for (const std::string& candidate : known) {
    const std::string whole = upper_case(candidate);
    // "STARTS WITH" is meant by a slip of its first word, too.
    for (const std::string& form : {whole, whole.substr(0, whole.find(' '))}) {
      const std::size_t distance = edit_distance(wanted, form, bound);
      if (distance < best_distance) {
        best = candidate;
        best_distance = distance;
      }
    }
  }
  if (!best.empty() || word.size() < 3) return best;
  for (const std::string& candidate : known) {
    if (upper_case(candidate).starts_with(wanted)) return candidate;
  }
  return {};
}

}  // namespace relata::query
