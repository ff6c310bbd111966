#pragma once
// How likely a statement is right, by what it was read from. The weights are those of a logistic
// regression over the edges of the gold graphs that rules were written with
// (scripts/evaluate_calibration.py measures; docs/measurements.md has the table): what makes a
// statement doubtful is less how sure the reader was of its words than how far the words are from
// names. Pure functions.

#include <cstdint>

namespace relata::text {

/// What a statement rests on.
struct Grounds {
  enum class Kind : std::uint8_t {
    relation,           ///< between two things
    relation_to_event,  ///< "reported", "condemned" and the like, of an event
    role,               ///< of a thing in an event
  } kind = Kind::relation;
  std::uint8_t pronouns = 0;  ///< ends that a pronoun stands for, 0 to 2
  bool unnamed = false;       ///< neither end has a name
  float score = 1;            ///< product of the reader's scores of its parts, 0 to 1
};

/// 0 to 1.
float confidence_of(const Grounds& grounds);

}  // namespace relata::text
