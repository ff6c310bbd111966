#include "exporters/tools.h"

#include <algorithm>
#include <array>

namespace relata {

namespace {

constexpr std::array loss_table = {
    LossWords{Loss::aliases, LossKind::lost, "aliases", "aliases",
              "the format has no place for them"},
    LossWords{Loss::attributes, LossKind::lost, "attributes", "attributes of nodes",
              "the format has no place for them"},
    LossWords{Loss::cells, LossKind::changed, "cells", "texts",
              "a cell holds 32,767 characters; the rest is cut off"},
    LossWords{Loss::confidence, LossKind::lost, "confidence", "confidences of edges",
              "the format has no place for them"},
    LossWords{Loss::control, LossKind::changed, "control", "texts",
              "control characters are left out, which the format cannot hold"},
    LossWords{Loss::coordinates, LossKind::lost, "coordinates", "nodes",
              "a map shows what has coordinates, and these have none"},
    LossWords{Loss::crowd, LossKind::lost, "crowd", "nodes",
              "a picture shows the 50 best connected"},
    LossWords{Loss::dates, LossKind::lost, "dates", "dates of edges",
              "the format has no place for them"},
    LossWords{Loss::document_titles, LossKind::lost, "document_titles",
              "titles, dates and outlets of documents", "only the address goes along"},
    LossWords{Loss::documents, LossKind::lost, "documents",
              "titles, dates, outlets and addresses of documents", "only the name goes along"},
    LossWords{Loss::early_dates, LossKind::changed, "early_dates", "dates before March 1900",
              "spreadsheets have no such dates; they stay text"},
    LossWords{Loss::edges, LossKind::lost, "edges", "edges", "a map has none"},
    LossWords{Loss::evidence, LossKind::lost, "evidence", "pieces of evidence",
              "the format has no place for them"},
    LossWords{Loss::formulas, LossKind::changed, "formulas", "texts",
              "an apostrophe goes before what would be run as a formula"},
    LossWords{Loss::intervals, LossKind::lost, "intervals", "spells on a time line",
              "dates arrive as text"},
    LossWords{Loss::joined, LossKind::merged, "joined", "values",
              "aliases, and values of one attribute, share one cell, parted by \" | \""},
    LossWords{Loss::later_documents, LossKind::lost, "later_documents", "pieces of evidence",
              "the document is that of the first sentence of an edge"},
    LossWords{Loss::later_evidence, LossKind::lost, "later_evidence", "pieces of evidence",
              "only the first one of an edge goes along"},
    LossWords{Loss::line_breaks, LossKind::changed, "line_breaks", "texts",
              "line breaks and tabs become blanks"},
    LossWords{Loss::lonely, LossKind::lost, "lonely", "nodes", "only what has an edge goes along"},
    LossWords{Loss::nul, LossKind::changed, "nul", "texts", "the character NUL is left out"},
    LossWords{Loss::numbers, LossKind::changed, "numbers", "numbers", "all values arrive as text"},
    LossWords{Loss::other_attributes, LossKind::lost, "other_attributes", "attributes of nodes",
              "FollowTheMoney has no property for them"},
    LossWords{Loss::parallel, LossKind::merged, "parallel", "edges",
              "of the edges from one node to another one is left, the weights are added"},
    LossWords{Loss::parallel_kind, LossKind::merged, "parallel_kind", "edges",
              "edges of one label from one node to another become one, the weights are added"},
    LossWords{Loss::places_of_words, LossKind::lost, "places_of_words",
              "places of words in the text", "the format has no place for them"},
    LossWords{Loss::quantities, LossKind::lost, "quantities", "counts and amounts of edges",
              "the format has no place for them"},
    LossWords{Loss::renamed, LossKind::changed, "renamed", "names of attributes",
              "a reader would trim them, join them, or take them for something else; they are "
              "trimmed or get a _ behind them"},
    LossWords{Loss::speakers, LossKind::lost, "speakers", "speakers",
              "the format has no place for them"},
    LossWords{Loss::speakers_of_pieces, LossKind::lost, "speakers_of_pieces", "speakers",
              "an edge has a speaker when all its evidence has the same one"},
    LossWords{Loss::undrawn, LossKind::lost, "undrawn", "nodes",
              "a picture shows what has an edge"},
};

// Losses that go together.
using Losses = std::vector<Loss>;

Losses operator+(Losses left, const Losses& right) {
  for (const Loss loss : right) {
    if (std::find(left.begin(), left.end(), loss) == left.end()) left.push_back(loss);
  }
  std::sort(left.begin(), left.end());
  return left;
}

Losses columns() {
  return {Loss::joined,          Loss::later_evidence, Loss::documents,
          Loss::places_of_words, Loss::renamed,        Loss::speakers_of_pieces};
}
Losses drawing() {
  return {Loss::aliases,  Loss::attributes,      Loss::confidence, Loss::dates,   Loss::documents,
          Loss::evidence, Loss::places_of_words, Loss::quantities, Loss::speakers};
}
Losses picture() {
  return drawing() + Losses{Loss::crowd, Loss::undrawn};
}
Losses map() {
  return {Loss::coordinates,     Loss::edges,  Loss::evidence, Loss::documents,
          Loss::places_of_words, Loss::joined, Loss::renamed};
}
Losses linked_data() {
  return {Loss::nul, Loss::places_of_words, Loss::speakers_of_pieces};
}

struct FormatLosses {
  std::string_view format;
  Losses losses;
};

const std::vector<FormatLosses>& format_table() {
  static const std::vector<FormatLosses> table = {
      {"csv", columns() + Losses{Loss::nul}},
      {"cypher", columns()},
      {"cytoscape", columns()},
      {"dot", columns() + Losses{Loss::control, Loss::numbers}},
      {"facts-csv",
       {Loss::aliases, Loss::attributes, Loss::later_documents, Loss::lonely, Loss::nul,
        Loss::places_of_words, Loss::speakers_of_pieces}},
      {"ftm",
       {Loss::confidence, Loss::document_titles, Loss::other_attributes, Loss::places_of_words,
        Loss::quantities, Loss::speakers}},
      {"geojson", map()},
      {"gexf", columns() + Losses{Loss::control}},
      {"graphml", columns() + Losses{Loss::control, Loss::intervals}},
      {"graphology", columns()},
      {"json", {}},
      {"jsonld", linked_data()},
      {"kml", map() + Losses{Loss::control}},
      {"mermaid", drawing() + Losses{Loss::line_breaks, Loss::control}},
      {"neo4j-csv", columns() + Losses{Loss::nul}},
      {"nquads", linked_data()},
      {"pdf", picture()},
      {"png", picture()},
      {"sqlite", {}},
      {"svg", picture()},
      {"turtle", linked_data()},
      {"xlsx",
       {Loss::cells, Loss::early_dates, Loss::joined, Loss::places_of_words, Loss::renamed}},
  };
  return table;
}

Door door(std::string_view format, const Losses& more = {}) {
  return {format, losses_of_format(format) + more};
}

}  // namespace

const LossWords& loss_words(Loss loss) {
  return loss_table[static_cast<std::size_t>(loss)];
}

std::vector<Loss> losses_of_format(std::string_view format) {
  for (const FormatLosses& entry : format_table()) {
    if (entry.format == format) return entry.losses;
  }
  return {};
}

std::span<const Tool> tools() {
  static const std::vector<Tool> table = {
      {"aleph", "Aleph", {door("ftm")}},
      {"cytoscape", "Cytoscape", {door("cytoscape"), door("graphml")}},
      {"excel", "Excel", {door("xlsx"), door("facts-csv", {Loss::formulas, Loss::cells})}},
      {"gephi",
       "Gephi",
       {door("gexf", {Loss::parallel_kind}), door("graphml", {Loss::parallel_kind}),
        door("csv", {Loss::parallel_kind}), door("dot", {Loss::parallel})}},
      {"gephi-lite",
       "Gephi Lite",
       {door("gexf", {Loss::intervals}), door("graphology"), door("graphml")}},
      {"google-earth", "Google Earth", {door("kml")}},
      {"graphviz", "Graphviz", {door("dot")}},
      {"igraph", "igraph", {door("graphml")}},
      {"libreoffice", "LibreOffice", {door("xlsx"), door("facts-csv", {Loss::cells})}},
      {"memgraph", "Memgraph", {door("cypher")}},
      {"neo4j", "Neo4j", {door("neo4j-csv"), door("cypher")}},
      {"networkx", "NetworkX", {door("graphml"), door("gexf", {Loss::intervals})}},
      {"openaleph", "OpenAleph", {door("ftm")}},
      {"qgis", "QGIS", {door("geojson"), door("kml")}},
      {"rdflib", "RDFLib", {door("nquads"), door("turtle"), door("jsonld")}},
      {"yed", "yEd", {door("graphml")}},
  };
  return table;
}

const Tool* find_tool(std::string_view name) {
  for (const Tool& tool : tools()) {
    if (tool.name == name) return &tool;
  }
  return nullptr;
}

const Door* find_door(const Tool& tool, std::string_view format) {
  for (const Door& door : tool.doors) {
    if (door.format == format) return &door;
  }
  return nullptr;
}

std::vector<std::string_view> tools_of_format(std::string_view format) {
  std::vector<std::string_view> names;
  for (const Tool& tool : tools()) {
    if (find_door(tool, format) != nullptr) names.push_back(tool.name);
  }
  return names;
}

}  // namespace relata
