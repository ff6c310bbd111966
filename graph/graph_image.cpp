#include "graph/graph_image.h"

#include <cstring>
#include <type_traits>

#include "graph/errors.h"
#include "graph/image_writer.h"

namespace relata {

namespace {

class FieldReader final {
 public:
  explicit FieldReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::uint32_t number() {
    std::uint32_t value = 0;
    std::memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(*take(1)); }
  std::string text() {
    const std::uint32_t size = number();
    const auto* begin = reinterpret_cast<const char*>(take(size));
    return {begin, size};
  }
  KindSet kinds() {
    const std::uint8_t bits = byte();
    return {(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0};
  }

 private:
  const std::byte* take(std::size_t count) {
    if (count > bytes_.size()) throw Error("the ontology of the image breaks off");
    const std::byte* begin = bytes_.data();
    bytes_ = bytes_.subspan(count);
    return begin;
  }
  std::span<const std::byte> bytes_;
};

std::shared_ptr<const Ontology> read_ontology(std::span<const std::byte> bytes) {
  FieldReader reader(bytes);
  auto ontology = std::make_shared<Ontology>();
  for (std::uint32_t count = reader.number(); count > 0; --count) {
    NodeType type;
    type.kind = static_cast<NodeKind>(reader.byte());
    type.name = reader.text();
    type.plover = reader.text();
    ontology->add_type(std::move(type));
  }
  for (std::uint32_t count = reader.number(); count > 0; --count) {
    Relation relation;
    relation.name = reader.text();
    relation.inverse = reader.text();
    const std::uint8_t bits = reader.byte();
    relation.symmetric = (bits & 1U) != 0;
    relation.role = (bits & 2U) != 0;
    relation.sources = reader.kinds();
    relation.targets = reader.kinds();
    relation.plover = reader.text();
    ontology->add_relation(std::move(relation));
  }
  return ontology;
}

template <class Value>
bool show(std::span<const std::byte> bytes, std::span<const Value>& table) {
  static_assert(std::is_trivially_copyable_v<Value>);
  if (bytes.size() % sizeof(Value) != 0) return false;
  table = {reinterpret_cast<const Value*>(bytes.data()), bytes.size() / sizeof(Value)};
  return true;
}

/// The sizes of the tables fit together, and the offsets end where what they point into ends.
bool consistent(const ReadGraphTables& t) {
  const auto closes = [](std::span<const std::uint32_t> begin, std::size_t count,
                         std::size_t size) {
    return begin.size() == count + 1 && begin.front() == 0 && begin.back() == size;
  };
  return closes(t.alias_begin, t.nodes.size(), t.aliases.size()) &&
         closes(t.attribute_begin, t.nodes.size(), t.attributes.size()) &&
         closes(t.mention_begin, t.nodes.size(), t.mentions.size()) &&
         closes(t.out_begin, t.nodes.size(), t.edges.size()) &&
         closes(t.in_begin, t.nodes.size(), t.edges.size()) &&
         t.in_edges.size() == t.edges.size() &&
         closes(t.evidence_begin, t.edges.size(), t.evidence.size()) && !t.string_begin.empty() &&
         t.string_begin.back() == t.string_bytes.size();
}

}  // namespace

std::uint64_t checksum(std::span<const std::byte> bytes) {
  Checksum sum(bytes.size());
  sum.add(bytes);
  return sum.value();
}

void write_graph_image(const Graph& graph, std::string_view stamp,
                       std::span<const ImageSection> more, std::ostream& out) {
  ImageWriter writer(out, 1 + table_sections.size() + more.size());
  const std::string ontology = ontology_bytes(graph.ontology());
  writer.begin(ontology_section);
  writer.put(std::as_bytes(std::span(ontology)));
  std::size_t next = 0;
  visit_tables(graph.tables(), graph.tables(), [&](const auto& table, const auto& /*same*/) {
    writer.begin(table_sections[next++]);
    writer.put(std::as_bytes(table));
  });
  for (const ImageSection& section : more) {
    writer.begin(section.name);
    writer.put(section.bytes);
  }
  writer.finish(stamp);
}

namespace {

std::uint64_t section_checksum(std::span<const std::byte> bytes) {
  Checksum sum(image_seed);
  sum.add(bytes);
  return sum.value();
}

}  // namespace

std::optional<GraphImage> GraphImage::open(const std::string& path, std::string_view stamp) {
  auto image = open_any(path);
  return image && image->stamp() == stamp ? std::move(image) : std::nullopt;
}

std::optional<GraphImage> GraphImage::open_any(const std::string& path) {
  GraphImage image;
  try {
    image.file_ = std::make_shared<const MappedFile>(path);
    if (!image.read()) return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
  return image;
}

bool GraphImage::read() {
  const std::span<const std::byte> all = file_->bytes();
  ImageHeader header{};
  if (all.size() < sizeof header) return false;
  std::memcpy(&header, all.data(), sizeof header);
  if (std::memcmp(header.magic, image_magic, sizeof image_magic) != 0 ||
      header.version != image_version || header.layout != image_layout() ||
      header.file_bytes != all.size()) {
    return false;
  }
  stamp_.assign(header.stamp, ::strnlen(header.stamp, sizeof header.stamp));
  const std::span<const std::byte> rest = all.subspan(sizeof header);
  if (header.sections < table_sections.size() + 1 ||
      header.sections > rest.size() / sizeof(ImageEntry)) {
    return false;
  }
  const auto directory = rest.first(header.sections * sizeof(ImageEntry));
  if (section_checksum(directory) != header.checksum) return false;
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    ImageEntry entry{};
    std::memcpy(&entry, directory.data() + i * sizeof entry, sizeof entry);
    if (entry.begin > all.size() || entry.bytes > all.size() - entry.begin ||
        entry.begin % image_alignment != 0) {
      return false;
    }
    sections_.push_back({std::string(entry.name, ::strnlen(entry.name, sizeof entry.name)),
                         all.subspan(entry.begin, entry.bytes), entry.checksum});
  }
  if (sections_[0].name != ontology_section ||
      section_checksum(sections_[0].bytes) != sections_[0].checksum) {
    return false;
  }
  ontology_ = read_ontology(sections_[0].bytes);
  std::size_t i = 0;
  bool whole = true;
  visit_tables(tables_, tables_, [&](auto& table, const auto& /*same*/) {
    whole =
        whole && sections_[i + 1].name == table_sections[i] && show(sections_[i + 1].bytes, table);
    ++i;
  });
  return whole && consistent(tables_);
}

Graph GraphImage::graph() const {
  Graph::Attachments attachments;
  for (std::size_t i = table_sections.size() + 1; i < sections_.size(); ++i) {
    attachments.emplace_back(sections_[i].name, sections_[i].bytes);
  }
  return {ontology_, tables_, file_, std::move(attachments)};
}

bool GraphImage::verify() const {
  for (const Place& place : sections_) {
    if (section_checksum(place.bytes) != place.checksum) return false;
  }
  return true;
}

}  // namespace relata
