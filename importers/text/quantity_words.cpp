#include "importers/text/quantity_words.h"

#include <algorithm>
#include <array>

namespace relata::text {

namespace {

// Longest first where one begins like another.
constexpr auto phrases = std::to_array<BoundPhrase>({
    {"not less than", QuantityBound::least},
    {"no less than", QuantityBound::least},
    {"no fewer than", QuantityBound::least},
    {"at least", QuantityBound::least},
    {"a minimum of", QuantityBound::least},
    {"upwards of", QuantityBound::least},
    {"upward of", QuantityBound::least},
    {"well over", QuantityBound::above},
    {"well above", QuantityBound::above},
    {"far more than", QuantityBound::above},
    {"in excess of", QuantityBound::above},
    {"more than", QuantityBound::above},
    {"greater than", QuantityBound::above},
    {"higher than", QuantityBound::above},
    {"over", QuantityBound::above},
    {"above", QuantityBound::above},
    {"exceeding", QuantityBound::above},
    {"not more than", QuantityBound::most},
    {"no more than", QuantityBound::most},
    {"at most", QuantityBound::most},
    {"a maximum of", QuantityBound::most},
    {"as many as", QuantityBound::most},
    {"as much as", QuantityBound::most},
    {"as high as", QuantityBound::most},
    {"up to", QuantityBound::most},
    {"fewer than", QuantityBound::below},
    {"less than", QuantityBound::below},
    {"lower than", QuantityBound::below},
    {"under", QuantityBound::below},
    {"below", QuantityBound::below},
    {"an estimated", QuantityBound::about},
    {"a reported", QuantityBound::about},
    {"close to", QuantityBound::about},
    {"estimated", QuantityBound::about},
    {"about", QuantityBound::about},
    {"around", QuantityBound::about},
    {"approximately", QuantityBound::about},
    {"approx.", QuantityBound::about},
    {"roughly", QuantityBound::about},
    {"nearly", QuantityBound::about},
    {"almost", QuantityBound::about},
    {"some", QuantityBound::about},
    {"circa", QuantityBound::about},
    {"perhaps", QuantityBound::about},
    {"~", QuantityBound::about},
    {"c.", QuantityBound::about},
});

constexpr auto vague_numbers = std::to_array<VagueNumber>({
    {"dozens", 24, 99},
    {"scores", 40, 199},
    {"tens", 20, 99},
    {"hundreds", 200, 999},
    {"thousands", 2e3, 9999},
    {"millions", 2e6, 9.99e8},
    {"billions", 2e9, 9.99e11},
    {"trillions", 2e12, 9.99e14},
});

struct UnitName {
  std::string_view word;
  std::string_view unit;
};

constexpr auto currency_signs = std::to_array<UnitName>({
    {"$", "USD"},      {"us$", "USD"},    {"\u20AC", "EUR"}, {"\u00A3", "GBP"}, {"\u00A5", "JPY"},
    {"\u20B9", "INR"}, {"\u20BD", "RUB"}, {"\u20B4", "UAH"}, {"\u20BA", "TRY"}, {"\u20AA", "ILS"},
    {"\u20A9", "KRW"}, {"a$", "AUD"},     {"au$", "AUD"},    {"c$", "CAD"},     {"ca$", "CAD"},
    {"hk$", "HKD"},    {"nz$", "NZD"},    {"s$", "SGD"},     {"r$", "BRL"},     {"nt$", "TWD"},
    {"usd", "USD"},    {"eur", "EUR"},    {"gbp", "GBP"},    {"chf", "CHF"},    {"jpy", "JPY"},
});

constexpr auto unit_names = std::to_array<UnitName>({
    {"%", "%"},          {"percent", "%"},     {"pct", "%"},          {"dollar", "USD"},
    {"dollars", "USD"},  {"euro", "EUR"},      {"euros", "EUR"},      {"yen", "JPY"},
    {"yuan", "CNY"},     {"renminbi", "CNY"},  {"ruble", "RUB"},      {"rubles", "RUB"},
    {"rouble", "RUB"},   {"roubles", "RUB"},   {"hryvnia", "UAH"},    {"hryvnias", "UAH"},
    {"rupee", "INR"},    {"rupees", "INR"},    {"won", "KRW"},        {"shekels", "ILS"},
    {"lira", "TRY"},     {"francs", "CHF"},    {"zloty", "PLN"},      {"km", "km"},
    {"kilometer", "km"}, {"kilometers", "km"}, {"kilometre", "km"},   {"kilometres", "km"},
    {"m", "m"},          {"meter", "m"},       {"meters", "m"},       {"metre", "m"},
    {"metres", "m"},     {"cm", "cm"},         {"mm", "mm"},          {"mile", "mi"},
    {"miles", "mi"},     {"feet", "ft"},       {"foot", "ft"},        {"ft", "ft"},
    {"yards", "yd"},     {"inches", "in"},     {"kg", "kg"},          {"kilogram", "kg"},
    {"kilograms", "kg"}, {"g", "g"},           {"grams", "g"},        {"ton", "t"},
    {"tons", "t"},       {"tonne", "t"},       {"tonnes", "t"},       {"lb", "lb"},
    {"lbs", "lb"},       {"hectare", "ha"},    {"hectares", "ha"},    {"acre", "acre"},
    {"acres", "acre"},   {"litre", "l"},       {"litres", "l"},       {"liters", "l"},
    {"gallons", "gal"},  {"barrels", "bbl"},   {"mw", "MW"},          {"megawatts", "MW"},
    {"gw", "GW"},        {"gigawatts", "GW"},  {"kilowatts", "kW"},   {"kph", "km/h"},
    {"mph", "mi/h"},     {"knots", "kn"},      {"degrees", "degree"},
});

template <std::size_t Size>
std::string_view unit_in(const std::array<UnitName, Size>& table, std::string_view word) {
  const auto found = std::ranges::find(table, word, &UnitName::word);
  return found == table.end() ? std::string_view() : found->unit;
}

}  // namespace

std::span<const BoundPhrase> bound_phrases() {
  return phrases;
}

std::optional<VagueNumber> vague_number(std::string_view word) {
  const auto found = std::ranges::find(vague_numbers, word, &VagueNumber::word);
  if (found == vague_numbers.end()) return std::nullopt;
  return *found;
}

std::string_view currency_of(std::string_view word) {
  return unit_in(currency_signs, word);
}

std::string_view unit_named(std::string_view word) {
  return unit_in(unit_names, word);
}

}  // namespace relata::text
