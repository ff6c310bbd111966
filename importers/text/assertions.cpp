#include "importers/text/assertions.h"

#include <algorithm>
#include <set>
#include <string>

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

const WordSet& negators() {
  static const WordSet words = {"not",    "n't",     "never", "nt", "n\xE2\x80\x99t",
                                "hardly", "neither", "nor"};
  return words;
}

const WordSet& negative_nominals() {
  static const WordSet words = {"nobody", "none", "nothing", "no-one", "neither"};
  return words;
}

void weaken(Assertion& assertion, Modality modality) {
  assertion.modality = std::max(assertion.modality, modality);
}

void flip(Assertion& assertion) {
  assertion.polarity =
      assertion.polarity == Polarity::negated ? Polarity::affirmed : Polarity::negated;
}

bool has_no_determiner(const SyntaxView& tree, std::int32_t token) {
  const auto negative = [&](std::int32_t child) {
    return tree.is(child, "det") && (tree.key(child) == "no" || tree.key(child) == "neither");
  };
  const auto children = tree.children(token);
  return std::any_of(children.begin(), children.end(), negative);
}

/// Auxiliaries and adverbs of the clause.
void apply_own_words(const SyntaxView& tree, std::int32_t token, bool told, Assertion& assertion) {
  static const WordSet may = {"may",    "might", "could", "can", "would",
                              "should", "must",  "ought", "'d"};
  static const WordSet told_future = {"would", "'d"};  // "they said it would leave"
  static const WordSet future = {"will", "shall", "'ll", "wo"};
  static const WordSet hearsay = {"reportedly", "allegedly", "apparently", "supposedly",
                                  "purportedly"};
  static const WordSet doubt = {"possibly", "perhaps",     "maybe",
                                "probably", "potentially", "likely"};
  static const WordSet claimed_adjectives = {"alleged", "suspected", "reported", "apparent",
                                             "purported"};
  static const WordSet open_adjectives = {"possible",  "potential", "likely",   "planned",
                                          "proposed",  "future",    "imminent", "threatened",
                                          "attempted", "further",   "any"};
  for (const std::int32_t child : tree.children(token)) {
    const std::string& word = tree.key(child);
    const std::string form = lower(tree.token(child).form);
    if (tree.is(child, "aux")) {
      const bool later = told && (told_future.contains(word) || told_future.contains(form));
      if (later) weaken(assertion, Modality::planned);
      if (!later && (may.contains(word) || may.contains(form)))
        weaken(assertion, Modality::possible);
      if (future.contains(word) || future.contains(form)) weaken(assertion, Modality::planned);
    } else if (tree.is(child, "advmod")) {
      if (hearsay.contains(word)) {
        weaken(assertion, Modality::reported);
        assertion.strength = Strength::claimed;
      }
      if (doubt.contains(word)) weaken(assertion, Modality::possible);
    } else if (tree.is(child, "amod") || tree.is(child, "det")) {
      if (claimed_adjectives.contains(word)) {
        weaken(assertion, Modality::reported);
        assertion.strength = Strength::claimed;
      }
      if (open_adjectives.contains(word)) weaken(assertion, Modality::possible);
    } else if (tree.is(child, "mark")) {
      if (word == "due") weaken(assertion, Modality::planned);  // "was due to attack"
      if (word == "if" || word == "unless") {
        weaken(assertion, Modality::possible);
        assertion.mood = Mood::conditional;
      }
      if (word == "whether") {
        weaken(assertion, Modality::possible);
        assertion.mood = Mood::questioned;
      }
    }
  }
}

