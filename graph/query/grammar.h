#pragma once
// The grammar of queries in PEGTL's terms, and what is said when a part of it is missing. Only
// graph/query/parser.cpp includes this: it costs seconds of compile time. Rules that begin with
// `need_` raise the message below when they do not match; all others may be tried.

#include <tao/pegtl.hpp>

namespace relata::query::grammar {

// NOLINTBEGIN(readability-identifier-naming): rules are named as PEGTL names its own

using namespace tao::pegtl;  // NOLINT(google-build-using-namespace): rules read as a grammar

struct line_comment : seq<two<'/'>, until<eolf>> {};
struct block_comment : seq<string<'/', '*'>, until<string<'*', '/'>>> {};
struct ws : star<sor<space, line_comment, block_comment>> {};

// Letters beyond ASCII are letters; the general punctuation (dashes, curled quotes) is not.
struct letter : sor<identifier_first, utf8::range<0xC0, 0x1FFF>, utf8::range<0x2C00, 0xD7FF>,
                    utf8::range<0xF900, 0xFDFF>, utf8::range<0x10000, 0x10FFFF>> {};
struct word_part : sor<letter, digit> {};

template <char... Letters>
struct word : seq<istring<Letters...>, not_at<word_part>, ws> {};
template <char... Signs>
struct sign : seq<string<Signs...>, ws> {};

struct bare_name : seq<letter, star<word_part>> {};
struct quoted_text : plus<not_one<'`'>> {};
struct need_backtick : one<'`'> {};
struct need_quoted_text : seq<quoted_text> {};
struct quoted_name : seq<one<'`'>, must<need_quoted_text>, must<need_backtick>> {};
struct name : sor<bare_name, quoted_name> {};
struct named : seq<name, ws> {};

struct distinct_word : word<'d', 'i', 's', 't', 'i', 'n', 'c', 't'> {};
struct match_word : word<'m', 'a', 't', 'c', 'h'> {};
struct return_word : word<'r', 'e', 't', 'u', 'r', 'n'> {};
struct where_word : word<'w', 'h', 'e', 'r', 'e'> {};
struct order_word : word<'o', 'r', 'd', 'e', 'r'> {};
struct skip_word : word<'s', 'k', 'i', 'p'> {};
struct limit_word : word<'l', 'i', 'm', 'i', 't'> {};
struct by_word : word<'b', 'y'> {};
struct as_word : word<'a', 's'> {};
struct and_word : word<'a', 'n', 'd'> {};
struct or_word : word<'o', 'r'> {};
struct xor_word : word<'x', 'o', 'r'> {};
struct not_word : word<'n', 'o', 't'> {};
struct in_word : word<'i', 'n'> {};
struct is_word : word<'i', 's'> {};
struct null_word : word<'n', 'u', 'l', 'l'> {};
struct with_word : word<'w', 'i', 't', 'h'> {};
struct starts_word : word<'s', 't', 'a', 'r', 't', 's'> {};
struct ends_word : word<'e', 'n', 'd', 's'> {};
struct contains_word : word<'c', 'o', 'n', 't', 'a', 'i', 'n', 's'> {};
struct true_word : word<'t', 'r', 'u', 'e'> {};
struct false_word : word<'f', 'a', 'l', 's', 'e'> {};
struct ascending : sor<word<'a', 's', 'c', 'e', 'n', 'd', 'i', 'n', 'g'>, word<'a', 's', 'c'>> {};
struct descending
    : sor<word<'d', 'e', 's', 'c', 'e', 'n', 'd', 'i', 'n', 'g'>, word<'d', 'e', 's', 'c'>> {};

struct need_by : seq<by_word> {};
struct need_null : seq<null_word> {};
struct need_with : seq<with_word> {};
struct need_name : seq<named> {};
struct need_close : sign<')'> {};
struct need_close_list : sign<']'> {};
struct need_close_map : sign<'}'> {};
struct need_close_edge : sign<']'> {};
struct need_colon : sign<':'> {};

// Expressions.
struct expression;
struct need_expression;

struct escape : seq<one<'\\'>, any> {};
struct single_quoted : star<sor<escape, not_one<'\'', '\\'>>> {};
struct double_quoted : star<sor<escape, not_one<'"', '\\'>>> {};
struct need_single_quote : one<'\''> {};
struct need_double_quote : one<'"'> {};
struct text : sor<seq<one<'\''>, single_quoted, must<need_single_quote>, ws>,
                  seq<one<'"'>, double_quoted, must<need_double_quote>, ws>> {};

struct exponent : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>> {};
struct real_digits
    : sor<seq<star<digit>, one<'.'>, plus<digit>, opt<exponent>>, seq<plus<digit>, exponent>> {};
struct real : seq<real_digits, not_at<word_part>, ws> {};
struct integer_digits : plus<digit> {};
struct integer : seq<integer_digits, not_at<word_part>, ws> {};

struct list : seq<sign<'['>, opt<expression, star<sign<','>, must<need_expression>>>,
                  must<need_close_list>> {};

struct count_rows
    : seq<istring<'c', 'o', 'u', 'n', 't'>, ws, sign<'('>, sign<'*'>, must<need_close>> {};
struct call : seq<bare_name, ws, sign<'('>, opt<distinct_word>,
                  opt<expression, star<sign<','>, must<need_expression>>>, must<need_close>> {};

// A bracketed node with an arrow behind it is a pattern, and nothing else begins so.
struct arrow_ahead : sor<seq<one<'-'>, one<'-', '['>>, seq<string<'<', '-'>, one<'-', '['>>> {};
struct pattern_ahead : seq<one<'('>, star<not_one<'(', ')'>>, one<')'>, ws, arrow_ahead> {};
struct path;
struct pattern_test : seq<at<pattern_ahead>, path> {};

// Words that open a clause or join conditions are no variables: a slip is told where it stands.
struct reserved
    : sor<match_word, return_word, where_word, order_word, skip_word, limit_word, and_word, or_word,
          xor_word, not_word, in_word, is_word, with_word, starts_word, ends_word, contains_word> {
};
struct variable : seq<not_at<reserved>, named> {};
struct grouped : seq<sign<'('>, must<need_expression>, must<need_close>> {};
struct atom : sor<text, real, integer, true_word, false_word, null_word, list, count_rows,
                  pattern_test, grouped, call, variable> {};

struct property : seq<not_at<two<'.'>>, sign<'.'>, must<need_name>> {};
struct index : seq<sign<'['>, must<need_expression>, must<need_close_list>> {};
struct label_name : named {};
struct need_label : seq<label_name> {};
struct label_group
    : seq<sign<':'>, must<need_label>, star<sign<'|'>, opt<sign<':'>>, must<need_label>>> {};
struct label_test : plus<label_group> {};
struct postfix : seq<atom, star<sor<property, index>>, opt<label_test>> {};

struct minus_sign : sign<'-'> {};
struct unary : seq<star<sor<minus_sign, sign<'+'>>>, postfix> {};
struct need_unary : seq<unary> {};
struct times_sign : sor<sign<'*'>, sign<'/'>, sign<'%'>> {};
struct product : seq<unary, star<times_sign, must<need_unary>>> {};
struct need_product : seq<product> {};
struct plus_sign : sor<sign<'+'>, sign<'-'>> {};
struct sum : seq<product, star<plus_sign, must<need_product>>> {};
struct need_sum : seq<sum> {};

struct compare_sign : sor<sign<'=', '~'>, sign<'<', '='>, sign<'>', '='>, sign<'<', '>'>,
                          sign<'!', '='>, sign<'='>, sign<'<'>, sign<'>'>> {};
struct compare_tail : seq<compare_sign, must<need_sum>> {};
struct starts_tail : seq<starts_word, must<need_with>, must<need_sum>> {};
struct ends_tail : seq<ends_word, must<need_with>, must<need_sum>> {};
struct contains_tail : seq<contains_word, must<need_sum>> {};
struct in_tail : seq<in_word, must<need_sum>> {};
struct null_tail : seq<is_word, opt<not_word>, must<need_null>> {};
struct comparison
    : seq<sum, star<sor<compare_tail, starts_tail, ends_tail, contains_tail, in_tail, null_tail>>> {
};
struct need_comparison : seq<comparison> {};
struct negation : sor<seq<plus<not_word>, must<need_comparison>>, comparison> {};
struct need_negation : seq<negation> {};
struct conjunction : seq<negation, star<and_word, must<need_negation>>> {};
struct need_conjunction : seq<conjunction> {};
struct exclusion : seq<conjunction, star<xor_word, must<need_conjunction>>> {};
struct need_exclusion : seq<exclusion> {};
struct disjunction : seq<exclusion, star<or_word, must<need_exclusion>>> {};
struct expression : seq<disjunction> {};
struct need_expression : seq<expression> {};

// Patterns.
struct property_key : named {};
struct need_property_key : seq<property_key> {};
struct property_pair : seq<must<need_property_key>, must<need_colon>, must<need_expression>> {};
struct property_map
    : seq<sign<'{'>, opt<not_at<one<'}'>>, property_pair, star<sign<','>, property_pair>>,
          must<need_close_map>> {};
struct pattern_name : seq<not_at<reserved>, named> {};
struct node
    : seq<sign<'('>, opt<pattern_name>, star<label_group>, opt<property_map>, must<need_close>> {};
struct need_node : seq<node> {};

struct bound_number : seq<integer_digits, ws> {};
struct dots : sign<'.', '.'> {};
struct most_number : seq<bound_number> {};
struct least_number : seq<bound_number> {};
struct hops : seq<sign<'*'>, opt<least_number>, opt<dots, opt<most_number>>> {};
struct type_name : named {};
struct need_type : seq<type_name> {};
struct types : seq<sign<':'>, must<need_type>, star<sign<'|'>, opt<sign<':'>>, must<need_type>>> {};
struct edge_body : seq<sign<'['>, opt<pattern_name>, opt<types>, opt<hops>, opt<property_map>,
                       must<need_close_edge>> {};
struct left_end : sign<'<', '-'> {};
struct plain_end : sign<'-'> {};
struct right_end : seq<one<'-'>, ws, sign<'>'>> {};
struct need_edge_end : sor<right_end, plain_end> {};
struct edge : sor<seq<left_end, opt<edge_body>, must<need_edge_end>>,
                  seq<plain_end, opt<edge_body>, must<need_edge_end>>> {};
struct path : seq<node, star<edge, must<need_node>>> {};
struct path_name : seq<name, ws, sign<'='>> {};
struct path_pattern : seq<opt<path_name>, must<need_node>, star<edge, must<need_node>>> {};

// Clauses.
struct where_clause : seq<where_word, must<need_expression>> {};
struct match_clause
    : seq<match_word, path_pattern, star<sign<','>, path_pattern>, opt<where_clause>> {};
struct alias : seq<as_word, must<need_name>> {};
struct return_item : seq<expression, opt<alias>> {};
struct need_return_item : seq<return_item> {};
struct everything : sign<'*'> {};
struct return_body
    : seq<opt<distinct_word>,
          sor<everything, seq<must<need_return_item>, star<sign<','>, must<need_return_item>>>>> {};
struct sort_item : seq<must<need_expression>, opt<sor<ascending, descending>>> {};
struct order_clause : seq<order_word, must<need_by>, sort_item, star<sign<','>, sort_item>> {};
struct skip_number : seq<bound_number> {};
struct limit_number : seq<bound_number> {};
struct need_skip_number : seq<skip_number> {};
struct need_limit_number : seq<limit_number> {};
struct skip_clause : seq<skip_word, must<need_skip_number>> {};
struct limit_clause : seq<limit_word, must<need_limit_number>> {};
struct need_match : seq<match_clause> {};
struct need_return : seq<return_word> {};
struct need_end : seq<opt<sign<';'>>, eof> {};
struct query : seq<ws, must<need_match>, star<match_clause>, must<need_return>, return_body,
                   opt<order_clause>, opt<skip_clause>, opt<limit_clause>, must<need_end>> {};

/// What is said where a rule is missing; null for rules that may be missing.
template <class Rule>
inline constexpr const char* missing = nullptr;
template <>
inline constexpr const char* missing<need_backtick> = "expected the closing ` of a name";
template <>
inline constexpr const char* missing<need_quoted_text> = "expected a name between ` and `";
template <>
inline constexpr const char* missing<need_by> = "expected BY after ORDER";
template <>
inline constexpr const char* missing<need_null> = "expected NULL or NOT NULL after IS";
template <>
inline constexpr const char* missing<need_with> = "expected WITH after STARTS or ENDS";
template <>
inline constexpr const char* missing<need_name> = "expected a name";
template <>
inline constexpr const char* missing<need_close> = "expected )";
template <>
inline constexpr const char* missing<need_close_list> = "expected ] or a comma";
template <>
inline constexpr const char* missing<need_close_map> = "expected } or a comma";
template <>
inline constexpr const char* missing<need_close_edge> = "expected ] at the end of a relation";
template <>
inline constexpr const char* missing<need_colon> = "expected : and a value";
template <>
inline constexpr const char* missing<need_single_quote> = "expected the closing ' of a text";
template <>
inline constexpr const char* missing<need_double_quote> = "expected the closing \" of a text";
template <>
inline constexpr const char* missing<need_label> = "expected a kind or a type, such as actor";
template <>
inline constexpr const char* missing<need_type> = "expected a relation, such as captured_by";
template <>
inline constexpr const char* missing<need_property_key> = "expected the name of a property";
template <>
inline constexpr const char* missing<need_unary> = "expected a value";
template <>
inline constexpr const char* missing<need_product> = "expected a value";
template <>
inline constexpr const char* missing<need_sum> = "expected a value";
template <>
inline constexpr const char* missing<need_comparison> = "expected a condition";
template <>
inline constexpr const char* missing<need_negation> = "expected a condition";
template <>
inline constexpr const char* missing<need_conjunction> = "expected a condition";
template <>
inline constexpr const char* missing<need_exclusion> = "expected a condition";
template <>
inline constexpr const char* missing<need_expression> = "expected a value or a condition";
template <>
inline constexpr const char* missing<need_node> = "expected a node, such as (a:actor)";
template <>
inline constexpr const char* missing<need_edge_end> = "expected - or -> at the end of a relation";
template <>
inline constexpr const char* missing<need_return_item> = "expected what to return";
template <>
inline constexpr const char* missing<need_skip_number> = "expected a number after SKIP";
template <>
inline constexpr const char* missing<need_limit_number> = "expected a number after LIMIT";
template <>
inline constexpr const char* missing<need_match> = "expected MATCH at the beginning";
template <>
inline constexpr const char* missing<need_return> =
    "expected WHERE, RETURN, another MATCH or more of the pattern";
template <>
inline constexpr const char* missing<need_end> =
    "expected a comma, ORDER BY, SKIP, LIMIT or the end";

struct errors {
  template <class Rule>
  static constexpr const char* message = missing<Rule>;
  template <class Rule>
  static constexpr bool raise_on_failure = false;
};
template <class Rule>
using control = must_if<errors, normal, false>::control<Rule>;

// NOLINTEND(readability-identifier-naming)

}  // namespace relata::query::grammar
