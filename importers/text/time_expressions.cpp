#include "importers/text/time_expressions.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "importers/text/number_words.h"
#include "importers/text/time_patterns.h"
#include "importers/text/time_resolver.h"

namespace relata::text {

namespace {

template <typename... Words>
bool one_of(std::string_view word, Words... words) {
  return ((word == words) || ...);
}

bool is_dash(std::string_view word) {
  return one_of(word, "-", "\u2013", "\u2014", "--");
}

constexpr std::size_t clause_words = 12;  // how far a verb is looked for without a tree

/// Reads the expressions of one sentence.
class SentenceTimes final {
 public:
  SentenceTimes(const Sentence& sentence, TimeContext& context)
      : sentence_(sentence), context_(context), words_(folded_forms(sentence)) {}

  std::vector<TimeExpression> read();

 private:
  [[nodiscard]] std::string_view at(std::size_t i) const {
    return i < words_.size() ? std::string_view(words_[i]) : std::string_view();
  }
  [[nodiscard]] std::string_view before(std::int32_t i, std::int32_t back = 1) const {
    return i >= back ? std::string_view(words_[static_cast<std::size_t>(i - back)])
                     : std::string_view();
  }
  [[nodiscard]] bool is_future_mark(std::size_t i) const;
  [[nodiscard]] std::int32_t clause_of(const TokenSpan& span) const;
  [[nodiscard]] bool is_present_perfect(const TokenSpan& span) const;
  void begin_lasting(const FoundTime& found, TimeExpression& time) const;
  [[nodiscard]] ClauseTense tense_by_tree(const TokenSpan& span) const;
  [[nodiscard]] ClauseTense tense_at(const TokenSpan& span) const;
  [[nodiscard]] TimeBound bound_before(const TokenSpan& span) const;
  [[nodiscard]] bool are_joined(const FoundTime& left, const FoundTime& right) const;
  void end_ahead(FoundTime& left, const FoundTime& right) const;
  static void share_year(FoundTime& left, const FoundTime& right);
  void date_clocks(std::vector<TimeExpression>& times) const;
  [[nodiscard]] bool fits_the_story(FoundTime& found) const;
  void say_what_day_it_is(const FoundTime& found, TimeExpression& time);
  void remember(const TimeExpression& time);
  static TimeExpression range_of(const TimeExpression& left, const TimeExpression& right);

