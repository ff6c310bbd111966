#include "importers/text/time_expressions.h"

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "importers/text/segmenter.h"

namespace {

using namespace relata::text;

constexpr CivilDate published{2024, 12, 27};  // a Friday

// Expressions of all sentences of `text`, read in order.
std::vector<TimeExpression> times_in(const std::string& text,
                                     std::optional<CivilDate> date = published) {
  Document document;
  document.text = text;
  segment(document);
  TimeContext context;
  context.publication = date;
  std::vector<TimeExpression> all;
  for (const Sentence& sentence : document.sentences) {
    for (TimeExpression& time : find_times(sentence, context)) all.push_back(std::move(time));
  }
  return all;
}

// Values with blanks between.
std::string values(const std::string& text, std::optional<CivilDate> date = published) {
  std::string joined;
  for (const TimeExpression& time : times_in(text, date)) {
    if (!joined.empty()) joined += ' ';
    joined += time.value;
  }
  return joined;
}

// "from..to" of the only expression.
std::string interval(const std::string& text) {
  const auto times = times_in(text);
  REQUIRE(times.size() == 1);
  return (times[0].from ? to_iso(*times[0].from) : "") + ".." +
         (times[0].to ? to_iso(*times[0].to) : "");
}

}  // namespace

TEST_CASE("full dates in every style") {
  CHECK(values("It began on May 3, 2019.") == "2019-05-03");
  CHECK(values("It began on 3 May 2019.") == "2019-05-03");
  CHECK(values("It began on the 3rd of May, 2019.") == "2019-05-03");
  CHECK(values("It began on Friday, May 3, 2019.") == "2019-05-03");
  CHECK(values("It began on Friday 3 May 2019.") == "2019-05-03");
  CHECK(values("It began on Sept. 5, 2019.") == "2019-09-05");
  CHECK(values("It began on 2019-05-03.") == "2019-05-03");
  CHECK(values("It began on 28/10/2004.") == "2004-10-28");
  CHECK(values("It began on 03.05.2019.") == "2019-05-03");
}

TEST_CASE("months and years") {
  CHECK(values("The law of March 2011 passed.") == "2011-03");
  CHECK(values("They met in July, 1998.") == "1998-07");
  CHECK(values("They met in 1998.") == "1998");
  CHECK(values("the class of '98") == "1998");
}

TEST_CASE("numbers that are no years") {
  CHECK(values("About 2000 people fled; flight 1850 left; it cost $1999.").empty());
  CHECK(values("They fired 1500 rockets.").empty());
}

TEST_CASE("years before Christ and early years") {
  CHECK(values("It was built in 594 BC.") == "-0594");
  CHECK(values("It fell in AD 410.") == "0410");
  CHECK(interval("It was built in 594 BC.") == "-0593-01-01..-0593-12-31");
}

TEST_CASE("decades and centuries") {
  CHECK(values("In the 1990s it grew.") == "199");
  CHECK(values("In the nineties it grew.") == "199");
  CHECK(interval("It grew in the early 1990s.") == "1990-01-01..1994-12-31");
  CHECK(values("in the 19th century") == "18");
  CHECK(interval("in the twentieth century") == "1900-01-01..1999-12-31");
  CHECK(interval("in the second half of the 19th century") == "1850-01-01..1899-12-31");
}

TEST_CASE("weekdays of the past are the last ones not after the publication") {
  CHECK(values("He was shot on Friday.") == "2024-12-27");
  CHECK(values("He was shot on Saturday.") == "2024-12-21");
  CHECK(values("He was shot last Friday.") == "2024-12-20");
}

TEST_CASE("weekdays of the future are the next ones") {
  CHECK(values("They will meet on Monday.") == "2024-12-30");
  CHECK(values("They will meet next Friday.") == "2025-01-03");
}

TEST_CASE("a weekday that limits lies ahead") {
  CHECK(values("They adjourned until Monday.") == "2024-12-30");
  CHECK(interval("They adjourned until Monday.") == "..2024-12-30");
}

TEST_CASE("what was said on a day is told of the past") {
  CHECK(values("The ministry said Tuesday it will leave.") == "2024-12-24");
}

TEST_CASE("any Monday, a Monday raid, and The Sunday Times") {
  CHECK(values("They often met on a Monday.").empty());
  CHECK(values("He died in a Monday raid.") == "2024-12-23");
  CHECK(values("The Sunday Times reported it.").empty());
}

TEST_CASE("quarters of a whole are no time") {
  CHECK(values("about three-quarters of the ballots").empty());
  CHECK(values("for three quarters") == "P3Q");
}

TEST_CASE("vague distances need what they count from") {
  const auto times = times_in("Hours later they fled.");
  REQUIRE(times.size() == 1);
  CHECK_FALSE(times[0].from.has_value());
}

