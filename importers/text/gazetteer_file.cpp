#include "importers/text/gazetteer_file.h"

#include <array>
#include <bit>
#include <cerrno>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph/errors.h"

namespace relata::text {

static_assert(std::endian::native == std::endian::little,
              "the gazetteer's files are mapped as they are: little-endian machines only");

namespace {

constexpr std::string_view magic = "RELGAZ\r\n";
constexpr std::uint32_t version = 1;
constexpr std::size_t header_size = 32;
constexpr std::size_t most_sections = 64;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t sections;
  std::uint64_t size;
  std::uint64_t checksum;
};
static_assert(sizeof(Header) == header_size);

struct SectionEntry {
  std::array<char, 4> tag;
  std::uint32_t record_size;
  std::uint64_t offset;
  std::uint64_t count;
};
static_assert(sizeof(SectionEntry) == 24);

/// Four interleaved lanes of FNV-1a over 64-bit words, so that multiplications overlap.
std::uint64_t checksum_of(std::string_view data) {
  constexpr std::uint64_t prime = 0x100000001B3;
  std::array<std::uint64_t, 4> lanes = {0xCBF29CE484222325, 0x84222325CBF29CE4, 0x9E3779B97F4A7C15,
                                        0xC2B2AE3D27D4EB4F};
  for (std::size_t at = 0; at + 32 <= data.size(); at += 32) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), data.data() + at, 32);
    for (std::size_t lane = 0; lane < 4; ++lane) {
      lanes[lane] = (lanes[lane] ^ words[lane]) * prime;
      lanes[lane] ^= lanes[lane] >> 29U;
    }
  }
  std::uint64_t result = data.size();
  for (const std::uint64_t lane : lanes) {
    result = (result ^ lane) * prime;
    result ^= result >> 31U;
  }
  return result;
}

}  // namespace

GazetteerFile::GazetteerFile(const std::string& path) : path_(path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw FileError("read", path, errno);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) {
    const int error = errno;
    ::close(descriptor);
    throw FileError("read", path, error);
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (!S_ISREG(status.st_mode) || size < header_size) {
    ::close(descriptor);
    throw InputError(path, "",
                     "expected a gazetteer file, found " + std::to_string(size) + " bytes");
  }
  void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
  const int error = errno;
  ::close(descriptor);
  if (mapped == MAP_FAILED) throw FileError("read", path, error);
  data_ = static_cast<const char*>(mapped);
  size_ = size;
  try {
    check_header();
  } catch (...) {
    ::munmap(mapped, size);
    throw;
  }
}

GazetteerFile::~GazetteerFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

void GazetteerFile::check_header() const {
  Header header;
  std::memcpy(&header, data_, header_size);
  if (std::string_view(header.magic.data(), header.magic.size()) != magic) {
    throw InputError(path_, "byte 0", "expected a gazetteer file, found another kind of file");
  }
  if (header.version != version) {
    throw InputError(path_, "byte 8",
                     "expected gazetteer version " + std::to_string(version) + ", found version " +
                         std::to_string(header.version));
  }
  if (header.size != size_ || size_ % 32 != 0) {
    throw InputError(path_, "byte 16",
                     "expected " + std::to_string(header.size) + " bytes, found " +
                         std::to_string(size_) + " (the file is cut short or too long)");
  }
  if (header.sections > most_sections || header_size + 24ULL * header.sections > size_) {
    throw InputError(path_, "byte 12",
                     "expected at most " + std::to_string(most_sections) + " sections, found " +
                         std::to_string(header.sections));
  }
  const std::string_view rest(data_ + header_size, size_ - header_size);
  if (checksum_of(rest) != header.checksum) {
    throw InputError(
        path_, "byte 24",
        "expected the checksum of the file's bytes, found another (the file is damaged)");
  }
}

GazetteerSection GazetteerFile::section(std::string_view tag, std::size_t record_size) const {
  Header header;
  std::memcpy(&header, data_, header_size);
  for (std::uint32_t i = 0; i < header.sections; ++i) {
    SectionEntry entry;
    const std::size_t place = header_size + i * sizeof(SectionEntry);
    std::memcpy(&entry, data_ + place, sizeof(SectionEntry));
    if (std::string_view(entry.tag.data(), entry.tag.size()) != tag) continue;
    const bool fits = entry.record_size == record_size && entry.offset <= size_ &&
                      entry.count <= (size_ - entry.offset) / record_size;
    if (!fits) {
      throw InputError(path_, "byte " + std::to_string(place),
                       "expected section " + std::string(tag) + " of " +
                           std::to_string(record_size) + "-byte records inside the file, found " +
                           std::to_string(entry.count) + " records of " +
                           std::to_string(entry.record_size) + " bytes at byte " +
                           std::to_string(entry.offset));
    }
    return {std::string_view(data_ + entry.offset, entry.count * record_size), record_size};
  }
  throw InputError(path_, "byte 32", "expected a section " + std::string(tag) + ", found none");
}

void GazetteerFile::fail_reference(std::string_view what, std::uint64_t found,
                                   std::uint64_t limit) const {
  throw InputError(path_, "",
                   "expected " + std::string(what) + " below " + std::to_string(limit) +
                       ", found " + std::to_string(found));
}

std::string_view pooled_text(const GazetteerFile& file, const GazetteerSection& pool,
                             std::uint32_t reference) {
  const std::size_t offset = reference & 0xFFFFFFU;
  const std::size_t length = reference >> 24U;
  if (offset + length > pool.bytes().size()) {
    file.fail_reference("a text's end", offset + length, pool.bytes().size() + 1);
  }
  return pool.bytes().substr(offset, length);
}

GazetteerKeys::GazetteerKeys(const GazetteerFile& file)
    : file_(&file),
      text_(file.section("KEYT", 1)),
      keys_(file.section("KEYS", sizeof(Key))),
      entries_(file.section("ENTR", 4)) {
  if (keys_.count() == 0) {
    throw InputError(file.path(), "",
                     "expected a section KEYS that ends in a sentinel, found none");
  }
}

std::string_view GazetteerKeys::key_text(std::size_t index) const {
  const std::size_t start = keys_.record<Key>(index).text;
  const std::size_t end = keys_.record<Key>(index + 1).text;
  if (start > end || end > text_.bytes().size()) {
    file_->fail_reference("a key's end", end, text_.bytes().size() + 1);
  }
  return text_.bytes().substr(start, end - start);
}

GazetteerKeys::Found GazetteerKeys::find(std::string_view key) const {
  Found result;
  std::size_t low = 0;
  std::size_t high = size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (key_text(middle) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (key.empty() || low == size() || key_text(low) != key) return result;
  const std::uint32_t here = keys_.record<Key>(low).entry_and_flags;
  const std::size_t first = here & 0xFFFFFFU;
  const std::size_t last = keys_.record<Key>(low + 1).entry_and_flags & 0xFFFFFFU;
  if (first > last || last > entries_.count()) {
    file_->fail_reference("a key's last entry", last, entries_.count() + 1);
  }
  result.flags = static_cast<std::uint8_t>(here >> 24U);
  result.entries.reserve(last - first);
  for (std::size_t i = first; i < last; ++i) {
    result.entries.push_back(entries_.record<std::uint32_t>(i));
  }
  return result;
}

}  // namespace relata::text
