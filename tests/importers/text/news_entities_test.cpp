// Whom and what news speaks of: the nodes of plain sentences, with the model and the knowledge of
// the repository. They test that a pattern of the language is taken, not the reader's accuracy.

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/importers/text/shipped_graph.h"

using namespace relata;
using namespace relata::text;

namespace {

/// True when some node of the text has all these names.
bool one_node(const std::string& text, const std::vector<std::string_view>& names) {
  const Graph graph = graph_of(text);
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId node(i);
    const auto aliases = graph.aliases(node);
    const bool all = std::all_of(names.begin(), names.end(), [&](std::string_view name) {
      return graph.name(node) == name ||
             std::any_of(aliases.begin(), aliases.end(),
                         [&](StringId alias) { return graph.text(alias) == name; });
    });
    if (all) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a noun for the part that a body plays is the body in apposition") {
  CHECK(one_node("The sponsor, Alba Telecom, said it had done nothing wrong.",
                 {"Alba Telecom", "sponsor"}));
  CHECK(says("The ship's owner, Marsden Shipping Lines, denied it.", "ship", "owned by",
             "Marsden Shipping Lines"));
}

TEST_CASE("the rival of a company is no part of it") {
  CHECK_FALSE(says("France sued Siemens rival Nordlink.", "Nordlink", "part of", "Siemens"));
}

TEST_CASE("a commander of an army is not its acronym behind it") {
  CHECK_FALSE(one_node("The supreme commander of the Free National Army [FNA] fled.",
                       {"Free National Army", "supreme commander"}));
}

TEST_CASE("what somebody is known, named or identified as is his name") {
  CHECK(one_node("General Musa Bello, known as Jaguar, fled. Jaguar is in Chad.",
                 {"Musa Bello", "Jaguar"}));
  CHECK(one_node("The suspect, identified as Ali Khan, was arrested.", {"Ali Khan", "suspect"}));
  CHECK(one_node("Police named the victim as Ali Khan. He was killed on Monday.",
                 {"Ali Khan", "victim"}));
  CHECK(one_node("A company called Alba Foods was fined.", {"Alba Foods", "company"}));
}

TEST_CASE("a name given behind several nouns is the nearest one's that it fits") {
  CHECK_FALSE(one_node("A defector from the elite group called the Sea Guard was arrested.",
                       {"Sea Guard", "defector"}));
}

TEST_CASE("people are told by what befell them") {
  CHECK(says("About 160 wounded arrived at the hospital.", "wounded", "moved to", "hospital"));
  CHECK(says("A dozen injured were flown to a hospital.", "injured", "moved to", "hospital"));
  CHECK_FALSE(one_node("The injured man spoke.", {"injured"}));
}

TEST_CASE("tens of thousands of people are people") {
  CHECK(says("Tens of thousands of refugees live in Jordan.", "refugees", "located in", "Jordan"));
}

TEST_CASE("somebody known by his age is called by it") {
  CHECK(says("Rebels killed a 15-year-old.", "15-year-old", "killed by", "Rebels"));
}

TEST_CASE("a common noun is no part of a name") {
  CHECK(one_node("The dockworkers' union ENEDEP criticised Greece.", {"ENEDEP"}));
  CHECK_FALSE(one_node("The dockworkers' union ENEDEP criticised Greece.", {"union ENEDEP"}));
}

TEST_CASE("a party before a lawmaker, and behind a mayor, has him as a member") {
  CHECK(says("Labour MP Anne Smith left Britain.", "Anne Smith", "member of", "Labour Party"));
  CHECK(
      says("Peray Ahmet, a Labour councillor, fled.", "Peray Ahmet", "member of", "Labour Party"));
  CHECK_FALSE(says("The mayor, Franck Martin of the National Rally, fled to Spain.",
                   "Franck Martin", "leader of", "National Rally"));
}

TEST_CASE("an office is that of the region beside it, a director that of the company") {
  CHECK(says("India's Assam chief minister, Ravi Das, met Narendra Modi.", "Ravi Das", "leader of",
             "Assam"));
  CHECK(says("Siemens's Asia director, Otto Brandt, resigned.", "Otto Brandt", "leader of",
             "Siemens"));
}

TEST_CASE("a chief of staff leads no staff") {
  CHECK(says("Governor Peter Ekai's chief of staff, Samson Ewoi, was arrested.", "Samson Ewoi",
             "works for", "Peter Ekai"));
  CHECK_FALSE(one_node("The governor's chief of staff was arrested.", {"staff"}));
}

TEST_CASE("a capital that is pressed, sent an ambassador or asked is its country") {
  CHECK(one_node("France put pressure on Khartoum.", {"Sudan", "Khartoum"}));
  CHECK(one_node("The French ambassador to Moscow resigned.", {"Russia", "Moscow"}));
  CHECK(one_node("France urged Quito to wait.", {"Ecuador", "Quito"}));
  CHECK_FALSE(one_node("France opened an embassy in Quito.", {"Ecuador", "Quito"}));
}

TEST_CASE("Brussels acts for the European Union, in a text about Belgium for Belgium") {
  CHECK(one_node("The European Commission fined Apple. Brussels accused Google of fraud.",
                 {"European Union", "Brussels"}));
  CHECK(one_node("Belgium left the European Union. Brussels accused Google of fraud.",
                 {"Belgium", "Brussels"}));
}

TEST_CASE("the government is that of the country that a text speaks of") {
  const std::string kenya =
      "Kenya closed its border. The Kenyan army sent troops to Lodwar. Nairobi accused Somalia. ";
  CHECK(one_node(kenya + "The government denied the report.", {"Kenya", "government"}));
  CHECK_FALSE(one_node(kenya + "William Ruto's government denied it.", {"Kenya", "government"}));
  CHECK_FALSE(one_node("Kenya met Somalia in Nairobi and Mogadishu. The government denied it.",
                       {"Kenya", "government"}));
}

TEST_CASE("Congress is that of the United States unless the text is about another country") {
  CHECK_FALSE(one_node("Congress met in India.", {"U.S. Congress"}));
  CHECK(one_node("Congress met.", {"U.S. Congress"}));
}

TEST_CASE("what stands beside its owner is his") {
  CHECK(says("France blamed the Taliban and its commander, Musa Bello.", "Musa Bello", "leader of",
             "Taliban"));
}

TEST_CASE("WHO between small letters is a body") {
  CHECK(one_node("The WHO sent doctors to Kenya.", {"World Health Organization", "WHO"}));
  CHECK_FALSE(one_node("WHO KILLED THE MAYOR OF NAIROBI", {"World Health Organization"}));
}

TEST_CASE("a place may have a possessive or a hyphen in its name") {
  CHECK(one_node("Aid reached Cox's Bazar on Monday.", {"Cox's Bazar"}));
  CHECK(one_node("India's Assam is in the north.", {"Assam"}));
  CHECK(says("Gilgit-Baltistan's governor, Gulbar Khan, resigned.", "Gulbar Khan", "leader of",
             "Gilgit-Baltistan"));
}

TEST_CASE("a ministry of labour is no party") {
  CHECK_FALSE(
      says("Labour minister Ann Lee fled to Spain.", "Ann Lee", "member of", "Labour Party"));
}

TEST_CASE("a common name of parties is that of a country which the text names") {
  const auto country_of_party = [](const std::string& text) {
    const Graph graph = graph_of(text);
    for (std::size_t i = 0; i < graph.node_count(); ++i) {
      const NodeId node(i);
      if (graph.name(node) != "Labour Party") continue;
      for (const auto& attribute : graph.attributes(node)) {
        if (graph.text(attribute.key) == "country") return std::string(graph.text(attribute.value));
      }
    }
    return std::string();
  };
  CHECK(country_of_party("Peter Obi of the Labour Party left Nigeria.").empty());
  CHECK(country_of_party("The Labour Party won in Britain.") == "GB");
}

TEST_CASE("a deputy of a minister leads nothing") {
  CHECK(says("Italy's deputy foreign minister, Edo Conti, resigned.", "Edo Conti", "works for",
             "Italy"));
}

TEST_CASE("a noun for somebody before a full name says that it is a person's") {
  CHECK(says("Kenya arrested billionaire Otto Brandt's brother.", "brother", "family of",
             "Otto Brandt"));
}

TEST_CASE("justice that is done is nobody") {
  CHECK_FALSE(one_node("Ann Lee said justice had been done.", {"justice"}));
}

TEST_CASE("an office before a name is called without the name") {
  CHECK(one_node("Opposition leader Ann Lee of the Green Party left Spain.",
                 {"Ann Lee", "Opposition leader"}));
}

TEST_CASE("the company is not every body with that word in its name") {
  CHECK_FALSE(
      one_node("She left McKinsey & Company. Alba Foods sold a plant. In March the company "
               "sued Siemens.",
               {"McKinsey & Company", "company"}));
}

TEST_CASE("an abbreviated state is the state, and tells which town of that name is meant") {
  const Graph graph = graph_of("Police in Springfield, Ill., arrested a man.");
  CHECK(find_edge(graph, "Springfield", "located in", "Illinois").has_value());
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId node(i);
    if (graph.name(node) != "Springfield") continue;
    for (const auto& attribute : graph.attributes(node)) {
      if (graph.text(attribute.key) == "latitude") {
        CHECK(graph.text(attribute.value).substr(0, 2) == "39");
      }
    }
  }
}

