#include "importers/text/quantities.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "importers/text/number_words.h"
#include "importers/text/quantity_words.h"
#include "importers/text/time_patterns.h"

namespace relata::text {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <typename... Words>
bool one_of(std::string_view word, Words... words) {
  return ((word == words) || ...);
}

bool is_dash(std::string_view word) {
  return one_of(word, "-", "\u2013", "\u2014");
}

// What "several" and "a few" are taken to mean.
constexpr double several_least = 3;
constexpr double several_most = 9;
constexpr double few_most = 6;

/// Reads the quantities of one sentence.
class Quantities final {
 public:
  explicit Quantities(const Sentence& sentence)
      : sentence_(sentence), words_(folded_forms(sentence)) {}

  std::vector<Quantity> read();

 private:
  /// A number or a vague one, with its currency and scale.
  struct Amount {
    double min = 0;
    double max = 0;
    bool approximate = false;
    bool words_only = false;  ///< no digits
    std::size_t first = 0;    ///< token of the number itself
    std::size_t end = 0;
    std::string unit;
    bool noun = false;  ///< "hundreds", "a dozen of": the counted noun follows "of"
  };

  [[nodiscard]] std::string_view at(std::size_t i) const {
    return i < words_.size() ? std::string_view(words_[i]) : std::string_view();
  }
  [[nodiscard]] const Token& token(std::size_t i) const { return sentence_.tokens[i]; }
  [[nodiscard]] bool is_noun(std::size_t i) const {
    return i < words_.size() && (token(i).upos == Upos::noun || token(i).upos == Upos::propn ||
                                 token(i).upos == Upos::sym);
  }
  [[nodiscard]] bool parsed() const {
    return std::ranges::any_of(sentence_.tokens, [](const Token& t) { return t.head >= 0; });
  }
  [[nodiscard]] std::size_t match_phrase(std::size_t i, std::string_view phrase) const;
  [[nodiscard]] std::optional<Amount> amount_at(std::size_t i) const;
  [[nodiscard]] std::optional<Amount> vague_at(std::size_t i) const;
  [[nodiscard]] std::size_t read_unit(std::size_t i, Amount& amount) const;
  [[nodiscard]] std::optional<Quantity> range_at(std::size_t i) const;
  [[nodiscard]] std::optional<Quantity> zero_at(std::size_t i) const;
  [[nodiscard]] std::optional<Quantity> quantity_at(std::size_t i) const;
  [[nodiscard]] Quantity finish(std::size_t begin, const Amount& amount) const;
  [[nodiscard]] std::int32_t head_of(const Amount& amount) const;
  [[nodiscard]] std::int32_t head_behind(const Amount& amount) const;
  [[nodiscard]] bool is_counted(const Amount& amount, const Quantity& quantity) const;

