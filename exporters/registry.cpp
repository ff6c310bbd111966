// The formats for output: one line each, sorted by name.

#include <algorithm>
#include <array>

#include "exporters/csv.h"
#include "exporters/cypher.h"
#include "exporters/cytoscape.h"
#include "exporters/dot.h"
#include "exporters/exporter.h"
#include "exporters/facts_csv.h"
#include "exporters/ftm.h"
#include "exporters/geojson.h"
#include "exporters/gexf.h"
#include "exporters/graphml.h"
#include "exporters/graphology.h"
#include "exporters/json.h"
#include "exporters/kml.h"
#include "exporters/mermaid.h"
#include "exporters/neo4j_csv.h"
#include "exporters/picture.h"
#include "exporters/rdf.h"
#include "exporters/sqlite.h"
#include "exporters/tools.h"
#include "exporters/xlsx.h"
#include "graph/ascii.h"

namespace relata {

namespace {

template <class Format>
std::unique_ptr<Exporter> make() {
  return std::make_unique<Format>();
}

template <PictureFormat Format>
std::unique_ptr<Exporter> make_picture() {
  return std::make_unique<PictureExporter>(Format);
}

template <RdfNotation Notation>
std::unique_ptr<Exporter> make_rdf() {
  return std::make_unique<RdfExporter>(Notation);
}

template <std::size_t Size>
std::array<ExportFormat, Size> with_profiles(std::array<ExportFormat, Size> formats) {
  for (ExportFormat& format : formats) format.profiles = tools_of_format(format.name);
  return formats;
}

const auto& table() {
  static const auto formats = with_profiles(std::array{
      ExportFormat{"csv",
                   {"csv"},
                   "tables of nodes and edges for Gephi and spreadsheets",
                   false,
                   make<CsvExporter>,
                   {"nodes", "edges"}},
      ExportFormat{"cypher",
                   {"cypher", "cql"},
                   "statements for Neo4j and Memgraph",
                   false,
                   make<CypherExporter>},
      ExportFormat{"cytoscape",
                   {"cyjs"},
                   "elements of Cytoscape.js, also for Cytoscape",
                   false,
                   make<CytoscapeExporter>,
                   {},
                   {},
                   {"json"}},
      ExportFormat{"dot", {"dot", "gv"}, "Graphviz' language", false, make<DotExporter>},
      ExportFormat{"facts-csv",
                   {"facts.csv"},
                   "one table of facts with evidence, speaker, date, quantity",
                   false,
                   make<FactsCsvExporter>,
                   {},
                   {},
                   {"csv"}},
      ExportFormat{"ftm",
                   {"ftm"},
                   "FollowTheMoney entities for Aleph and OpenAleph",
                   false,
                   make<FtmExporter>,
                   {},
                   {},
                   {"json"}},
      ExportFormat{"geojson",
                   {"geojson"},
                   "places, and events with a place, on a map",
                   false,
                   make<GeojsonExporter>},
      ExportFormat{"gexf",
                   {"gexf"},
                   "GEXF for Gephi and Gephi Lite, with colours, sizes and dates",
                   false,
                   make<GexfExporter>},
      ExportFormat{"graphml",
                   {"graphml"},
                   "GraphML for NetworkX, igraph, Gephi, yEd, Cytoscape",
                   false,
                   make<GraphmlExporter>},
      ExportFormat{"graphology",
                   {"graphology"},
                   "graphology and Gephi Lite",
                   false,
                   make<GraphologyExporter>,
                   {},
                   {},
                   {"json"}},
      ExportFormat{
          "json", {"json"}, "all that the graph holds, with evidence", false, make<JsonExporter>},
      ExportFormat{
          "jsonld", {"jsonld"}, "linked data, as JSON", false, make_rdf<RdfNotation::jsonld>},
      ExportFormat{
          "kml", {"kml"}, "places, and events with a place, for globes", false, make<KmlExporter>},
      ExportFormat{"mermaid",
                   {"mmd", "mermaid"},
                   "a flow chart for Markdown pages",
                   false,
                   make<MermaidExporter>},
      ExportFormat{"neo4j-csv",
                   {"neo4j"},
                   "tables for Neo4j's bulk import",
                   false,
                   make<Neo4jCsvExporter>,
                   {"nodes", "edges"},
                   {},
                   {"csv"}},
      ExportFormat{"nquads",
                   {"nq"},
                   "linked data for triple stores, each edge a named graph",
                   false,
                   make_rdf<RdfNotation::nquads>},
      ExportFormat{"pdf", {"pdf"}, "a picture, for print", true, make_picture<PictureFormat::pdf>},
      ExportFormat{"png", {"png"}, "a picture", true, make_picture<PictureFormat::png>},
      ExportFormat{"sqlite",
                   {"sqlite", "sqlite3", "db"},
                   "a database of all that the graph holds",
                   true,
                   make<SqliteExporter>},
      ExportFormat{
          "svg", {"svg"}, "a picture that scales", false, make_picture<PictureFormat::svg>},
      ExportFormat{"turtle",
                   {"ttl"},
                   "linked data, for people to read",
                   false,
                   make_rdf<RdfNotation::turtle>},
      ExportFormat{"xlsx",
                   {"xlsx"},
                   "a workbook of facts, evidence, nodes and documents",
                   true,
                   make<XlsxExporter>},
  });
  return formats;
}

}  // namespace

std::span<const ExportFormat> export_formats() {
  return table();
}

const ExportFormat* find_export_format(std::string_view name) {
  for (const ExportFormat& format : table()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

const ExportFormat* export_format_of_path(std::string_view path, std::string_view profile) {
  // "graph.facts.csv" ends in two extensions; the longer one says more.
  const ExportFormat* found = nullptr;
  std::size_t longest = 0;
  for (const ExportFormat& format : table()) {
    for (const std::string_view extension : format.extensions) {
      if (extension.size() <= longest || !has_extension(path, extension)) continue;
      found = &format;
      longest = extension.size();
    }
  }
  const auto opens = [&](const ExportFormat& format) {
    return std::find(format.profiles.begin(), format.profiles.end(), profile) !=
           format.profiles.end();
  };
  if (profile.empty() || found == nullptr || opens(*found)) return found;
  for (const ExportFormat& format : table()) {
    for (const std::string_view extension : format.borrowed) {
      if (has_extension(path, extension) && opens(format)) return &format;
    }
  }
  return found;
}

}  // namespace relata