  const Sentence& sentence_;
  TimeContext& context_;
  std::vector<std::string> words_;
};

bool SentenceTimes::is_future_mark(std::size_t i) const {
  const std::string_view word = at(i);
  return one_of(word, "will", "'ll", "shall", "upcoming", "wo") ||
         (word == "to" &&
          one_of(at(i - 1), "going", "due", "set", "scheduled", "expected", "plans", "planned",
                 "planning", "likely", "about", "hopes", "intends", "vowed", "agreed", "promised"));
}

// Verbs whose infinitive tells what did happen: "managed to flee on Friday".
bool is_implicative(std::string_view lemma) {
  return one_of(lemma, "manage", "fail", "begin", "start", "continue", "try", "attempt", "refuse",
                "force", "appear", "seem", "help", "come", "go", "use", "decline", "rush", "travel",
                "return", "gather", "meet");
}

// The verb, or the noun or adjective with a copula, that the expression hangs on; -1 without one.
std::int32_t SentenceTimes::clause_of(const TokenSpan& span) const {
  const auto size = static_cast<std::int32_t>(sentence_.tokens.size());
  const auto has_copula = [&](std::int32_t head) {
    return std::ranges::any_of(sentence_.tokens, [&](const Token& word) {
      return word.head == head && word.deprel == "cop";
    });
  };
  std::int32_t head = span.end - 1;
  for (std::int32_t steps = 0; steps < size && head >= 0; ++steps) {
    const Token& word = sentence_.tokens[static_cast<std::size_t>(head)];
    if (word.upos == Upos::verb || word.upos == Upos::aux || has_copula(head)) return head;
    head = word.head;
  }
  return -1;
}

// "has been fought over for 100 years": the state still holds.
bool SentenceTimes::is_present_perfect(const TokenSpan& span) const {
  const std::int32_t clause = clause_of(span);
  return clause >= 0 && std::ranges::any_of(sentence_.tokens, [&](const Token& word) {
           return word.head == clause && word.upos == Upos::aux && word.lemma == "have" &&
                  has_feature(word, "Tense=Pres");
         });
}

// The clause's auxiliaries and, for an infinitive, the verb above it.
ClauseTense SentenceTimes::tense_by_tree(const TokenSpan& span) const {
  const auto size = static_cast<std::int32_t>(sentence_.tokens.size());
  const auto token_at = [&](std::int32_t i) -> const Token& {
    return sentence_.tokens[static_cast<std::size_t>(i)];
  };
  const std::int32_t verb = clause_of(span);
  if (verb < 0) return ClauseTense::past;
  bool infinitive = has_feature(token_at(verb), "VerbForm=Inf");
  bool modal = false;
  bool perfect = false;
  bool present =
      has_feature(token_at(verb), "Tense=Pres") && has_feature(token_at(verb), "VerbForm=Fin");
  for (std::int32_t child = 0; child < size; ++child) {
    if (token_at(child).head != verb) continue;
    if (is_future_mark(static_cast<std::size_t>(child))) return ClauseTense::future;
    const Token& word = token_at(child);
    if (word.upos != Upos::aux) continue;
    if (word.xpos == "MD") modal = true;
    if (word.lemma == "have") perfect = true;
    if (has_feature(word, "VerbForm=Inf")) infinitive = true;
    if (has_feature(word, "Tense=Pres")) present = true;
  }
  if (perfect || modal) return ClauseTense::past;
  if (infinitive) {
    const bool to = std::ranges::any_of(sentence_.tokens, [&](const Token& word) {
      return word.head == verb && word.form == "to";
    });
    const std::int32_t above = token_at(verb).head;
    const bool happened = above >= 0 && is_implicative(token_at(above).lemma);
    return to && !happened ? ClauseTense::future : ClauseTense::past;
  }
  return present ? ClauseTense::present : ClauseTense::past;
}

// By the tree where there is one, by the words around the expression otherwise.
ClauseTense SentenceTimes::tense_at(const TokenSpan& span) const {
  const bool parsed =
      std::ranges::any_of(sentence_.tokens, [](const Token& token) { return token.head >= 0; });
  if (parsed) return tense_by_tree(span);
  const auto begin = static_cast<std::size_t>(span.begin);
  const std::size_t first = begin > clause_words ? begin - clause_words : 0;
  for (std::size_t i = begin; i > first; --i) {
    if (is_future_mark(i - 1)) return ClauseTense::future;
    if (one_of(at(i - 1), "said", "told", "says", "reported")) return ClauseTense::past;
    if (one_of(at(i - 1), ";", "was", "were", "had")) break;
  }
  const std::size_t last =
      std::min(words_.size(), static_cast<std::size_t>(span.end) + clause_words);
  for (auto i = static_cast<std::size_t>(span.end); i < last; ++i) {
    if (is_future_mark(i)) return ClauseTense::future;
    if (one_of(at(i), ";", ",", "and", "but", "that", "says", "said", "told", "was", "were",
               "had") &&
        i > 0 && !(at(i) == "," && begin == 0) && !(at(i) == "," && begin == 1)) {
      break;
    }
  }
  return ClauseTense::past;
}

TimeBound SentenceTimes::bound_before(const TokenSpan& span) const {
  std::int32_t i = span.begin;
  if (before(i) == "the") --i;
  while (i > 0 &&
         one_of(before(i), "about", "around", "at", "least", "nearly", "late", "early", "mid")) {
    --i;
  }
  const std::string_view word = before(i);
  if (word == "since" || (word == "from" && one_of(at(static_cast<std::size_t>(span.end)), "on",
                                                   "onward", "onwards"))) {
    return TimeBound::since;
  }
  if (one_of(word, "until", "till", "by", "til")) {
    // "killed by 1999 bombs" has been refused as a year; "by" before a time is its limit.
    return TimeBound::until;
  }
  if (word == "before" || (word == "to" && before(i, 2) == "prior")) return TimeBound::before;
  if (word == "after") return TimeBound::after;
  if (word == "-" && before(i, 2) == "post") return TimeBound::after;
  if (word == "-" && before(i, 2) == "pre") return TimeBound::before;
  return TimeBound::during;
}

bool SentenceTimes::are_joined(const FoundTime& left, const FoundTime& right) const {
  const auto end = static_cast<std::size_t>(left.span.end);
  auto begin = static_cast<std::size_t>(right.span.begin);
  while (begin > end + 1 && one_of(at(begin - 1), "the", "about", "around")) --begin;
  if (begin != end + 1) return false;
  const std::string_view word = at(end);
  const auto dated = [](const FoundTime& time) {
    return time.kind == TimeKind::calendar || time.kind == TimeKind::decade ||
           time.kind == TimeKind::century || time.kind == TimeKind::clock ||
           (time.kind == TimeKind::shift && !time.strict) ||
           (time.kind == TimeKind::vague && time.value == "PRESENT_REF");
  };
  if (!dated(left) || !dated(right)) return false;
  std::int32_t start = left.span.begin;
  if (before(start) == "the") --start;
  const std::string_view opener = before(start);
  if (word == "and") return opener == "between";
  if (word == "to") {
    return opener == "from" || left.kind == right.kind;
  }
  return one_of(word, "through", "until", "till") || is_dash(word);
}

// "March to August 2011", "between May and June in 1981": the second year is the first one's too.
void SentenceTimes::share_year(FoundTime& left, const FoundTime& right) {
  if (right.bc && left.year && !left.bc && left.kind == right.kind) left.bc = true;
  if (left.kind != TimeKind::calendar || right.kind != TimeKind::calendar) return;
  if (left.year || !right.year) return;
  if (left.month == 0 && left.season < 0) return;
  left.year = right.year;
  left.bc = right.bc;
  const bool earlier_year = left.month > 0 && right.month > 0 && left.month > right.month;
  if (earlier_year) left.year = *left.year - 1;
}

// "is to run from 23 January through 9 March", told on 28 January: what lies ahead is the end.
void SentenceTimes::end_ahead(FoundTime& left, const FoundTime& right) const {
  const auto without_year = [](const FoundTime& time) {
    return time.kind == TimeKind::calendar && time.month > 0 && !time.year && !time.year_shift;
  };
  if (!without_year(left) || !without_year(right) || !context_.publication) return;
  if (tense_at(left.span) != ClauseTense::future) return;
  const TimeExpression end = resolve_time(right, ClauseTense::future, context_);
  if (!end.to) return;
  const bool turns = right.month < left.month ||
                     (right.month == left.month && right.day > 0 && right.day < left.day);
  left.year = end.to->year - (turns ? 1 : 0);
}

TimeExpression SentenceTimes::range_of(const TimeExpression& left, const TimeExpression& right) {
  TimeExpression range = left;
  range.span.end = right.span.end;
  range.to = right.to;
  range.value = left.value + "/" + right.value;
  range.precision = std::max(left.precision, right.precision);
  range.bound = TimeBound::during;
  if (range.from && range.to && *range.to < *range.from) range.to.reset();
  if (right.value == "PRESENT_REF") range.to.reset();
  return range;
}

// A clock time beside a day belongs to that day: "at 6 pm on Friday", "Friday, 18:30".
void SentenceTimes::date_clocks(std::vector<TimeExpression>& times) const {
  const auto near = [&](const TimeExpression& left, const TimeExpression& right) {
    for (std::int32_t i = left.span.end; i < right.span.begin; ++i) {
      if (!one_of(at(static_cast<std::size_t>(i)), "on", "at", ",", "of", "around", "about", "from",
                  "(", "the", "local", "time", "by")) {
        return false;
      }
    }
    return right.span.begin - left.span.end <= 3;
  };
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i].type != TimeType::time || times[i].value.empty() || times[i].value[0] != 'T') {
      continue;
    }
    const TimeExpression* day = nullptr;
    const auto is_day = [](const TimeExpression& time) {
      return time.precision == TimePrecision::day && time.from && time.from == time.to;
    };
    if (i + 1 < times.size() && is_day(times[i + 1]) && near(times[i], times[i + 1])) {
      day = &times[i + 1];
    } else if (i > 0 && is_day(times[i - 1]) && near(times[i - 1], times[i])) {
      day = &times[i - 1];
    }
    if (day == nullptr) continue;
    times[i].value.insert(0, day->value);
    times[i].from = day->from;
    times[i].to = day->to;
  }
}