TEST_CASE("a party's name told of a person is his party") {
  CHECK(says("Frank Lucas, an Oklahoma Republican, met Ann Lee.", "Frank Lucas", "member of",
             "Republican Party"));
  CHECK_FALSE(says("Frank Lucas, an Oklahoma Republican, met Ann Lee.", "Republican Party",
                   "located in", "Oklahoma"));
  CHECK_FALSE(one_node("Senator Rand Paul (R-Ky.) met Ann Lee.", {"R-Ky."}));
}

TEST_CASE("a camp is called with its noun, and is not another camp") {
  const std::string text = "Rebels attacked Abu Shouk camp. Troops shelled the Kakuma camp.";
  CHECK(one_node(text, {"Abu Shouk camp"}));
  CHECK_FALSE(one_node(text, {"Abu Shouk"}));
  CHECK_FALSE(one_node(text, {"Abu Shouk camp", "Kakuma camp"}));
}

TEST_CASE("an office with its department before a name is that person's") {
  CHECK(says("U.S. Secretary of State Kerry met Boris Johnson.", "Kerry", "leader of",
             "United States"));
  CHECK(says("U.S. Secretary of Defense Carter met Boris Johnson.", "Boris Johnson", "met with",
             "Carter"));
  CHECK(one_node("Secretary of State Antony Blinken left Riyadh.", {"Antony Blinken"}));
  CHECK(one_node("Crown Prince Mohammed bin Salman left Riyadh.", {"Mohammed bin Salman"}));
}

