#include "importers/text/time_resolver.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "importers/text/time_periods.h"

namespace relata::text {

namespace {

// A mention that many sentences back, far from the publication, still gives the year of a date
// without one: the text tells of the past.
constexpr int narrative_sentences = 6;
constexpr int narrative_days = 400;
constexpr int late_days = 70;  // within which a month or day is that before the publication

/// Resolves one expression.
class Resolver final {
 public:
  Resolver(const FoundTime& found, ClauseTense tense, const TimeContext& context)
      : found_(found), tense_(tense), context_(context) {
    result_.span = found.span;
    result_.modifier = found.modifier;
  }

  TimeExpression resolve();

 private:
  [[nodiscard]] std::optional<CivilDate> anchor() const;
  [[nodiscard]] std::optional<int> narrative_year() const;
  template <typename MakePeriod>
  [[nodiscard]] bool lately(MakePeriod make) const;
  [[nodiscard]] int direction() const {
    if (found_.strict) return found_.direction;
    return tense_ == ClauseTense::past ? -1 : 1;
  }
  template <typename MakePeriod>
  Period of_year(const CivilDate& publication, MakePeriod make) const;
  void set(const Period& period);
  void set_open_value(std::string value, TimePrecision precision);
  void calendar();
  void weekday();
  void shift();
  void window();
  void offset();
  void narrow();
  void add_day_part();