/// "to"-clauses that hang on a noun or adjective ("plans to attack", "ready to fight") have not
/// happened; those of purpose
/// ("deployed to support") share the reality of what serves the purpose.
void apply_attachment(const SyntaxView& tree, std::int32_t token, Assertion& assertion) {
  const bool infinitive =
      has_feature(tree.token(token), "VerbForm=Inf") && tree.child_with_lemma(token, "to") >= 0;
  if (!infinitive) return;
  // "is to buy", "are to meet"
  const std::int32_t to = tree.child_with_lemma(token, "to");
  const bool scheduled = to > 0 && tree.key(to - 1) == "be" && tree.head(to - 1) == token &&
                         (tree.is(to - 1, "aux") || tree.is(to - 1, "cop"));
  if (scheduled) weaken(assertion, Modality::planned);
  const bool on_noun = (tree.is(token, "acl") && !tree.is(token, "acl:relcl"));
  const bool on_adjective = (tree.is(token, "xcomp") || tree.is(token, "advcl")) &&
                            tree.head(token) >= 0 && tree.token(tree.head(token)).upos == Upos::adj;
  if (on_noun || on_adjective) weaken(assertion, Modality::planned);
}

void apply_embedding(const SyntaxView& tree, const Embedding& embedding, Assertion& assertion) {
  const bool refused = is_negated(tree, embedding.predicate);
  switch (embedding.kind) {
    case Embedding::Kind::speech:
      weaken(assertion, refused ? Modality::possible : Modality::reported);
      if (assertion.strength == Strength::none) assertion.strength = embedding.strength;
      if (embedding.strength == Strength::denied && !refused) flip(assertion);
      if (assertion.speaker < 0 && !embedding.speakers.empty())
        assertion.speaker = embedding.speakers.front();
      break;
    case Embedding::Kind::planned:
      weaken(assertion, Modality::planned);
      if (refused) flip(assertion);
      break;
    case Embedding::Kind::possible:
      weaken(assertion, Modality::possible);
      break;
    case Embedding::Kind::negated:
      if (!refused) flip(assertion);
      break;
    case Embedding::Kind::asserted:
      if (refused) flip(assertion);
      break;
    case Embedding::Kind::conditional:
      weaken(assertion, Modality::possible);
      assertion.mood = Mood::conditional;
      break;
    case Embedding::Kind::questioned:
      weaken(assertion, Modality::possible);
      assertion.mood = Mood::questioned;
      break;
  }
}

/// True when what hangs above `token` leaves its reality alone: relative clauses, participles,
/// adverbial clauses of time, and subjects are taken for granted ("troops that attacked may
/// leave").
bool presupposes(const SyntaxView& tree, std::int32_t token) {
  const bool infinitive = has_feature(tree.token(token), "VerbForm=Inf");
  if (tree.is(token, "acl") || tree.is(token, "advcl")) return !infinitive;
  if (tree.is(token, "nsubj") || tree.is(token, "nmod:poss") || tree.is(token, "appos") ||
      (tree.is(token, "amod") && tree.token(token).upos == Upos::verb))
    return true;
  // What is to end, is condemned or looked into takes place, whether the ending is asked for or
  // not.
  static const WordSet factive = {"end",         "stop",     "cease",   "halt",    "condemn",
                                  "denounce",    "welcome",  "praise",  "regret",  "criticize",
                                  "investigate", "mourn",    "deplore", "protest", "probe",
                                  "continue",    "criticise"};
  const std::int32_t head = tree.head(token);
  return head >= 0 && tree.is_nominal(token) && factive.contains(tree.key(head)) &&
         (tree.is(token, "obj") || tree.is(token, "nmod") || tree.is(token, "obl"));
}

bool is_question(const SyntaxView& tree, std::int32_t root) {
  const auto& tokens = tree.sentence().tokens;
  if (tokens.empty()) return false;
  for (const std::int32_t child : tree.children(root)) {
    if (tree.is(child, "punct") && tree.token(child).form == "?") return true;
  }
  return false;
}

}  // namespace

