#include "importers/text/time_eras.h"

#include <array>
#include <string_view>

namespace relata::text {

namespace {

struct Row {
  std::string_view name;
  Era era;
  bool certain = false;
};

constexpr Era first_world_war = {{1914, 7, 28}, {1918, 11, 11}};
constexpr Era second_world_war = {{1939, 9, 1}, {1945, 9, 2}};

// The days are those that history books give for begin and end; periods without such days are whole
// years.
constexpr std::array<Row, 43> eras = {{
    {"wwi", first_world_war, true},
    {"ww1", first_world_war, true},
    {"world war i", first_world_war, true},
    {"world war 1", first_world_war, true},
    {"world war one", first_world_war, true},
    {"first world war", first_world_war, true},
    {"great war", first_world_war},
    {"wwii", second_world_war, true},
    {"ww2", second_world_war, true},
    {"world war ii", second_world_war, true},
    {"world war 2", second_world_war, true},
    {"world war two", second_world_war, true},
    {"second world war", second_world_war, true},
    {"cold war", {{1947, 3, 12}, {1991, 12, 26}}, true},
    {"middle ages", {{400, 1, 1}, {1499, 12, 31}}},
    {"crusades", {{1095, 1, 1}, {1291, 12, 31}}},
    {"hundred years ' war", {{1337, 1, 1}, {1453, 12, 31}}},
    {"hundred years' war", {{1337, 1, 1}, {1453, 12, 31}}},
    {"thirty years ' war", {{1618, 5, 23}, {1648, 10, 24}}},
    {"thirty years' war", {{1618, 5, 23}, {1648, 10, 24}}},
    {"american revolution", {{1775, 1, 1}, {1783, 12, 31}}},
    {"american revolutionary war", {{1775, 1, 1}, {1783, 12, 31}}},
    {"revolutionary war", {{1775, 1, 1}, {1783, 12, 31}}},
    {"french revolution", {{1789, 5, 5}, {1799, 11, 9}}},
    {"napoleonic wars", {{1803, 5, 18}, {1815, 11, 20}}},
    {"crimean war", {{1853, 10, 16}, {1856, 3, 30}}},
    {"american civil war", {{1861, 4, 12}, {1865, 4, 9}}},
    {"franco-prussian war", {{1870, 7, 19}, {1871, 1, 28}}},
    {"boer war", {{1899, 10, 11}, {1902, 5, 31}}},
    {"russo-japanese war", {{1904, 2, 8}, {1905, 9, 5}}},
    {"great depression", {{1929, 1, 1}, {1939, 12, 31}}},
    {"spanish civil war", {{1936, 7, 17}, {1939, 4, 1}}},
    {"korean war", {{1950, 6, 25}, {1953, 7, 27}}},
    {"vietnam war", {{1955, 11, 1}, {1975, 4, 30}}},
    {"cuban missile crisis", {{1962, 10, 16}, {1962, 10, 28}}},
    {"cultural revolution", {{1966, 5, 16}, {1976, 10, 6}}},
    {"six-day war", {{1967, 6, 5}, {1967, 6, 10}}},
    {"yom kippur war", {{1973, 10, 6}, {1973, 10, 25}}},
    {"iran-iraq war", {{1980, 9, 22}, {1988, 8, 20}}},
    {"falklands war", {{1982, 4, 2}, {1982, 6, 14}}},
    {"gulf war", {{1990, 8, 2}, {1991, 2, 28}}},
    {"bosnian war", {{1992, 4, 6}, {1995, 12, 14}}},
    {"kosovo war", {{1998, 2, 28}, {1999, 6, 11}}},
}};

/// Tokens of `words` from `i` on that spell `name` with blanks between them; 0 when they do not.
/// Hyphens may be tokens of their own ("six - day war").
std::size_t tokens_of(std::string_view name, std::span<const std::string> words, std::size_t i) {
  std::size_t at = i;
  while (!name.empty()) {
    if (at >= words.size() || words[at].empty() || !name.starts_with(words[at])) return 0;
    name.remove_prefix(words[at].size());
    ++at;
    if (name.empty()) break;
    const bool behind_hyphen = words[at - 1] == "-";
    if (name[0] == ' ') {
      name.remove_prefix(1);
    } else if (name[0] != '-' && !behind_hyphen) {
      return 0;
    }
  }
  return at - i;
}

}  // namespace

NamedEra era_at(std::span<const std::string> words, std::size_t i) {
  NamedEra best;
  for (const Row& row : eras) {
    const std::size_t tokens = tokens_of(row.name, words, i);
    if (tokens > best.tokens) best = {row.era, tokens, row.certain};
  }
  return best;
}

}  // namespace relata::text
