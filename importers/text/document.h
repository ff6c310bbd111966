#pragma once
// The document that the stages of the text importer fill, one after the other: text -> sentences
// and tokens -> tags, tree, names, mentions and predicates -> entities -> facts. Positions are byte
// offsets into `Document::text` from the first stage to the last; token positions are indices
// within their sentence. A Document owns all that it holds and is a plain value: copy, move and
// read it from several threads freely; one thread writes.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relata::text {

/// Half-open range of bytes [begin, end) of a document's text.
struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

/// Half-open range of tokens [begin, end) within one sentence.
struct TokenSpan {
  std::int32_t begin = 0;
  std::int32_t end = 0;
  [[nodiscard]] std::int32_t size() const { return end - begin; }
  [[nodiscard]] bool contains(std::int32_t token) const { return begin <= token && token < end; }
  friend bool operator==(const TokenSpan&, const TokenSpan&) = default;
};

/// Universal parts of speech (Universal Dependencies 2).
enum class Upos : std::uint8_t {
  adj,
  adp,
  adv,
  aux,
  cconj,
  det,
  intj,
  noun,
  num,
  part,
  pron,
  propn,
  punct,
  sconj,
  sym,
  verb,
  x
};

/// "NOUN" for `noun`, and so on; the upper-case names of the standard.
std::string_view upos_name(Upos upos);
/// The part of speech with that name; `x` when there is none.
Upos upos_from_name(std::string_view name);

/// One syntactic word.
struct Token {
  ByteSpan bytes;    ///< where it stands; words of one written token ("don't") share no byte
  std::string form;  ///< as written
  std::string lemma;
  Upos upos = Upos::x;
  std::string xpos;         ///< Penn Treebank tag
  std::string feats;        ///< "Number=Sing|Person=3", "_" when none
  std::int32_t head = -1;   ///< index of the head within the sentence, -1 for the root
  std::string deprel;       ///< UD relation with subtype, "nsubj:pass"
  bool space_after = true;  ///< white space follows in the text
  float tag_score = 0;      ///< probability of the part of speech, 0..1
  float head_score = 0;     ///< probability of head and relation, 0..1
};

/// True when `token.feats` holds exactly that "Name=Value".
bool has_feature(const Token& token, std::string_view feature);

/// A proper name or nationality word found in the text.
struct Name {
  TokenSpan span;
  std::string type;       ///< person, organization, place, ... the coarse type that is always there
  std::string fine_type;  ///< country, city, party, ... where the reader can tell, else empty
  float score = 0;        ///< probability, 0..1
};

/// A noun phrase or pronoun that can refer.
struct Mention {
  TokenSpan span;
  std::int32_t head = 0;  ///< token that heads the phrase
  std::string type;  ///< GUM's ten: abstract animal event object organization person place plant
                     ///< substance time
  float score = 0;
};

/// One argument of a predicate.
struct Argument {
  std::string role;       ///< ARG0..ARG5, ARGM-LOC, ARGM-TMP, ...
  std::int32_t head = 0;  ///< token that heads the argument's phrase
  TokenSpan span;
  float score = 0;
};

/// A verb, noun or adjective that predicates something, with its PropBank roleset.
struct Predicate {
  std::int32_t token = 0;
  std::string roleset;  ///< "capture.01"
  float score = 0;      ///< that this token is a predicate, 0..1
  float roleset_score = 0;
  std::vector<Argument> arguments;
};

/// One sentence with everything that the reader found in it. `sentence.tokens[i].head` and all
/// token spans index `tokens`.
struct Sentence {
  ByteSpan bytes;
  std::vector<Token> tokens;
  std::vector<Name> names;
  std::vector<Mention> mentions;
  std::vector<Predicate> predicates;
  bool headline = false;  ///< a line of its own without a full stop
  std::uint32_t paragraph = 0;
};

/// Where a text comes from; empty strings mean unknown.
struct Metadata {
  std::string title;
  std::string date;  ///< publication date, ISO 8601 "2024-12-27"
  std::string author;
  std::string outlet;  ///< newspaper, agency, site
  std::string url;
  std::string language;  ///< BCP 47, "en"
};

/// One text on its way through the stages.
struct Document {
  std::string id;  ///< name under which the graph knows it (file path, address); unique in a build
  std::string text;  ///< valid UTF-8, unchanged since it was read
  Metadata metadata;
  std::string copy_of;  ///< id of the document whose near copy it is (near_copies.h), else ""
  std::vector<Sentence> sentences;
  bool annotated = false;  ///< the reader has been over the sentences; no need to read them again

  [[nodiscard]] std::string_view bytes(ByteSpan span) const {
    return std::string_view(text).substr(span.begin, span.end - span.begin);
  }
};

/// Bytes from the first to the last token of `span`; `span` must not be empty.
ByteSpan bytes_of(const Sentence& sentence, TokenSpan span);

/// Tokens dominated by `token` in the tree, itself included, as the smallest range that covers
/// them.
TokenSpan subtree_of(const Sentence& sentence, std::int32_t token);

}  // namespace relata::text
