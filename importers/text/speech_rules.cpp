#include "importers/text/speech_rules.h"

#include <array>

namespace relata::text {

Strength strength_of(SpeechStrength strength) {
  switch (strength) {
    case SpeechStrength::confirmed:
      return Strength::confirmed;
    case SpeechStrength::denied:
      return Strength::denied;
    case SpeechStrength::claimed:
      return Strength::claimed;
    case SpeechStrength::accused:
      return Strength::accused;
    default:
      return Strength::reported;
  }
}

Embedding::Kind embedding_kind(ContentModality modality) {
  constexpr std::array<Embedding::Kind, 6> kinds = {
      Embedding::Kind::asserted, Embedding::Kind::planned,     Embedding::Kind::possible,
      Embedding::Kind::negated,  Embedding::Kind::conditional, Embedding::Kind::questioned};
  return kinds[static_cast<std::size_t>(modality)];
}

bool orders(SpeechStrength strength) {
  return strength == SpeechStrength::asked || strength == SpeechStrength::promised ||
         strength == SpeechStrength::threatened;
}

/// The relation between a speaker and the event that he speaks of; "" for speech that reports
/// nothing.
std::string speech_relation(SpeechStrength strength) {
  if (orders(strength) || strength == SpeechStrength::accused) return {};
  if (strength == SpeechStrength::confirmed) return "confirmed";
  if (strength == SpeechStrength::denied) return "denied";
  return "reported";
}

}  // namespace relata::text
