#pragma once
// The reader's model file (docs/model_format.md): memory-mapped, checked in full when opened, read
// by section name. The object owns the mapping; spans and views it hands out live as long as it
// does (moving the object keeps them valid). Opening costs one pass over the file for the checksum.
// Not for use from several threads while sections are being taken; read-only afterwards.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/errors.h"

namespace relata::text {

/// Element types of a section, with the numbers of the file.
enum class Dtype : std::uint32_t { text = 0, f32 = 1, f16 = 2, i8 = 3, i32 = 4, u8 = 5, u32 = 6 };

/// One section of the file.
struct Section {
  std::string name;
  Dtype dtype = Dtype::text;
  std::vector<std::size_t> dims;
  std::span<const std::byte> bytes;
  bool used = false;
};

/// A checked model file. Every error is an InputError that names the file and the section or byte;
/// a file that cannot be read at all is a FileError.
class ModelFile final {
 public:
  /// Size that `i8`, `floats` and `section` accept for any value of that dimension.
  static constexpr std::size_t any = SIZE_MAX;

  /// Maps the file at `path` and checks header, checksum and section table.
  static ModelFile open(const std::string& path);
  /// The same for bytes in memory (copied); `name` stands for the file in messages.
  static ModelFile from_bytes(std::span<const std::byte> bytes, std::string name);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool has(std::string_view section) const;

  /// The section of that name with one of the element types `dtypes` and the shape `dims`. Marks it
  /// used.
  const Section& section(std::string_view name, std::initializer_list<Dtype> dtypes,
                         std::initializer_list<std::size_t> dims);

  /// A text section: valid UTF-8.
  std::string_view text(std::string_view name);
  /// The lines of a text section, without their newlines; a last empty line is no line.
  std::vector<std::string_view> lines(std::string_view name);
  /// 8-bit values in the mapping itself.
  std::span<const std::int8_t> i8(std::string_view name, std::initializer_list<std::size_t> dims);
  /// Single or half precision values as floats, all finite.
  std::vector<float> floats(std::string_view name, std::initializer_list<std::size_t> dims);

  /// Throws unless every section has been used: nothing in a model file may go unread.
  void check_all_used() const;

  /// An InputError about the section `section` of this file, to be thrown.
  [[nodiscard]] InputError error(std::string_view section, std::string_view problem) const;

 private:
  class Memory;
  ModelFile(std::shared_ptr<const Memory> memory, std::string name);
  void read_table();

  std::shared_ptr<const Memory> memory_;
  std::span<const std::byte> bytes_;
  std::string name_;
  std::vector<Section> sections_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

/// Value of a half-precision (IEEE 754 binary16) number.
float from_half(std::uint16_t half);

}  // namespace relata::text
