#include "importers/text/reader/names.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

namespace relata::text {

namespace {

struct Mapping {
  std::string_view label;
  NameType type;
};

// Labels of UNER, GUM and CrossNER, and finer ones of the same kinds.
constexpr std::array<Mapping, 47> mappings = {{
    {"PER", {"person", ""}},
    {"ORG", {"organization", ""}},
    {"LOC", {"place", ""}},
    {"person", {"person", ""}},
    {"organization", {"organization", ""}},
    {"organisation", {"organization", ""}},
    {"place", {"place", ""}},
    {"location", {"place", ""}},
    {"event", {"event", ""}},
    {"object", {"product", ""}},
    {"product", {"product", ""}},
    {"time", {"time", ""}},
    {"abstract", {"other", "abstract"}},
    {"animal", {"other", "animal"}},
    {"plant", {"other", "plant"}},
    {"substance", {"other", "substance"}},
    {"misc", {"other", ""}},
    {"MISC", {"other", ""}},
    {"norp", {"norp", ""}},
    {"nationality", {"norp", "nationality"}},
    {"religion", {"norp", "religion"}},
    {"politician", {"person", "politician"}},
    {"politicalparty", {"organization", "party"}},
    {"party", {"organization", "party"}},
    {"company", {"organization", "company"}},
    {"corporation", {"organization", "company"}},
    {"government", {"organization", "government"}},
    {"military", {"organization", "military"}},
    {"militant", {"organization", "militant"}},
    {"media", {"organization", "media"}},
    {"team", {"organization", "team"}},
    {"election", {"event", "election"}},
    {"war", {"event", "war"}},
    {"country", {"place", "country"}},
    {"state", {"place", "state"}},
    {"city", {"place", "city"}},
    {"region", {"place", "region"}},
    {"facility", {"place", "facility"}},
    {"building", {"place", "facility"}},
    {"water", {"place", "water"}},
    {"island", {"place", "island"}},
    {"mountain", {"place", "mountain"}},
    {"weapon", {"product", "weapon"}},
    {"vehicle", {"product", "vehicle"}},
    {"work", {"product", "work"}},
    {"creative-work", {"product", "work"}},
    {"law", {"other", "law"}},
}};

std::size_t at(std::int32_t i) {
  return static_cast<std::size_t>(i);
}

bool is_capital(std::string_view form) {
  return !form.empty() && form[0] >= 'A' && form[0] <= 'Z';
}

/// Whether a miscellaneous name is a nationality word ("Russian", "Ukrainians").
bool is_nationality(const Sentence& sentence, TokenSpan span) {
  for (std::int32_t i = span.begin; i < span.end; ++i) {
    if (!is_capital(sentence.tokens[at(i)].form)) return false;
  }
  const Token& last = sentence.tokens[at(span.end - 1)];
  if (last.upos == Upos::adj) return true;
  const bool people = last.form.ends_with("ans") || last.form.ends_with("is") ||
                      last.form.ends_with("ese") || last.form.ends_with("ish");
  return span.size() == 1 && people && (last.upos == Upos::propn || last.upos == Upos::noun) &&
         last.xpos != "NNP";
}

/// A person's name without the titles before it ("Dr. Bailey"): corpora differ in whether they
/// count.
TokenSpan without_titles(const Sentence& sentence, TokenSpan span) {
  while (span.size() > 0) {
    const Token& first = sentence.tokens[at(span.begin)];
    if (first.deprel != "nmod:desc" || first.head <= span.begin) break;
    ++span.begin;
  }
  return span;
}

struct Group {
  TokenSpan span;
  float votes = 0;
  std::map<std::string_view, float> types;  // coarse type -> votes
};

bool overlap(TokenSpan a, TokenSpan b) {
  return a.begin < b.end && b.begin < a.end;
}

}  // namespace

NameType name_type(std::string_view label) {
  for (const Mapping& mapping : mappings) {
    if (mapping.label == label) return mapping.type;
  }
  return {"other", ""};
}

std::vector<Name> merge_names(const Sentence& sentence, const std::vector<NameVote>& votes,
                              float total_weight) {
  constexpr float least_share = 0.3F;
  constexpr float least_fine = 0.5F;  // a probability
  std::vector<Group> groups;
  std::vector<NameType> types;
  std::vector<NameVote> counted;
  for (NameVote vote : votes) {
    NameType type = name_type(vote.type);
    if (type.coarse == "person") vote.span = without_titles(sentence, vote.span);
    if (vote.span.size() == 0) continue;
    counted.push_back(vote);
    float weight = vote.weight;
    if (type.coarse == "other" && is_nationality(sentence, vote.span)) {
      // Only one corpus marks these words; the others' silence says nothing.
      type = {"norp", "nationality"};
      weight = total_weight;
    }
    types.push_back(type);
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const Group& g) { return g.span == vote.span; });
    if (group == groups.end()) {
      groups.push_back({vote.span, 0, {}});
      group = groups.end() - 1;
    }
    group->votes += weight * vote.probability;
    group->types[type.coarse] += weight * vote.probability;
  }
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return std::tuple(-a.votes, -a.span.size(), a.span.begin) <
           std::tuple(-b.votes, -b.span.size(), b.span.begin);
  });
  std::vector<Name> names;
  for (const Group& group : groups) {
    if (group.votes < least_share * total_weight) break;
    if (std::any_of(names.begin(), names.end(),
                    [&](const Name& name) { return overlap(name.span, group.span); })) {
      continue;
    }
    const auto best =
        std::max_element(group.types.begin(), group.types.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    Name name;
    name.span = group.span;
    name.type = best->first;
    name.score = std::min(1.0F, best->second / total_weight);
    float fine_votes = 0;
    for (std::size_t i = 0; i < counted.size(); ++i) {
      const float strength = counted[i].weight * counted[i].probability;
      if (!types[i].fine.empty() && types[i].coarse == name.type &&
          counted[i].span.end == name.span.end && counted[i].probability >= least_fine &&
          strength > fine_votes) {
        name.fine_type = types[i].fine;
        fine_votes = strength;
      }
    }
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end(),
            [](const Name& a, const Name& b) { return a.span.begin < b.span.begin; });
  return names;
}

}  // namespace relata::text
