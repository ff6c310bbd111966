#include "importers/text/evidence_confidence.h"

#include <cmath>
#include <initializer_list>

#include <doctest/doctest.h>

using namespace relata::text;

namespace {

float share(double logit) {
  return static_cast<float>(1 / (1 + std::exp(-logit)));
}

}  // namespace

TEST_CASE("confidence is the share that the logits of its grounds give") {
  const double base[] = {2.49, 2.49 - 1.16, 1.65};
  for (const int kind : {0, 1, 2}) {
    for (const int pronouns : {0, 1, 2}) {
      for (const bool unnamed : {false, true}) {
        CAPTURE(kind);
        CAPTURE(pronouns);
        CAPTURE(unnamed);
        const double logit = base[kind] - 0.69 * pronouns - (unnamed ? 0.45 : 0);
        const float found = confidence_of(
            {static_cast<Grounds::Kind>(kind), static_cast<std::uint8_t>(pronouns), unnamed, 0.8F});
        CHECK(found == doctest::Approx(share(logit)).epsilon(0.004));
      }
    }
  }
}

TEST_CASE("what is read with less conviction is less sure") {
  const float sure = confidence_of({Grounds::Kind::relation, 0, false, 1.0F});
  const float unsure = confidence_of({Grounds::Kind::relation, 0, false, 0.2F});
  CHECK(unsure < sure);
  CHECK(sure <= 1);
  CHECK(confidence_of({Grounds::Kind::relation_to_event, 2, true, -3.0F}) > 0);
}
