#include "graph/query/indexes.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace relata::query {

namespace {

/// FNV-1a: the same on every machine, though nothing shows its order.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

/// Sorts 0 .. count - 1 by `part_of`, in order within a part; `begin` gets the parts' beginnings.
template <class IdType, class PartOf>
std::vector<IdType> group(std::size_t count, std::size_t parts, std::vector<std::uint32_t>& begin,
                          PartOf part_of) {
  begin.assign(parts + 1, 0);
  for (std::size_t i = 0; i < count; ++i) ++begin[part_of(i) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  std::vector<IdType> sorted(count);
  for (std::size_t i = 0; i < count; ++i) sorted[next[part_of(i)]++] = IdType(i);
  return sorted;
}

}  // namespace

void Indexes::index_types() {
  if (!type_begin_.empty()) return;
  const auto nodes = graph_.nodes();
  by_type_ = group<NodeId>(nodes.size(), graph_.ontology().types().size(), type_begin_,
                           [&](std::size_t i) { return nodes[i].type.value; });
}

std::span<const NodeId> Indexes::of_type(TypeId type) {
  index_types();
  return std::span(by_type_).subspan(type_begin_[type.value],
                                     type_begin_[type.value + 1] - type_begin_[type.value]);
}

void Indexes::index_relations() {
  if (!relation_begin_.empty()) return;
  const auto edges = graph_.edges();
  by_relation_ = group<EdgeId>(edges.size(), graph_.ontology().relations().size(), relation_begin_,
                               [&](std::size_t i) { return edges[i].relation.value; });
}

std::span<const EdgeId> Indexes::of_relation(RelationId relation) {
  index_relations();
  const std::uint32_t begin = relation_begin_[relation.value];
  return std::span(by_relation_).subspan(begin, relation_begin_[relation.value + 1] - begin);
}

std::vector<NodeId> Indexes::named(std::string_view name) {
  if (by_name_.empty()) {
    by_name_.reserve(graph_.node_count());
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      by_name_.push_back({hash_of(graph_.name(NodeId(i))), NodeId(i)});
    }
    std::sort(by_name_.begin(), by_name_.end());
  }
  const std::uint64_t hash = hash_of(name);
  std::vector<NodeId> nodes;
  auto at = std::lower_bound(by_name_.begin(), by_name_.end(), Named{hash, NodeId(0)});
  for (; at != by_name_.end() && at->hash == hash; ++at) {
    if (graph_.name(at->node) == name) nodes.push_back(at->node);
  }
  return nodes;
}

const NameIndex& Indexes::names() {
  if (!names_) names_ = std::make_unique<NameIndex>(graph_);
  return *names_;
}

std::vector<NodeId> Indexes::known_as(std::string_view name) {
  std::vector<NodeId> nodes;
  for (const NameHit& hit : names().exact(name)) {
    if (hit.match != NameMatch::key) nodes.push_back(hit.node);
  }
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

const std::vector<std::string>& Indexes::attribute_keys() {
  if (!attribute_keys_known_) {
    std::set<StringId> ids;
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      for (const Attribute& attribute : graph_.attributes(NodeId(i))) ids.insert(attribute.key);
    }
    for (const StringId id : ids) attribute_keys_.emplace_back(graph_.text(id));
    std::sort(attribute_keys_.begin(), attribute_keys_.end());
    attribute_keys_known_ = true;
  }
  return attribute_keys_;
}

}  // namespace relata::query
