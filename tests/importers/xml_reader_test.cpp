// XML: what the scanner makes of a document is what expat makes of it. A document type, which only
// expat reads, sends the same document the other way.

#include "importers/xml_reader.h"

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "exporters/json.h"
#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "importers/foreign_graph.h"
#include "importers/graphml.h"
#include "importers/xml_scanner.h"
#include "tests/numbers.h"

using namespace relata;

namespace {

constexpr std::size_t buffer = std::size_t{1} << 17U;  // of the scanner at first

struct Heard {
  std::vector<std::string> events;
  std::string error;  // "" for a document that was read
};

/// Text is joined between tags, since readers may cut it as they like.
Heard hear(const std::string& document) {
  Heard heard;
  std::string text;
  const auto end_text = [&] {
    if (!text.empty()) heard.events.push_back("text " + text);
    text.clear();
  };
  std::istringstream in(document);
  XmlHandlers handlers;
  handlers.start = [&](const XmlElement& element) {
    end_text();
    std::string event = "start " + std::string(element.prefix) + "|" + std::string(element.name);
    for (const auto& [name, value] : element.attributes) {
      event.append(" ").append(name).append("=").append(value);
    }
    heard.events.push_back(event);
  };
  handlers.end = [&](std::string_view name, std::string_view) {
    end_text();
    heard.events.push_back("end " + std::string(name));
  };
  handlers.text = [&](std::string_view piece) { text += piece; };
  try {
    XmlReader(in, "x", handlers).read();
  } catch (const InputError& error) {
    heard.error = error.what();
  }
  return heard;
}

std::string error_of(const std::string& document) {
  return hear(document).error;
}

bool is_for_scanner(const std::string& document) {
  struct Nothing final : XmlEvents {
    void start(const XmlElement& /*element*/) override {}
    void end(std::string_view /*name*/) override {}
    void text(std::string_view /*piece*/) override {}
  } nothing;
  std::istringstream in(document);
  const std::string name = "x";
  return XmlScanner(in, name, nothing).begin();
}

void check_like_expat(const std::string& document) {
  const std::string typed = "<!DOCTYPE r>" + document;
  REQUIRE_FALSE(is_for_scanner(typed));
  CAPTURE(document);
  const Heard ours = hear(document);
  const Heard expat = hear(typed);
  CAPTURE(ours.error);
  CAPTURE(expat.error);
  CHECK(ours.error.empty() == expat.error.empty());
  if (ours.error.empty()) CHECK(ours.events == expat.events);
}

}  // namespace

TEST_CASE("tags, attributes, text, references, comments and CDATA are read as expat reads them") {
  for (const char* const document :
       {"<r/>", "<r></r>\n<!-- end -->\n<?pi?>", "<n:r xmlns:n='u' n:a='1' b=\"2\"/>",
        "<r a='&lt;&#65;&#x42;&quot;\"' b=\"'\tx\r\ny\rz\n\"/>",
        "<r>one &amp; two<a/>three<![CDATA[ <a> ]] ]]]]>]] ></r>", "<r>a\r\nb\rc\n\r\n</r>",
        "<r ><a\n\tb = 'c' ></a ></r\n>", "<r><!-- a - b --><?pi a?b>c?></r>",
        "<r>\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80&#x1F600;</r>", "<\xC3\xA9t\xC3\xA9 \xC3\xA0='1'/>",
        "<r>x\x7Fy</r>", "<r a='1>2'/>", "<r a=''/>"}) {
    CHECK(is_for_scanner(document));
    check_like_expat(document);
    CHECK(error_of(document).empty());
  }
}

