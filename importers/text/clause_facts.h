#pragma once
// Facts that stand between two clauses of a sentence and that no entry of data/predicates.txt can
// state: in which event somebody came to harm, who did it when only the other clause says so, whom
// a demand or threat in a clause is for. Runs after a sentence's events and relations are made.

#include "importers/text/sentence_context.h"

namespace relata::text {

/// Adds to `context.facts` what the sentence's clauses say of one another.
void read_clause_facts(SentenceContext& context);

}  // namespace relata::text
