#pragma once
// The whole reader network as loaded from a model file: vocabulary, encoder and heads. Owns the
// file's mapping. Immutable after loading and shared by threads.

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/reader/argument_features.h"
#include "importers/text/reader/bio_decoder.h"
#include "importers/text/reader/encoder.h"
#include "importers/text/reader/heads.h"
#include "importers/text/reader/lemmatizer.h"
#include "importers/text/reader/model_file.h"
#include "importers/text/reader/name_lists.h"
#include "importers/text/reader/wordpiece.h"

namespace relata::text {

/// A tagger whose labels are BIO spans of names, and how far to trust it when taggers disagree.
struct NameTagger {
  std::string name;
  Tagger tagger;
  BioDecoder decoder;
  float weight = 1;
};

/// One sentence of the self-test: words, and a row of expected values for each
/// (docs/model_format.md).
struct SelfTestSentence {
  std::vector<std::string_view> words;
  std::vector<std::array<std::string_view, 8>> expected;
};

class Network final {
 public:
  /// Reads every section. Throws InputError for anything missing, misshapen or left over.
  explicit Network(ModelFile file);

  ModelFile file;
  std::map<std::string, std::string, std::less<>> config;
  std::optional<WordPiece> pieces;
  std::optional<Encoder> encoder;
  std::optional<Tagger> upos;
  std::vector<Upos> upos_values;  ///< by label of `upos`
  std::optional<Tagger> xpos;
  std::optional<Tagger> feats;
  std::optional<Tagger> lemma;
  std::optional<Lemmatizer> lemmatizer;
  std::vector<NameTagger> names;
  std::optional<NameLists> name_lists;  ///< when the file has any
  std::optional<Tagger> mention;        ///< label 0 is "none"
  std::optional<Tagger> predicate;      ///< label 0 is "none"
  std::optional<Tagger> deverbal;       ///< label 0 is "none"
  std::optional<Biaffine> arc;
  std::optional<Biaffine> rel;
  std::vector<std::string> relations;
  std::size_t root_relation = 0;
  std::optional<Biaffine> srl;
  std::vector<std::string> roles;  ///< role 0 is "none"
  std::vector<bool> role_is_core;  ///< at most one word of a predicate has it
  std::optional<Rolesets> rolesets;
  std::optional<ArgumentFeatures> argument_features;
  std::vector<SelfTestSentence> self_test;

 private:
  void load_config();
  void load_taggers(std::size_t width);
  void load_self_test();
  [[nodiscard]] std::string_view value(std::string_view key) const;
  [[nodiscard]] std::size_t number(std::string_view key, std::size_t least, std::size_t most) const;
  [[nodiscard]] float temperature(std::string_view head) const;
  std::map<std::string, float, std::less<>> temperatures_;
};

}  // namespace relata::text