TEST_CASE("what is not well-formed is refused, as expat refuses it") {
  for (const char* const document : {"",
                                     " ",
                                     "x",
                                     "<",
                                     "<r",
                                     "<r>",
                                     "<r/",
                                     "<r></",
                                     "<r></r",
                                     "<r></a>",
                                     "<a><b></a></b>",
                                     "<r/><r/>",
                                     "<r/>x",
                                     "x<r/>",
                                     "</r>",
                                     "<r a/>",
                                     "<r a=b/>",
                                     "<r a='1'b='2'/>",
                                     "<r a='1' a='2'/>",
                                     "<r a='<'/>",
                                     "<r a='",
                                     "<r>&</r>",
                                     "<r>&;</r>",
                                     "<r>&amp</r>",
                                     "<r>&nbsp;</r>",
                                     "<r>&#0;</r>",
                                     "<r>&#xD800;</r>",
                                     "<r>&#x110000;</r>",
                                     "<r>&#99999999999;",
                                     "<r>&#;</r>",
                                     "<r>&#x;</r>",
                                     "<r>]]></r>",
                                     "<r><!-- -- --></r>",
                                     "<r><!-- --->",
                                     "<r><!x></r>",
                                     "<r><![CDATA[</r>",
                                     "<r><?xml version='1.0'?></r>",
                                     " <?xml version='1.0'?><r/>",
                                     "<r><? x?></r>",
                                     "<r><?p",
                                     "<1/>",
                                     "<r -a='1'/>",
                                     "<r>\x01</r>",
                                     "<r>\xFF</r>",
                                     "<r>\xC3</r>",
                                     "<r>\xC0\x80</r>",
                                     "<r>\xED\xA0\x80</r>",
                                     "<r>\xEF\xBF\xBE</r>",
                                     "<r>\xF4\x90\x80\x80</r>",
                                     "<r>\xE2\x82"}) {
    check_like_expat(document);
    CHECK_FALSE(error_of(document).empty());
  }
}

TEST_CASE("pieces of XML in any order are read or refused as expat does") {
  const std::vector<std::string> pieces = {"<a>",
                                           "</a>",
                                           "<b x='1'/>",
                                           "<b x=\"a&lt;\n\tb\" y=''>",
                                           "</b>",
                                           "text",
                                           "&amp;",
                                           "&#65;",
                                           "&#x41;",
                                           "&bad;",
                                           "]]>",
                                           "]",
                                           "]]",
                                           "<![CDATA[",
                                           "<!--",
                                           "-->",
                                           "--",
                                           "<?p i?>",
                                           "<?p",
                                           "\r\n",
                                           "\r",
                                           "\n",
                                           "\t ",
                                           "\xC3\xA9",
                                           "\xC3",
                                           "\xED\xA0\x80",
                                           "\xEF\xBF\xBE",
                                           "\x01",
                                           ">",
                                           "<",
                                           "&",
                                           "'",
                                           "\"",
                                           "=",
                                           "/",
                                           "?>",
                                           "<n:c n:y='&#10;'>",
                                           "</n:c>",
                                           "x='2'",
                                           "<b "};
  Numbers numbers(7);
  std::size_t read = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string document = "<r>";
    for (std::size_t left = 1 + numbers.below(7); left > 0; --left) {
      document += pieces[numbers.below(numbers.below(3) == 0 ? pieces.size() : 9)];
    }
    document += numbers.below(8) == 0 ? "" : "</r>";
    check_like_expat(document);
    read += error_of(document).empty() ? 1 : 0;
  }
  CHECK(read > 1000);
}

TEST_CASE("a document reads the same wherever the buffer ends within it") {
  const std::string middle =
      "<a b='&amp;\xC3\xA9\r\n' c=\"d\">t&#x20AC;\r\nu]]v<![CDATA[ ]]\r\n\xC3\xA9]]>"
      "<!-- - --><?p q?></a><e/>\n";
  const Heard small = hear("<r>" + middle + "</r>");
  REQUIRE(small.error.empty());
  for (std::size_t shift = 0; shift < middle.size() + 8; ++shift) {
    const std::string fill(buffer - 6 - shift, ' ');
    std::string document = "<r><f/><g>";
    document.append(fill).append("</g>").append(middle).append("</r>");
    const Heard heard = hear(document);
    CAPTURE(shift);
    REQUIRE(heard.error.empty());
    REQUIRE(heard.events.size() == small.events.size() + 5);
    CHECK(std::equal(small.events.begin() + 1, small.events.end(), heard.events.begin() + 6));
  }
}

TEST_CASE("faults are told with line, column and what was expected") {
  CHECK(error_of("<r>\n  <node></edge>") ==
        "x, line 2, column 9: expected well-formed XML, found a fault: expected </node>, found "
        "</edge>");
  CHECK(error_of("<r>\xC3\xA9\r\n\xC3\xA9&nbsp;</r>") ==
        "x, line 2, column 2: expected well-formed XML, found a fault: the reference \"&nbsp;\" is "
        "declared nowhere");
  CHECK(error_of("<r a='1' a='2'/>").find("the attribute a stands there twice") !=
        std::string::npos);
  CHECK(error_of("<r>\n\n" + std::string(3 * buffer, 'x') + "\n\xFF</r>") ==
        "x, line 4, column 1: expected well-formed XML, found a fault: expected characters of XML "
        "in UTF-8, found the byte 0xFF");
  CHECK(error_of("<r a=1/>").find("line 1, column 6") != std::string::npos);
}