TEST_CASE("months without a year") {
  CHECK(values("The bill was passed in March.") == "2024-03");
  CHECK(values("The court will rule in March.") == "2025-03");
  CHECK(values("She resigned last June.") == "2024-06");
  CHECK(values("On 30 December troops entered the town.") == "2023-12-30");
}

TEST_CASE("may and march are months only where they can be") {
  CHECK(values("They may march in protest.").empty());
  CHECK(values("They met in May.") == "2024-05");
  CHECK(values("This august body met.").empty());
}

TEST_CASE("a weekday picks the year of a date without one") {
  CHECK(values("On Sunday, 5 May, they voted.") == "2024-05-05");
  CHECK(values("On Friday, 5 May, they voted.") == "2023-05-05");
}

TEST_CASE("days counted from the publication") {
  CHECK(values("It happened yesterday.") == "2024-12-26");
  CHECK(values("It ends tomorrow.") == "2024-12-28");
  CHECK(values("He spoke today.") == "2024-12-27");
  CHECK(values("It happened the day before yesterday.") == "2024-12-25");
  CHECK(values("It happened yesterday evening.") == "2024-12-26TEV");
}

TEST_CASE("units before and after the publication") {
  CHECK(values("Last week it rained.") == "2024-W51");
  CHECK(values("Next month it will end.") == "2025-01");
  CHECK(values("Last year it fell.") == "2023");
  CHECK(values("this weekend") == "2024-W52-WE");
}

TEST_CASE("earlier and later parts of a running unit") {
  CHECK(interval("They met earlier this week.") == "2024-12-23..2024-12-27");
  CHECK(interval("They will meet later this month.") == "2024-12-27..2024-12-31");
}

TEST_CASE("units ago take the unit's precision") {
  CHECK(values("He left three years ago.") == "2021");
  CHECK(values("He left two weeks ago.") == "2024-W50");
  CHECK(values("He left ten days ago.") == "2024-12-17");
  const auto times = times_in("It began nearly three years ago.");
  REQUIRE(times.size() == 1);
  CHECK(times[0].modifier == TimeModifier::approximate);
  CHECK(times[0].precision == TimePrecision::year);
}

TEST_CASE("units later count from what was mentioned") {
  CHECK(values("The war began on 1 June 2020. A day later the capital fell.") ==
        "2020-06-01 2020-06-02");
  CHECK(values("She was born in 1950. Two years later they moved.") == "1950 1952");
  CHECK(values("He came in 1950. That year it snowed.") == "1950 1950");
}

TEST_CASE("a month in a story of the past takes the story's year") {
  CHECK(values("In 1991 the union fell. In December its flag came down.") == "1991 1991-12");
}

TEST_CASE("windows up to the publication") {
  const auto times = times_in("In the past two months prices rose.");
  REQUIRE(times.size() == 1);
  CHECK(times[0].type == TimeType::duration);
  CHECK(times[0].value == "P2M");
  CHECK(to_iso(*times[0].from) == "2024-10-28");
  CHECK(to_iso(*times[0].to) == "2024-12-27");
}

TEST_CASE("since opens the interval to the right") {
  CHECK(interval("He has ruled since February 2022.") == "2022-02-01..");
  CHECK(times_in("He has ruled since February 2022.")[0].bound == TimeBound::since);
}

TEST_CASE("until, before and after") {
  CHECK(interval("It stays shut until March 2025.") == "..2025-03-31");
  CHECK(interval("It was built before 1998.") == "..1997-12-31");
  CHECK(interval("It was built after 1998.") == "1999-01-01..");
}

TEST_CASE("ranges are one expression") {
  CHECK(values("between 1995 and 1998") == "1995/1998");
  CHECK(values("from 3 May 2019 to 7 June 2019") == "2019-05-03/2019-06-07");
  CHECK(values("March to August 2011") == "2011-03/2011-08");
  CHECK(values("from November 2011 until May 2012") == "2011-11/2012-05");
  CHECK(interval("between 1995 and 1998") == "1995-01-01..1998-12-31");
  CHECK(values("10-12 May 2014") == "2014-05-10/2014-05-12");
  CHECK(values("May 10 to 12, 2014") == "2014-05-10/2014-05-12");
  CHECK(values("(1892–94)") == "1892/1894");
}

TEST_CASE("seasons, quarters and halves") {
  CHECK(values("in the summer of 2010") == "2010-SU");
  CHECK(interval("in the winter of 2010") == "2010-12-01..2011-02-28");
  CHECK(values("in the third quarter of 2023") == "2023-Q3");
  CHECK(values("Q1 2023") == "2023-Q1");
  CHECK(values("in the first half of 2019") == "2019-H1");
}

