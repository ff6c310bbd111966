#include "importers/text/reader/argument_features.h"

#include <algorithm>

#include "importers/text/reader/lemmatizer.h"

namespace relata::text {

namespace {

constexpr float forbidden = -1e4F;
constexpr std::size_t far_codes = 6;

std::size_t place_of(const std::vector<std::string>& labels, std::string_view label,
                     const ModelFile& file, std::string_view section) {
  const auto found = std::find(labels.begin(), labels.end(), label);
  if (found == labels.end()) {
    throw file.error(section, "a label " + std::string(label) + " expected");
  }
  return static_cast<std::size_t>(found - labels.begin());
}

std::vector<std::string> labels_of(ModelFile& file, std::string_view section) {
  std::vector<std::string> labels;
  for (const std::string_view line : file.lines(section)) labels.emplace_back(line);
  return labels;
}

}  // namespace

ArgumentFeatures::ArgumentFeatures(ModelFile& file, const std::vector<std::string>& relations,
                                   const std::vector<std::string>& roles, std::size_t rolesets)
    : relations_(relations.size()), roles_(roles.size()) {
  const auto functions = labels_of(file, "labels.srl_function");
  const auto marks = labels_of(file, "labels.srl_case");
  if (functions.empty() || functions.size() > 255 || functions[0] != "absent") {
    throw file.error("labels.srl_function", "1 to 255 labels expected, the first of them absent");
  }
  if (marks.size() < 2 || marks[0] != "none" || marks[1] != "other") {
    throw file.error("labels.srl_case", "the first labels must be none and other");
  }
  for (std::size_t i = 2; i < marks.size(); ++i) {
    marks_.emplace(marks[i], static_cast<std::uint32_t>(i));
  }
  any_function_ =
      static_cast<std::uint8_t>(place_of(functions, "any", file, "labels.srl_function"));
  case_relation_ = static_cast<std::uint32_t>(place_of(relations, "case", file, "labels.rel"));
  mark_relation_ = static_cast<std::uint32_t>(place_of(relations, "mark", file, "labels.rel"));
  for (std::size_t i = 0; i < core_roles; ++i) {
    core_[i] = place_of(roles, "ARG" + std::to_string(i), file, "labels.srl");
  }
  columns_ = roles_ + functions.size();
  const std::size_t codes = 1 + 2 * relations_ + 4 * relations_ * relations_ + far_codes;
  path_ = file.floats("srl.path", {codes, columns_});
  case_ = file.floats("srl.case", {2 * marks.size(), columns_});
  const auto& table = file.section("roleset.functions", {Dtype::u8}, {rolesets, core_roles});
  functions_.resize(rolesets);
  for (std::size_t i = 0; i < rolesets * core_roles; ++i) {
    const auto function = std::to_integer<std::uint8_t>(table.bytes[i]);
    if (function >= functions.size()) {
      throw file.error("roleset.functions", "numbers below " + std::to_string(functions.size()) +
                                                " expected, " + std::to_string(function) +
                                                " found");
    }
    functions_[i / core_roles][i % core_roles] = function;
  }
}

void ArgumentFeatures::mark(std::span<const std::string_view> forms, PartTree& tree) const {
  tree.marks.assign(tree.heads.size(), 0);
  for (std::size_t i = 1; i < tree.heads.size(); ++i) {
    const std::uint32_t relation = tree.relations[i];
    const std::uint32_t head = tree.heads[i];
    if ((relation != case_relation_ && relation != mark_relation_) || head == 0 ||
        tree.marks[head] != 0) {
      continue;
    }
    const auto found = marks_.find(lower_case(forms[i - 1]));
    tree.marks[head] = 2 * (found == marks_.end() ? 1 : found->second);
  }
}

std::size_t ArgumentFeatures::path_code(const PartTree& tree, std::uint32_t predicate,
                                        std::uint32_t word) const {
  if (word == predicate) return 0;
  const std::size_t r = relations_;
  const std::size_t square = 1 + 2 * r;
  const std::uint32_t own = tree.heads[predicate];
  const std::size_t own_relation = tree.relations[predicate];
  const std::uint32_t head = tree.heads[word];
  const std::size_t relation = tree.relations[word];
  if (head == predicate) return 1 + relation;
  if (own == word) return 1 + r + own_relation;
  if (own != 0 && head == own) return square + own_relation * r + relation;
  if (head != 0 && tree.heads[head] == predicate) {
    return square + r * r + tree.relations[head] * r + relation;
  }
  const std::uint32_t above = own == 0 ? 0 : tree.heads[own];
  if (above == word) return square + 2 * r * r + own_relation * r + tree.relations[own];
  if (above != 0 && head == above) return square + 3 * r * r + own_relation * r + relation;
  const std::uint32_t distance = word > predicate ? word - predicate : predicate - word;
  return square + 4 * r * r + (word > predicate ? 3U : 0U) + (distance > 3 ? 1U : 0U) +
         (distance > 8 ? 1U : 0U);
}

void ArgumentFeatures::add(const PartTree& tree, std::uint32_t predicate, std::size_t roleset,
                           Scores& scores) const {
  std::array<std::uint8_t, core_roles> functions = {};
  functions.fill(any_function_);
  if (roleset != no_roleset) functions = functions_[roleset];
  for (std::uint32_t word = 1; word < tree.heads.size(); ++word) {
    const float* path = path_.data() + path_code(tree, predicate, word) * columns_;
    const std::size_t mark = tree.marks[word] + (tree.heads[word] == predicate ? 1U : 0U);
    const float* preposition = case_.data() + mark * columns_;
    float* row = scores.row(word - 1);
    for (std::size_t role = 0; role < roles_; ++role) row[role] += path[role] + preposition[role];
    for (std::size_t i = 0; i < core_roles; ++i) {
      const std::size_t column = roles_ + functions[i];
      row[core_[i]] += path[column] + preposition[column] + (functions[i] == 0 ? forbidden : 0.0F);
    }
  }
}

}  // namespace relata::text
