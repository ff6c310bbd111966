#include "importers/text/reader/model_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "importers/encoding.h"
#include "importers/text/reader/aligned.h"

static_assert(std::endian::native == std::endian::little,
              "the model file is little endian and read in place");

namespace relata::text {

namespace {

constexpr std::string_view magic = "RELATAMD";
constexpr std::uint32_t newest_version = 2;  // 1 knew no neighbours, transitions and lists of names
constexpr std::size_t header_size = 32;
constexpr std::size_t entry_size = 96;
constexpr std::size_t name_size = 48;
constexpr std::size_t alignment = 64;
constexpr std::size_t most_sections = 4096;

template <class T>
T value_at(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

std::size_t size_of(Dtype dtype) {
  switch (dtype) {
    case Dtype::f32:
    case Dtype::i32:
    case Dtype::u32:
      return 4;
    case Dtype::f16:
      return 2;
    case Dtype::text:
    case Dtype::i8:
    case Dtype::u8:
      break;
  }
  return 1;
}

std::string_view name_of(Dtype dtype) {
  constexpr std::array<std::string_view, 7> names = {"text", "f32", "f16", "i8",
                                                     "i32",  "u8",  "u32"};
  return names[static_cast<std::size_t>(dtype)];
}

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

std::string shape_text(std::span<const std::size_t> dims) {
  std::string text = "[";
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (i > 0) text += ", ";
    text += dims[i] == ModelFile::any ? "any" : number(dims[i]);
  }
  return text + "]";
}

}  // namespace

/// The file's bytes: a mapping, or a copy in memory.
class ModelFile::Memory final {
 public:
  explicit Memory(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw FileError("read", path, errno);
    struct stat status {};
    if (::fstat(file, &status) != 0 || S_ISDIR(status.st_mode)) {
      const int reason = S_ISDIR(status.st_mode) ? EISDIR : errno;
      ::close(file);
      throw FileError("read", path, reason);
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > 0) {
      void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
      if (address == MAP_FAILED) {
        const int reason = errno;
        ::close(file);
        throw FileError("read", path, reason);
      }
      mapping_ = {static_cast<const std::byte*>(address), size};
    }
    ::close(file);
  }

  explicit Memory(std::span<const std::byte> bytes) : copy_(bytes.size()) {
    if (!bytes.empty()) std::memcpy(copy_.data(), bytes.data(), bytes.size());
  }

  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() {
    if (!mapping_.empty()) {
      ::munmap(const_cast<std::byte*>(mapping_.data()), mapping_.size());
    }
  }

  [[nodiscard]] std::span<const std::byte> bytes() const {
    return mapping_.empty() ? std::span(copy_.data(), copy_.size()) : mapping_;
  }