TEST_CASE("early, late and mid narrow the interval") {
  CHECK(interval("It opened in late March 2015.") == "2015-03-16..2015-03-31");
  CHECK(interval("It opened in mid-2014.") == "2014-04-02..2014-10-01");
  CHECK(times_in("It opened in early 2014.")[0].modifier == TimeModifier::early);
  CHECK(values("by the end of 2014") == "2014");
}

TEST_CASE("durations") {
  CHECK(values("They talked for two weeks.") == "P2W");
  CHECK(values("a three-day visit") == "P3D");
  CHECK(values("for half an hour") == "PT0.5H");
  CHECK(values("for several months") == "PXM");
  CHECK(times_in("They talked for two weeks.")[0].type == TimeType::duration);
}

TEST_CASE("ages are no durations") {
  CHECK(values("a 15-year-old boy").empty());
  CHECK(values("She is ten years old.").empty());
}

TEST_CASE("repetitions") {
  CHECK(values("the annual meeting") == "P1Y");
  CHECK(values("every Monday") == "XXXX-WXX-1");
  CHECK(values("twice a week") == "P1W");
  CHECK(times_in("every Monday")[0].type == TimeType::set);
}

TEST_CASE("clock times") {
  CHECK(values("at 6:00am") == "T06:00");
  CHECK(values("at 7 p.m.") == "T19:00");
  CHECK(values("from 6:00am to midnight") == "T06:00/T24:00");
  CHECK(values("It struck at 18:30 on 3 May 2019.") == "2019-05-03T18:30 2019-05-03");
  CHECK(times_in("at 6:00am")[0].type == TimeType::time);
}

TEST_CASE("without a publication date relative expressions stay open") {
  CHECK(values("It happened yesterday.", std::nullopt) == "XXXX-XX-XX");
  CHECK(values("He was shot on Friday.", std::nullopt) == "XXXX-WXX-5");
  CHECK(values("On 4 July they left.", std::nullopt) == "XXXX-07-04");
  for (const TimeExpression& time : times_in("It happened last week.", std::nullopt)) {
    CHECK_FALSE(time.from.has_value());
  }
}

TEST_CASE("the tree decides about the tense") {
  // "The court hears the case on Monday", as the reader would parse it.
  Document document;
  document.text = "The court to convene on Monday was named";
  segment(document);
  Sentence& sentence = document.sentences[0];
  REQUIRE(sentence.tokens.size() == 8);
  const std::int32_t heads[] = {1, 7, 3, 1, 5, 3, 7, -1};
  for (std::size_t i = 0; i < 8; ++i) sentence.tokens[i].head = heads[i];
  sentence.tokens[3].upos = Upos::verb;
  sentence.tokens[3].feats = "VerbForm=Inf";
  sentence.tokens[7].upos = Upos::verb;
  sentence.tokens[7].feats = "Tense=Past|VerbForm=Part";
  TimeContext context;
  context.publication = published;
  const auto times = find_times(sentence, context);
  REQUIRE(times.size() == 1);
  CHECK(times[0].value == "2024-12-30");
}

TEST_CASE("what has lasted for a length of time began that long ago") {
  Document document;
  document.text = "It has been disputed for over 20 years.";
  segment(document);
  Sentence& sentence = document.sentences.at(0);
  REQUIRE(sentence.tokens.size() == 9);
  const std::int32_t heads[] = {3, 3, 3, -1, 7, 6, 7, 3, 3};
  for (std::size_t i = 0; i < 9; ++i) sentence.tokens[i].head = heads[i];
  sentence.tokens[1].upos = sentence.tokens[2].upos = Upos::aux;
  sentence.tokens[1].lemma = "have";
  sentence.tokens[1].feats = "Tense=Pres|VerbForm=Fin";
  sentence.tokens[3].upos = Upos::verb;
  TimeContext context;
  context.publication = published;
  const auto lasting = find_times(sentence, context);
  REQUIRE(lasting.size() == 1);
  CHECK(lasting[0].value == "P20Y");
  CHECK(lasting[0].bound == TimeBound::since);
  CHECK(to_iso(lasting[0].from.value()) == "2004-01-01");
  CHECK(!lasting[0].to);
  sentence.tokens[1].feats = "Tense=Past|VerbForm=Fin";
  const auto over = find_times(sentence, context);
  REQUIRE(over.size() == 1);
  CHECK(!over[0].from);
}

TEST_CASE("a range that is to come takes its year from its end") {
  CHECK(values("The show will run from 20 December through 9 March.") == "2024-12-20/2025-03-09");
  CHECK(values("It opened on 3 May 2021. The next one will run from 20 November to 11 December.",
               CivilDate{2024, 5, 7}) == "2021-05-03 2024-11-20/2024-12-11");
}

