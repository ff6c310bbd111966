#include "graph/update_strings.h"

#include <cstdint>
#include <span>

namespace relata {

namespace {

constexpr std::size_t sieve_size = std::size_t{1} << 20U;

/// Where a string stands in the sieve: by its size and its last bytes.
std::size_t sieve(std::string_view text) {
  std::uint64_t hash = text.size();
  for (std::size_t i = 0; i < std::min<std::size_t>(text.size(), 8); ++i)
    hash = hash << 7U ^ static_cast<unsigned char>(text[text.size() - 1 - i]) ^ hash >> 57U;
  return (hash * 0x9e3779b97f4a7c15ULL) >> 44U;
}

}  // namespace

void UpdateStrings::add(const Graph& graph) {
  const std::size_t count = graph.tables().string_begin.size() - 1;
  graphs_.push_back({&graph, std::vector<StringId>(count)});
  for (std::size_t i = 0; i < count; ++i) wanted_.try_emplace(graph.text(StringId(i)));
}

void UpdateStrings::find() {
  // Few are wanted of many: their last bytes and sizes tell most apart.
  std::vector<bool> sifted(sieve_size);
  for (const auto& [text, id] : wanted_) sifted[sieve(text)] = true;
  const std::size_t old = base_.tables().string_begin.size() - 1;
  for (std::size_t i = 0; i < old; ++i) {
    const std::string_view text = base_.text(StringId(i));
    if (!sifted[sieve(text)]) continue;
    if (const auto found = wanted_.find(text); found != wanted_.end()) found->second = StringId(i);
  }
  for (auto& [graph, ids] : graphs_) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      StringId& id = wanted_.at(graph->text(StringId(i)));
      if (!id.valid()) {
        id = StringId(old + added_.size());
        added_.push_back(graph->text(StringId(i)));
      }
      ids[i] = id;
    }
  }
  used_.resize(old + added_.size());
}

void UpdateStrings::write(ImageWriter& writer) const {
  writer.begin("string_begin");
  std::uint64_t end = 0;
  writer.put_one(end);
  for (std::size_t i = 0; i < used_.size(); ++i) {
    if (used_[i]) end += text(StringId(i)).size();
    writer.put_one(end);
  }
  writer.begin("string_bytes");
  for (std::size_t i = 0; i < used_.size(); ++i) {
    if (used_[i]) writer.put(std::span<const char>(text(StringId(i))));
  }
}

}  // namespace relata