void SentenceTimes::remember(const TimeExpression& time) {
  if (time.from && time.to && time.type == TimeType::date) {
    context_.told_from = time.from;
    context_.told_to = time.to;
    context_.told_age = 0;
  }
  if (!time.from || !time.to || time.precision > TimePrecision::year) return;
  if (time.type != TimeType::date && time.type != TimeType::time) return;
  context_.mentioned_from = time.from;
  context_.mentioned_to = time.to;
  context_.mentioned_age = 0;
}

// "has been settled for close to 100 years": from the year 100 years ago on.
void SentenceTimes::begin_lasting(const FoundTime& found, TimeExpression& time) const {
  if (found.kind != TimeKind::duration || found.count <= 0 || found.unit < TimeUnit::day) return;
  std::int32_t i = found.span.begin;
  while (one_of(before(i), "about", "around", "nearly", "almost", "roughly", "approximately",
                "some", "over", "than", "more", "less", "to", "close", "at", "least", "well", "the",
                "up", "just")) {
    --i;
  }
  if (before(i) != "for" || !context_.publication || !is_present_perfect(found.span)) return;
  FoundTime start = found;
  start.kind = TimeKind::offset;
  start.direction = -1;
  start.anchor = TimeAnchor::publication;
  time.from = resolve_time(start, ClauseTense::past, context_).from;
  if (time.from) time.bound = TimeBound::since;
}

