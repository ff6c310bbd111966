#include "graph/graph_image.h"

#include <array>
#include <cstring>
#include <type_traits>

#include "graph/errors.h"

namespace relata {

namespace {

constexpr std::uint32_t image_version = 1;
constexpr std::size_t alignment = 64;
constexpr std::size_t table_count = 18;
constexpr std::string_view ontology_section = "ontology";

struct Header {
  char magic[16];
  std::uint32_t version;
  std::uint32_t layout;  ///< sizes of the records, and the byte order
  char stamp[64];
  std::uint64_t file_bytes;
  std::uint32_t sections;
  std::uint32_t reserved;
  std::uint64_t checksum;  ///< of the directory
};

struct DirectoryEntry {
  char name[24];
  std::uint64_t begin;
  std::uint64_t bytes;
  std::uint64_t checksum;
};

constexpr char magic[16] = "relata image\r\n";

constexpr std::array<std::string_view, table_count> table_names = {
    "nodes",     "edges",    "documents",  "sentences",      "aliases",         "attributes",
    "mentions",  "evidence", "quantities", "alias_begin",    "attribute_begin", "mention_begin",
    "out_begin", "in_begin", "in_edges",   "evidence_begin", "string_begin",    "string_bytes"};

constexpr std::uint32_t record_layout() {
  std::uint32_t layout = 0x01020304;
  for (const std::size_t size :
       {sizeof(Node), sizeof(Edge), sizeof(SourceDocument), sizeof(SourceSentence),
        sizeof(Attribute), sizeof(NodeMention), sizeof(Evidence), sizeof(Quantity)}) {
    layout = layout * 31 + static_cast<std::uint32_t>(size);
  }
  return layout;
}

// The ontology as lines of fields, since a graph may have types and relations of its own.
void put_field(std::string& text, std::string_view field) {
  const auto size = static_cast<std::uint32_t>(field.size());
  text.append(reinterpret_cast<const char*>(&size), sizeof size);
  text += field;
}

void put_kinds(std::string& text, const KindSet& kinds) {
  text += static_cast<char>((kinds.actor ? 1 : 0) | (kinds.place ? 2 : 0) | (kinds.event ? 4 : 0));
}

std::string ontology_bytes(const Ontology& ontology) {
  std::string text;
  const auto put_count = [&](std::size_t count) {
    const auto number = static_cast<std::uint32_t>(count);
    text.append(reinterpret_cast<const char*>(&number), sizeof number);
  };
  put_count(ontology.types().size());
  for (const NodeType& type : ontology.types()) {
    text += static_cast<char>(type.kind);
    put_field(text, type.name);
    put_field(text, type.plover);
  }
  put_count(ontology.relations().size());
  for (const Relation& relation : ontology.relations()) {
    put_field(text, relation.name);
    put_field(text, relation.inverse);
    text += static_cast<char>((relation.symmetric ? 1 : 0) | (relation.role ? 2 : 0));
    put_kinds(text, relation.sources);
    put_kinds(text, relation.targets);
    put_field(text, relation.plover);
  }
  return text;
}

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
  constexpr std::uint64_t factor = 0x9fb21c651e98df25ULL;
  std::array<std::uint64_t, 4> lanes = {1, 2, 3, bytes.size()};
  const auto fold = [](std::uint64_t lane, std::uint64_t word) {
    lane = (lane ^ word) * factor;
    return lane ^ (lane >> 29U);
  };
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    std::array<std::uint64_t, 4> words{};
    std::memcpy(words.data(), bytes.data() + at, 32);
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = fold(lanes[i], words[i]);
  }
  for (; at < bytes.size(); ++at) lanes[0] = fold(lanes[0], static_cast<std::uint64_t>(bytes[at]));
  std::uint64_t sum = 0;
  for (const std::uint64_t lane : lanes) sum = fold(sum, lane);
  return sum;
}

