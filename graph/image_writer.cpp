#include "graph/image_writer.h"

#include <algorithm>
#include <cstring>

#include "graph/errors.h"
#include "graph/model.h"

namespace relata {

namespace {

// The ontology as lines of fields, since a graph may have types and relations of its own.
void put_field(std::string& text, std::string_view field) {
  const auto size = static_cast<std::uint32_t>(field.size());
  text.append(reinterpret_cast<const char*>(&size), sizeof size);
  text += field;
}

void put_kinds(std::string& text, const KindSet& kinds) {
  text += static_cast<char>((kinds.actor ? 1 : 0) | (kinds.place ? 2 : 0) | (kinds.event ? 4 : 0));
}

std::uint64_t fold(std::uint64_t lane, std::uint64_t word) {
  constexpr std::uint64_t factor = 0x9fb21c651e98df25ULL;
  lane = (lane ^ word) * factor;
  return lane ^ (lane >> 29U);
}

}  // namespace

void Checksum::fold_block(const std::byte* bytes) {
  std::array<std::uint64_t, 4> words{};
  std::memcpy(words.data(), bytes, block);
  for (std::size_t i = 0; i < 4; ++i) lanes_[i] = fold(lanes_[i], words[i]);
}

void Checksum::add(std::span<const std::byte> bytes) {
  if (rest_size_ > 0) {
    const std::size_t more = std::min(block - rest_size_, bytes.size());
    std::copy_n(bytes.begin(), more, rest_.begin() + static_cast<std::ptrdiff_t>(rest_size_));
    rest_size_ += more;
    bytes = bytes.subspan(more);
    if (rest_size_ < block) return;
    fold_block(rest_.data());
    rest_size_ = 0;
  }
  for (; bytes.size() >= block; bytes = bytes.subspan(block)) fold_block(bytes.data());
  std::copy(bytes.begin(), bytes.end(), rest_.begin());
  rest_size_ = bytes.size();
}

std::uint64_t Checksum::value() const {
  std::uint64_t first = lanes_[0];
  for (std::size_t i = 0; i < rest_size_; ++i)
    first = fold(first, static_cast<std::uint64_t>(rest_[i]));
  std::uint64_t sum = fold(0, first);
  for (std::size_t i = 1; i < 4; ++i) sum = fold(sum, lanes_[i]);
  return sum;
}

std::uint32_t image_layout() {
  std::uint32_t layout = 0x01020304;
  for (const std::size_t size :
       {sizeof(Node), sizeof(Edge), sizeof(SourceDocument), sizeof(SourceSentence),
        sizeof(Attribute), sizeof(NodeMention), sizeof(Evidence), sizeof(Quantity)}) {
    layout = layout * 31 + static_cast<std::uint32_t>(size);
  }
  return layout;
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

ImageWriter::ImageWriter(std::ostream& out, std::size_t sections)
    : out_(out), most_sections_(sections) {
  buffer_.reserve(buffer_size + image_alignment);
  buffer_.resize(sizeof(ImageHeader) + sections * sizeof(ImageEntry));
  place_ = buffer_.size();
}

void ImageWriter::sum_up() {
  checksum_.add(std::span(buffer_).subspan(summed_up_));
  summed_up_ = buffer_.size();
}

void ImageWriter::flush() {
  sum_up();
  out_.write(reinterpret_cast<const char*>(buffer_.data()),
             static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
  summed_up_ = 0;
}

void ImageWriter::begin(std::string_view name) {
  end_section();
  if (directory_.size() == most_sections_) throw UsageError("more sections than were announced");
  ImageEntry& entry = directory_.emplace_back();
  if (name.size() >= sizeof entry.name) throw UsageError("name of a section too long");
  std::memcpy(entry.name, name.data(), name.size());
  entry.begin = place_;
  checksum_ = Checksum(image_seed);
  summed_up_ = buffer_.size();
}

void ImageWriter::put_much(std::span<const std::byte> bytes) {
  flush();
  place_ += bytes.size();
  if (bytes.size() > buffer_size) {
    checksum_.add(bytes);
    out_.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return;
  }
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

void ImageWriter::end_section() {
  if (!directory_.empty()) {
    sum_up();
    directory_.back().bytes = place_ - directory_.back().begin;
    directory_.back().checksum = checksum_.value();
  }
  const std::uint64_t aligned = (place_ + image_alignment - 1) / image_alignment * image_alignment;
  buffer_.resize(buffer_.size() + (aligned - place_));
  place_ = aligned;
}

void ImageWriter::finish(std::string_view stamp) {
  end_section();
  flush();
  ImageHeader header{};
  std::memcpy(header.magic, image_magic, sizeof image_magic);
  header.version = image_version;
  header.layout = image_layout();
  if (stamp.size() >= sizeof header.stamp) throw UsageError("stamp of an image too long");
  std::memcpy(header.stamp, stamp.data(), stamp.size());
  header.file_bytes = place_;
  header.sections = static_cast<std::uint32_t>(directory_.size());
  const auto directory = std::as_bytes(std::span(directory_));
  Checksum sum(image_seed);
  sum.add(directory);
  header.checksum = sum.value();
  out_.seekp(0);
  out_.write(reinterpret_cast<const char*>(&header), sizeof header);
  out_.write(reinterpret_cast<const char*>(directory.data()),
             static_cast<std::streamsize>(directory.size()));
  out_.seekp(0, std::ios::end);
}

}  // namespace relata
