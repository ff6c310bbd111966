#pragma once
// Compressed bytes: gzip (one member or many), zlib and raw deflate, Zstandard, Brotli. Checksums
// are checked where the format has them. Streams with buffers of fixed size (Zstandard's window is
// limited to 128 MiB by its library). One thread an object.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "importers/pull_buffer.h"
#include "importers/unpack_budget.h"

namespace relata {

enum class Compression : std::uint8_t { none, gzip, deflate, zstd, brotli };

/// gzip or zstd by the magic number at the beginning of `head`; `none` otherwise.
Compression compression_of(std::string_view head);

/// Makes the unpacked bytes of `in` (which has to outlive it) for a PullBuffer. `name` is for
/// errors; what comes out is charged to `budget`, which has to outlive it too. The pull throws
/// InputError for bytes that are not so compressed, that end too early, whose checksum is wrong, or
/// that are followed by something else.
PullBuffer::Pull decompress(std::istream& in, Compression compression, const std::string& name,
                            UnpackBudget& budget);

/// All of `bytes` unpacked, at most `limit` bytes.
std::string decompress_all(std::string_view bytes, Compression compression, const std::string& name,
                           UnpackBudget& budget, std::size_t limit);

}  // namespace relata