void write_graph_image(const Graph& graph, std::string_view stamp,
                       std::span<const ImageSection> more, std::ostream& out) {
  const std::string ontology = ontology_bytes(graph.ontology());
  std::vector<ImageSection> sections;
  sections.push_back({std::string(ontology_section), std::as_bytes(std::span(ontology))});
  visit_tables(graph.tables(), graph.tables(), [&](const auto& table, const auto& /*same*/) {
    sections.push_back({std::string(table_names[sections.size() - 1]), std::as_bytes(table)});
  });
  sections.insert(sections.end(), more.begin(), more.end());

  std::vector<DirectoryEntry> directory(sections.size());
  const auto aligned = [](std::uint64_t place) {
    return (place + alignment - 1) / alignment * alignment;
  };
  std::uint64_t place = aligned(sizeof(Header) + directory.size() * sizeof(DirectoryEntry));
  for (std::size_t i = 0; i < sections.size(); ++i) {
    DirectoryEntry& entry = directory[i];
    if (sections[i].name.size() >= sizeof entry.name)
      throw UsageError("name of a section too long");
    std::memcpy(entry.name, sections[i].name.data(), sections[i].name.size());
    entry.begin = place;
    entry.bytes = sections[i].bytes.size();
    entry.checksum = checksum(sections[i].bytes);
    place = aligned(place + entry.bytes);
  }
  Header header{};
  std::memcpy(header.magic, magic, sizeof magic);
  header.version = image_version;
  header.layout = record_layout();
  if (stamp.size() >= sizeof header.stamp) throw UsageError("stamp of an image too long");
  std::memcpy(header.stamp, stamp.data(), stamp.size());
  header.file_bytes = place;
  header.sections = static_cast<std::uint32_t>(sections.size());
  header.checksum = checksum(std::as_bytes(std::span(directory)));

  std::uint64_t written = 0;
  const auto put = [&](const void* data, std::size_t size) {
    out.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    written += size;
  };
  const auto pad = [&] {
    constexpr std::array<char, alignment> zeros{};
    put(zeros.data(), aligned(written) - written);
  };
  put(&header, sizeof header);
  put(directory.data(), directory.size() * sizeof(DirectoryEntry));
  pad();
  for (const ImageSection& section : sections) {
    put(section.bytes.data(), section.bytes.size());
    pad();
  }
}

std::optional<GraphImage> GraphImage::open(const std::string& path, std::string_view stamp) {
  GraphImage image;
  try {
    image.file_ = std::make_shared<const MappedFile>(path);
    if (!image.read(stamp)) return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
  return image;
}

bool GraphImage::read(std::string_view stamp) {
  const std::span<const std::byte> all = file_->bytes();
  Header header{};
  if (all.size() < sizeof header) return false;
  std::memcpy(&header, all.data(), sizeof header);
  if (std::memcmp(header.magic, magic, sizeof magic) != 0 || header.version != image_version ||
      header.layout != record_layout() || header.file_bytes != all.size() ||
      stamp.size() >= sizeof header.stamp ||
      std::string_view(header.stamp, ::strnlen(header.stamp, sizeof header.stamp)) != stamp) {
    return false;
  }
  const std::span<const std::byte> rest = all.subspan(sizeof header);
  if (header.sections < table_count + 1 || header.sections > rest.size() / sizeof(DirectoryEntry)) {
    return false;
  }
  const auto directory = rest.first(header.sections * sizeof(DirectoryEntry));
  if (checksum(directory) != header.checksum) return false;
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    DirectoryEntry entry{};
    std::memcpy(&entry, directory.data() + i * sizeof entry, sizeof entry);
    if (entry.begin > all.size() || entry.bytes > all.size() - entry.begin ||
        entry.begin % alignment != 0) {
      return false;
    }
    sections_.push_back({std::string(entry.name, ::strnlen(entry.name, sizeof entry.name)),
                         all.subspan(entry.begin, entry.bytes), entry.checksum});
  }
  if (sections_[0].name != ontology_section ||
      checksum(sections_[0].bytes) != sections_[0].checksum) {
    return false;
  }
  ontology_ = read_ontology(sections_[0].bytes);
  std::size_t i = 0;
  bool whole = true;
  visit_tables(tables_, tables_, [&](auto& table, const auto& /*same*/) {
    whole = whole && sections_[i + 1].name == table_names[i] && show(sections_[i + 1].bytes, table);
    ++i;
  });
  return whole && consistent(tables_);
}

Graph GraphImage::graph() const {
  Graph::Attachments attachments;
  for (std::size_t i = table_count + 1; i < sections_.size(); ++i) {
    attachments.emplace_back(sections_[i].name, sections_[i].bytes);
  }
  return {ontology_, tables_, file_, std::move(attachments)};
}

bool GraphImage::verify() const {
  for (const Place& place : sections_) {
    if (checksum(place.bytes) != place.checksum) return false;
  }
  return true;
}

}  // namespace relata
