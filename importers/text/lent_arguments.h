#pragma once
// Arguments that one predicate of a sentence owes to another: a light verb's to its noun ("carried
// out an attack"), the place of a verb of happening to what happens ("the blast occurred in
// Srinagar"), the target of an aim to what is aimed ("an attack targeting a convoy"), the object of
// the second of two verbs to the first ("arrested and charged him").

#include <functional>

#include "importers/text/predicate_facts.h"
#include "importers/text/sentence_context.h"

namespace relata::text {

/// Fills `lent` of the frames' sites and marks the frames that another one tells. `choose_entry`
/// takes the entry of a frame anew, when it has been lent what the conditions ask for.
void lend_arguments(SentenceContext& context, const std::function<void(Frame&)>& choose_entry);

}  // namespace relata::text
