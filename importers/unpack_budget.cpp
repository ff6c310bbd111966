#include "importers/unpack_budget.h"

#include "graph/errors.h"

namespace relata {

bool UnpackBudget::exceeded() const {
  return unpacked_ > most_bytes || unpacked_ > free_bytes + packed_ * ratio;
}

void UnpackBudget::unpacked(std::uint64_t bytes, const std::string& name) {
  unpacked_ += bytes;
  if (unpacked_ > most_bytes) {
    throw InputError(name, "", "expected a file that unpacks to at most 16 GiB, found more");
  }
  if (unpacked_ > free_bytes + packed_ * ratio) {
    throw InputError(name, "",
                     "it unpacks to more than a hundred times its size, which no text does; it "
                     "looks like an archive made to exhaust the machine");
  }
}

}  // namespace relata
