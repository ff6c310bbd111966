#pragma once
// Which texts are near copies of each other: a report of an agency that several papers print, cut
// or edited a little. Texts are compared by their runs of three words (shingles, Broder 1997,
// "On the resemblance and containment of documents"); a fingerprint of 63 numbers, the least hash
// of a text's shingles for each of 63 hash functions, tells which share of them two texts have in
// common. Two texts are near copies when their fingerprints agree in half of the numbers, and among
// these in one of 21 bands of three (which finds 94 of 100 pairs at that bound and nearly all above
// it, without comparing all pairs). Copies of copies are copies of one story. Pure functions,
// thread-safe; the result does not depend on the order of the texts.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relata::text {

/// What is kept of a text to find its copies. All zeros for a text of fewer than eight words, which
/// is nobody's copy.
using Fingerprint = std::array<std::uint32_t, 63>;

/// O(words).
Fingerprint fingerprint(std::string_view text);

/// The fingerprint as bytes for storing, 252 of them, and back; bytes of another length give the
/// fingerprint of an empty text.
std::string fingerprint_bytes(std::string_view text);
Fingerprint fingerprint_from_bytes(std::string_view bytes);

/// Numbers of which two texts that are compared have one in common; none for an empty fingerprint.
std::vector<std::uint64_t> bands_of(const Fingerprint& print);

/// Half of the fingerprints' numbers agree.
bool alike(const Fingerprint& left, const Fingerprint& right);

/// A text to compare, in the words of its document.
struct StoryText {
  std::string_view id;
  std::string_view date;  ///< of publication, ISO 8601; "" when unknown
  Fingerprint fingerprint{};
};

/// For each text the index of its story's first: the earliest dated one, of equal ones the one with
/// the least id; the text itself when it is that or nobody's copy. O(n log n), and the pairs that
/// share a band.
std::vector<std::size_t> first_of_story(std::span<const StoryText> texts);

}  // namespace relata::text
