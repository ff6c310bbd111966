#include "importers/text/reader/network.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

namespace relata::text {

namespace {

/// Keys that a model of this version has in its `config`.
constexpr std::array<std::string_view, 22> known_keys = {
    "name",       "note",          "layers",        "width",     "heads",     "hidden",
    "vocabulary", "positions",     "shapes",        "groups",    "epsilon",   "most_pieces",
    "taggers",    "arc.group",     "arc.width",     "rel.group", "rel.width", "srl.group",
    "srl.width",  "roleset.group", "roleset.width", "built"};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::map<std::string, std::string, std::less<>> key_values(ModelFile& file, std::string_view name) {
  std::map<std::string, std::string, std::less<>> values;
  for (const std::string_view line : file.lines(name)) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      throw file.error(name, "lines key=value expected, \"" + std::string(line) + "\" found");
    }
    if (!values.emplace(line.substr(0, equals), line.substr(equals + 1)).second) {
      throw file.error(name, "key " + std::string(line.substr(0, equals)) + " is there twice");
    }
  }
  return values;
}

/// Runs `make`; a UsageError of a part that knows nothing of files becomes one about `section`.
template <class Make>
auto in_section(const ModelFile& file, std::string_view section, Make&& make) {
  try {
    return make();
  } catch (const UsageError& error) {
    throw file.error(section, error.what());
  }
}

/// Trust in a name tagger. With these and the least share of names.cpp the two F1 of merged names
/// on the train portions of GUM and UNER EWT add up to 0.4 less than with the best of 125 settings
/// (training/choose_names.py).
float name_weight(std::string_view tagger) {
  if (tagger == "gum_name") return 1.5F;
  return tagger == "ner_fine" ? 0.5F : 1.0F;
}

}  // namespace

std::string_view Network::value(std::string_view key) const {
  const auto found = config.find(key);
  if (found == config.end()) throw file.error("config", "key " + std::string(key) + " is missing");
  return found->second;
}

std::size_t Network::number(std::string_view key, std::size_t least, std::size_t most) const {
  const std::string_view text = value(key);
  std::size_t result = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), result);
  if (problem != std::errc() || end != text.data() + text.size() || result < least ||
      result > most) {
    throw file.error("config", "for " + std::string(key) + " a number from " +
                                   std::to_string(least) + " to " + std::to_string(most) +
                                   " expected, \"" + std::string(text) + "\" found");
  }
  return result;
}

float Network::temperature(std::string_view head) const {
  const auto found = temperatures_.find(head);
  if (found == temperatures_.end()) {
    throw file.error("calibration", "no temperature for " + std::string(head));
  }
  return found->second;
}

Network::Network(ModelFile opened) : file(std::move(opened)) {
  load_config();
  EncoderConfig sizes;
  sizes.layers = number("layers", 1, 48);
  sizes.width = number("width", 32, 4096);
  sizes.heads = number("heads", 1, 128);
  sizes.hidden = number("hidden", 16, 16384);
  sizes.vocabulary = number("vocabulary", 3, 1000000);
  sizes.positions = number("positions", 16, 4096);
  sizes.shapes = number("shapes", WordPiece::shapes, WordPiece::shapes);
  sizes.groups = number("groups", 1, 8);
  // Checked only: the rule is part of WordPiece.
  static_cast<void>(number("most_pieces", WordPiece::most_pieces, WordPiece::most_pieces));
  const std::string_view epsilon = value("epsilon");
  const auto [end, problem] =
      std::from_chars(epsilon.data(), epsilon.data() + epsilon.size(), sizes.epsilon);
  if (problem != std::errc() || end != epsilon.data() + epsilon.size() ||
      !(sizes.epsilon > 0 && sizes.epsilon < 1)) {
    throw file.error("config", "for epsilon a number between 0 and 1 expected");
  }
  if (sizes.width % sizes.heads != 0 || sizes.width / sizes.heads % 32 != 0 ||
      sizes.hidden % 16 != 0) {
    throw file.error("config",
                     "attention heads must be a multiple of 32 wide and the hidden layer a "
                     "multiple of 16");
  }
  const auto vocabulary = file.lines("vocab");
  if (vocabulary.size() != sizes.vocabulary) {
    throw file.error("vocab", std::to_string(sizes.vocabulary) + " lines expected, " +
                                  std::to_string(vocabulary.size()) + " found");
  }
  in_section(file, "vocab", [&] { pieces.emplace(vocabulary); });
  encoder.emplace(file, sizes);
  if (file.has("lists.names")) name_lists.emplace(file);
  load_taggers(sizes.width);

  const auto group = [&](std::string_view head) {
    return number(std::string(head) + ".group", 0, sizes.groups - 1);
  };
  const auto size = [&](std::string_view head) {
    return number(std::string(head) + ".width", 1, 4096);
  };
  arc.emplace(file, "arc", "arc.dep", "arc.head", size("arc"), 1, group("arc"), sizes.width,
              temperature("arc"));
  for (const std::string_view label : file.lines("labels.rel")) relations.emplace_back(label);
  const auto root = std::find(relations.begin(), relations.end(), "root");
  if (root == relations.end() || relations.size() < 2) {
    throw file.error("labels.rel", "the relation root and others expected");
  }
  root_relation = static_cast<std::size_t>(root - relations.begin());
  rel.emplace(file, "rel", "rel.dep", "rel.head", size("rel"), relations.size(), group("rel"),
              sizes.width, temperature("rel"));
  for (const std::string_view label : file.lines("labels.srl")) {
    roles.emplace_back(label);
    role_is_core.push_back(label.size() == 4 && label.starts_with("ARG") && label[3] >= '0' &&
                           label[3] <= '5');
  }
  if (roles.empty() || roles[0] != "none") {
    throw file.error("labels.srl", "the first role must be none");
  }
  srl.emplace(file, "srl", "srl.pred", "srl.arg", size("srl"), roles.size(), group("srl"),
              sizes.width, temperature("srl"));
  rolesets.emplace(file, group("roleset"), size("roleset"), sizes.width, temperature("roleset"));
  argument_features.emplace(file, relations, roles, rolesets->size());
  load_self_test();
  file.check_all_used();
}

