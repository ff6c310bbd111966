#pragma once
// A complete model file of a very small network with pseudo-random weights, made in memory: what
// the tests of the loader and of the reader's plumbing run on. No state.

#include <cstddef>
#include <span>
#include <vector>

namespace relata::text {

/// Bytes of a model whose sequences are at most 32 pieces long.
std::vector<std::byte> tiny_model();

/// Sets size and checksum in the header of a model file to what its bytes are (files of at least 32
/// bytes only), so that damage further on is not caught by the checksum.
void seal_model(std::vector<std::byte>& bytes);

}  // namespace relata::text
