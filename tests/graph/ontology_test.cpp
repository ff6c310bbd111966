// The ontology's table format, the strings' pool, calendar time, errors.
#include "graph/ontology.h"

#include <string>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "graph/string_pool.h"
#include "graph/time_span.h"

using namespace relata;

namespace {

const std::string good =
    "# a comment\n"
    "node | actor | person\n"
    "event | attack | ASSAULT | words\n"
    "role | agent | agent of | actor,place | who\n"
    "relation | told | told by | actor | actor, place | - | \n"
    "relation | met with | met with | actor | actor | CONSULT |\n";

std::string problem_of(const std::string& text) {
  try {
    static_cast<void>(Ontology::parse(text, "file.txt"));
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a table gives types and relations") {
  const Ontology ontology = Ontology::parse(good, "file.txt");
  CHECK(ontology.types().size() == 2);
  CHECK(ontology.relations().size() == 3);
  const auto told = ontology.find_relation("Told_By");
  REQUIRE(told.has_value());
  CHECK(told->inverted);
  const Relation& relation = ontology.relation(told->relation);
  CHECK(relation.name == "told");
  CHECK_FALSE(relation.symmetric);
  CHECK(relation.targets.contains(NodeKind::place));
  CHECK_FALSE(relation.sources.contains(NodeKind::place));
  CHECK(ontology.relation(ontology.find_relation("met-with")->relation).symmetric);
  CHECK_FALSE(ontology.find_relation("met-with")->inverted);
  CHECK(ontology.relation(ontology.find_relation("agent")->relation).role);
  CHECK(ontology.find_type(NodeKind::event, "attack").has_value());
  CHECK_FALSE(ontology.find_type(NodeKind::actor, "attack").has_value());
}

TEST_CASE("lines may end in CR LF and the last one in nothing") {
  std::string text;
  for (const char c : good) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  text.resize(text.size() - 2);
  CHECK(Ontology::parse(text, "file.txt").relations().size() == 3);
}

TEST_CASE("what is wrong in a table is told with its line") {
  CHECK(problem_of("nodes | actor | person\n") ==
        "file.txt, line 1: expected node, event, role or relation, found \"nodes\"");
  CHECK(problem_of(good + "node | actor\n").starts_with("file.txt, line 7: expected 3 fields"));
  CHECK(problem_of(good + "node | thing | x\n").find("expected actor, place or event") !=
        std::string::npos);
  CHECK(problem_of(good + "node | event | x\n").starts_with("file.txt, line 7:"));
  CHECK(problem_of(good + "node | actor | person\n").find("there twice") != std::string::npos);
  CHECK(problem_of(good + "node | actor | \n").starts_with("file.txt, line 7:"));
  CHECK(problem_of(good + "relation | Told By | x | actor | actor | - |\n").find("there twice") !=
        std::string::npos);
  CHECK(problem_of(good + "relation | x | | actor | actor | - |\n").find("an inverse") !=
        std::string::npos);
  CHECK(problem_of(good + "relation | x | y | actor,, | actor | - |\n")
            .starts_with("file.txt, line 7:"));
  CHECK(problem_of("").find("at least one type") != std::string::npos);
}

TEST_CASE("the built-in ontology holds the tables of the field") {
  const auto ontology = Ontology::built_in();
  CHECK(ontology->find_relation("captured by").has_value());
  CHECK(ontology->find_relation("place").has_value());
  CHECK(ontology->relation(ontology->find_relation("killed in")->relation).inverse ==
        "place of death of");
  CHECK(ontology->find_type(NodeKind::place, "country").has_value());
}

TEST_CASE("the pool stores a string once and keeps views for good") {
  StringPool pool;
  const StringId first = pool.intern("a");
  const std::string_view view = pool.view(first);
  for (int i = 0; i < 100000; ++i) pool.intern("string number " + std::to_string(i));
  CHECK(pool.intern("a") == first);
  CHECK(pool.view(first).data() == view.data());
  CHECK(pool.size() == 100001);
  CHECK(pool.find("string number 99999").valid());
  CHECK_FALSE(pool.find("string number 100000").valid());
  CHECK(pool.view(StringId()).empty());
  CHECK(pool.memory() > 100000 * 10);
}

TEST_CASE("the pool holds the empty string and strings longer than its blocks") {
  StringPool pool;
  const StringId empty = pool.intern("");
  CHECK(pool.view(empty).empty());
  CHECK(pool.intern("") == empty);
  const std::string longer(1000000, 'x');
  const StringId id = pool.intern(longer);
  CHECK(pool.view(id) == longer);
  CHECK(pool.view(pool.intern("y")) == "y");
}

TEST_CASE("ISO dates are read strictly and written back") {
  for (const char* date : {"1970-01-01", "2024-12-27", "2024-02-29", "0001-01-01", "-0044-03-15"}) {
    CAPTURE(date);
    REQUIRE(parse_iso_date(date).has_value());
    CHECK(iso_date(*parse_iso_date(date)) == date);
  }
  CHECK(parse_iso_date("1970-01-02") == 1);
  CHECK(parse_iso_date("1969-12-31") == -1);
  for (const char* date : {"", "2024", "2024-12", "2023-02-29", "2024-13-01", "2024-00-10",
                           "2024-12-27T00", "24-12-27", "2024/12/27", "+024-12-27", "2024-1 -01"}) {
    CAPTURE(date);
    CHECK_FALSE(parse_iso_date(date).has_value());
  }
}

TEST_CASE("spans of time merge into the smallest that covers both") {
  const TimeSpan unknown;
  const TimeSpan day{10, 10, DatePrecision::day};
  const TimeSpan month{1, 30, DatePrecision::month};
  const TimeSpan later{40, 40, DatePrecision::day};
  CHECK(merge(unknown, day) == day);
  CHECK(merge(day, unknown) == day);
  CHECK(merge(day, month) == month);
  CHECK(merge(month, day) == month);
  CHECK(merge(day, later) == TimeSpan{10, 40, DatePrecision::range});
  CHECK(merge(later, day) == merge(day, later));
}

TEST_CASE("an error names the source, the place and the problem") {
  CHECK(std::string(InputError("a.txt", "line 3", "broken").what()) == "a.txt, line 3: broken");
  CHECK(std::string(InputError("a.txt", "", "broken").what()) == "a.txt: broken");
  CHECK(std::string(FileError("read", "a.txt", 2).what()) ==
        "cannot read a.txt: No such file or directory");
  CHECK(line_and_column("ab\ncd", 4) == "line 2, column 2");
  CHECK(line_and_column("ab", 99) == "line 1, column 3");
}