// Three digits are a year, and "this period" a time, only behind what the text has told.
bool SentenceTimes::fits_the_story(FoundTime& found) const {
  constexpr int story_sentences = 8;
  const bool told = context_.told_from && context_.told_to && context_.told_age <= story_sentences;
  if (found.kind == TimeKind::told) return told;
  if (!found.ancient_only) return true;
  constexpr int ancient = 1000;  // the last year of which three digits are usual
  if (!told || context_.told_to->year >= ancient) return false;
  found.bc = context_.told_to->year <= 0;
  return true;
}

// "It is Tuesday", "Today is 7 May": the day on which the text goes on, the nearest one.
void SentenceTimes::say_what_day_it_is(const FoundTime& found, TimeExpression& time) {
  const bool weekday = found.kind == TimeKind::calendar && found.weekday >= 0 && found.day == 0;
  const bool date = found.kind == TimeKind::calendar && found.month > 0 && found.day > 0;
  if (!(weekday || date) || found.strict || !found.day_part.empty() || !context_.publication)
    return;
  const std::int32_t i = found.span.begin;
  const bool said = one_of(before(i), "is", "'s", "\u2019s") && one_of(before(i, 2), "it", "today");
  if (!said || (i > 2 && !one_of(before(i, 3), ",", ".", ";", ":", "and", "so", "but", "\"")))
    return;
  constexpr int week = 7;
  CivilDate day = *context_.publication;
  if (weekday) {
    const int ahead = ((found.weekday - weekday_of(day)) % week + week) % week;
    day = add_days(day, ahead <= week / 2 ? ahead : ahead - week);
  } else if (time.from && !found.year) {
    int least = std::numeric_limits<int>::max();
    for (int year = day.year - 1; year <= day.year + 1; ++year) {
      const CivilDate candidate{year, found.month,
                                std::min(found.day, days_in_month(year, found.month))};
      const int distance = std::abs(day_number(candidate) - day_number(*context_.publication));
      if (distance >= least) continue;
      least = distance;
      day = candidate;
    }
  } else if (time.from) {
    day = *time.from;
  }
  time.from = time.to = day;
  time.value = to_iso(day);
  context_.publication = day;
}

