#include "tests/bench/news_stream.h"

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include <fmt/format.h>

#include "graph/time_span.h"
#include "tests/bench/bench_support.h"

using namespace relata;
using namespace relata::text;
using bench::coined;
using bench::scattered;

namespace {

constexpr std::size_t persons = 400000;
constexpr std::size_t bodies = 60000;
constexpr std::size_t places = 30000;
constexpr std::array<const char*, 24> countries = {"US", "GB", "RU", "UA", "FR", "DE", "CN", "IN",
                                                   "BR", "ZA", "NG", "EG", "IL", "IR", "IQ", "SY",
                                                   "TR", "KR", "KP", "JP", "AU", "CA", "MX", "PL"};

SampleName person(std::size_t rank, bool surname_alone) {
  const std::uint64_t own = scattered(rank);
  const std::string surname = coined(own % 8000, 3);
  if (surname_alone) return {surname, "person", EntityKind::actor, "", "", {}};
  return {fmt::format("{} {}", coined(own / 8000 % 400, 2), surname), "person", EntityKind::actor,
          own % 3 == 0 ? countries[own / 64 % countries.size()] : "", "",       {}};
}

SampleName body(std::size_t rank) {
  static constexpr std::array<const char*, 6> kinds = {"Company", "Institute", "Party",
                                                       "Union",   "Brigade",   "Agency"};
  const std::uint64_t own = scattered(rank + persons);
  const std::string first = coined(own % 8000, 3);
  const std::string second = coined(own / 8000 % 400, 2);
  const char* kind = kinds[own % kinds.size()];
  SampleName name{fmt::format("{} {} {}", first, second, kind),
                  "organization",
                  EntityKind::actor,
                  countries[own / 64 % countries.size()],
                  "",
                  {}};
  if (own % 5 == 0) name.aliases.push_back(fmt::format("{}{}{}", first[0], second[0], kind[0]));
  return name;
}

SampleName place(std::size_t rank) {
  const std::uint64_t own = scattered(rank + persons + bodies);
  const bool country = rank < countries.size();
  const std::string code = countries[country ? rank : own % countries.size()];
  return {coined(own / 64 % 160000, 4),
          country ? "country" : "city",
          EntityKind::place,
          code,
          fmt::format("geo-{}", rank),
          {}};
}

class NewsComposer final {
 public:
  NewsComposer(std::uint64_t number, const std::string& name)
      : text_(name), random_(number * 0x9e3779b97f4a7c15ULL + 17) {
    day_ = 18000 + static_cast<std::int32_t>(random_() % 2000);
    text_.document().metadata.date = iso_date(day_);
    text_.document().metadata.outlet = coined(random_() % 40, 2);
  }

  SampleText compose() {
    for (int i = 0; i < 8; ++i) cast_.push_back(person(drawn(persons), random_() % 6 == 0));
    for (int i = 0; i < 4; ++i) cast_.push_back(body(drawn(bodies)));
    for (int i = 0; i < 5; ++i) cast_.push_back(place(drawn(places)));
    for (int i = 0; i < 14; ++i) sentence();
    return text_.take();
  }

 private:
  /// A rank below `count` by Zipf's law with exponent 1: the logarithm is even.
  std::size_t drawn(std::size_t count) {
    const double share = static_cast<double>(random_() >> 11U) * 0x1p-53;
    return static_cast<std::size_t>(std::exp(share * std::log(static_cast<double>(count)))) - 1;
  }

  void filler(std::size_t words) {
    for (std::size_t i = 0; i < words; ++i) text_.word(coined(drawn(8000), 2));
  }

  /// A sentence of 21 words with a relation, and with an event in three of four.
  void sentence() {
    text_.begin_sentence();
    filler(3);
    const TokenRef left = text_.mention(cast_[random_() % 12]);
    filler(2);
    const TokenRef verb = text_.word("did");
    const TokenRef right = text_.mention(cast_[random_() % cast_.size()]);
    filler(5);
    const TokenRef where = text_.mention(cast_[12 + random_() % 5]);
    filler(7);
    text_.end_sentence();
    relation(left, verb, right);
    if (random_() % 4 != 0) event(left, verb, right, where);
  }

  [[nodiscard]] Assertion assertion() {
    Assertion assertion;
    if (random_() % 12 == 0) assertion.polarity = Polarity::negated;
    if (random_() % 3 == 0) assertion.modality = Modality::reported;
    return assertion;
  }

  void relation(const TokenRef& left, const TokenRef& verb, const TokenRef& right) {
    static constexpr std::array<const char*, 6> names = {"told",     "supports", "met with",
                                                         "captured", "accused",  "works for"};
    RelationFact fact;
    fact.source = {End::Kind::entity, text_.entity_at(left)};
    fact.target = {End::Kind::entity, text_.entity_at(right)};
    if (fact.source.index == fact.target.index) return;
    fact.relation = names[random_() % names.size()];
    fact.trigger = verb;
    fact.trigger_span = {verb.token, verb.token + 1};
    fact.source_word = left;
    fact.target_word = right;
    fact.assertion = assertion();
    fact.rule = "made up";
    fact.score = 0.5F + 0.05F * static_cast<float>(random_() % 10);
    if (random_() % 2 == 0) fact.time = {day_, day_, DatePrecision::day};
    text_.facts().relations.push_back(fact);
  }

  void event(const TokenRef& left, const TokenRef& verb, const TokenRef& right,
             const TokenRef& where) {
    static constexpr std::array<const char*, 6> types = {"attack",  "meeting", "statement",
                                                         "capture", "death",   "agreement"};
    EventFact event;
    event.type = types[random_() % types.size()];
    event.trigger = verb;
    event.name = event.type;
    event.participants.push_back({"agent", text_.entity_at(left), left, 0.9F});
    event.participants.push_back({"patient", text_.entity_at(right), right, 0.9F});
    event.participants.push_back({"place", text_.entity_at(where), where, 0.9F});
    event.assertion = assertion();
    const std::int32_t day = day_ - static_cast<std::int32_t>(random_() % 2);
    event.time = {day, day, DatePrecision::day};
    event.rule = "made up";
    text_.facts().events.push_back(event);
  }

  TextComposer text_;
  std::mt19937_64 random_;
  std::int32_t day_ = 0;
  std::vector<SampleName> cast_;
};

}  // namespace

std::string news_name(std::uint64_t i) {
  return fmt::format("news/{:07}.txt", i);
}

SampleText news_text(std::uint64_t i) {
  // A near copy has the words and facts of the text that came ten before, and a word more.
  const bool copy = i % 20 == 19;
  SampleText text = NewsComposer(copy ? i - 10 : i, news_name(i)).compose();
  if (copy) text.document.text += "\nPrinted again.";
  return text;
}
