#include "importers/text/reader/annotator.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "importers/text/reader/spans.h"
#include "importers/text/reader/tree_decoder.h"
#include "importers/text/spelling.h"

namespace relata::text {

namespace {

/// Word pieces that go through the network together: enough to reuse weights from the cache.
constexpr std::size_t batch_pieces = 384;

std::int32_t signed_index(std::size_t i) {
  return static_cast<std::int32_t>(i);
}

bool is_cut_mark(std::string_view form) {
  return form == "," || form == ";" || form == ":" || form == "." || form == "!" || form == "?" ||
         form == "-" || form == "--" || form == "\u2013" || form == "\u2014";
}

}  // namespace

Annotator::Annotator(const Network& network, const Kernels& kernels, const AnnotateOptions& options)
    : network_(network), kernels_(kernels), options_(options), pieces_(*network.pieces) {
  vectors_.resize(network.encoder->config().groups);
  if (options_.name_layers != nullptr) {
    for (const NameTagger& tagger : network.names) {
      options_.name_layers->push_back({tagger.name, {}});
    }
  }
}

void Annotator::add(Sentence& sentence) {
  sentences_.push_back(&sentence);
  votes_.emplace_back();
  sentence.names.clear();
  sentence.mentions.clear();
  if (!options_.given_predicates) sentence.predicates.clear();
  if (options_.name_layers != nullptr) {
    for (NameLayer& layer : *options_.name_layers) layer.sentences.emplace_back();
  }
  // A part holds as many words as fit between the two marks; a cut is made after the last mark of
  // punctuation in the part's second half when there is one.
  const std::size_t most = network_.encoder->config().positions - 2;
  std::size_t begin = 0;
  while (begin < sentence.tokens.size()) {
    std::size_t used = 0;
    std::size_t end = begin;
    while (end < sentence.tokens.size()) {
      const std::size_t more = pieces_.split(sentence.tokens[end].form).ids.size();
      if (used + more > most) break;
      used += more;
      ++end;
    }
    if (end < sentence.tokens.size()) {
      for (std::size_t cut = end; cut > begin + (end - begin) / 2; --cut) {
        if (is_cut_mark(sentence.tokens[cut - 1].form)) {
          end = cut;
          break;
        }
      }
    }
    add_part(sentence, begin, end);
    begin = end;
  }
}

void Annotator::add_part(Sentence& sentence, std::size_t begin, std::size_t end) {
  const auto append = [&](std::uint32_t piece, std::uint8_t shape) {
    input_.pieces.push_back(piece);
    input_.shapes.push_back(shape);
  };
  const auto mark_word = [&](std::uint8_t shape) {
    input_.word_rows.push_back(static_cast<std::uint32_t>(input_.pieces.size()));
    input_.word_shapes.push_back(shape);
  };
  parts_.push_back({&sentence, begin, end - begin, input_.word_rows.size(), sentences_.size() - 1});
  input_.starts.push_back(input_.pieces.size());
  mark_word(WordPiece::mark_shape);
  append(network_.pieces->start_mark(), WordPiece::mark_shape);
  for (std::size_t i = begin; i < end; ++i) {
    const WordPieces& word = pieces_.split(sentence.tokens[i].form);
    mark_word(word.shape);
    for (const std::uint32_t piece : word.ids) append(piece, word.shape);
  }
  append(network_.pieces->end_mark(), WordPiece::mark_shape);
  if (input_.pieces.size() >= batch_pieces) run_batch();
}

void Annotator::finish() {
  run_batch();
  for (std::size_t i = 0; i < sentences_.size(); ++i) complete(i, *sentences_[i]);
  sentences_.clear();
  votes_.clear();
}

void Annotator::run_batch() {
  if (parts_.empty()) return;
  network_.encoder->run(kernels_, input_, encoder_);
  mark_lists();
  for (std::size_t g = 0; g < vectors_.size(); ++g) {
    WordVectors& words = vectors_[g];
    words.values = encoder_.vectors[g].data();
    words.rows = input_.word_rows.size();
    words.width = network_.encoder->config().width;
    words.quantised.assign(kernels_, words.values, words.width, words.rows, words.width);
    words.starts.clear();
    for (const Part& part : parts_) words.starts.push_back(static_cast<std::uint32_t>(part.row));
    words.marks = list_marks_;
  }
  tag();
  parse();
  find_names();
  find_mentions();
  find_predicates();
  parts_.clear();
  input_.clear();
}

void Annotator::mark_lists() {
  if (!network_.name_lists) return;
  list_marks_.assign(input_.word_rows.size(), 0);
  std::vector<std::string_view> forms;
  for (const Part& part : parts_) {
    forms.clear();
    for (std::size_t i = 0; i < part.size; ++i) {
      forms.emplace_back(part.sentence->tokens[part.begin + i].form);
    }
    network_.name_lists->mark(forms, std::span(list_marks_).subspan(part.row + 1, part.size));
  }
}

std::size_t Annotator::best_label(const Tagger& tagger, float* row, float& probability) const {
  const std::size_t count = tagger.labels().size();
  const auto best = static_cast<std::size_t>(std::max_element(row, row + count) - row);
  kernels_.softmax(row, padded_columns(count), 1, count, tagger.inverse_temperature());
  probability = row[best];
  return best;
}

void Annotator::tag() {
  const auto each_word = [&](const Tagger& tagger, const auto& use) {
    tagger.score(kernels_, vectors(tagger.group()), heads_, scores_);
    for (const Part& part : parts_) {
      for (std::size_t i = 0; i < part.size; ++i) {
        use(part.sentence->tokens[part.begin + i], scores_.row(part.row + 1 + i));
      }
    }
  };
  const auto best = [](const Tagger& tagger, const float* row) {
    return static_cast<std::size_t>(std::max_element(row, row + tagger.labels().size()) - row);
  };
  each_word(*network_.upos, [&](Token& token, float* row) {
    token.upos = network_.upos_values[best_label(*network_.upos, row, token.tag_score)];
  });
  each_word(*network_.xpos, [&](Token& token, const float* row) {
    token.xpos = network_.xpos->labels()[best(*network_.xpos, row)];
  });
  each_word(*network_.feats, [&](Token& token, const float* row) {
    token.feats = network_.feats->labels()[best(*network_.feats, row)];
  });
  each_word(*network_.lemma, [&](Token& token, const float* row) {
    token.lemma =
        network_.lemmatizer->lemma(token.form, upos_name(token.upos), best(*network_.lemma, row));
  });
}

void Annotator::parse() {
  const Biaffine& arc = *network_.arc;
  arc.project(kernels_, vectors(arc.group()), projections_);
  std::vector<std::uint32_t> dependents;
  std::vector<std::uint32_t> heads;
  for (const Part& part : parts_) {
    const std::size_t nodes = part.size + 1;
    arc.score_square(kernels_, projections_, part.row, nodes, heads_, scores_);
    const auto tree = maximum_spanning_tree(scores_.values.data(), part.size, scores_.stride);
    for (std::size_t i = 0; i < part.size; ++i) {
      Token& token = part.sentence->tokens[part.begin + i];
      const auto head = static_cast<std::size_t>(tree[i]);
      token.head = head == 0 ? -1 : signed_index(part.begin + head - 1);
      float* row = scores_.row(i + 1);
      row[i + 1] = -1e30F;  // no word heads itself
      kernels_.softmax(row, scores_.stride, 1, nodes, arc.inverse_temperature());
      token.head_score = row[head];
      dependents.push_back(static_cast<std::uint32_t>(part.row + 1 + i));
      heads.push_back(static_cast<std::uint32_t>(part.row + head));
    }
  }
  const Biaffine& rel = *network_.rel;
  rel.project(kernels_, vectors(rel.group()), projections_);
  rel.score_pairs(kernels_, projections_, dependents, heads, heads_, scores_);
  std::size_t pair = 0;
  relations_.assign(input_.word_rows.size(), static_cast<std::uint32_t>(network_.root_relation));
  for (const Part& part : parts_) {
    for (std::size_t i = 0; i < part.size; ++i, ++pair) {
      Token& token = part.sentence->tokens[part.begin + i];
      if (token.head < 0) {
        token.deprel = network_.relations[network_.root_relation];
        continue;
      }
      float* row = scores_.row(pair);
      row[network_.root_relation] = -1e30F;
      const std::size_t count = network_.relations.size();
      const auto best = static_cast<std::size_t>(std::max_element(row, row + count) - row);
      kernels_.softmax(row, scores_.stride, 1, count, rel.inverse_temperature());
      token.deprel = network_.relations[best];
      relations_[part.row + 1 + i] = static_cast<std::uint32_t>(best);
      token.head_score *= row[best];
    }
  }
}

void Annotator::find_names() {
  for (std::size_t t = 0; t < network_.names.size(); ++t) {
    const NameTagger& names = network_.names[t];
    names.tagger.score(kernels_, vectors(names.tagger.group()), heads_, scores_);
    const std::size_t labels = names.tagger.labels().size();
    for (const Part& part : parts_) {
      if (part.size == 0) continue;
      const auto spans = names.decoder.decode(scores_.row(part.row + 1), part.size, scores_.stride);
      if (spans.empty()) continue;
      kernels_.softmax(scores_.row(part.row + 1), scores_.stride, part.size, labels,
                       names.tagger.inverse_temperature());
      if (names.decoder.has_transitions()) {
        names.decoder.marginals(scores_.row(part.row + 1), part.size, scores_.stride);
      }
      for (const TypedSpan& span : spans) {
        float probability =
            scores_.row(part.row + 1 + span.begin)[names.decoder.begin_label(span.type)];
        for (std::size_t i = span.begin + 1; i < span.end; ++i) {
          probability *= scores_.row(part.row + 1 + i)[names.decoder.inside_label(span.type)];
        }
        const TokenSpan tokens{signed_index(part.begin + span.begin),
                               signed_index(part.begin + span.end)};
        const std::string& type = names.decoder.types()[span.type];
        votes_[part.number].push_back({tokens, type, probability, names.weight});
        if (options_.name_layers != nullptr) {
          (*options_.name_layers)[t].sentences[part.number].push_back(
              {tokens, type, "", probability});
        }
      }
    }
  }
}

void Annotator::find_mentions() {
  const Tagger& tagger = *network_.mention;
  tagger.score(kernels_, vectors(tagger.group()), heads_, scores_);
  for (const Part& part : parts_) {
    for (std::size_t i = 0; i < part.size; ++i) {
      float probability = 0;
      const std::size_t best = best_label(tagger, scores_.row(part.row + 1 + i), probability);
      if (best == 0) continue;
      Mention mention;
      mention.head = signed_index(part.begin + i);
      mention.type = tagger.labels()[best];
      mention.score = probability;
      part.sentence->mentions.push_back(std::move(mention));
    }
  }
}

std::vector<std::uint32_t> Annotator::senses_with_particle(
    const Sentence& sentence, std::size_t token, std::string_view lemma,
    std::span<const std::uint32_t> candidates) const {
  const auto particle_of = [&](std::uint32_t roleset) -> std::string_view {
    std::string_view name = network_.rolesets->name(roleset);
    name = name.substr(0, name.find('.'));
    if (!name.starts_with(lemma) || name.size() <= lemma.size() + 1 || name[lemma.size()] != '_')
      return {};
    return name.substr(lemma.size() + 1);
  };
  const auto follows = [&](std::string_view particle) {
    particle = particle.substr(0, particle.find('_'));
    const std::size_t end = std::min(sentence.tokens.size(), token + 12);
    for (std::size_t i = token + 1; i < end; ++i) {
      if (lower_case(sentence.tokens[i].form) == particle) return true;
    }
    return false;
  };
  std::vector<std::uint32_t> kept;
  for (const std::uint32_t candidate : candidates) {
    const std::string_view particle = particle_of(candidate);
    if (particle.empty() || follows(particle)) kept.push_back(candidate);
  }
  if (kept.empty()) kept.assign(candidates.begin(), candidates.end());
  return kept;
}

void Annotator::find_predicates() {
  const Tagger& tagger = *network_.predicate;
  tagger.score(kernels_, vectors(tagger.group()), heads_, scores_);
  const Biaffine& srl = *network_.srl;
  srl.project(kernels_, vectors(srl.group()), projections_);
  const WordVectors& words = vectors(network_.rolesets->group());
  struct Found {
    std::size_t part;
    std::size_t predicate;  // of its sentence, whose list may still grow with a later part
    std::size_t roleset;
  };
  std::vector<Found> found;
  std::vector<std::uint32_t> rows;
  for (std::size_t at = 0; at < parts_.size(); ++at) {
    const Part& part = parts_[at];
    std::vector<Predicate>& predicates = part.sentence->predicates;
    if (!options_.given_predicates) {
      for (std::size_t i = 0; i < part.size; ++i) {
        float probability = 0;
        float* row = scores_.row(part.row + 1 + i);
        if (best_label(tagger, row, probability) == 0) continue;
        Predicate predicate;
        predicate.token = signed_index(part.begin + i);
        predicate.score = 1.0F - row[0];
        predicates.push_back(std::move(predicate));
      }
    }
    for (std::size_t p = 0; p < predicates.size(); ++p) {
      Predicate& predicate = predicates[p];
      const auto token = static_cast<std::size_t>(predicate.token);
      if (token < part.begin || token >= part.begin + part.size) continue;
      const std::size_t row = part.row + 1 + token - part.begin;
      const std::string lemma = lower_case(part.sentence->tokens[token].lemma);
      auto candidates = network_.rolesets->candidates(lemma);
      if (candidates.empty()) {
        for (const std::string& spelling : other_spellings(lemma)) {
          if (candidates.empty()) candidates = network_.rolesets->candidates(spelling);
        }
      }
      const auto own = senses_with_particle(*part.sentence, token, lemma, candidates);
      predicate.roleset.clear();
      predicate.roleset_score = 0;
      std::size_t roleset = ArgumentFeatures::no_roleset;
      if (!own.empty()) {
        const auto choice = network_.rolesets->choose(kernels_, words, row, own, heads_);
        roleset = choice.roleset;
        predicate.roleset = network_.rolesets->name(roleset);
        predicate.roleset_score = choice.probability;
      }
      found.push_back({at, p, roleset});
      rows.push_back(static_cast<std::uint32_t>(row));
    }
  }
  // In blocks, because the label matrices are read once a block.
  constexpr std::size_t block = 16;
  std::size_t tree_part = parts_.size();
  PartTree tree;
  for (std::size_t start = 0; start < found.size(); start += block) {
    const std::size_t count = std::min(block, found.size() - start);
    srl.expand(kernels_, projections_, std::span(rows).subspan(start, count), heads_, scores_);
    for (std::size_t i = 0; i < count; ++i) {
      const Found& one = found[start + i];
      const Part& part = parts_[one.part];
      if (one.part != tree_part) tree = tree_of(part);
      tree_part = one.part;
      find_arguments(part, tree, one.roleset, part.sentence->predicates[one.predicate],
                     scores_.row(i));
    }
  }
}

PartTree Annotator::tree_of(const Part& part) const {
  PartTree tree;
  tree.heads.push_back(0);
  std::vector<std::string_view> forms;
  for (std::size_t i = 0; i < part.size; ++i) {
    const Token& token = part.sentence->tokens[part.begin + i];
    tree.heads.push_back(
        token.head < 0
            ? 0
            : static_cast<std::uint32_t>(static_cast<std::size_t>(token.head) - part.begin + 1));
    forms.emplace_back(token.form);
  }
  tree.relations.assign(relations_.begin() + static_cast<std::ptrdiff_t>(part.row),
                        relations_.begin() + static_cast<std::ptrdiff_t>(part.row + part.size + 1));
  network_.argument_features->mark(forms, tree);
  return tree;
}

void Annotator::find_arguments(const Part& part, const PartTree& tree, std::size_t roleset,
                               Predicate& predicate, const float* expanded) {
  const Biaffine& srl = *network_.srl;
  const std::size_t own = static_cast<std::size_t>(predicate.token) - part.begin;
  srl.score_row(kernels_, projections_, expanded, part.row + 1, part.size, heads_, more_scores_);
  network_.argument_features->add(tree, static_cast<std::uint32_t>(own + 1), roleset, more_scores_);
  // Words in order of how far a role beats no role; a word has one role, a core role one word.
  struct Candidate {
    float margin;
    std::size_t word;
    std::size_t role;
  };
  std::vector<Candidate> candidates;
  const std::size_t roles = network_.roles.size();
  for (std::size_t i = 0; i < part.size; ++i) {
    if (i == own) continue;
    const float* row = more_scores_.row(i);
    for (std::size_t role = 1; role < roles; ++role) {
      if (row[role] > row[0]) candidates.push_back({row[role] - row[0], i, role});
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(-a.margin, a.word, a.role) < std::tuple(-b.margin, b.word, b.role);
  });
  std::vector<bool> word_taken(part.size, false);
  std::vector<bool> role_taken(roles, false);
  predicate.arguments.clear();
  for (const Candidate& candidate : candidates) {
    if (word_taken[candidate.word] ||
        (network_.role_is_core[candidate.role] && role_taken[candidate.role])) {
      continue;
    }
    word_taken[candidate.word] = true;
    role_taken[candidate.role] = true;
    Argument argument;
    argument.role = network_.roles[candidate.role];
    argument.head = signed_index(part.begin + candidate.word);
    std::vector<float> row(more_scores_.row(candidate.word),
                           more_scores_.row(candidate.word) + more_scores_.stride);
    kernels_.softmax(row.data(), row.size(), 1, roles, srl.inverse_temperature());
    argument.score = row[candidate.role];
    predicate.arguments.push_back(std::move(argument));
  }
  std::sort(predicate.arguments.begin(), predicate.arguments.end(),
            [](const Argument& a, const Argument& b) { return a.head < b.head; });
}

void Annotator::complete(std::size_t number, Sentence& sentence) {
  // The roots of later parts hang on the first one's.
  std::int32_t root = -1;
  for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
    Token& token = sentence.tokens[i];
    if (token.head >= 0) continue;
    if (root < 0) {
      root = signed_index(i);
    } else {
      token.head = root;
      token.deprel = "parataxis";
    }
  }
  const TreeIndex tree(sentence);
  for (Mention& mention : sentence.mentions) mention.span = tree.mention(mention.head);
  for (Predicate& predicate : sentence.predicates) {
    for (Argument& argument : predicate.arguments) {
      argument.span = tree.argument(argument.head, predicate.token);
    }
  }
  float total_weight = 0;
  for (const NameTagger& names : network_.names) total_weight += names.weight;
  sentence.names = merge_names(sentence, votes_[number], total_weight);
}

}  // namespace relata::text