void Network::load_config() {
  config = key_values(file, "config");
  for (const auto& [key, text] : config) {
    if (std::find(known_keys.begin(), known_keys.end(), key) == known_keys.end()) {
      throw file.error("config", "this program does not know the key " + key);
    }
  }
  for (const auto& [key, text] : key_values(file, "calibration")) {
    float temperature = 0;
    const auto [end, problem] =
        std::from_chars(text.data(), text.data() + text.size(), temperature);
    if (problem != std::errc() || end != text.data() + text.size() ||
        !(temperature > 0.01F && temperature < 100.0F)) {
      throw file.error("calibration", "for " + key + " a number between 0.01 and 100 expected, \"" +
                                          text + "\" found");
    }
    temperatures_.emplace(key, temperature);
  }
}

void Network::load_taggers(std::size_t width) {
  for (const std::string_view entry : split(value("taggers"), ' ')) {
    const auto parts = split(entry, ':');
    std::array<std::size_t, 2> numbers = {0, 0};
    bool right = parts.size() == 3;
    for (std::size_t i = 0; right && i < 2; ++i) {
      const char* last = parts[i + 1].data() + parts[i + 1].size();
      const auto [end, problem] = std::from_chars(parts[i + 1].data(), last, numbers[i]);
      right = problem == std::errc() && end == last;
    }
    if (!right || numbers[0] >= encoder->config().groups || numbers[1] > 65536) {
      throw file.error(
          "config", "taggers are told as name:group:hidden, \"" + std::string(entry) + "\" found");
    }
    const std::string name(parts[0]);
    Tagger tagger(file, name, numbers[0], numbers[1], width, temperature(name));
    const auto keep = [&](std::optional<Tagger>& slot, bool none_first) {
      if (slot) throw file.error("config", "tagger " + name + " is told twice");
      if (none_first && tagger.labels()[0] != "none") {
        throw file.error("labels." + name, "the first label must be none");
      }
      slot.emplace(std::move(tagger));
    };
    if (name == "upos") {
      keep(upos, false);
      for (const std::string& label : upos->labels()) {
        upos_values.push_back(upos_from_name(label));
        if (upos_name(upos_values.back()) != label) {
          throw file.error("labels.upos", "\"" + label + "\" is no universal part of speech");
        }
      }
    } else if (name == "xpos") {
      keep(xpos, false);
    } else if (name == "feats") {
      keep(feats, false);
    } else if (name == "lemma") {
      keep(lemma, false);
      const std::vector<std::string_view> scripts(lemma->labels().begin(), lemma->labels().end());
      const auto exceptions = file.lines("lemma.exceptions");
      in_section(file, "labels.lemma", [&] { lemmatizer.emplace(scripts, exceptions); });
    } else if (name == "mention") {
      keep(mention, true);
    } else if (name == "predicate") {
      keep(predicate, true);
    } else if (name == "deverbal") {
      keep(deverbal, true);
    } else {
      // Any other tagger must be one of names.
      for (const NameTagger& other : names) {
        if (other.name == name) throw file.error("config", "tagger " + name + " is told twice");
      }
      const std::size_t labels = tagger.labels().size();
      BioDecoder decoder =
          in_section(file, "labels." + name, [&] { return BioDecoder(tagger.labels()); });
      if (const std::string section = name + ".transitions"; file.has(section)) {
        const std::vector<float> transitions = file.floats(section, {labels, labels});
        decoder = in_section(file, section, [&] {
          return BioDecoder(tagger.labels(), transitions, tagger.inverse_temperature());
        });
      }
      names.push_back({name, std::move(tagger), std::move(decoder), name_weight(name)});
    }
  }
  const bool all = upos && xpos && feats && lemma && mention && predicate && deverbal;
  if (!all || names.empty()) {
    throw file.error("config",
                     "taggers upos, xpos, feats, lemma, mention, predicate, deverbal and at "
                     "least one of names expected");
  }
}

void Network::load_self_test() {
  const auto words = file.lines("selftest.input");
  const auto rows = file.lines("selftest.expected");
  if (words.size() != rows.size()) {
    throw file.error("selftest.expected", std::to_string(words.size()) + " lines expected, " +
                                              std::to_string(rows.size()) + " found");
  }
  bool open = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].empty() != rows[i].empty()) {
      throw file.error("selftest.expected",
                       "line " + std::to_string(i + 1) + " does not agree with selftest.input");
    }
    if (words[i].empty()) {
      open = false;
      continue;
    }
    if (!open) self_test.emplace_back();
    open = true;
    const auto columns = split(rows[i], '\t');
    if (columns.size() != 8) {
      throw file.error("selftest.expected", "8 columns expected in line " + std::to_string(i + 1));
    }
    self_test.back().words.push_back(words[i]);
    std::copy(columns.begin(), columns.end(), self_test.back().expected.emplace_back().begin());
  }
}

}  // namespace relata::text
