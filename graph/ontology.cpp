#include "graph/ontology.h"

#include <algorithm>
#include <cctype>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "graph/ontology_default.h"

namespace relata {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

std::string relation_key(std::string_view name) {
  std::string key;
  for (const char c : trimmed(name)) {
    key +=
        c == '_' || c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return key;
}

std::string type_key(NodeKind kind, std::string_view name) {
  return std::string(kind_name(kind)) + "/" + std::string(name);
}

/// Reads one line of the table after the other; keeps the place for errors.
class TableReader final {
 public:
  TableReader(std::string_view source, Ontology& ontology) : source_(source), ontology_(ontology) {}

  void read_line(std::string_view line) {
    ++number_;
    line = trimmed(line);
    if (line.empty() || line.front() == '#') return;
    const auto fields = split(line, '|');
    if (fields[0] == "node") return read_node(fields);
    if (fields[0] == "event") return read_event(fields);
    if (fields[0] == "role") return read_role(fields);
    if (fields[0] == "relation") return read_relation(fields);
    fail("expected node, event, role or relation, found \"" + std::string(fields[0]) + "\"");
  }

  [[noreturn]] void fail(const std::string& problem) const {
    throw InputError(source_, "line " + std::to_string(number_), problem);
  }

 private:
  void expect_fields(const std::vector<std::string_view>& fields, std::size_t least) const {
    if (fields.size() < least) {
      fail("expected " + std::to_string(least) + " fields separated by |, found " +
           std::to_string(fields.size()));
    }
    if (fields[1].empty()) fail("the name is empty");
  }

  NodeKind read_kind(std::string_view text) const {
    const auto kind = kind_from_name(text);
    if (!kind) fail("expected actor, place or event, found \"" + std::string(text) + "\"");
    return *kind;
  }

  KindSet read_kinds(std::string_view text) const {
    KindSet kinds;
    for (const std::string_view part : split(text, ',')) {
      const NodeKind kind = read_kind(part);
      (kind == NodeKind::actor   ? kinds.actor
       : kind == NodeKind::place ? kinds.place
                                 : kinds.event) = true;
    }
    return kinds;
  }

  void add_type(NodeType type) {
    if (ontology_.find_type(type.kind, type.name)) {
      fail("the type \"" + type.name + "\" is there twice");
    }
    ontology_.add_type(std::move(type));
  }

  void add_relation(Relation relation) {
    for (const std::string& name : {relation.name, relation.inverse}) {
      if (name.empty()) fail("a relation needs a name and an inverse");
      if (ontology_.find_relation(name)) fail("the relation \"" + name + "\" is there twice");
    }
    relation.symmetric = relation.name == relation.inverse;
    ontology_.add_relation(std::move(relation));
  }

  static std::string code(std::string_view text) { return text == "-" ? "" : std::string(text); }

  void read_node(const std::vector<std::string_view>& fields) {
    expect_fields(fields, 3);
    const NodeKind kind = read_kind(fields[1]);
    if (kind == NodeKind::event) fail("types of events stand in lines that begin with event");
    if (fields[2].empty()) fail("the name is empty");
    add_type({kind, std::string(fields[2]), ""});
  }

  void read_event(const std::vector<std::string_view>& fields) {
    expect_fields(fields, 3);
    add_type({NodeKind::event, std::string(fields[1]), code(fields[2])});
  }

  void read_role(const std::vector<std::string_view>& fields) {
    expect_fields(fields, 4);
    Relation relation;
    relation.name = fields[1];
    relation.inverse = fields[2];
    relation.role = true;
    relation.sources.event = true;
    relation.targets = read_kinds(fields[3]);
    add_relation(std::move(relation));
  }

  void read_relation(const std::vector<std::string_view>& fields) {
    expect_fields(fields, 6);
    Relation relation;
    relation.name = fields[1];
    relation.inverse = fields[2];
    relation.sources = read_kinds(fields[3]);
    relation.targets = read_kinds(fields[4]);
    relation.plover = code(fields[5]);
    add_relation(std::move(relation));
  }

  std::string_view source_;
  Ontology& ontology_;
  std::size_t number_ = 0;
};

}  // namespace

std::string_view kind_name(NodeKind kind) {
  return kind == NodeKind::actor ? "actor" : kind == NodeKind::place ? "place" : "event";
}

std::optional<NodeKind> kind_from_name(std::string_view name) {
  for (const NodeKind kind : {NodeKind::actor, NodeKind::place, NodeKind::event}) {
    if (name == kind_name(kind)) return kind;
  }
  return std::nullopt;
}

Ontology Ontology::parse(std::string_view text, std::string_view source) {
  Ontology ontology;
  TableReader reader(source, ontology);
  for (const std::string_view line : split(text, '\n')) reader.read_line(line);
  if (ontology.types_.empty() || ontology.relations_.empty()) {
    reader.fail("an ontology needs at least one type and one relation");
  }
  return ontology;
}

std::shared_ptr<const Ontology> Ontology::built_in() {
  static const auto ontology =
      std::make_shared<const Ontology>(parse(default_ontology_text, "built-in ontology"));
  return ontology;
}

std::string_view Ontology::built_in_text() {
  return default_ontology_text;
}

std::optional<TypeId> Ontology::find_type(NodeKind kind, std::string_view name) const {
  const auto found = type_index_.find(type_key(kind, name));
  if (found == type_index_.end()) return std::nullopt;
  return found->second;
}

std::optional<RelationMatch> Ontology::find_relation(std::string_view name) const {
  const auto found = relation_index_.find(relation_key(name));
  if (found == relation_index_.end()) return std::nullopt;
  return found->second;
}

TypeId Ontology::add_type(NodeType type) {
  const TypeId id(types_.size());
  type_index_.emplace(type_key(type.kind, type.name), id);
  types_.push_back(std::move(type));
  return id;
}

RelationId Ontology::add_relation(Relation relation) {
  const RelationId id(relations_.size());
  relation_index_.emplace(relation_key(relation.name), RelationMatch{id, false});
  relation_index_.emplace(relation_key(relation.inverse), RelationMatch{id, true});
  relations_.push_back(std::move(relation));
  return id;
}

}  // namespace relata
