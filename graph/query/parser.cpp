// From the text of a query to its syntax: PEGTL's tree, then our records.

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <tao/pegtl/contrib/parse_tree.hpp>

#include "graph/query/grammar.h"
#include "graph/query/syntax.h"

namespace relata::query {

namespace {

namespace g = grammar;
using Node = tao::pegtl::parse_tree::node;

/// A node with one child gives way to it.
struct Folded : tao::pegtl::parse_tree::apply<Folded> {
  template <class... States>
  static void transform(std::unique_ptr<Node>& node, States&&... /*states*/) {
    if (node->children.size() == 1) node = std::move(node->children.front());
  }
};

template <class Rule>
using Selector = tao::pegtl::parse_tree::selector<
    Rule,
    tao::pegtl::parse_tree::store_content::on<
        g::bare_name, g::quoted_text, g::single_quoted, g::double_quoted, g::real_digits,
        g::integer_digits, g::true_word, g::false_word, g::null_word, g::list, g::count_rows,
        g::call, g::distinct_word, g::pattern_test, g::variable, g::property, g::index,
        g::label_test, g::label_group, g::minus_sign, g::times_sign, g::plus_sign, g::compare_sign,
        g::compare_tail, g::starts_tail, g::ends_tail, g::contains_tail, g::in_tail, g::null_tail,
        g::not_word, g::pattern_name, g::property_pair, g::node, g::edge, g::left_end, g::right_end,
        g::hops, g::dots, g::least_number, g::most_number, g::types, g::path_name, g::path_pattern,
        g::where_clause, g::match_clause, g::alias, g::return_item, g::everything, g::return_body,
        g::sort_item, g::descending, g::order_clause, g::skip_clause, g::limit_clause>,
    Folded::on<g::postfix, g::unary, g::product, g::sum, g::comparison, g::negation, g::conjunction,
               g::exclusion, g::disjunction>>;

constexpr std::size_t longest = std::size_t{64} << 10U;
constexpr std::size_t deepest = 64;

/// Refuses what is too long or nests too deep for a parser that calls itself.
void check_size(std::string_view query) {
  if (query.size() > longest) {
    throw QueryError(longest, "expected a query of at most 64 KiB, found a longer one");
  }
  std::size_t depth = 0;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const char c = query[i];
    if (c == '\'' || c == '"' || c == '`') {
      for (++i; i < query.size() && query[i] != c; ++i) {
        if (query[i] == '\\' && c != '`') ++i;
      }
    } else if (c == '(' || c == '[' || c == '{') {
      if (++depth > deepest) {
        throw QueryError(i, fmt::format("expected brackets nested at most {} deep", deepest));
      }
    } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
}

class Converter final {
 public:
  explicit Converter(std::string_view query) : query_(query) {}

  Syntax convert(const Node& root) {
    for (const auto& child : root.children) {
      if (child->is_type<g::match_clause>()) {
        syntax_.matches.push_back(match_clause(*child));
      } else if (child->is_type<g::return_body>()) {
        return_body(*child);
      } else if (child->is_type<g::order_clause>()) {
        for (const auto& item : child->children) {
          syntax_.order.push_back(
              {expression(*item->children[0]), item->children.back()->is_type<g::descending>()});
        }
      } else if (child->is_type<g::skip_clause>()) {
        syntax_.skip = count(*child->children[0]);
      } else if (child->is_type<g::limit_clause>()) {
        syntax_.limit = count(*child->children[0]);
      }
    }
    return std::move(syntax_);
  }

 private:
  [[nodiscard]] static std::size_t place(const Node& node) { return node.begin().byte; }

  /// The name that stands in or is `node`.
  [[nodiscard]] static Name name_of(const Node& node) {
    const Node& word = node.children.empty() ? node : *node.children[0];
    return {word.string(), place(word)};
  }

  [[nodiscard]] static std::uint64_t count(const Node& node) {
    const Node& digits = node.children.empty() ? node : *node.children[0];
    std::uint64_t value = 0;
    const std::string_view text = digits.string_view();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
      throw QueryError(place(digits), "the number is too large");
    }
    return value;
  }

  MatchClause match_clause(const Node& node) {
    MatchClause clause;
    for (const auto& child : node.children) {
      if (child->is_type<g::path_pattern>()) {
        clause.patterns.push_back(path(*child));
      } else if (child->is_type<g::where_clause>()) {
        clause.where = expression(*child->children[0]);
      }
    }
    return clause;
  }