  const Sentence& sentence_;
  std::vector<std::string> words_;
  bool parsed_ = parsed();
};

// Token behind `phrase` when it stands at `i`, else `i`.
std::size_t Quantities::match_phrase(std::size_t i, std::string_view phrase) const {
  std::size_t k = i;
  while (!phrase.empty()) {
    const std::size_t blank = std::min(phrase.find(' '), phrase.size());
    if (at(k) != phrase.substr(0, blank)) return i;
    ++k;
    phrase.remove_prefix(std::min(blank + 1, phrase.size()));
  }
  return k;
}

// "hundreds", "tens of thousands", "several hundred", "a few dozen", "a couple of", "both".
std::optional<Quantities::Amount> Quantities::vague_at(std::size_t i) const {
  Amount amount;
  amount.first = i;
  amount.approximate = true;
  amount.words_only = true;
  const std::string_view word = at(i);
  if (const auto vague = vague_number(word)) {
    amount.min = vague->min;
    amount.max = vague->max;
    amount.end = i + 1;
    amount.noun = true;
    if (at(i + 1) == "of") {
      const auto scale = vague_number(at(i + 2));
      if (scale && scale->min >= 2e3) {
        // "hundreds of thousands": 200 times 1,000 up.
        const double factor = scale->min / 2;
        amount.min *= factor;
        amount.max = (amount.max + 1) * factor - 1;
        amount.end = i + 3;
        amount.first = i + 2;
      }
    }
    if (one_of(word, "tens", "scores") && amount.end == i + 1 && at(i + 1) != "of") {
      return std::nullopt;
    }
    return amount;
  }
  const bool few = word == "few" || (word == "a" && at(i + 1) == "few");
  if (word == "several" || few) {
    amount.end = word == "a" ? i + 2 : i + 1;
    amount.first = amount.end - 1;
    amount.min = several_least;
    amount.max = few ? few_most : several_most;
    if (word == "few") {
      amount.min = 0;
      if (at(i + 1) == "of" || (i > 0 && one_of(at(i - 1), "the", "these", "those", "last"))) {
        return std::nullopt;
      }
    }
    const std::string_view scale = at(amount.end);
    const double factor = one_of(scale, "hundred")    ? 1e2
                          : one_of(scale, "thousand") ? 1e3
                          : one_of(scale, "million")  ? 1e6
                          : one_of(scale, "billion")  ? 1e9
                          : one_of(scale, "dozen")    ? 12
                                                      : 1;
    if (factor > 1) {
      amount.min *= factor;
      amount.max *= factor;
      amount.first = amount.end;
      ++amount.end;
    } else if (word == "few") {
      return std::nullopt;
    }
    return amount;
  }
  if (word == "a" && one_of(at(i + 1), "couple", "pair", "handful") && at(i + 2) == "of") {
    amount.first = i + 1;
    amount.end = i + 2;
    amount.noun = true;
    amount.min = at(i + 1) == "handful" ? several_least : 2;
    amount.max = at(i + 1) == "handful" ? few_most : 2;
    amount.approximate = at(i + 1) != "pair";
    return amount;
  }
  if (word == "both" && is_noun(i + 1)) {
    amount.min = amount.max = 2;
    amount.approximate = false;
    amount.end = i + 1;
    return amount;
  }
  if (word == "half" && at(i + 1) == "a" && at(i + 2) == "dozen") {
    amount.min = amount.max = 6;
    amount.first = i + 2;
    amount.end = i + 3;
    return amount;
  }
  return std::nullopt;
}

// Reads a unit at `i` into `amount`; the token behind it.
std::size_t Quantities::read_unit(std::size_t i, Amount& amount) const {
  if (at(i) == "per" && at(i + 1) == "cent") {
    amount.unit = "%";
    return i + 2;
  }
  if (at(i) == "percentage" && one_of(at(i + 1), "point", "points")) {
    amount.unit = "%";
    return i + 2;
  }
  std::size_t k = i;
  if (one_of(at(k), "us", "u.s.", "american", "australian", "canadian") &&
      one_of(at(k + 1), "dollar", "dollars")) {
    amount.unit = at(k) == "australian" ? "AUD" : at(k) == "canadian" ? "CAD" : "USD";
    return k + 2;
  }
  if (at(k) == "british" && at(k + 1) == "pounds") {
    amount.unit = "GBP";
    return k + 2;
  }
  if (at(k) == "square" && k + 1 < words_.size()) {
    const std::string_view unit = unit_named(at(k + 1));
    if (one_of(unit, "km", "m", "mi", "ft")) {
      amount.unit = std::string(unit) + "2";
      return k + 2;
    }
  }
  // "15-mile", "155-mm": the hyphen stands between.
  if (at(k) == "-" && !unit_named(at(k + 1)).empty()) ++k;
  std::string_view unit = unit_named(at(k));
  if (unit.empty() && one_of(at(k), "usd", "eur", "gbp", "chf")) unit = currency_of(at(k));
  if (unit.empty() || (at(k) == "won" && token(k).upos == Upos::verb)) return i;
  if (one_of(at(k), "m", "g") && !amount.unit.empty()) return i;
  amount.unit = unit;
  return k + 1;
}

std::optional<Quantities::Amount> Quantities::amount_at(std::size_t i) const {
  Amount amount;
  std::size_t k = i;
  if (const std::string_view sign = currency_of(at(k)); !sign.empty()) {
    amount.unit = sign;
    ++k;
  }
  if (at(k + 1) == "$" && !token(k).space_after &&
      one_of(at(k), "us", "nz", "hk", "au", "a", "ca", "c", "s", "nt")) {
    amount.unit = currency_of(std::string(at(k)) + "$");
    k += 2;
  }
  const auto number = cardinal_at(words_, k);
  if (!number) {
    return amount.unit.empty() ? vague_at(i) : std::nullopt;
  }
  amount.first = k + number->tokens - 1;
  amount.min = amount.max = number->value;
  amount.end = k + number->tokens;
  amount.words_only = !number->digits;
  // Behind a sign of currency one letter is a scale: "$ 170 m", "$ 10 k".
  if (!amount.unit.empty()) {
    const std::string_view scale = at(amount.end);
    const double factor = one_of(scale, "m", "mm") ? 1e6
                          : scale == "k"           ? 1e3
                          : scale == "b"           ? 1e9
                                                   : 1;
    if (factor > 1) {
      amount.min *= factor;
      amount.max *= factor;
      ++amount.end;
    }
  }
  amount.end = read_unit(amount.end, amount);
  // "a dozen" counts like a noun only before "of".
  amount.noun = at(amount.end) == "of" && at(amount.first) == "dozen";
  return amount;
}

// Noun behind the number, when there is no tree: over adjectives to the end of the run of nouns.
std::int32_t Quantities::head_behind(const Amount& amount) const {
  std::size_t i = amount.end;
  if (amount.noun && at(i) == "of") ++i;
  if (one_of(at(i), "the", "these", "those", "its", "their", "his", "her")) ++i;
  while (i < words_.size() && (token(i).upos == Upos::adj || at(i) == "-" ||
                               (token(i).upos == Upos::verb && is_noun(i + 1)))) {
    ++i;
  }
  if (!is_noun(i)) {
    const bool untagged = i < words_.size() && token(i).upos == Upos::x && words_[i][0] >= 'a' &&
                          words_[i][0] <= 'z' &&
                          !one_of(at(i), "of", "and", "or", "in", "on", "to", "for", "at", "were",
                                  "was", "is", "are", "have", "had", "by", "from", "with", "the");
    return untagged ? static_cast<std::int32_t>(i) : -1;
  }
  while (is_noun(i + 1)) ++i;
  return static_cast<std::int32_t>(i);
}

std::int32_t Quantities::head_of(const Amount& amount) const {
  if (!parsed_) return head_behind(amount);
  const auto first = static_cast<std::int32_t>(amount.first);
  const auto end = static_cast<std::int32_t>(amount.end);
  std::int32_t at_token = first;
  // Out of the number's own words and its unit: "US$" heads "20,000", "percent" heads "5".
  for (std::int32_t steps = 0; steps < end; ++steps) {
    const std::int32_t above = token(static_cast<std::size_t>(at_token)).head;
    const bool inside =
        above >= 0 && above < end && above >= first - 3 &&
        (above >= first || !currency_of(at(static_cast<std::size_t>(above))).empty());
    if (!inside) break;
    at_token = above;
  }
  const Token& top = token(static_cast<std::size_t>(at_token));
  const bool attributive = top.deprel == "nummod" || top.deprel == "compound" ||
                           top.deprel == "det" || top.deprel == "amod" ||
                           top.deprel.starts_with("nummod:") || top.deprel == "nmod:unmarked" ||
                           top.deprel == "advmod";
  if (attributive && top.head >= end && top.head < end + 12) return top.head;
  if (attributive && top.head < first - 1) return -1;  // "day five of the talks"
  // "hundreds of people", "80% of voters": the noun behind "of".
  if (at(amount.end) == "of") {
    for (std::size_t i = amount.end + 1; i < words_.size(); ++i) {
      if (token(i).head != at_token || !token(i).deprel.starts_with("nmod")) continue;
      const bool partitive = !amount.noun && amount.unit.empty();
      return partitive ? first : static_cast<std::int32_t>(i);
    }
  }
  if (attributive) return top.head;
  return at_token;
}

Quantity Quantities::finish(std::size_t begin, const Amount& amount) const {
  Quantity quantity;
  quantity.span = {static_cast<std::int32_t>(begin), static_cast<std::int32_t>(amount.end)};
  quantity.min = amount.min;
  quantity.max = amount.max;
  quantity.approximate = amount.approximate;
  quantity.unit = amount.unit;
  quantity.head = head_of(amount);
  return quantity;
}

// Whether a number counts anything: not an age, a score, a label or a number in a name.
bool Quantities::is_counted(const Amount& amount, const Quantity& quantity) const {
  if (!amount.unit.empty() || amount.approximate) return true;
  const std::string_view next = at(amount.end);
  const auto begin = static_cast<std::size_t>(quantity.span.begin);
  const std::string_view previous = begin > 0 ? at(begin - 1) : std::string_view();
  if (one_of(previous, "no.", "#", "article", "section", "resolution", "chapter", "page", "flight",
             "room", "number", "channel", "highway", "route", "group", "magnitude", "aged",
             "age")) {
    return parsed_ && quantity.head >= static_cast<std::int32_t>(amount.end);
  }
  if (previous == "no" && at(amount.first) == "one") return false;
  // "one in three"; "the 18-fold rise", "a two-day strike".
  if (next == "in" && cardinal_at(words_, amount.end + 1)) return false;
  const std::string_view behind_dash = is_dash(next) ? at(amount.end + 1) : next;
  if (one_of(behind_dash, "fold", "times", "time", "star") ||
      (is_dash(next) && one_of(behind_dash, "year", "month", "week", "day", "old"))) {
    return false;
  }
  if (begin == 0 && one_of(next, ".", ")")) return false;
  // "Shahab-3", "G-8", "Group of Eight"
  if (begin > 1 && (is_dash(previous) || (previous == "of" && at(begin - 2) == "group"))) {
    const char initial = token(begin - 2).form[0];
    if (initial >= 'A' && initial <= 'Z') return false;
  }
  const bool follows_name = begin > 0 && token(begin - 1).upos == Upos::propn;
  if (quantity.head < 0) return false;
  if (quantity.head < quantity.span.begin) return false;
  if (follows_name && quantity.head < static_cast<std::int32_t>(amount.end)) return false;
  // ", 45 ," behind a name is an age; a score or a sum has no noun.
  const bool own_head = quantity.head < static_cast<std::int32_t>(amount.end);
  if (!own_head) return true;
  if (at(static_cast<std::size_t>(quantity.head)) == "one") return false;
  const bool age = previous == "," && one_of(next, ",", ".", ")") && begin > 1 &&
                   token(begin - 2).upos == Upos::propn;
  const bool age_told =
      one_of(previous, "at", "aged") || (previous == "of" && begin > 1 && at(begin - 2) == "age");
  if (age_told) return false;
  if (previous == "[" || previous == ":") return false;
  if (age || is_dash(next) || is_dash(previous) || previous == "(" || next == ":" ||
      one_of(next, "+", "/", "=")) {
    return false;
  }
  const Token& top = token(static_cast<std::size_t>(quantity.head));
  const bool argument = top.deprel.starts_with("nsubj") || top.deprel == "obj" ||
                        top.deprel.starts_with("obl") || top.deprel == "conj" ||
                        top.deprel.starts_with("nmod") || top.deprel == "root" ||
                        top.deprel == "xcomp" || top.deprel == "dep";
  return next == "of" || argument;
}

// "between 20 and 30", "from 5 to 10", "20 to 30", "10,000-20,000", "five or six".
std::optional<Quantity> Quantities::range_at(std::size_t i) const {
  std::size_t k = i;
  const bool between = at(i) == "between";
  const bool from = at(i) == "from";
  if (between || from) ++k;
  const auto low = amount_at(k);
  if (!low || low->approximate) return std::nullopt;
  std::size_t joint = low->end;
  const std::string_view word = at(joint);
  const bool joins = between ? word == "and" : (one_of(word, "to", "or") || is_dash(word));
  if (!joins) return std::nullopt;
  ++joint;
  auto high = amount_at(joint);
  if (!high || high->approximate) return std::nullopt;
  // "20 to 30 million", "5 to 10%".
  Amount amount = *high;
  amount.min = low->min;
  if (low->min < high->max && high->max >= 1e3) {
    const std::string_view scale = at(high->first);
    const double factor = scale == "thousand"               ? 1e3
                          : one_of(scale, "million", "mln") ? 1e6
                          : one_of(scale, "billion", "bn")  ? 1e9
                          : one_of(scale, "trillion")       ? 1e12
                                                            : 1;
    if (factor > 1 && low->min < 1000 && high->max >= factor) amount.min = low->min * factor;
  }
  if (amount.unit.empty()) amount.unit = low->unit;
  if (amount.min > amount.max) return std::nullopt;
  Quantity quantity = finish(i, amount);
  if (quantity.head < static_cast<std::int32_t>(amount.end) && amount.unit.empty()) {
    // The tree may hang the noun on the first number: "ten to 32 pages".
    Amount first = *low;
    first.end = amount.end;
    quantity.head = head_of(first);
  }
  quantity.approximate = word == "or";
  // "from 5 to 10" without a noun, "2 - 1": a change, a score.
  if (quantity.unit.empty() && quantity.head < static_cast<std::int32_t>(amount.end) && !between) {
    return std::nullopt;
  }
  return quantity;
}

// "no survivors", "zero" is a number word.
std::optional<Quantity> Quantities::zero_at(std::size_t i) const {
  if (at(i) != "no" || (i > 0 && at(i - 1) == "-")) return std::nullopt;
  if (token(i).upos != Upos::det && token(i).upos != Upos::x) return std::nullopt;
  if (one_of(at(i + 1), "one", "longer", "more", "less", "fewer", "matter", "doubt", "way", "such",
             "body", "other", "sign", "immediate", ",", "")) {
    return std::nullopt;
  }
  Amount amount;
  amount.first = i;
  amount.end = i + 1;
  Quantity quantity = finish(i, amount);
  if (quantity.head <= static_cast<std::int32_t>(i)) return std::nullopt;
  return quantity;
}

std::optional<Quantity> Quantities::quantity_at(std::size_t i) const {
  if (auto range = range_at(i)) return range;
  if (auto zero = zero_at(i)) return zero;
  QuantityBound bound = QuantityBound::none;
  std::size_t number = i;
  bool approximate = false;
  for (int phrases = 0; phrases < 2; ++phrases) {
    if (phrases == 0) number = match_phrase(number, "a total of");
    const std::size_t before = number;
    for (const BoundPhrase& phrase : bound_phrases()) {
      const std::size_t behind = match_phrase(number, phrase.words);
      if (behind == number) continue;
      if (phrase.bound == QuantityBound::about) {
        approximate = true;
      } else {
        bound = phrase.bound;
      }
      number = behind;
      break;
    }
    if (number == before) break;
  }
  if (number > i) {
    // "up to between 5 and 10" is not read; "about 20 to 30 men" is.
    if (auto range = range_at(number)) {
      range->span.begin = static_cast<std::int32_t>(i);
      range->approximate = range->approximate || approximate;
      if (bound == QuantityBound::none) return range;
    }
  }
  auto amount = amount_at(number);
  if (!amount) return std::nullopt;
  // "100 or more", "50 or so".
  const std::string_view tail = at(amount->end) == "or" ? at(amount->end + 1) : std::string_view();
  if (bound == QuantityBound::none && one_of(tail, "more", "fewer", "less", "so")) {
    if (tail == "more") bound = QuantityBound::least;
    if (one_of(tail, "fewer", "less")) bound = QuantityBound::most;
    if (tail == "so") approximate = true;
    amount->end += 2;
  }
  Quantity quantity = finish(i, *amount);
  if (!is_counted(*amount, quantity)) return std::nullopt;
  quantity.approximate = quantity.approximate || approximate;
  switch (bound) {
    case QuantityBound::least:
      quantity.max = infinity;
      break;
    case QuantityBound::above:
      quantity.max = infinity;
      quantity.min_exclusive = true;
      break;
    case QuantityBound::most:
      quantity.min = 0;
      break;
    case QuantityBound::below:
      quantity.min = 0;
      quantity.max_exclusive = true;
      break;
    case QuantityBound::about:
    case QuantityBound::none:
      break;
  }
  return quantity;
}

std::vector<Quantity> Quantities::read() {
  std::vector<Quantity> quantities;
  const std::vector<FoundTime> times = recognise_times(sentence_, words_);
  for (std::size_t i = 0; i < words_.size();) {
    auto quantity = quantity_at(i);
    if (quantity) {
      const bool in_time = std::ranges::any_of(times, [&](const FoundTime& found) {
        return found.span.begin < quantity->span.end && quantity->span.begin < found.span.end;
      });
      const bool counts_time = quantity->head >= quantity->span.end &&
                               unit_of(at(static_cast<std::size_t>(quantity->head)));
      if (in_time || counts_time) quantity.reset();
    }
    if (!quantity) {
      ++i;
      continue;
    }
    i = static_cast<std::size_t>(quantity->span.end);
    quantities.push_back(std::move(*quantity));
  }
  return quantities;
}

}  // namespace

std::vector<Quantity> find_quantities(const Sentence& sentence) {
  return Quantities(sentence).read();
}

}  // namespace relata::text