  const FoundTime& found_;
  ClauseTense tense_;
  const TimeContext& context_;
  TimeExpression result_;
};

std::optional<CivilDate> Resolver::anchor() const {
  if (found_.anchor == TimeAnchor::mention && context_.mentioned_from) {
    return found_.direction < 0 || !context_.mentioned_to ? context_.mentioned_from
                                                          : context_.mentioned_to;
  }
  return context_.publication;
}

// Year of the text's story when it lies back from the publication.
std::optional<int> Resolver::narrative_year() const {
  if (!context_.mentioned_from) return std::nullopt;
  if (!context_.publication) return context_.mentioned_from->year;
  const int distance = day_number(*context_.publication) - day_number(*context_.mentioned_from);
  if (std::abs(distance) < narrative_days || context_.mentioned_age > narrative_sentences) {
    return std::nullopt;
  }
  return context_.mentioned_from->year;
}

void Resolver::set(const Period& period) {
  result_.from = period.from;
  result_.to = period.to;
  result_.precision = period.precision;
  result_.value = period.value;
}

void Resolver::set_open_value(std::string value, TimePrecision precision) {
  result_.value = std::move(value);
  result_.precision = precision;
}

// The period that `make(year)` gives nearest to the publication on the side that tense or words
// say.
template <typename MakePeriod>
Period Resolver::of_year(const CivilDate& publication, MakePeriod make) const {
  const int year = publication.year;
  if (found_.strict && found_.direction == 0) return make(year);
  if (direction() < 0) {
    for (int back = 0; back <= 1; ++back) {
      Period period = make(year - back);
      const bool past = found_.strict ? period.to < publication : period.from <= publication;
      if (past) return period;
    }
    return make(year - 2);
  }
  for (int ahead = 0; ahead <= 1; ++ahead) {
    Period period = make(year + ahead);
    const bool coming = found_.strict ? period.from > publication : period.to >= publication;
    if (coming) return period;
  }
  return make(year + 2);
}

void Resolver::weekday() {
  const std::string open = "XXXX-WXX-" + std::to_string(found_.weekday + 1);
  if (!context_.publication) {
    set_open_value(open, TimePrecision::day);
    return;
  }
  const CivilDate& publication = *context_.publication;
  const int gap = ((weekday_of(publication) - found_.weekday) % 7 + 7) % 7;  // days since it was
  if (found_.strict && found_.direction == 0) {
    // "this Friday": the one of this week.
    set(day_period(add_days(publication, found_.weekday - weekday_of(publication))));
  } else if (direction() < 0 || (!found_.strict && tense_ != ClauseTense::future)) {
    set(day_period(add_days(publication, found_.strict && gap == 0 ? -7 : -gap)));
  } else {
    const int ahead = (7 - gap) % 7;
    set(day_period(add_days(publication, found_.strict && ahead == 0 ? 7 : ahead)));
  }
}

// The period lies in the months before the publication: a report means that one, unless the same
// sentence has another year or a month goes on with the sentence before.
template <typename MakePeriod>
bool Resolver::lately(MakePeriod make) const {
  const int near = found_.day > 0 ? 0 : 1;
  if (!context_.publication || context_.mentioned_age <= near) return false;
  const int age =
      day_number(*context_.publication) - day_number(make(context_.publication->year).from);
  return age >= 0 && age <= late_days;
}

void Resolver::calendar() {
  const FoundTime& f = found_;
  std::optional<int> year = f.year;
  if (year && f.bc) year = 1 - *year;
  const bool day_given = f.month > 0 && f.day > 0;
  const auto make = [&](int in_year) {
    if (f.easter) return day_period(add_days(easter_of(in_year), f.day));
    if (f.season >= 0) return season_period(in_year, f.season);
    if (f.quarter > 0) return quarter_period(in_year, f.quarter);
    if (f.half > 0) return half_period(in_year, f.half);
    if (f.month == 0) return year_period(in_year);
    if (f.day == 0) return month_period(in_year, f.month);
    Period period =
        day_period({in_year, f.month, std::min(f.day, days_in_month(in_year, f.month))});
    if (f.last_day > f.day) {
      const Period last =
          day_period({in_year, f.month, std::min(f.last_day, days_in_month(in_year, f.month))});
      period.to = last.to;
      period.value += "/" + last.value;
    }
    return period;
  };
  if (year) {
    set(make(std::clamp(*year, 1 - furthest_year, furthest_year - 1)));
    return;
  }
  if (f.year_shift && context_.publication) {
    set(make(context_.publication->year + *f.year_shift));
    return;
  }
  if (f.weekday >= 0 && !day_given) {
    weekday();
    return;
  }
  std::string open = "XXXX";
  if (f.season >= 0) {
    open += "-" + std::string(season_code(f.season));
  } else if (f.month > 0) {
    open += "-" + padded(f.month, 2) + (f.day > 0 ? "-" + padded(f.day, 2) : "");
  } else if (f.quarter > 0) {
    open += "-Q" + std::to_string(f.quarter);
  } else if (f.half > 0) {
    open += "-H" + std::to_string(f.half);
  }
  const TimePrecision precision = f.season >= 0 ? TimePrecision::season
                                  : f.day > 0   ? TimePrecision::day
                                  : f.month > 0 ? TimePrecision::month
                                                : TimePrecision::quarter;
  // A season without a year, unless "last", "this", ..., is often said of every year; so is a month
  // in the present tense.
  const bool habit = tense_ == ClauseTense::present && f.month > 0 && f.day == 0;
  const bool of_any_year = (f.season >= 0 || habit) && !f.strict;
  if (!f.strict && !of_any_year && tense_ != ClauseTense::future) {
    if (const auto told = narrative_year(); told && !lately(make)) {
      set(make(*told));
      return;
    }
  }
  if (!context_.publication || of_any_year) {
    set_open_value(open, precision);
    return;
  }
  const bool told = f.anchor == TimeAnchor::mention && f.strict && f.direction != 0;
  Period period =
      of_year(told ? anchor().value_or(*context_.publication) : *context_.publication, make);
  if (f.weekday >= 0 && day_given) {
    // "Friday, 3 May": the nearest year in which it was a Friday.
    for (int distance = 0; distance < 8; ++distance) {
      for (const int sign : {-1, 1}) {
        const Period candidate = make(period.from.year + sign * distance);
        if (weekday_of(candidate.from) == f.weekday) {
          set(candidate);
          return;
        }
      }
    }
  }
  set(period);
}

void Resolver::shift() {
  auto from = anchor();
  // "the end of the year" in a story that lies back means that story's year.
  const bool named = !found_.strict && found_.unit >= TimeUnit::month && found_.direction == 0;
  if (named && tense_ == ClauseTense::past && narrative_year()) from = context_.mentioned_from;
  if (!from) {
    set_open_value("XXXX", TimePrecision::day);
    if (found_.unit == TimeUnit::day) result_.value = "XXXX-XX-XX";
    if (found_.unit == TimeUnit::month) result_.value = "XXXX-XX";
    if (found_.unit == TimeUnit::week) result_.value = "XXXX-WXX";
    return;
  }
  Period period = period_around(moved(*from, found_.direction, found_.unit), found_.unit);
  if (found_.unit == TimeUnit::weekend && found_.direction < 0 && found_.strict) {
    // "last weekend" on a Sunday is the week before; on other days the one that is over.
    period = weekend_period(add_days(*from, -7));
  }
  // "this weekend" in the first days of a week, told in the past, is the one just over.
  if (found_.unit == TimeUnit::weekend && found_.direction == 0 && tense_ == ClauseTense::past &&
      weekday_of(*from) <= 2) {
    period = weekend_period(add_days(*from, -7));
  }
  set(period);
  if (found_.earlier && *from > period.from) result_.to = *from;
  if (found_.later && *from < period.to) result_.from = *from;
}

void Resolver::window() {
  result_.type = TimeType::duration;
  result_.value = duration_value(found_.count, found_.unit);
  auto from = anchor();
  // "In the next five years he served": counted from the story's time.
  if (found_.direction > 0 && tense_ == ClauseTense::past && narrative_year()) {
    from = context_.mentioned_to;
  }
  const Period unit = period_around(from.value_or(CivilDate{}), found_.unit);
  result_.precision = unit.precision;
  if (!from) return;
  if (found_.count < 0) {
    (found_.direction < 0 ? result_.to : result_.from) = *from;
    return;
  }
  // Both ends are days of the window: "the past week" on a Friday begins on the Saturday before.
  const CivilDate other =
      add_days(moved(*from, found_.count * found_.direction, found_.unit), -found_.direction);
  result_.from = std::min(*from, other);
  result_.to = std::max(*from, other);
}

void Resolver::offset() {
  const auto from = anchor();
  const double years = found_.unit == TimeUnit::century  ? found_.count * 100
                       : found_.unit == TimeUnit::decade ? found_.count * 10
                                                         : found_.count;
  const bool prehistoric = found_.unit >= TimeUnit::year && years > furthest_year / 2.0;
  if (found_.count < 0 || !from || prehistoric) {
    const bool vague = found_.count < 0 || prehistoric;
    set_open_value(vague ? (found_.direction < 0 ? "PAST_REF" : "FUTURE_REF") : "XXXX",
                   period_around(CivilDate{}, found_.unit).precision);
    const bool told = found_.anchor == TimeAnchor::publication || context_.mentioned_from;
    if (vague && from && told) (found_.direction < 0 ? result_.to : result_.from) = *from;
    return;
  }
  const CivilDate there = moved(*from, found_.count * found_.direction, found_.unit);
  // Centuries and decades are counted from a year, not named.
  const TimeUnit unit = found_.unit >= TimeUnit::decade ? TimeUnit::year : found_.unit;
  set(period_around(there, unit == TimeUnit::weekend ? TimeUnit::week : unit));
  if (found_.unit >= TimeUnit::decade || found_.count != std::floor(found_.count)) {
    result_.modifier = TimeModifier::approximate;
  }
  // A year as the last mention makes "two months later" no more exact than that year.
  if (found_.anchor == TimeAnchor::mention && context_.mentioned_from && context_.mentioned_to &&
      found_.unit < TimeUnit::year) {
    const int known = day_number(*context_.mentioned_to) - day_number(*context_.mentioned_from) + 1;
    const int named = day_number(*result_.to) - day_number(*result_.from) + 1;
    if (known > 27 && named < 27) {
      result_.from = moved(*context_.mentioned_from, found_.count * found_.direction, found_.unit);
      result_.to = moved(*context_.mentioned_to, found_.count * found_.direction, found_.unit);
      result_.modifier = TimeModifier::approximate;
    }
  }
}

// "late March": the second half; "mid-2014": the two middle quarters.
void Resolver::narrow() {
  if (!result_.from || !result_.to || found_.modifier == TimeModifier::none ||
      found_.modifier == TimeModifier::approximate) {
    return;
  }
  // Decades and centuries by years, as one says them; the rest by days.
  const int years = found_.kind == TimeKind::decade    ? 10
                    : found_.kind == TimeKind::century ? 100
                                                       : 0;
  const int outer = years == 100 && !found_.half_modifier ? 25 : years / 2;
  if (years > 0) {
    const int first = result_.from->year;
    if (found_.modifier == TimeModifier::early) result_.to->year = first + outer - 1;
    if (found_.modifier == TimeModifier::late) result_.from->year = first + years - outer;
    if (found_.modifier == TimeModifier::middle) {
      result_.from->year = first + years * 3 / 10;
      result_.to->year = first + years * 6 / 10;
    }
    return;
  }
  const int first = day_number(*result_.from);
  const int last = day_number(*result_.to);
  const int length = last - first + 1;
  if (length < 6) return;
  if (found_.modifier == TimeModifier::early) result_.to = date_from_number(first + length / 2 - 1);
  if (found_.modifier == TimeModifier::late) result_.from = date_from_number(first + length / 2);
  if (found_.modifier == TimeModifier::middle) {
    result_.from = date_from_number(first + length / 4);
    result_.to = date_from_number(last - length / 4);
  }
}

void Resolver::add_day_part() {
  if (found_.day_part.empty()) return;
  result_.type = TimeType::time;
  const bool clock = found_.day_part[0] == 'T';
  if (result_.precision == TimePrecision::day && result_.value.size() >= 8) {
    result_.value += (clock ? "" : "T") + found_.day_part;
  } else if (clock) {
    result_.value = found_.day_part;
  }
  result_.precision = TimePrecision::time;
}

TimeExpression Resolver::resolve() {
  switch (found_.kind) {
    case TimeKind::calendar:
      calendar();
      break;
    case TimeKind::decade:
      set(decade_period(*found_.year));
      break;
    case TimeKind::century:
      set(century_period(*found_.year, found_.bc));
      break;
    case TimeKind::shift:
      shift();
      break;
    case TimeKind::window:
      window();
      break;
    case TimeKind::offset:
      offset();
      break;
    case TimeKind::duration:
      result_.type = TimeType::duration;
      result_.value = duration_value(found_.count, found_.unit);
      result_.precision = period_around(CivilDate{}, found_.unit).precision;
      break;
    case TimeKind::set:
      result_.type = TimeType::set;
      result_.value = found_.value;
      break;
    case TimeKind::clock:
      result_.type = TimeType::time;
      result_.value = found_.day_part;
      result_.precision = TimePrecision::time;
      return result_;
    case TimeKind::vague:
      result_.value = found_.value;
      result_.precision = TimePrecision::era;
      if (context_.publication) {
        if (found_.value == "PAST_REF") {
          const bool earlier = found_.anchor == TimeAnchor::mention && context_.told_from;
          result_.to = earlier ? *context_.told_from : *context_.publication;
        }
        const bool told = found_.anchor == TimeAnchor::mention && context_.told_to;
        if (found_.value == "FUTURE_REF")
          result_.from = told ? *context_.told_to : *context_.publication;
        if (found_.value == "PRESENT_REF") result_.from = result_.to = *context_.publication;
      }
      break;
    case TimeKind::told:
      result_.precision = TimePrecision::era;
      result_.from = context_.told_from;
      result_.to = context_.told_to;
      if (result_.from && result_.to)
        result_.value = to_iso(*result_.from) + "/" + to_iso(*result_.to);
      break;
    case TimeKind::era:
      result_.from = found_.era.from;
      result_.to = found_.era.to;
      result_.precision = TimePrecision::era;
      result_.value = to_iso(found_.era.from) + "/" + to_iso(found_.era.to);
      break;
  }
  if (found_.ends && result_.from && result_.to && result_.precision > TimePrecision::day) {
    set(day_period(*result_.to));
  }
  narrow();
  add_day_part();
  return result_;
}

}  // namespace

TimeExpression resolve_time(const FoundTime& found, ClauseTense tense, const TimeContext& context) {
  return Resolver(found, tense, context).resolve();
}

}  // namespace relata::text