 private:
  std::span<const std::byte> mapping_;
  AlignedBuffer<std::byte> copy_;
};

ModelFile::ModelFile(std::shared_ptr<const Memory> memory, std::string name)
    : memory_(std::move(memory)), bytes_(memory_->bytes()), name_(std::move(name)) {
  read_table();
}

ModelFile ModelFile::open(const std::string& path) {
  return {std::make_shared<const Memory>(path), path};
}

ModelFile ModelFile::from_bytes(std::span<const std::byte> bytes, std::string name) {
  return {std::make_shared<const Memory>(bytes), std::move(name)};
}

InputError ModelFile::error(std::string_view section, std::string_view problem) const {
  return {name_, "section " + std::string(section), problem};
}

void ModelFile::read_table() {
  if (bytes_.size() < header_size) {
    throw InputError(name_, "",
                     "a model file has at least " + number(header_size) + " bytes, this one has " +
                         number(bytes_.size()));
  }
  if (std::memcmp(bytes_.data(), magic.data(), magic.size()) != 0) {
    throw InputError(
        name_, "byte 0",
        "this is no model file of Relata (it does not begin with " + std::string(magic) + ")");
  }
  const auto version = value_at<std::uint32_t>(bytes_, 8);
  if (version < 1 || version > newest_version) {
    throw InputError(name_, "byte 8",
                     "version 1 to " + number(newest_version) +
                         " of the model format expected, version " + number(version) + " found");
  }
  const auto file_size = value_at<std::uint64_t>(bytes_, 16);
  if (file_size != bytes_.size()) {
    throw InputError(name_, "byte 16",
                     "the header tells of " + number(file_size) + " bytes, the file has " +
                         number(bytes_.size()) + ": it is cut short or damaged");
  }
  if (value_at<std::uint32_t>(bytes_, 28) != 0) {
    throw InputError(name_, "byte 28", "zero expected in the reserved field");
  }
  const auto expected = value_at<std::uint32_t>(bytes_, 24);
  const auto found = static_cast<std::uint32_t>(::crc32_z(
      0, reinterpret_cast<const Bytef*>(bytes_.data()) + header_size, bytes_.size() - header_size));
  if (expected != found) {
    throw InputError(name_, "byte 24",
                     "the checksum does not match the content: the file is "
                     "damaged or has been altered");
  }
  const auto count = value_at<std::uint32_t>(bytes_, 12);
  if (count > most_sections || header_size + count * entry_size > bytes_.size()) {
    throw InputError(name_, "byte 12", number(count) + " sections do not fit into the file");
  }

  std::size_t end = header_size + count * entry_size;
  const auto check_padding = [&](std::size_t until, std::string_view place) {
    for (; end < until; ++end) {
      if (bytes_[end] != std::byte{0}) {
        throw InputError(name_, "byte " + number(end),
                         "zero expected before " + std::string(place));
      }
    }
  };
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = header_size + i * entry_size;
    const std::string place = "byte " + number(entry);
    const char* raw = reinterpret_cast<const char*>(bytes_.data()) + entry;
    Section section;
    section.name.assign(raw, ::strnlen(raw, name_size));
    const bool printable = std::all_of(section.name.begin(), section.name.end(),
                                       [](char c) { return c > ' ' && c < 127; });
    if (section.name.empty() || section.name.size() == name_size || !printable ||
        std::any_of(raw + section.name.size(), raw + name_size, [](char c) { return c != 0; })) {
      throw InputError(name_, place, "a section name of 1 to 47 printable characters expected");
    }
    const auto dtype = value_at<std::uint32_t>(bytes_, entry + 48);
    if (dtype > 6) throw error(section.name, "element type " + number(dtype) + " is unknown");
    section.dtype = static_cast<Dtype>(dtype);
    const auto ndim = value_at<std::uint32_t>(bytes_, entry + 52);
    if (ndim < 1 || ndim > 3) {
      throw error(section.name, "1 to 3 dimensions expected, " + number(ndim) + " found");
    }
    std::uint64_t elements = 1;
    for (std::size_t d = 0; d < 3; ++d) {
      const auto size = value_at<std::uint64_t>(bytes_, entry + 56 + 8 * d);
      if (d >= ndim && size != 1) throw error(section.name, "unused dimensions must be 1");
      if (size > bytes_.size() || (size != 0 && elements > bytes_.size() / size)) {
        throw error(section.name, "its dimensions do not fit into the file");
      }
      elements *= size;
      if (d < ndim) section.dims.push_back(size);
    }
    const auto offset = value_at<std::uint64_t>(bytes_, entry + 80);
    const auto length = value_at<std::uint64_t>(bytes_, entry + 88);
    if (length != elements * size_of(section.dtype)) {
      throw error(section.name, number(elements) + " elements of type " +
                                    std::string(name_of(section.dtype)) + " expected, " +
                                    number(length) + " bytes found");
    }
    const std::size_t start = (end + alignment - 1) / alignment * alignment;
    if (offset != start || offset > bytes_.size() || length > bytes_.size() - offset) {
      throw error(section.name, "it should begin at byte " + number(start) +
                                    " and lie within the "
                                    "file; its entry gives byte " +
                                    number(offset) + " and " + number(length) + " bytes");
    }
    check_padding(start, "section " + section.name);
    end = start + length;
    section.bytes = bytes_.subspan(offset, length);
    if (!index_.emplace(section.name, sections_.size()).second) {
      throw error(section.name, "it is there twice");
    }
    sections_.push_back(std::move(section));
  }
  if (end != bytes_.size()) {
    throw InputError(name_, "byte " + number(end),
                     number(bytes_.size() - end) + " bytes after the last section");
  }
}

