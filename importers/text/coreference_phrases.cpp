#include "importers/text/coreference_phrases.h"

#include <algorithm>
#include <set>

#include "importers/text/assertions.h"
#include "importers/text/name_words.h"

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

bool has_modal(const SyntaxView& tree, std::int32_t noun) {
  const auto children = tree.children(noun);
  return std::any_of(children.begin(), children.end(),
                     [&](std::int32_t child) { return tree.token(child).xpos == "MD"; });
}

/// "known as", "named as", "called": what follows is a name of the one that is spoken of.
bool gives_name(const std::string& verb) {
  static const WordSet verbs = {"know", "identify", "name", "call", "nickname", "dub", "rename"};
  return verbs.contains(verb);
}

/// The word that the verb gives as a name: "as Hemedti" of "known as Hemedti"; -1 when none.
std::int32_t given_name(const SyntaxView& tree, std::int32_t verb) {
  const bool bare = tree.key(verb) != "know" && tree.key(verb) != "identify";
  for (const std::int32_t child : tree.children(verb)) {
    if (child < verb) continue;
    const std::string preposition = tree.preposition(child);
    if (preposition == "as" && (tree.is(child, "obl") || tree.is(child, "xcomp"))) return child;
    const bool complement =
        preposition.empty() &&
        (tree.is(child, "xcomp") || tree.is(child, "obj") || tree.is(child, "obl:unmarked"));
    const bool only = tree.token(verb).xpos == "VBN" || tree.is(child, "xcomp");
    if (bare && complement && only) return child;
  }
  return -1;
}

/// The noun that the verb names: what it belongs to, or its object or passive subject.
std::int32_t named_noun(const SyntaxView& tree, std::int32_t verb, std::int32_t name) {
  if (tree.is(verb, "acl") || tree.is(verb, "advcl")) return tree.head(verb);
  if (tree.passive(verb)) return tree.subject(verb);
  const std::int32_t object = tree.child(verb, "obj");
  return object == name ? -1 : object;
}

}  // namespace

void EqualPhrases::join() {
  join_nouns_before_names();
  join_appositions();
  join_coordinated_offices();
  join_predicate_nouns();
  join_given_names();
}

bool EqualPhrases::merge_if_compatible(std::int32_t left, std::int32_t right) {
  if (!clusters_.compatible(clusters_.of(left), clusters_.of(right))) return false;
  clusters_.merge(left, right);
  return true;
}

void EqualPhrases::join_appositions() {
  for (std::int32_t i = 0; i < count(); ++i) {
    const SyntaxView& tree = syntax_[mentions_[i].sentence];
    const std::int32_t head = mentions_[i].head;
    if (!tree.is(head, "appos")) continue;
    // "a member of Boko Haram, Musa Bello": the person is the member, wherever the tree hangs
    // him.
    for (std::int32_t above = tree.head(head); above >= 0; above = tree.head(above)) {
      const std::int32_t other = entities_.mention_at[mentions_[i].sentence][above];
      if (other >= 0 && other != i && may_stand_in_apposition(other, i)) {
        if (merge_if_compatible(other, i)) break;
        if (calls(i, other) || calls(other, i)) {
          clusters_.merge(is_name(i) ? i : other, is_name(i) ? other : i);
          break;
        }
      }
      if (!is_name(i) || !person(i) || !tree.is(above, "nmod") || tree.is(above, "nmod:poss"))
        break;
    }
  }
}

bool EqualPhrases::calls(std::int32_t noun, std::int32_t name) const {
  const EntityMention& named = mentions_[name];
  const EntityMention& nominal = mentions_[noun];
  const bool acts = named.kind == EntityKind::actor ? !person(name) || nominal.type != "group"
                                                    : named.type == "country";
  return is_name(name) && acts && is_nominal(noun) && nominal.kind == EntityKind::actor &&
         !nominal.plural && clusters_.facts_of(noun).mentions.size() == 1 && !speaks_of(noun, name);
}

bool EqualPhrases::speaks_of(std::int32_t noun, std::int32_t name) const {
  const std::vector<std::int32_t>& same = clusters_.facts_of(name).mentions;
  return std::any_of(same.begin(), same.end(), [&](std::int32_t other) {
    return other < name && other != noun && nested(syntax_, mentions_[noun], mentions_[other]);
  });
}

bool EqualPhrases::may_stand_in_apposition(std::int32_t other, std::int32_t i) const {
  const EntityMention& mention = mentions_[i];
  const bool place_chain =
      mention.kind == EntityKind::place && mentions_[other].kind == EntityKind::place;
  if (place_chain && is_name(i) && is_name(other)) return false;  // "Mecca, Saudi Arabia"
  if (is_name(i) && is_name(other) && !alias_like(i, other)) return false;
  return mention.plural == mentions_[other].plural || mentions_[other].type != "person";
}

/// "The founder and chairman of Apex, Sir Alan Miles": one determiner, one person.
void EqualPhrases::join_coordinated_offices() {
  static const WordSet offices = {"founder",  "chairman",  "president", "director",  "owner",
                                  "chief",    "executive", "editor",    "leader",    "head",
                                  "minister", "secretary", "manager",   "coach",     "chairwoman",
                                  "chair",    "author",    "producer",  "commander", "spokesman"};
  for (std::int32_t i = 0; i < count(); ++i) {
    const EntityMention& mention = mentions_[i];
    const SyntaxView& tree = syntax_[mention.sentence];
    if (!is_nominal(i) || mention.plural || !offices.contains(mention.noun)) continue;
    if (!tree.is(mention.head, "conj") || tree.child(mention.head, "det") >= 0 ||
        tree.child(mention.head, "nmod:poss") >= 0)
      continue;
    const std::int32_t other = entities_.mention_at[mention.sentence][tree.head(mention.head)];
    if (other >= 0 && !mentions_[other].plural && offices.contains(mentions_[other].noun) &&
        is_nominal(other))
      merge_if_compatible(other, i);
  }
}

