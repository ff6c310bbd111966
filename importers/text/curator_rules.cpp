#include "importers/text/curator_rules.h"

#include "graph/errors.h"
#include "importers/text/graph_writer.h"

namespace relata::text {

namespace {

/// Words and quoted strings of one line.
struct Words {
  std::vector<std::string> words;
  std::vector<bool> quoted;
};

class RuleReader final {
 public:
  RuleReader(std::string_view source, const Ontology& ontology, CuratorRules& rules)
      : source_(source), ontology_(ontology), rules_(rules) {}

  void read_line(std::string_view line) {
    ++number_;
    const Words words = split(line);
    if (words.words.empty()) return;
    const std::string& verb = words.words[0];
    if (matches(words, {"merge", "", ""})) return read_merge(words);
    if (matches(words, {"never", "merge", "", ""})) return read_never(words);
    if (matches(words, {"split", "", "in", ""})) {
      rules_.split.insert({slug(words.words[1]), words.words[3]});
    } else if (matches(words, {"rename", "", "to", ""})) {
      rules_.rename[slug(words.words[1])] = words.words[3];
    } else if (verb == "retype") {
      read_retype(words);
    } else if (matches(words, {"drop", ""})) {
      rules_.drop.insert(slug(words.words[1]));
    } else {
      fail(
          "expected merge, never merge, split ... in, rename ... to, retype ... as or drop, with "
          "names in double quotes");
    }
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const {
    throw InputError(source_, "line " + std::to_string(number_), problem);
  }

  /// `pattern`: plain words stand for themselves, "" for a quoted name.
  static bool matches(const Words& words, const std::vector<std::string_view>& pattern) {
    if (words.words.size() != pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (words.quoted[i] != pattern[i].empty()) return false;
      if (!pattern[i].empty() && words.words[i] != pattern[i]) return false;
    }
    return true;
  }

  Words split(std::string_view line) const {
    Words result;
    std::size_t at = 0;
    while (at < line.size()) {
      const char c = line[at];
      if (c == '#') break;
      if (c == ' ' || c == '\t' || c == '\r') {
        ++at;
        continue;
      }
      const bool quoted = c == '"';
      const std::size_t begin = quoted ? at + 1 : at;
      std::size_t end = line.find_first_of(quoted ? "\"" : " \t\r#", begin);
      if (end == std::string_view::npos) {
        if (quoted) fail("a name's closing quotation mark is missing");
        end = line.size();
      }
      result.words.emplace_back(line.substr(begin, end - begin));
      result.quoted.push_back(quoted);
      at = quoted ? end + 1 : end;
    }
    return result;
  }

  void read_merge(const Words& words) {
    const std::string kept = slug(words.words[1]);
    const std::string gone = slug(words.words[2]);
    if (kept == gone) fail("both names are the same");
    for (std::string up = kept; rules_.merge_into.contains(up);) {
      up = rules_.merge_into[up];
      if (up == gone) fail("the merges run in a circle");
    }
    rules_.merge_into[gone] = kept;
  }

  void read_never(const Words& words) {
    const std::string left = slug(words.words[2]);
    const std::string right = slug(words.words[3]);
    rules_.never_merge.insert({left, right});
    rules_.never_merge.insert({right, left});
  }

  void read_retype(const Words& words) {
    if (!matches(words, {"retype", "", "as", words.words.size() > 3 ? words.words[3] : "-",
                         words.words.size() > 4 ? words.words[4] : "-"})) {
      fail("expected: retype \"NAME\" as KIND TYPE");
    }
    const auto kind = kind_from_name(words.words[3]);
    if (!kind || *kind == NodeKind::event || !ontology_.find_type(*kind, words.words[4])) {
      fail("the ontology has no type \"" + words.words[3] + " " + words.words[4] + "\"");
    }
    rules_.retype[slug(words.words[1])] = {*kind, words.words[4]};
  }

  std::string_view source_;
  const Ontology& ontology_;
  CuratorRules& rules_;
  std::size_t number_ = 0;
};

}  // namespace

CuratorRules CuratorRules::parse(std::string_view text, std::string_view source,
                                 const Ontology& ontology) {
  CuratorRules rules;
  RuleReader reader(source, ontology, rules);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    reader.read_line(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return rules;
}

}  // namespace relata::text