  PathPattern path(const Node& node) {
    PathPattern path;
    path.place = place(node);
    for (const auto& child : node.children) {
      if (child->is_type<g::path_name>()) {
        path.variable = name_of(*child).text;
      } else if (child->is_type<g::node>()) {
        path.nodes.push_back(node_pattern(*child));
      } else if (child->is_type<g::edge>()) {
        path.edges.push_back(edge_pattern(*child));
      }
    }
    return path;
  }

  NodePattern node_pattern(const Node& node) {
    NodePattern pattern;
    pattern.place = place(node);
    for (const auto& child : node.children) {
      if (child->is_type<g::pattern_name>()) {
        pattern.variable = name_of(*child).text;
        pattern.place = place(*child);
      } else if (child->is_type<g::label_group>()) {
        pattern.labels.push_back(names(*child));
      } else {
        pattern.properties.push_back(property_test(*child));
      }
    }
    return pattern;
  }

  EdgePattern edge_pattern(const Node& node) {
    EdgePattern pattern;
    pattern.place = place(node);
    bool left = false;
    bool right = false;
    for (const auto& child : node.children) {
      if (child->is_type<g::left_end>()) {
        left = true;
      } else if (child->is_type<g::right_end>()) {
        right = true;
      } else if (child->is_type<g::pattern_name>()) {
        pattern.variable = name_of(*child).text;
        pattern.place = place(*child);
      } else if (child->is_type<g::types>()) {
        pattern.types = names(*child);
      } else if (child->is_type<g::hops>()) {
        hops(*child, pattern);
      } else {
        pattern.properties.push_back(property_test(*child));
      }
    }
    if (left != right) pattern.arrow = right ? Arrow::right : Arrow::left;
    return pattern;
  }

  static void hops(const Node& node, EdgePattern& pattern) {
    pattern.variable_length = true;
    pattern.open = true;
    bool dots = false;
    for (const auto& child : node.children) {
      if (child->is_type<g::least_number>()) {
        pattern.least = count(*child);
      } else if (child->is_type<g::most_number>()) {
        pattern.most = count(*child);
        pattern.open = false;
      } else {
        dots = true;
      }
    }
    if (!dots && !node.children.empty()) {  // *3
      pattern.most = pattern.least;
      pattern.open = false;
    }
    if (!pattern.open && pattern.most < pattern.least) {
      throw QueryError(place(node), "expected a length whose end is not less than its beginning");
    }
  }

  PropertyTest property_test(const Node& node) {
    return {name_of(*node.children[0]), expression(*node.children[1])};
  }

  [[nodiscard]] static std::vector<Name> names(const Node& node) {
    std::vector<Name> all;
    for (const auto& child : node.children) all.push_back(name_of(*child));
    return all;
  }

  void return_body(const Node& node) {
    for (const auto& child : node.children) {
      if (child->is_type<g::distinct_word>()) {
        syntax_.distinct = true;
      } else if (child->is_type<g::everything>()) {
        syntax_.everything = true;
      } else {
        ReturnItem item;
        const Node& written = *child->children[0];
        item.expression = expression(written);
        if (child->children.size() > 1) {
          item.name = name_of(*child->children[1]).text;
        } else {
          const std::size_t begin = item.expression.begin;
          std::string_view text = query_.substr(begin, item.expression.end - begin);
          while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') {
            text.remove_suffix(1);
          }
          item.name = text;
        }
        syntax_.items.push_back(std::move(item));
      }
    }
  }

  Expression expression(const Node& node) {
    Expression made = make(node);
    made.begin = node.begin().byte;
    made.end = node.end().byte;
    // The content of a quoted text ends before its quotes.
    if (node.is_type<g::single_quoted>() || node.is_type<g::double_quoted>()) {
      --made.begin;
      ++made.end;
    }
    return made;
  }

  [[nodiscard]] static Expression plain(Operator op, const Node& node) {
    Expression made;
    made.op = op;
    made.place = place(node);
    return made;
  }
  Expression binary(Operator op, std::size_t where, Expression left, const Node& right) {
    Expression made;
    made.op = op;
    made.place = where;
    made.arguments.push_back(std::move(left));
    made.arguments.push_back(expression(right));
    return made;
  }

  Expression make(const Node& node) {
    if (node.is_type<g::disjunction>()) return chain(node, Operator::disjunction);
    if (node.is_type<g::exclusion>()) return chain(node, Operator::exclusion);
    if (node.is_type<g::conjunction>()) return chain(node, Operator::conjunction);
    if (node.is_type<g::negation>()) return prefixed(node, Operator::negation);
    if (node.is_type<g::unary>()) return prefixed(node, Operator::minus);
    if (node.is_type<g::comparison>()) return comparison(node);
    if (node.is_type<g::sum>() || node.is_type<g::product>()) return arithmetic(node);
    if (node.is_type<g::postfix>()) return postfix(node);
    return atom(node);
  }