TEST_CASE("whom a headline tells, the lead tells again") {
  CHECK(
      one_node("Thai court dissolves party\n\nThailand's Constitutional Court on Wednesday "
               "dissolved the Forward Party.",
               {"Constitutional Court", "Thai court"}));
  CHECK_FALSE(one_node("Court frees man\n\nThe Supreme Court and the High Court met in Nairobi.",
                       {"Supreme Court", "Court"}));
  CHECK_FALSE(one_node("French court frees man\n\nThe Supreme Court of Kenya met in Nairobi.",
                       {"Supreme Court of Kenya", "French court"}));
}

TEST_CASE("the company is the firm that the text speaks of") {
  CHECK(one_node("Marsden Foods sold a plant on Monday. The company sued France.",
                 {"Marsden Foods", "company"}));
  CHECK_FALSE(one_node("The Dockers Union left the talks. The company sued France.",
                       {"Dockers Union", "company"}));
}

TEST_CASE("a word in parentheses behind a body is that body throughout") {
  CHECK(
      says("The National Federation of Miners (Fenamin) met on Monday. Fenamin president Ann Lee "
           "accused Bolivia of fraud.",
           "Ann Lee", "accused", "Bolivia"));
  CHECK(
      one_node("The Federation of Mining Cooperatives (Fencomin) left the talks. \"We agree,\" "
               "said Fencomin president Ann Lee.",
               {"Federation of Mining Cooperatives", "Fencomin"}));
}