std::int32_t resumed_speech(const SyntaxView& tree, std::int32_t verb) {
  static const WordSet acts = {"deny",    "accuse", "condemn",   "urge",      "call",
                               "vow",     "warn",   "threaten",  "reject",    "demand",
                               "blame",   "praise", "criticize", "criticise", "thank",
                               "promise", "insist", "announce"};
  if (!tree.is(verb, "conj") || !acts.contains(tree.key(verb)) || tree.token(verb).xpos != "VBD")
    return -1;
  const std::int32_t content = tree.head(verb);
  const std::int32_t speech = content < 0 || !tree.is(content, "ccomp") ? -1 : tree.head(content);
  if (speech < 0 || speech > content || tree.token(speech).xpos != "VBD" ||
      tree.child(speech, "nsubj") < 0)
    return -1;
  const bool own = tree.child(verb, "nsubj") >= 0 || tree.child(verb, "mark") >= 0;
  return own ? -1 : speech;
}

bool is_negated(const SyntaxView& tree, std::int32_t token) {
  if (has_no_determiner(tree, token)) return true;
  for (const std::int32_t child : tree.children(token)) {
    const std::string& word = tree.key(child);
    const std::string form = lower(tree.token(child).form);
    const bool adverb =
        tree.is(child, "advmod") || tree.is(child, "cc:preconj") || tree.is(child, "aux");
    if (adverb && (negators().contains(word) || negators().contains(form))) return true;
    const bool marker = tree.is(child, "case") || tree.is(child, "mark");
    if (marker && word == "without") return true;
    const bool argument = tree.is(child, "nsubj") || tree.is(child, "obj");
    if (argument && (has_no_determiner(tree, child) || negative_nominals().contains(word)))
      return true;
  }
  return false;
}

Assertion assertion_of(const SyntaxView& tree, std::int32_t token,
                       std::span<const Embedding> embeddings) {
  Assertion assertion;
  if (is_negated(tree, token)) assertion.polarity = Polarity::negated;
  bool presupposed = false;
  const auto told_at = [&](std::int32_t content) {
    return std::any_of(embeddings.begin(), embeddings.end(), [&](const Embedding& embedding) {
      return embedding.content == content && embedding.kind == Embedding::Kind::speech &&
             embedding.predicate != token;
    });
  };
  const auto above = [&](std::int32_t at) {
    const std::int32_t speech = resumed_speech(tree, at);
    return speech >= 0 ? tree.head(speech) : tree.head(at);
  };
  for (std::int32_t at = token; at >= 0; at = above(at)) {
    const Upos upos = tree.token(at).upos;
    const bool clause =
        at == token || upos == Upos::verb || upos == Upos::aux || tree.child(at, "cop") >= 0;
    if (clause && !presupposed) {
      apply_own_words(tree, at, told_at(at), assertion);
      apply_attachment(tree, at, assertion);
    }
    for (const Embedding& embedding : embeddings) {
      if (embedding.content != at || embedding.predicate == token) continue;
      if (presupposed && embedding.kind != Embedding::Kind::speech) continue;
      // "X, officials said": the clause of saying may hang on its own content.
      const bool parenthetical = embedding.aside || (embedding.kind == Embedding::Kind::speech &&
                                                     tree.head(embedding.predicate) == at);
      if (parenthetical || !tree.dominates(at, embedding.predicate)) {
        apply_embedding(tree, embedding, assertion);
      }
    }
    if (tree.head(at) < 0 && !presupposed && is_question(tree, at)) {
      weaken(assertion, Modality::possible);
      assertion.mood = Mood::questioned;
    }
    presupposed = presupposed || presupposes(tree, at);
    // What is told does not bear on the telling that the tree hangs on it: "Beijing, she said,
    // would attack".
    const bool telling =
        at == token && std::any_of(embeddings.begin(), embeddings.end(), [&](const Embedding& e) {
          return e.predicate == at && e.kind == Embedding::Kind::speech && e.content != at &&
                 tree.dominates(e.content, at);
        });
    if (telling) break;
  }
  return assertion;
}

}  // namespace relata::text
