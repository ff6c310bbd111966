#pragma once
// Texts that make joining hard: few names that many things share, in ways that tie and part them.
// Persons of one surname, in other orders and spellings, with countries and homes that disagree or
// not; bodies with the same initials; names that bodies of many countries bear; two entries of the
// gazetteer with one name; deaths, captures, meetings and named wars of the same few people on the
// same few days, some undated; the same words under two names; chains of near copies.

#include <cstdint>
#include <string>

#include "tests/store/text_composer.h"

/// A text of that name. The same seed gives the same text; seeds that differ by a multiple of 1000
/// give the same words, and so the same events, under whatever name.
SampleText hard_text(const std::string& name, std::uint64_t seed);

/// Rules of a curator that concern the names of hard texts; several sets, 0 is none.
std::string hard_rules(std::uint64_t set);

/// How many random histories a test plays: `count`, and N more with RELATA_TEST_HISTORIES=N.
std::uint64_t more_histories(std::uint64_t count);
