#include "importers/text/gazetteer.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "importers/text/gazetteer_fold.h"

using namespace relata;
using namespace relata::text;

namespace {

const std::string data_dir = std::string(RELATA_SOURCE_DIR) + "/data/gazetteer";

const Gazetteer& gazetteer() {
  static const Gazetteer instance = Gazetteer::open(data_dir);
  return instance;
}

std::string country_of(PlaceId id) {
  return std::string(gazetteer().country_code(id));
}

/// "Name, type, country" of what `mention` resolves to in a text that speaks of `codes`
/// (countries), with a "~" in front for something inside the place; "" for nothing.
std::string meaning(std::string_view mention, const std::vector<std::string>& codes = {},
                    bool locative = false) {
  std::vector<PlaceCount> mentioned;
  for (const std::string& code : codes) {
    mentioned.push_back({gazetteer().country_by_code(code), 2});
  }
  PlaceContext context;
  context.mentioned = mentioned;
  context.locative = locative;
  const auto found = gazetteer().resolve(mention, context);
  if (!found) return "";
  CHECK(found->score > 0);
  CHECK(found->score <= 1);
  const Place place = gazetteer().place(found->place);
  return (found->inside ? "~" : "") + std::string(place.name) + ", " +
         std::string(type_name(place.type)) + ", " + country_of(found->place);
}

std::string first_organisation(std::string_view name, std::string_view country = "") {
  const auto found = gazetteer().organisations(name, gazetteer().country_by_code(country));
  if (found.empty()) return "";
  return std::string(found.front().name) + ", " + std::string(type_name(found.front().type)) +
         ", " + country_of(found.front().country);
}

std::string body(std::string_view mention) {
  const auto found = gazetteer().state_body(mention);
  return found ? std::string(found->name) + ", " + std::string(type_name(found->type)) + ", " +
                     country_of(found->country)
               : "";
}

/// A file with these bytes in the system's temporary folder, removed at the end.
class TemporaryFile final {
 public:
  explicit TemporaryFile(const std::string& bytes)
      : path_((std::filesystem::temp_directory_path() /
               ("relata_gazetteer_" + std::to_string(std::random_device{}()) + ".rlg"))
                  .string()) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string actors_bytes() {
  std::ifstream file(data_dir + "/actors.rlg", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What opening a file of `bytes` as the actors' file complains of; "" when it opens.
std::string complaint(const std::string& bytes) {
  const TemporaryFile file(bytes);
  try {
    const Gazetteer opened(data_dir + "/places.rlg", file.path());
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("fold_name drops marks, case, articles and hyphens") {
  CHECK(fold_name("the U.S.") == "us");
  CHECK(fold_name("C\u00f4te d\u2019Ivoire") == "cote divoire");
  CHECK(fold_name("Port-au-Prince") == "port au prince");
  CHECK(fold_name("\u0141\u00f3d\u017a") == "lodz");
  CHECK(fold_name("St. Petersburg") == "saint petersburg");
  CHECK(fold_name("Main St") == "main st");
  CHECK(fold_name("Bosnia & Herzegovina") == "bosnia and herzegovina");
  CHECK(fold_name("").empty());
  CHECK(fold_name("...").empty());
}

TEST_CASE("fold_name keeps bytes that are no UTF-8") {
  CHECK(fold_name("\xff\xfe") == "\xff\xfe");
  CHECK(fold_name("a\xe2\x80") == "a\xe2\x80");
}

TEST_CASE("fold_name is idempotent on every place's name") {
  for (PlaceId id = 0; id < gazetteer().place_count(); id += 37) {
    const std::string once = fold_name(gazetteer().place(id).name);
    // "the the X" and "St St X" lose one word at a time; no place is so called.
    CHECK(fold_name(once) == once);
  }
}

TEST_CASE("the gazetteer holds at least 100,000 places, in order") {
  CHECK(gazetteer().place_count() >= 100'000);
  CHECK(gazetteer().country_count() >= 249);
  CHECK(std::filesystem::file_size(data_dir + "/places.rlg") < 10'000'000);
}

TEST_CASE("every record of the file can be read and refers to places that exist") {
  std::set<std::string_view> codes;
  for (PlaceId id = 0; id < gazetteer().place_count(); ++id) {
    const Place place = gazetteer().place(id);
    REQUIRE(!place.name.empty());
    REQUIRE(gazetteer().containers(id).size() <= 3);
    if (place.latitude) {
      REQUIRE(std::abs(*place.latitude) <= 90);
      REQUIRE(std::abs(*place.longitude) <= 180);
    }
    if (id < gazetteer().country_count()) {
      REQUIRE(place.type == PlaceType::country);
      const Country country = gazetteer().country(id);
      REQUIRE(codes.insert(country.code).second);
      for (const PlaceId near : country.neighbours) REQUIRE(near < gazetteer().country_count());
    }
  }
}

TEST_CASE("countries are found by name, short name and code") {
  const PlaceId korea = gazetteer().country_by_code("KP");
  for (const char* name : {"North Korea", "north korea", "DPRK", "D.P.R.K.",
                           "Democratic People's Republic of Korea"}) {
    const auto found = gazetteer().lookup(name);
    REQUIRE(!found.matches.empty());
    CHECK(found.matches.front().place == korea);
  }
  CHECK(gazetteer().country_by_code("PRK") == korea);
  CHECK(gazetteer().country_by_code("??") == no_place);
  CHECK(gazetteer().country_by_code("") == no_place);
}

TEST_CASE("a country has codes, a capital, neighbours and a Wikidata id") {
  const PlaceId id = gazetteer().country_by_code("UA");
  const Country ukraine = gazetteer().country(id);
  CHECK(ukraine.iso3 == "UKR");
  CHECK(gazetteer().place(ukraine.capital).name == "Kyiv");
  CHECK(gazetteer().place(id).wikidata_id == 212);
  CHECK(ukraine.neighbours.size() >= 6);
}

TEST_CASE("a name of capitals only does not match in small letters") {
  CHECK(!gazetteer().lookup("US").matches.empty());
  CHECK(gazetteer().lookup("us").matches.empty());
  CHECK(!gazetteer().organisations("WHO").empty());
  CHECK(gazetteer().organisations("who").empty());
  CHECK(gazetteer().organisations("is").empty());
}

TEST_CASE("demonyms lead to their country and say what they are") {
  const auto kind = [](std::string_view word) {
    const auto found = gazetteer().demonym(word);
    return found ? country_of(found->place) + std::to_string(static_cast<int>(found->kind)) : "";
  };
  const std::string adjective = std::to_string(static_cast<int>(NameKind::adjective));
  CHECK(kind("Ukrainian") == "UA" + adjective);
  CHECK(kind("South Korean") == "KR" + adjective);
  CHECK(kind("British") == "GB" + adjective);
  CHECK(kind("Briton") == "GB" + std::to_string(static_cast<int>(NameKind::person)));
  CHECK(kind("Britons") == "GB" + std::to_string(static_cast<int>(NameKind::people)));
  CHECK(kind("Filipinos") == "PH" + std::to_string(static_cast<int>(NameKind::people)));
  CHECK(kind("Soviet") == "SUHH" + adjective);
  CHECK(kind("Congolese") == "CD" + adjective);
  CHECK(kind("Nigerien") == "NE" + adjective);
  CHECK(kind("Nigerian") == "NG" + adjective);
  CHECK(kind("table").empty());
  CHECK(kind("us").empty());
}

TEST_CASE("seats stand for their country") {
  CHECK(country_of(gazetteer().metonym("the Kremlin")) == "RU");
  CHECK(country_of(gazetteer().metonym("White House")) == "US");
  CHECK(country_of(gazetteer().metonym("Downing Street")) == "GB");
  CHECK(gazetteer().metonym("Lyon") == no_place);
}

TEST_CASE("capitals lead to their country, other cities do not") {
  CHECK(country_of(gazetteer().capital_of("Pyongyang")) == "KP");
  CHECK(country_of(gazetteer().capital_of("Beijing")) == "CN");
  CHECK(country_of(gazetteer().capital_of("Kiev")) == "UA");
  CHECK(country_of(gazetteer().capital_of("Moscow")) == "RU");
  CHECK(gazetteer().capital_of("Shanghai") == no_place);
  CHECK(gazetteer().capital_of("Nowhere at all") == no_place);
}

TEST_CASE("other spellings of cities find the same city") {
  CHECK(meaning("Kiev") == "Kyiv, city, UA");
  CHECK(meaning("Bombay") == "Mumbai, city, IN");
  CHECK(meaning("Rangoon") == "Yangon, city, MM");
  CHECK(meaning("Odessa", {"UA"}) == meaning("Odesa"));
  CHECK(meaning("S\u00e3o Paulo") == meaning("Sao Paulo"));
  CHECK(meaning("Deir ez-Zor") == "Deir el-Zour, city, SY");
}

TEST_CASE("cities lie in regions and regions in countries") {
  PlaceContext context;
  const auto found = gazetteer().resolve("Sudzha", context);
  REQUIRE(found);
  const auto chain = gazetteer().containers(found->place);
  REQUIRE(chain.size() == 2);
  CHECK(gazetteer().place(chain[0]).name == "Kursk Oblast");
  CHECK(gazetteer().place(chain[1]).name == "Russia");
  CHECK(gazetteer().lies_in(found->place, chain[1]));
  CHECK(!gazetteer().lies_in(chain[1], found->place));
}

TEST_CASE("a bare name that a city and its region share is the city, with \"region\" the region") {
  CHECK(meaning("Kursk") == "Kursk, city, RU");
  CHECK(meaning("Kursk region") == "Kursk Oblast, region, RU");
  CHECK(meaning("Kursk Oblast") == "Kursk Oblast, region, RU");
  CHECK(meaning("Russia's Kursk region") == "Kursk Oblast, region, RU");
  CHECK(meaning("Russia\u2019s Kursk region") == "Kursk Oblast, region, RU");
  CHECK(meaning("New York") == "New York, city, US");
  CHECK(meaning("New York state") == "New York, region, US");
  CHECK(meaning("Washington") == "Washington, city, US");
  CHECK(meaning("Washington state") == "Washington, region, US");
}

TEST_CASE("Georgia is the country unless the text is of the United States") {
  CHECK(meaning("Georgia") == "Georgia, country, GE");
  CHECK(meaning("Georgia", {"RU"}) == "Georgia, country, GE");
  CHECK(meaning("Georgia", {"US"}) == "Georgia, region, US");
  CHECK(meaning("state of Georgia") == "Georgia, region, US");
  CHECK(meaning("Tbilisi, Georgia") == "Tbilisi, city, GE");
  CHECK(meaning("Albany, Georgia") == "Albany, city, US");
}

TEST_CASE("the region of the text chooses among cities of one name") {
  const auto in_text_of = [](std::string_view region) {
    const auto known = gazetteer().resolve(region, {});
    REQUIRE(known);
    const std::vector<PlaceCount> mentioned = {{known->place, 1}};
    PlaceContext context;
    context.mentioned = mentioned;
    const auto found = gazetteer().resolve("Long Beach", context);
    REQUIRE(found);
    return gazetteer().place(gazetteer().place(found->place).parent).name;
  };
  CHECK(in_text_of("California") == "California");
  CHECK(in_text_of("New York state") == "New York");
  CHECK(in_text_of("Mississippi") == "Mississippi");
}

TEST_CASE("a state or country after a comma decides") {
  CHECK(meaning("Paris") == "Paris, city, FR");
  CHECK(meaning("Paris, Texas") == "Paris, city, US");
  CHECK(meaning("Portland, Ore.") == "Portland, city, US");
  const auto maine = gazetteer().resolve("Portland, Maine", {});
  REQUIRE(maine);
  CHECK(gazetteer().place(gazetteer().place(maine->place).parent).name == "Maine");
}

TEST_CASE("countries of the text choose among large namesakes") {
  CHECK(meaning("Tripoli") == "Tripoli, city, LY");
  CHECK(meaning("Tripoli", {"LB"}) == "Tripoli, city, LB");
  CHECK(meaning("Birmingham", {"GB"}) == "Birmingham, city, GB");
  CHECK(meaning("Birmingham", {"US"}) == "Birmingham, city, US");
  CHECK(meaning("Hyderabad", {"PK"}) == "Hyderabad, city, PK");
}

TEST_CASE("common words and family names are no places without more to say so") {
  for (const char* word : {"Reading", "Nice", "Of", "Montalvo", "Rice", "Central", "Bush", "Mar"}) {
    CAPTURE(word);
    CHECK(meaning(word).empty());
  }
  CHECK(meaning("Reading", {"GB"}) == "Reading, city, GB");
  CHECK(meaning("Nice", {"FR"}) == "Nice, city, FR");
  CHECK(meaning("Turkey") == "Turkey, country, TR");
  CHECK(meaning("Jordan") == "Jordan, country, JO");
}

TEST_CASE("waters, landforms and facilities have their types") {
  CHECK(meaning("Gulf of Mexico") == "Gulf of Mexico, water, ");
  CHECK(meaning("Strait of Hormuz") == "Strait of Hormuz, water, ");
  CHECK(meaning("the Dnipro River") == "Dnieper River, water, UA");
  CHECK(meaning("Mount Everest") == "Mount Everest, landform, NP");
  CHECK(meaning("Bagram Air Base") == "Bagram Air Base, facility, AF");
}

TEST_CASE("states with partial recognition, territories and past states are there") {
  CHECK(meaning("Kosovo") == "Kosovo, country, XK");
  CHECK(meaning("Taiwan") == "Taiwan, country, TW");
  CHECK(meaning("Gaza") == "Gaza Strip, region, PS");
  CHECK(meaning("West Bank") == "West Bank, region, PS");
  CHECK(meaning("Crimea") == "Crimea, region, UA");
  CHECK(meaning("Soviet Union") == "Soviet Union, country, SUHH");
  CHECK(gazetteer().place(gazetteer().country_by_code("SUHH")).is_historic);
  CHECK(gazetteer().place(gazetteer().country_by_code("XK")).is_disputed);
  CHECK(
      gazetteer().lies_in(gazetteer().country_by_code("XABK"), gazetteer().country_by_code("GE")));
}

TEST_CASE("a part of a place is something inside it") {
  CHECK(meaning("eastern Ukraine") == "~Ukraine, country, UA");
  CHECK(meaning("northern Gaza") == "~Gaza Strip, region, PS");
  CHECK(meaning("Lviv airport") == "~Lviv, city, UA");
  CHECK(meaning("Ukrainian city of Odesa") == "Odesa, city, UA");
  CHECK(meaning("Iraqi province of Anbar") == "Anbar, region, IQ");
}

TEST_CASE("mentions without sense are answered with nothing") {
  for (const char* mention : {"", " ", ",", "'s", "of", "the", ", ,", "'s 's", "\xff\xff", "region",
                              "of of of of of of of of of"}) {
    CAPTURE(mention);
    CHECK(meaning(mention).empty());
  }
  CHECK(meaning(std::string(100'000, 'a')).empty());
  std::string nested;
  for (int i = 0; i < 30; ++i) nested += "city of ";
  CHECK(meaning(nested).empty());
}

TEST_CASE("organisations are found by name, acronym and alias") {
  CHECK(first_organisation("UN") == "United Nations, organization, ");
  CHECK(first_organisation("U.N.") == "United Nations, organization, ");
  CHECK(first_organisation("Daesh") == "Islamic State, group, ");
  CHECK(first_organisation("ISIL") == "Islamic State, group, ");
  CHECK(first_organisation("the Pentagon") ==
        "United States Department of Defense, government, US");
  CHECK(first_organisation("GUR") == "Defence Intelligence of Ukraine, government, UA");
  CHECK(first_organisation("Yonhap news agency") == "Yonhap, media, KR");
  CHECK(first_organisation("Hizbollah") == "Hezbollah, group, LB");
  CHECK(first_organisation("Likud") == "Likud, party, IL");
  CHECK(first_organisation("Gazprom") == "Gazprom, company, RU");
  CHECK(first_organisation("Nobody's Organisation").empty());
}

TEST_CASE("the country chooses among organisations of one acronym") {
  CHECK(gazetteer().organisations("NIS").size() >= 2);
  CHECK(first_organisation("NIS", "KR") == "National Intelligence Service, government, KR");
  CHECK(first_organisation("NIS", "RS") == "Naftna Industrija Srbije, company, RS");
}

TEST_CASE("an organisation's parent is another organisation") {
  const auto found = gazetteer().organisations("UNHCR");
  REQUIRE(!found.empty());
  REQUIRE(found.front().parent != no_organisation);
  CHECK(gazetteer().organisation(found.front().parent).name == "United Nations");
}

TEST_CASE("state bodies are recognised with the country before or after them") {
  CHECK(body("Ukrainian Defence Ministry") == "Ministry of Defence, government, UA");
  CHECK(body("Ministry of Justice of Iran") == "Ministry of Justice, government, IR");
  CHECK(body("Nigeria's Central Bank") == "Central Bank, government, NG");
  CHECK(body("South Korean military") == "Armed Forces, military, KR");
  CHECK(body("the Israeli government") == "Government, government, IL");
  CHECK(body("foreign ministry") == "Ministry of Foreign Affairs, government, ");
  CHECK(body("Ukrainian bread").empty());
  CHECK(body("").empty());
}

TEST_CASE("leaders are found by spellings, family name and date") {
  const auto zelensky = gazetteer().leaders("Volodymyr Zelensky");
  REQUIRE(zelensky.size() == 1);
  CHECK(zelensky.front().name == "Volodymyr Zelenskyy");
  CHECK(country_of(zelensky.front().country) == "UA");
  CHECK(!zelensky.front().by_surname);
  CHECK(gazetteer().leaders("Bush").size() == 2);
  const auto bush = gazetteer().leaders("Bush", 20050601);
  REQUIRE(bush.size() == 1);
  CHECK(bush.front().name == "George W. Bush");
  CHECK(bush.front().by_surname);
  CHECK(gazetteer().leaders("Barack Obama", 20180101).empty());
  CHECK(gazetteer().leaders("Barack Obama", 20180101, 2).size() == 1);
  CHECK(gazetteer().leaders("Nobody").empty());
}

TEST_CASE("who led a country on a day") {
  const PlaceId france = gazetteer().country_by_code("FR");
  bool sarkozy = false;
  for (const Leader& leader : gazetteer().leaders_of(france, 20100101)) {
    sarkozy = sarkozy || leader.name == "Nicolas Sarkozy";
    CHECK(leader.name != "Emmanuel Macron");
  }
  CHECK(sarkozy);
}

TEST_CASE("most countries have somebody in office") {
  std::size_t with_leader = 0;
  for (PlaceId id = 0; id < gazetteer().country_count(); ++id) {
    with_leader += gazetteer().leaders_of(id).empty() ? 0 : 1;
  }
  CHECK(with_leader >= 180);
}

TEST_CASE("a file cut short is an input error that says so") {
  const std::string bytes = actors_bytes();
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{31}, std::size_t{32},
                                 std::size_t{1000}, bytes.size() - 32, bytes.size() - 1}) {
    CAPTURE(size);
    CHECK(!complaint(bytes.substr(0, size)).empty());
  }
  CHECK(complaint(bytes.substr(0, 1000)).find("cut short") != std::string::npos);
}

TEST_CASE("a changed byte anywhere is an input error") {
  const std::string bytes = actors_bytes();
  for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 50) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x40);
    CAPTURE(at);
    CHECK(!complaint(changed).empty());
  }
}

TEST_CASE("another kind of file and another version are told apart") {
  CHECK(complaint(std::string(4096, 'x')).find("another kind of file") != std::string::npos);
  std::string bytes = actors_bytes();
  bytes[8] = 9;
  CHECK(complaint(bytes).find("version 9") != std::string::npos);
}

TEST_CASE("a places file in the place of the actors' lacks its sections") {
  CHECK_THROWS_AS(Gazetteer(data_dir + "/places.rlg", data_dir + "/places.rlg"), InputError);
}

TEST_CASE("a missing file is a file error") {
  CHECK_THROWS_AS(Gazetteer::open(data_dir + "/nowhere"), FileError);
}