TEST_CASE("post- and pre- before a year bound it") {
  CHECK(interval("It is a post - 2015 goal.") == "2016-01-01..");
  CHECK(interval("It was a pre - 1990 state.") == "..1989-12-31");
}

TEST_CASE("impossible dates give no invalid interval") {
  for (const char* text :
       {"on 31 February 2020", "on February 30", "999999999 years ago", "in 0 BC", "99/99/9999",
        "2020-13-45", "for 99999999999999999 years", "5000000 days later", "the 99th century"}) {
    for (const TimeExpression& time : times_in(text)) {
      if (time.from) CHECK(is_valid(*time.from));
      if (time.to) CHECK(is_valid(*time.to));
    }
  }
}

TEST_CASE("random words of time keep spans and intervals in order") {
  const std::vector<std::string> words = {
      "May",     "3",      ",",     "2019",    "last",  "week",   "the",    "of",    "1990s",
      "to",      "-",      "mid-",  "two",     "years", "ago",    "Friday", "until", "and",
      "from",    "early",  "half",  "quarter", "BC",    "10",     "31",     "every", "Monday",
      "century", "20th",   "later", "6:00",    "am",    "999999", "Q3",     "'98",   "before",
      "between", "summer", "next",  "end",     ".",     "past"};
  std::uint64_t state = 99;
  const auto random = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33);
  };
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 0; i < 1 + random() % 12; ++i)
      text += words[random() % words.size()] + " ";
    Document document;
    document.text = text;
    segment(document);
    TimeContext context;
    context.publication = published;
    for (const Sentence& sentence : document.sentences) {
      std::int32_t at = 0;
      for (const TimeExpression& time : find_times(sentence, context)) {
        CHECK(time.span.begin >= at);
        CHECK(time.span.end > time.span.begin);
        CHECK(time.span.end <= static_cast<std::int32_t>(sentence.tokens.size()));
        CHECK_FALSE(time.value.empty());
        if (time.from) CHECK(is_valid(*time.from));
        if (time.to) CHECK(is_valid(*time.to));
        if (time.from && time.to) CHECK(*time.from <= *time.to);
        at = time.span.end;
      }
    }
  }
}

TEST_CASE("periods of history") {
  CHECK(values("They fled during the Korean War.") == "1950-06-25/1953-07-27");
  CHECK(values("Trade flourished in the Middle Ages.") == "0400-01-01/1499-12-31");
  CHECK(values("It was built in World War II.") == "1939-09-01/1945-09-02");
  CHECK(values("The six-day war of words went on.").find("1967") == std::string::npos);
  CHECK(values("Vietnam War veterans protested.").empty());
}

TEST_CASE("a period that was told is taken up") {
  CHECK(values("They fled during the Korean War. Many died during this period.") ==
        "1950-06-25/1953-07-27 1950-06-25/1953-07-27");
  CHECK(values("Many died during this period.").empty());
  const auto times = times_in("It ended in 1945. The city grew in the decades that followed.");
  REQUIRE(times.size() == 2);
  CHECK(times[1].value == "FUTURE_REF");
  CHECK(times[1].from == CivilDate{1945, 12, 31});
  CHECK_FALSE(times[1].to);
}

TEST_CASE("three digits are a year where the text tells of ancient times") {
  CHECK(values("The council met in the 6th century BC. It made a law (594).") ==
        "-0600/-0501 -0594");
  CHECK(values("In AD 71 they came. The town, after 211, was a capital.") == "0071 0211");
  CHECK(values("It was founded in 1998. It has members (594).") == "1998");
}

TEST_CASE("the end of a year as a limit is its last day") {
  CHECK(values("It must close by the end of the year.") == "2024-12-31");
  CHECK(values("It closed at the end of the year.") == "2024");
}

TEST_CASE("a text may say what day it is") {
  CHECK(values("It is Monday. Today we rest.") == "2024-12-30 2024-12-30");
  CHECK(values("Today is 24 December. Tomorrow we rest.") == "2024-12-27 2024-12-24 2024-12-25");
  CHECK(values("It was Monday. Today we rest.") == "2024-12-23 2024-12-27");
}

TEST_CASE("a greeting is said on the day") {
  CHECK(values("Good morning to all.") == "2024-12-27TMO");
  CHECK(values("They spent a good morning there.").empty());
}

TEST_CASE("random bytes are harmless") {
  std::uint64_t state = 4711;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += static_cast<char>(state >> 40);
    }
    for (const TimeExpression& time : times_in(text)) {
      if (time.from) CHECK(is_valid(*time.from));
    }
  }
}
