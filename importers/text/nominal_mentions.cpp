#include "importers/text/nominal_mentions.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/text/mention_words.h"
#include "importers/text/name_classification.h"
#include "importers/text/name_spans.h"

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

}  // namespace

EntityMention NominalReader::of_noun(std::int32_t t, std::string country) const {
  EntityMention mention;
  mention.sentence = sentence_;
  mention.head = t;
  mention.form = MentionForm::nominal;
  mention.noun = tree_.key(t);
  mention.phrase = tree_.core_phrase(t);
  mention.plural = has_feature(tree_.token(t), "Number=Plur") || tree_.token(t).xpos == "NNS" ||
                   tree_.token(t).xpos == "NNPS";
  mention.gender = gender_of_word(mention.noun);
  mention.country = std::move(country);
  classify(t, mention);
  mention.words = bare_words(t, mention);
  mention.text = text_of(tree_, mention.words);
  mention.count = count_of(t);
  const bool modifier = tree_.is(t, "compound") || tree_.is(t, "nmod:desc") || tree_.is(t, "flat");
  if (modifier) mention.kind = EntityKind::thing;
  return mention;
}

std::optional<EntityMention> NominalReader::of_adjective(std::int32_t t) const {
  const NounEntry* noun = nouns_.find(lower(tree_.token(t).form));
  if (noun == nullptr || noun->kind != NounKind::actor || noun->type != "group")
    return std::nullopt;
  const std::int32_t head = tree_.head(t);
  const bool counted = head == t - 1 && tree_.is(t, "amod") && tree_.token(head).upos == Upos::num;
  static const WordSet places = {"nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj", "obl:agent"};
  const bool noun_place = places.contains(tree_.token(t).deprel) &&
                          (tree_.child(t, "det") >= 0 || tree_.child(t, "nummod") >= 0);
  if (!counted && !noun_place) return std::nullopt;
  EntityMention mention;
  mention.sentence = sentence_;
  mention.head = counted ? head : t;
  mention.phrase = mention.words = {t, t + 1};
  mention.form = MentionForm::nominal;
  mention.kind = EntityKind::actor;
  mention.type = noun->type;
  mention.noun = lower(tree_.token(t).form);
  mention.text = mention.noun;
  mention.plural = true;
  mention.type_score = 0.5F;
  mention.definite = tree_.child(t, "det") >= 0;
  mention.count = count_of(mention.head);
  if (!mention.count.known && counted) mention.count = count_of(t);
  return mention;
}

bool NominalReader::become_country(std::int32_t t, EntityMention& mention) const {
  if (tree_.key(t) != "government" || mention.plural) return false;
  std::optional<KnownThing> country;
  for (const std::int32_t child : tree_.children(t)) {
    const std::string form = text_of(tree_, tree_.core_phrase(child));
    const bool of = tree_.is(child, "nmod") && tree_.preposition(child) == "of";
    const bool before = child < t && (tree_.is(child, "amod") || tree_.is(child, "compound") ||
                                      tree_.is(child, "nmod:poss"));
    if (before) country = world_.country_of_demonym(form);
    if (!country && (of || before)) country = world_.country(form);
    if (country) break;
  }
  if (!country) return false;
  become(world_, *country, mention);
  return true;
}

bool NominalReader::ends_office(std::int32_t t) const {
  if (t < 2 || tree_.key(t - 1) != "of") return false;
  const NounEntry* office = nouns_.find(tree_.key(t - 2) + "_of_" + tree_.key(t));
  return office != nullptr && office->title;
}