/// "X was a senior leader in the Alliance": what a plain statement says that somebody is, he is.
void EqualPhrases::join_predicate_nouns() {
  for (std::int32_t i = 0; i < count(); ++i) {
    const EntityMention& mention = mentions_[i];
    const SyntaxView& tree = syntax_[mention.sentence];
    if (!is_nominal(i) || mention.plural || tree.child(mention.head, "cop") < 0) continue;
    if (mention.kind != EntityKind::actor || is_negated(tree, mention.head)) continue;
    const std::int32_t subject = tree.subject(mention.head);
    if (subject < 0 || has_modal(tree, mention.head)) continue;
    const std::int32_t other = entities_.mention_at[mention.sentence][subject];
    if (other >= 0 && is_name(other) && !mentions_[other].plural) merge_if_compatible(other, i);
  }
}

/// "musician Tiziano Lugli", "news outlet Militarnyi": a noun right before a name of its kind,
/// whatever the tree calls it.
void EqualPhrases::join_nouns_before_names() {
  for (std::int32_t i = 0; i + 1 < count(); ++i) {
    if (!is_nominal(i) || mentions_[i].plural || mentions_[i].kind == EntityKind::thing) continue;
    const std::int32_t behind = name_behind(i);
    if (behind < 0) continue;
    const SyntaxView& tree = syntax_[mentions_[i].sentence];
    const std::int32_t noun = mentions_[i].head;
    const std::int32_t name = mentions_[behind].head;
    const bool tied =
        tree.head(name) == noun || tree.head(noun) == name || tree.head(name) == tree.head(noun);
    if (!tied) continue;
    if (!merge_if_compatible(i, behind) && mentions_[behind].kind == EntityKind::actor &&
        calls(i, behind))
      clusters_.merge(behind, i);
  }
}

std::int32_t EqualPhrases::name_behind(std::int32_t i) const {
  const EntityMention& noun = mentions_[i];
  const EntityMention& next = mentions_[i + 1];
  if (is_name(i + 1) && next.sentence == noun.sentence && noun.head + 1 == next.words.begin)
    return i + 1;
  const SyntaxView& tree = syntax_[noun.sentence];
  const std::int32_t begin = noun.head + 3;
  if (noun.type != "person" || begin >= tree.size() || tree.key(noun.head + 1) != "of") return -1;
  const std::vector<std::int32_t>& at = entities_.mention_at[noun.sentence];
  const std::int32_t department = at[noun.head + 2];
  const std::int32_t name = at[begin];
  // Not "aide of General Musa Bello".
  const bool office = (department < 0 || mentions_[department].kind == EntityKind::thing) &&
                      tree.head(noun.head + 2) == noun.head;
  return office && name >= 0 && is_name(name) && person(name) &&
                 mentions_[name].words.begin == begin
             ? name
             : -1;
}

bool EqualPhrases::alias_like(std::int32_t left, std::int32_t right) const {
  if (is_acronym_of(mentions_[left].text, words_[right]) ||
      is_acronym_of(mentions_[right].text, words_[left]))
    return true;
  // Two persons with full names are two, whatever stands between them.
  const auto shares_word = [&](const std::string& word) {
    return std::find(words_[right].begin(), words_[right].end(), word) != words_[right].end();
  };
  if (person(left) && person(right) && words_[left].size() > 1 && words_[right].size() > 1)
    return std::any_of(words_[left].begin(), words_[left].end(), shares_word);
  return mentions_[left].type == mentions_[right].type && mentions_[left].kind != EntityKind::place;
}

/// "a defector from the group called Sea Org": the nearest noun of the phrase that it fits.
void EqualPhrases::join_given_name(const SyntaxView& tree,
                                   const std::vector<std::int32_t>& mention_at, TokenSpan phrase,
                                   std::int32_t name) {
  const std::int32_t noun = phrase.begin;
  for (std::int32_t t = std::max(phrase.end - 1, noun); t >= noun; --t) {
    const std::int32_t other = mention_at[static_cast<std::size_t>(t)];
    if (other < 0 || other == name || mentions_[other].head != t || mentions_[other].plural)
      continue;
    if (t != noun && (!is_nominal(other) || !tree.dominates(noun, t))) continue;
    if (merge_if_compatible(other, name)) return;
    if (t == noun && calls(other, name)) clusters_.merge(name, other);
  }
}

/// "General Dagalo, known as Hemedti", "a man named Musa Bello", "police identified the victim as
/// Ann Lee".
void EqualPhrases::join_given_names() {
  for (std::size_t s = 0; s < syntax_.size(); ++s) {
    const SyntaxView& tree = syntax_[s];
    for (std::int32_t verb = 0; verb < tree.size(); ++verb) {
      if (tree.token(verb).upos != Upos::verb || !gives_name(tree.key(verb))) continue;
      const std::int32_t word = given_name(tree, verb);
      const std::int32_t noun = word < 0 ? -1 : named_noun(tree, verb, word);
      if (noun < 0 || is_negated(tree, verb)) continue;
      const std::int32_t name = entities_.mention_at[s][word];
      if (name < 0 || !is_name(name) || mentions_[name].kind == EntityKind::thing) continue;
      join_given_name(tree, entities_.mention_at[s], TokenSpan{noun, verb}, name);
    }
  }
}

}  // namespace relata::text