bool ModelFile::has(std::string_view section) const {
  return index_.contains(section);
}

const Section& ModelFile::section(std::string_view name, std::initializer_list<Dtype> dtypes,
                                  std::initializer_list<std::size_t> dims) {
  const auto found = index_.find(name);
  if (found == index_.end()) throw error(name, "it is missing");
  Section& section = sections_[found->second];
  if (std::find(dtypes.begin(), dtypes.end(), section.dtype) == dtypes.end()) {
    std::string expected;
    for (Dtype dtype : dtypes) {
      if (!expected.empty()) expected += " or ";
      expected += name_of(dtype);
    }
    throw error(name, "elements of type " + expected + " expected, " +
                          std::string(name_of(section.dtype)) + " found");
  }
  const bool fits = std::equal(dims.begin(), dims.end(), section.dims.begin(), section.dims.end(),
                               [](std::size_t a, std::size_t b) { return a == any || a == b; });
  if (!fits) {
    throw error(name, "shape " + shape_text(std::span(dims.begin(), dims.size())) + " expected, " +
                          shape_text(section.dims) + " found");
  }
  section.used = true;
  return section;
}

std::string_view ModelFile::text(std::string_view name) {
  const Section& found = section(name, {Dtype::text}, {any});
  const std::string_view text(reinterpret_cast<const char*>(found.bytes.data()),
                              found.bytes.size());
  if (find_utf8_fault(text)) throw error(name, "valid UTF-8 expected");
  return text;
}

std::vector<std::string_view> ModelFile::lines(std::string_view name) {
  std::string_view rest = text(name);
  std::vector<std::string_view> lines;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    lines.push_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return lines;
}

std::span<const std::int8_t> ModelFile::i8(std::string_view name,
                                           std::initializer_list<std::size_t> dims) {
  const Section& found = section(name, {Dtype::i8}, dims);
  return {reinterpret_cast<const std::int8_t*>(found.bytes.data()), found.bytes.size()};
}

std::vector<float> ModelFile::floats(std::string_view name,
                                     std::initializer_list<std::size_t> dims) {
  const Section& found = section(name, {Dtype::f32, Dtype::f16}, dims);
  std::vector<float> values;
  if (found.dtype == Dtype::f32) {
    values.resize(found.bytes.size() / 4);
    if (!values.empty()) std::memcpy(values.data(), found.bytes.data(), found.bytes.size());
  } else {
    values.resize(found.bytes.size() / 2);
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = from_half(value_at<std::uint16_t>(found.bytes, 2 * i));
    }
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      throw error(name, "element " + number(i) + " is not a finite number");
    }
  }
  return values;
}

void ModelFile::check_all_used() const {
  for (const Section& section : sections_) {
    if (!section.used) throw error(section.name, "this program does not know what it is for");
  }
}

float from_half(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1FU;
  const std::uint32_t fraction = half & 0x3FFU;
  if (exponent == 0) {
    const float value = std::ldexp(static_cast<float>(fraction), -24);
    return sign != 0 ? -value : value;
  }
  const std::uint32_t wide = exponent == 31 ? 255U : exponent + 112U;
  return std::bit_cast<float>(sign | (wide << 23) | (fraction << 13));
}

}  // namespace relata::text
