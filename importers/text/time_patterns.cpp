#include "importers/text/time_patterns.h"

#include <utility>

#include "importers/text/time_matcher.h"

namespace relata::text {

Found Matcher::match(std::size_t i) const {
  Found best;
  const auto consider = [&](Found candidate) {
    if (!candidate) return;
    if (!best || candidate->span.end > best->span.end) best = std::move(candidate);
  };
  consider(numeric_date(i));
  consider(calendar(i));
  consider(holiday(i));
  consider(quarter(i));
  consider(modified(i));
  consider(season(i));
  consider(century(i));
  consider(decade(i));
  consider(demonstrative(i));
  consider(deictic(i));
  consider(repeated(i));
  consider(clock(i));
  consider(counted(i));
  consider(named_era(i));
  consider(spoken_year(i));
  consider(lone_year(i));
  return best;
}

std::vector<FoundTime> recognise_times(const Sentence& sentence,
                                       const std::vector<std::string>& words) {
  std::vector<FoundTime> times;
  const Matcher matcher(sentence, words);
  for (std::size_t i = 0; i < words.size();) {
    Found match = matcher.match(i);
    if (match && match->span.size() > 0) {
      i = static_cast<std::size_t>(match->span.end);
      times.push_back(std::move(*match));
    } else {
      ++i;
    }
  }
  return times;
}

}  // namespace relata::text
