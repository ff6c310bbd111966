#include "importers/text/name_typing.h"

#include <algorithm>

#include "importers/text/name_spans.h"

namespace relata::text {

namespace {

/// Reader's probability below which the gazetteer is believed instead.
constexpr float doubtful = 0.5F;

bool is_honorific(std::string_view word) {
  static const std::set<std::string, std::less<>> words = {
      "mr",    "mr.",  "mrs",  "mrs.", "ms",   "ms.",  "miss",   "dr",     "dr.", "prof",
      "prof.", "sir",  "dame", "sen.", "rep.", "gov.", "gen.",   "col.",   "lt.", "sgt.",
      "capt.", "maj.", "adm.", "rev.", "hon.", "st.",  "messrs", "messrs."};
  return words.contains(word);
}

/// Faiths, feasts and what is prayed to: nobody and nowhere, whatever the reader takes them for.
bool is_belief(std::string_view word) {
  static const std::set<std::string, std::less<>> words = {
      "Islam",   "Christianity", "Catholicism", "Judaism",  "Hinduism", "Buddhism",
      "Sikhism", "Hajj",         "Haj",         "Ramadan",  "Eid",      "Christmas",
      "Easter",  "Diwali",       "Hanukkah",    "Passover", "Bible",    "Quran",
      "Koran",   "Torah",        "God",         "Allah",    "Satan",    "Internet"};
  return words.contains(word);
}

/// The European Union or what may be a body of it: "European Food Safety Authority".
bool is_union(const Name& name, std::string_view text) {
  return text == "EU" || text == "European Union" ||
         (name.type == "organization" &&
          (text.starts_with("European ") || text.starts_with("EU ")));
}

/// "R-Ky." behind a senator's name: his party and his state.
bool is_seat_of_senator(std::string_view text) {
  return text.size() > 3 && text[1] == '-' && text.ends_with('.') &&
         (text[0] == 'R' || text[0] == 'D' || text[0] == 'I');
}

/// "Hurricane Katrina", "Tropical Storm Ana", a name or the word before one.
bool is_storm_word(const std::string& form) {
  return form == "Cyclone" || form == "Hurricane" || form == "Typhoon" || form == "Storm" ||
         form == "hurricane" || form == "cyclone" || form == "typhoon";
}

bool is_storm(const SyntaxView& tree, TokenSpan span) {
  return is_storm_word(tree.token(span.begin).form) ||
         (span.begin > 0 && is_storm_word(tree.token(span.begin - 1).form));
}

/// The word acts as people do: it says something or does something of its own.
bool is_subject(const SyntaxView& tree, std::int32_t token) {
  const std::int32_t first = tree.first_conjunct(token);
  const bool passive = tree.is(first, "nsubj:pass");
  return (tree.is(first, "nsubj") && !passive) || tree.is(first, "nmod:poss") ||
         tree.is(first, "obl:agent");
}

}  // namespace

NameTyping::NameTyping(std::span<const SyntaxView> syntax, const NounKnowledge& nouns,
                       const World& world)
    : nouns_(nouns), world_(world), cues_(syntax, nouns) {
  for (const SyntaxView& tree : syntax) {
    for (const Name& name : tree.sentence().names) {
      const std::string text = text_of(tree, name.span);
      auto country = world_.country(text);
      if (!country) country = world_.country_of_demonym(text);
      if (!country) country = world_.country_of_seat(text);
      if (country) ++countries_[country->country];
      if (is_union(name, text)) union_ = true;
      if (is_storm(tree, name.span)) storms_.insert(tree.token(name.span.end - 1).form);
      if (name.type != "person" || name.span.size() < 2 || is_storm(tree, name.span)) continue;
      person_names_.insert(text);
      surnames_.insert(tree.token(name.span.end - 1).form);
      for (std::int32_t t = name.span.begin; t < name.span.end; ++t) {
        if (is_capitalised(tree, t)) person_words_.insert(tree.token(t).form);
      }
    }
  }
}

void NameTyping::settle(const SyntaxView& tree, std::vector<Name>& names) const {
  std::erase_if(names, [&](const Name& name) {
    return only_title(tree, name) || is_seat_of_senator(text_of(tree, name.span));
  });
  for (Name& name : names) retype(tree, name);
}

/// "Mr", "President", "Foreign Minister": who holds the office is told by another name or by the
/// text.
bool NameTyping::only_title(const SyntaxView& tree, const Name& name) const {
  if (name.type != "person") return false;
  bool title = false;
  for (std::int32_t t = name.span.begin; t < name.span.end; ++t) {
    const std::string word = lower(tree.token(t).form);
    if (is_honorific(word)) {
      title = true;
      continue;
    }
    const NounEntry* noun = nouns_.find(tree.key(t));
    if (noun == nullptr) noun = nouns_.find(word);
    const bool last = t + 1 == name.span.end;
    const bool office = noun != nullptr && noun->title;
    if (last && !office) return false;
    // Somebody of the text may be called King or Bishop.
    if (person_words_.contains(tree.token(t).form)) return false;
    if (!office && tree.token(t).upos != Upos::adj) return false;
    title = true;
  }
  return title;
}

bool NameTyping::retype_by_cues(const std::string& text, Name& name) const {
  switch (cues_.of(text)) {
    case NameCue::none:
      return false;
    case NameCue::company:
      name.type = "organization";
      return true;
    case NameCue::state:
      if (world_.is_leader(text)) return false;  // "Obama's government"
      name.fine_type = "state";
      break;
    case NameCue::place:
      name.fine_type.clear();
      break;
  }
  name.type = "place";
  return true;
}

void NameTyping::retype(const SyntaxView& tree, Name& name) const {
  const bool person = name.type == "person";
  if (!person && name.type != "place" && name.type != "organization") return;
  if (person && name.span.size() == 1 && person_words_.contains(tree.token(name.span.begin).form))
    return;
  const std::string text = text_of(tree, name.span);
  const bool again = name.span.size() == 1 && storms_.contains(text) && !world_.country(text);
  if (is_storm(tree, name.span) || again) {
    name.type = "event";
    return;
  }
  if (name.span.size() == 1 && is_belief(text)) {
    name.type = "other";
    return;
  }
  if (name.type == "place" && person_names_.contains(text) &&
      !world_.is_large_place(text, countries_)) {
    name.type = "person";
    return;
  }
  // "Gilgit-Baltistan"; a hyphen in a person's name stands between two of many.
  const bool hyphen = text.find('-') != std::string::npos && text.find(' ') == std::string::npos;
  if (person && hyphen && !person_words_.contains(text) && world_.place(text, countries_, "")) {
    name.type = "place";
    return;
  }
  if (person && (world_.country(text) || world_.country_of_seat(text))) {
    name.type = "place";
    return;
  }
  const bool unknown =
      person || (name.span.size() == 1 && name.type == "place" &&
                 cues_.of(text) == NameCue::company && !world_.place(text, countries_, ""));
  if (unknown && retype_by_cues(text, name)) return;
  if (name.span.size() > 2) return;
  // Armed groups and parties; companies and media bear persons' and places' names.
  if (person || name.type == "place") {
    const auto known = world_.organisation(text);
    if (known && (known->type == "group" || known->type == "military")) {
      name.type = "organization";
      return;
    }
    // Companies, media and parties, which may be called as somebody or some place is.
    const bool free = person ? !world_.is_family_name(text) && !world_.is_leader(text)
                             : !world_.place(text, countries_, "");
    if (known && name.span.size() == 1 && free) {
      name.type = "organization";
      return;
    }
  }
  const Token& token = tree.token(name.span.begin);
  const bool people = name.span.size() == 1 && token.xpos == "NNPS" &&
                      (person || (name.type == "place" && !world_.country(text) &&
                                  !world_.place(text, countries_, "")));
  if (people) {
    name.type = "norp";
    return;
  }
  const bool doubt = person ? !is_subject(tree, head_of(tree, name.span)) : name.score < doubtful;
  if (name.type != "place" && doubt && world_.is_large_place(text, countries_)) name.type = "place";
}

}  // namespace relata::text