  Expression chain(const Node& node, Operator op) {
    Expression made = plain(op, node);
    for (const auto& child : node.children) made.arguments.push_back(expression(*child));
    return made;
  }

  /// Signs before an operand: an even number of them is none.
  Expression prefixed(const Node& node, Operator op) {
    Expression operand = expression(*node.children.back());
    // NOT NOT x is a truth where x is none, so two of them stay.
    const std::size_t signs = node.children.size() - 1;
    const std::size_t kept = signs <= 1 ? signs : signs % 2 == 0 ? 2 : 1;
    for (std::size_t i = 0; i < kept; ++i) {
      Expression made = plain(op, node);
      made.arguments.push_back(std::move(operand));
      operand = std::move(made);
    }
    return operand;
  }

  Expression arithmetic(const Node& node) {
    Expression left = expression(*node.children[0]);
    for (std::size_t i = 1; i + 1 < node.children.size(); i += 2) {
      Operator op = Operator::add;
      switch (node.children[i]->string_view()[0]) {
        case '-':
          op = Operator::subtract;
          break;
        case '*':
          op = Operator::multiply;
          break;
        case '/':
          op = Operator::divide;
          break;
        case '%':
          op = Operator::modulo;
          break;
        default:
          break;
      }
      left = binary(op, place(node), std::move(left), *node.children[i + 1]);
    }
    return left;
  }

  /// `a < b < c` is `a < b AND b < c`.
  Expression comparison(const Node& node) {
    Expression last = expression(*node.children[0]);
    std::vector<Expression> tests;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Node& tail = *node.children[i];
      if (tail.is_type<g::compare_tail>()) {
        const Operator op = compare_operator(tail.children[0]->string_view());
        Expression next = expression(*tail.children[1]);
        tests.push_back(binary(op, place(*tail.children[0]), std::move(last), *tail.children[1]));
        last = std::move(next);
      } else {
        // IN and the like take the comparison before them, or what was compared last.
        if (!tests.empty()) {
          last = std::move(tests.back());
          tests.pop_back();
        }
        tests.push_back(predicate(tail, std::move(last)));
        last = tests.back();
      }
    }
    if (tests.size() == 1) return std::move(tests.front());
    Expression all = plain(Operator::conjunction, node);
    all.arguments = std::move(tests);
    return all;
  }

  [[nodiscard]] static Operator compare_operator(std::string_view sign) {
    if (sign.starts_with("=~")) return Operator::matches;
    if (sign.starts_with("<=")) return Operator::less_equal;
    if (sign.starts_with(">=")) return Operator::greater_equal;
    if (sign.starts_with("<>") || sign.starts_with("!=")) return Operator::unequal;
    if (sign.starts_with("=")) return Operator::equal;
    return sign.starts_with("<") ? Operator::less : Operator::greater;
  }

  Expression predicate(const Node& tail, Expression left) {
    if (tail.is_type<g::null_tail>()) {
      Expression made =
          plain(tail.children.size() > 1 ? Operator::is_not_null : Operator::is_null, tail);
      made.arguments.push_back(std::move(left));
      return made;
    }
    Operator op = Operator::in;
    if (tail.is_type<g::starts_tail>()) op = Operator::starts_with;
    if (tail.is_type<g::ends_tail>()) op = Operator::ends_with;
    if (tail.is_type<g::contains_tail>()) op = Operator::contains;
    return binary(op, place(tail), std::move(left), *tail.children[0]);
  }

  Expression postfix(const Node& node) {
    Expression left = expression(*node.children[0]);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Node& part = *node.children[i];
      Expression made = plain(Operator::property, node);
      made.arguments.push_back(std::move(left));
      if (part.is_type<g::property>()) {
        const Name name = name_of(part);
        made.text = name.text;
        made.place = name.place;
      } else if (part.is_type<g::index>()) {
        made.op = Operator::index;
        made.arguments.push_back(expression(*part.children[0]));
      } else {
        left = std::move(made.arguments[0]);
        left = label_test(part, left);
        continue;
      }
      left = std::move(made);
    }
    return left;
  }

  Expression label_test(const Node& part, const Expression& subject) {
    Expression all = plain(Operator::conjunction, part);
    for (const auto& group : part.children) {
      Expression made = plain(Operator::has_label, *group);
      made.arguments.push_back(subject);
      made.names = names(*group);
      all.arguments.push_back(std::move(made));
    }
    if (all.arguments.size() == 1) return Expression(all.arguments.front());
    return all;
  }

  Expression atom(const Node& node) {
    if (node.is_type<g::variable>()) {
      Expression made = plain(Operator::variable, node);
      made.text = name_of(node).text;
      return made;
    }
    if (node.is_type<g::list>()) return chain(node, Operator::list);
    if (node.is_type<g::count_rows>()) return plain(Operator::count_rows, node);
    if (node.is_type<g::call>()) return call(node);
    if (node.is_type<g::pattern_test>()) {
      Expression made = plain(Operator::pattern, node);
      made.pattern = syntax_.tests.size();
      syntax_.tests.push_back(path(node));
      return made;
    }
    Expression made = plain(Operator::literal, node);
    if (node.is_type<g::single_quoted>() || node.is_type<g::double_quoted>()) {
      made.value = Value::text(unescape(node));
    } else if (node.is_type<g::real_digits>()) {
      double value = 0;
      const std::string_view text = node.string_view();
      std::from_chars(text.data(), text.data() + text.size(), value);
      made.value = Value::of(value);
    } else if (node.is_type<g::integer_digits>()) {
      const std::uint64_t value = count(node);
      if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        throw QueryError(place(node), "the number is too large");
      }
      made.value = Value::of(static_cast<std::int64_t>(value));
    } else if (!node.is_type<g::null_word>()) {
      made.value = Value::of(node.is_type<g::true_word>());
    }
    return made;
  }

  Expression call(const Node& node) {
    Expression made = plain(Operator::call, node);
    made.text = node.children[0]->string();
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      if (node.children[i]->is_type<g::distinct_word>()) {
        made.distinct = true;
      } else {
        made.arguments.push_back(expression(*node.children[i]));
      }
    }
    return made;
  }

  [[nodiscard]] static std::string unescape(const Node& node) {
    std::string text;
    const std::string_view written = node.string_view();
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (written[i] != '\\') {
        text += written[i];
        continue;
      }
      const char c = written[++i];
      switch (c) {
        case 'n':
          text += '\n';
          break;
        case 't':
          text += '\t';
          break;
        case 'r':
          text += '\r';
          break;
        default:
          if (std::string_view("\\'\"`").find(c) == std::string_view::npos) {
            throw QueryError(place(node) + i - 1,
                             "expected one of \\\\ \\' \\\" \\n \\t \\r in a text");
          }
          text += c;
      }
    }
    return text;
  }

  std::string_view query_;
  Syntax syntax_;
};

