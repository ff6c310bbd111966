#include "tests/store/text_composer.h"

using namespace relata;
using namespace relata::text;

void TextComposer::begin_sentence() {
  Document& document = text_.document;
  if (!document.text.empty()) document.text += '\n';
  const auto begin = static_cast<std::uint32_t>(document.text.size());
  document.sentences.emplace_back().bytes = {begin, begin};
  text_.facts.entities.mention_at.emplace_back();
}

void TextComposer::end_sentence() {
  Document& document = text_.document;
  document.sentences.back().bytes.end = static_cast<std::uint32_t>(document.text.size());
}

TokenRef TextComposer::word(std::string_view word) {
  Document& document = text_.document;
  Sentence& sentence = document.sentences.back();
  if (!sentence.tokens.empty()) document.text += ' ';
  const auto begin = static_cast<std::uint32_t>(document.text.size());
  document.text += word;
  Token token;
  token.bytes = {begin, static_cast<std::uint32_t>(document.text.size())};
  sentence.tokens.push_back(token);
  text_.facts.entities.mention_at.back().push_back(-1);
  return {static_cast<std::int32_t>(document.sentences.size()) - 1,
          static_cast<std::int32_t>(sentence.tokens.size()) - 1};
}

std::int32_t TextComposer::entity_of(const SampleName& name) {
  auto& entities = text_.facts.entities.entities;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    if (entities[i].name == name.name && entities[i].country == name.country)
      return static_cast<std::int32_t>(i);
  }
  Entity entity;
  entity.kind = name.kind;
  entity.type = name.type;
  entity.name = name.name;
  entity.named = name.name != "soldiers";
  entity.country = name.country;
  entity.gazetteer_key = name.known;
  entity.aliases = name.aliases;
  if (!name.known.empty()) entity.attributes.emplace_back("geonames", name.known);
  if (!entity.named) entity.count = {100, 3000, true, true};
  entities.push_back(entity);
  return static_cast<std::int32_t>(entities.size()) - 1;
}

TokenRef TextComposer::mention(const SampleName& name) {
  const std::int32_t entity = entity_of(name);
  const TokenRef place = word(name.name);
  EntityMention mention;
  mention.sentence = place.sentence;
  mention.head = place.token;
  mention.phrase = mention.words = {place.token, place.token + 1};
  mention.text = name.name;
  mention.entity = entity;
  auto& entities = text_.facts.entities;
  const auto index = static_cast<std::int32_t>(entities.mentions.size());
  entities.mentions.push_back(mention);
  entities.entities[entity].mentions.push_back(index);
  entities.mention_at.back().back() = index;
  return place;
}

std::int32_t TextComposer::entity_at(const TokenRef& word) const {
  const auto& entities = text_.facts.entities;
  return entities.mentions[entities.mention_at[word.sentence][word.token]].entity;
}