void NominalReader::classify(std::int32_t t, EntityMention& mention) const {
  if (ends_office(t) || become_country(t, mention)) return;
  const NounEntry* noun = noun_entry(t);
  const Mention* read = reader_mention(t);
  // "justice had been done"
  const bool abstract = mention.noun == "justice" && tree_.children(t).empty();
  if (abstract) return;
  if (noun != nullptr && noun->kind != NounKind::open) {
    mention.kind = noun->kind == NounKind::actor   ? EntityKind::actor
                   : noun->kind == NounKind::place ? EntityKind::place
                                                   : EntityKind::thing;
    mention.type = noun->type;
    if (mention.plural && !noun->plural_type.empty()) {
      mention.type = noun->plural_type;
      mention.kind = EntityKind::actor;  // "Western nations" act together
    }
    if (mention.plural && mention.type == "person") mention.type = "group";
    mention.type_score = read == nullptr ? 0.5F : read->score;
    return;
  }
  if (read == nullptr) return;
  mention.type_score = read->score;
  if (read->type == "person") {
    mention.kind = EntityKind::actor;
    mention.type = mention.plural ? "group" : "person";
  } else if (read->type == "organization") {
    mention.kind = EntityKind::actor;
    mention.type = "organization";
  } else if (read->type == "event") {
    mention.kind = EntityKind::event;
  }
}

TokenSpan NominalReader::bare_words(std::int32_t t, EntityMention& mention) const {
  TokenSpan span = mention.phrase;
  // "opposition leader Ann Lee" is called by its noun.
  if (tree_.token(t).upos == Upos::noun && t + 1 < span.end && is_capitalised(tree_, t + 1))
    span.end = t + 1;
  for (const std::int32_t child : tree_.children(t)) {
    if (child >= t) continue;
    const bool determiner = tree_.is(child, "det") || tree_.is(child, "nmod:poss") ||
                            tree_.is(child, "nummod") || tree_.is(child, "case") ||
                            tree_.is(child, "advmod");
    const std::string& word = tree_.key(child);
    if (tree_.is(child, "nmod:poss") ||
        (tree_.is(child, "det") && (word == "the" || word == "this" || word == "that" ||
                                    word == "these" || word == "those" || word == "both"))) {
      mention.definite = true;
    }
    // "52-year-old", "15-member"
    const std::int32_t first = tree_.subtree(child).begin;
    const bool age = mention.noun != "old" &&
                     (tree_.is(child, "amod") || tree_.is(child, "compound")) &&
                     tree_.token(first).upos == Upos::num && first + 1 < child &&
                     tree_.token(first + 1).form == "-";
    const bool lexical = determiner || age || word == "other" || word == "more" || word == "many" ||
                         word == "several" || word == "additional";
    if (lexical) span.begin = std::max(span.begin, tree_.subtree(child).end);
    // "the prosecutor's office" is known by whose it is.
    const bool whose = tree_.is(child, "nmod:poss") && tree_.token(child).upos == Upos::noun &&
                       (mention.noun == "office" || mention.noun == "department");
    if (whose) span.begin = child;
  }
  if (mention.noun == "old" && span.begin < t) return span;  // "a 15-year-old"
  while (span.begin < t &&
         (tree_.token(span.begin).upos == Upos::punct ||
          tree_.token(span.begin).upos == Upos::num || tree_.token(span.begin).xpos == "POS"))
    ++span.begin;
  if (span.begin > t) span.begin = t;
  return span;
}

Count NominalReader::count_of(std::int32_t t) const {
  for (const Quantity& quantity : quantities_) {
    if (quantity.head != t) continue;
    return {quantity.min, quantity.max, quantity.approximate, true};
  }
  return {};
}

const NounEntry* NominalReader::noun_entry(std::int32_t t) const {
  std::vector<std::string_view> lemmas;
  for (std::int32_t i = std::max(0, t - 3); i <= t; ++i) lemmas.push_back(tree_.key(i));
  return nouns_.find_phrase(lemmas);
}

const Mention* NominalReader::reader_mention(std::int32_t t) const {
  for (const Mention& mention : tree_.sentence().mentions) {
    if (mention.head == t) return &mention;
  }
  return nullptr;
}

}  // namespace relata::text