bool is_word_byte(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The word or sign at `place`.
std::string_view found_at(std::string_view query, std::size_t place) {
  std::size_t end = place;
  while (end < query.size() && is_word_byte(query[end])) ++end;
  return query.substr(place, std::max<std::size_t>(end - place, place < query.size() ? 1 : 0));
}

/// The error of a text that does not fit the grammar, with what may have been meant.
QueryError explain(std::string_view query, std::size_t place, const std::string& expected) {
  // Blanks belong to the rule that ended before them.
  while (place < query.size() && static_cast<unsigned char>(query[place]) <= ' ') ++place;
  const std::string_view found = found_at(query, place);
  if (found.empty()) return {place, expected + ", found the end of the query"};
  static constexpr std::array<std::string_view, 14> absent = {
      "OPTIONAL", "WITH",   "UNWIND", "CREATE", "MERGE", "SET",     "DELETE",
      "REMOVE",   "DETACH", "CALL",   "UNION",  "YIELD", "FOREACH", "LOAD"};
  const std::string word = upper_case(found);
  if (std::find(absent.begin(), absent.end(), word) != absent.end()) {
    return {place, word +
                       " is no part of this language, which has MATCH, WHERE, RETURN, ORDER BY, "
                       "SKIP and LIMIT"};
  }
  if (found.starts_with("\xE2\x80")) {
    return {place, expected + ", found a curled quote or dash; write ' or \" and -"};
  }
  std::string suggestion;
  if (expected.find(word) == std::string::npos) suggestion = nearest_word(found, keywords());
  if (suggestion == word) suggestion.clear();
  return {place, expected + ", found " + std::string(found), suggestion};
}

}  // namespace

Syntax parse(std::string_view query) {
  check_size(query);
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::eager, tao::pegtl::eol::lf> in(
      query.data(), query.data() + query.size(), "query");
  try {
    const auto root =
        tao::pegtl::parse_tree::parse<g::query, Selector, tao::pegtl::nothing, g::control>(in);
    if (!root) throw explain(query, 0, grammar::missing<g::need_match>);
    return Converter(query).convert(*root);
  } catch (const tao::pegtl::parse_error& error) {
    throw explain(query, error.positions().front().byte, std::string(error.message()));
  }
}

}  // namespace relata::query