std::vector<TimeExpression> SentenceTimes::read() {
  std::vector<TimeExpression> times;
  std::vector<FoundTime> found = recognise_times(sentence_, words_);
  ++context_.mentioned_age;
  ++context_.told_age;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!fits_the_story(found[i])) continue;
    const bool range =
        i + 1 < found.size() && are_joined(found[i], found[i + 1]) && fits_the_story(found[i + 1]);
    const bool listed = i + 1 < found.size() &&
                        at(static_cast<std::size_t>(found[i].span.end)) == "and" &&
                        found[i + 1].span.begin == found[i].span.end + 1;
    if (range || listed) share_year(found[i], found[i + 1]);
    if (range) end_ahead(found[i], found[i + 1]);
    const TimeBound bound = bound_before(found[i].span);
    ClauseTense tense = tense_at(found[i].span);
    // "adjourned until Thursday": a weekday that is a limit lies ahead.
    const bool weekday = found[i].weekday >= 0 && found[i].day == 0;
    if (bound == TimeBound::until && weekday) tense = ClauseTense::future;
    TimeExpression time = resolve_time(found[i], tense, context_);
    say_what_day_it_is(found[i], time);
    remember(time);
    begin_lasting(found[i], time);
    if (range) {
      // "from 23 January through 9 March": the end follows the start.
      FoundTime& end = found[i + 1];
      const bool open_end = end.kind == TimeKind::calendar && end.month > 0 && !end.year;
      if (open_end && time.from && time.from->year > 0 && !end.year_shift) {
        end.year = time.from->year + (end.month < time.from->month ? 1 : 0);
      }
      const TimeExpression right =
          resolve_time(found[i + 1], tense_at(found[i + 1].span), context_);
      remember(right);
      time = range_of(time, right);
      ++i;
    } else if (time.bound == TimeBound::during) {
      time.bound = bound;
      switch (bound) {
        case TimeBound::since:
          time.to.reset();
          break;
        case TimeBound::until:
          time.from.reset();
          break;
        case TimeBound::before:
          time.to = time.from;
          if (time.to) time.to = add_days(*time.to, -1);
          time.from.reset();
          break;
        case TimeBound::after:
          time.from = time.to;
          if (time.from) time.from = add_days(*time.from, 1);
          time.to.reset();
          break;
        case TimeBound::during:
          break;
      }
    }
    times.push_back(std::move(time));
  }
  date_clocks(times);
  return times;
}

}  // namespace

std::string_view time_type_name(TimeType type) {
  switch (type) {
    case TimeType::date:
      return "DATE";
    case TimeType::time:
      return "TIME";
    case TimeType::duration:
      return "DURATION";
    case TimeType::set:
      return "SET";
  }
  return "DATE";
}

std::string_view time_precision_name(TimePrecision precision) {
  switch (precision) {
    case TimePrecision::time:
      return "time";
    case TimePrecision::day:
      return "day";
    case TimePrecision::week:
      return "week";
    case TimePrecision::month:
      return "month";
    case TimePrecision::season:
      return "season";
    case TimePrecision::quarter:
      return "quarter";
    case TimePrecision::year:
      return "year";
    case TimePrecision::decade:
      return "decade";
    case TimePrecision::century:
      return "century";
    case TimePrecision::era:
      return "era";
  }
  return "day";
}

TimeContext time_context(const Document& document) {
  TimeContext context;
  context.publication = date_from_iso(document.metadata.date);
  return context;
}

std::vector<TimeExpression> find_times(const Sentence& sentence, TimeContext& context) {
  return SentenceTimes(sentence, context).read();
}

}  // namespace relata::text