TEST_CASE("other encodings and document types go through expat") {
  CHECK(
      is_for_scanner("\xEF\xBB\xBF<?xml version=\"1.0\" encoding='utf-8' standalone='yes' ?><r/>"));
  CHECK(is_for_scanner("<?xml-stylesheet href='x'?><!-- --><r/>"));
  const std::string latin = "<?xml version='1.0' encoding='ISO-8859-1'?><r>\xE9</r>";
  CHECK_FALSE(is_for_scanner(latin));
  CHECK(hear(latin).events[1] == "text \xC3\xA9");
  const std::string wide("\xFF\xFE<\0r\0/\0>\0", 10);
  CHECK_FALSE(is_for_scanner(wide));
  CHECK(hear(wide).events.size() == 2);
  CHECK_FALSE(is_for_scanner("<?xml version='1.1'?><r/>"));
  CHECK(error_of("<?xml version='1.0' encoding='nonsense'?><r/>").find("encoding") !=
        std::string::npos);
}

TEST_CASE("large tags, long texts and many attributes are read or refused in bounded memory") {
  const std::string long_value(std::size_t{1} << 20U, 'v');
  CHECK(error_of("<r a='" + long_value + "'/>").empty());
  CHECK(error_of("<r a='" + std::string((std::size_t{1} << 24U) + buffer, 'v') + "'/>")
            .find("16 MiB") != std::string::npos);
  std::string many = "<r";
  for (int i = 0; i < 200000; ++i) many.append(" a").append(std::to_string(i)).append("=''");
  CHECK(error_of(many + "/>").empty());
  CHECK(error_of(many + " a77=''/>").find("stands there twice") != std::string::npos);
}

TEST_CASE("of several faults of a GraphML file the first is told, with many nodes before them") {
  std::string nodes;
  for (int i = 0; i < 10000; ++i) {
    nodes.append("<node id='n").append(std::to_string(i)).append("'/>\n");
  }
  const auto failure = [](const std::string& text) -> std::string {
    std::istringstream in(text);
    GraphBuilder builder(Ontology::built_in());
    try {
      GraphmlImporter().read(in, "g", builder);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  const std::string begin = "<graphml><graph>\n";
  const std::string nameless = "<node/>\n";
  CHECK(failure(begin + nodes + nameless + "<oops").find("line 10002, column 1: expected an id") !=
        std::string::npos);
  CHECK(failure(begin + nameless + nodes + "<oops").find("line 2, column 1: expected an id") !=
        std::string::npos);
  CHECK(failure(begin + nodes + "<oops").find("line 10002, column 1: expected well-formed XML") !=
        std::string::npos);
}

TEST_CASE("GraphML's defaults cannot multiply without bound") {
  std::string keys;
  for (int i = 0; i < 300; ++i) {
    keys.append("<key id='k")
        .append(std::to_string(i))
        .append("' for='node'><default>x</default></key>");
  }
  std::istringstream in("<graphml>" + keys + "<graph><node id='a'/></graph></graphml>");
  GraphBuilder builder(Ontology::built_in());
  CHECK_THROWS_WITH_AS(GraphmlImporter().read(in, "g", builder),
                       doctest::Contains("at most 256 keys with a default"), InputError);
}

TEST_CASE("records become the same graph on one thread and on two") {
  const auto graph_on = [](unsigned threads) {
    GraphBuilder builder(Ontology::built_in());
    ForeignGraph graph(builder, "g", ForeignGraph::Undeclared::refuse);
    RecordFeed feed(graph, threads);
    ForeignRecord record;
    Numbers numbers(7);
    const auto node = [&] { return "n" + std::to_string(numbers.below(3000)); };
    for (int i = 0; i < 20000; ++i) {
      if (i % 7 == 0 || i < 3000) {
        record.begin_node(i < 3000 ? "n" + std::to_string(i) : node());
        record.add(FieldRole::other, "colour", i % 2 == 0 ? "red" : "blue");
      } else {
        record.begin_edge(node(), node());
        record.add(FieldRole::relation, "relation", i % 3 == 0 ? "supports" : "a new relation");
        record.add(FieldRole::from, "from", "2024-01-02");
      }
      record.set_place(1, 1);
      feed.put(record);
    }
    feed.finish();
    graph.finish();
    std::ostringstream out;
    JsonExporter().write(std::move(builder).build(), out, {});
    return out.str();
  };
  const std::string one = graph_on(1);
  CHECK(one.size() > 100000);
  CHECK(one == graph_on(2));
}
