// GEXF, GraphML (cytoscape profile too) and graphology's own JSON as graphology reads them, with the
// options of Gephi Lite; Cytoscape.js' elements as Cytoscape.js reads them.
//   NODE_PATH=.../node_modules node check_graphology.cjs FOLDER
// Needs the npm packages graphology, graphology-gexf, graphology-graphml, cytoscape and jsdom; exits
// with 77 when they are not there.
const fs = require("fs");
const path = require("path");

let Graph, gexf, graphml, cytoscape, JSDOM;
try {
  Graph = require("graphology");
  gexf = require("graphology-gexf");
  graphml = require("graphology-graphml");
  cytoscape = require("cytoscape");
  ({ JSDOM } = require("jsdom"));
} catch (error) {
  console.log("skipped: npm packages are not installed:", error.message.split("\n")[0]);
  process.exit(77);
}

const folder = process.argv[2];
const dom = new JSDOM("");
global.DOMParser = dom.window.DOMParser;
global.Document = dom.window.Document;
let failures = 0;

function same(found, expected, ...what) {
  const left = JSON.stringify(found);
  const right = JSON.stringify(expected);
  if (left === right) return;
  failures += 1;
  console.log("FAILED:", ...what, left.slice(0, 200), "expected", right.slice(0, 200));
}

// XML 1.0 cannot hold these.
const xmlText = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
const plain = (text) => text;

function label(edge) {
  const more = ["planned", "possible"].includes(edge.modality) ? ` (${edge.modality})` : "";
  return (edge.negated ? "not " : "") + edge.relation + more;
}

function check(file, found, graph, clean) {
  same(found.order, graph.nodes.length, file, "nodes");
  same(found.size, graph.edges.length, file, "edges");
  const labels = found.mapNodes((_, attributes) => attributes.label ?? "").sort();
  same(labels, graph.nodes.map((node) => clean(node.name)).sort(), file, "labels");
  const edges = found.mapEdges((_, attributes) => attributes.label).sort();
  same(edges, graph.edges.map((edge) => clean(label(edge))).sort(), file, "labels of edges");
  const kinds = found.mapNodes((_, attributes) => attributes.kind).sort();
  same(kinds, graph.nodes.map((node) => node.kind).sort(), file, "kinds");
  const weights = found.mapEdges((_, attributes) => attributes.weight).sort();
  same(weights, graph.edges.map((edge) => edge.weight).sort(), file, "weights");
}

for (const name of ["empty", "single", "parallel", "awkward", "news"]) {
  const read = (format) => fs.readFileSync(path.join(folder, `${name}.${format}`), "utf8");
  const graph = JSON.parse(read("json"));
  const options = { allowUndeclaredAttributes: true, addMissingNodes: true };
  check(`${name}.gexf`, gexf.parse(Graph, read("gexf"), options), graph, xmlText);
  check(`${name}.graphml`, graphml.parse(Graph, read("graphml")), graph, xmlText);
  check(`${name}.graphology`, Graph.from(JSON.parse(read("graphology"))), graph, plain);

  const elements = JSON.parse(read("cytoscape")).elements;
  const drawn = cytoscape({ headless: true, elements });
  same(drawn.nodes().length, graph.nodes.length, `${name}.cytoscape`, "nodes");
  same(drawn.edges().length, graph.edges.length, `${name}.cytoscape`, "edges");
  same(drawn.nodes().map((node) => node.data("name")).sort(),
       graph.nodes.map((node) => node.name).sort(), `${name}.cytoscape`, "names");
}
if (failures > 0) {
  console.log(`${failures} differences`);
  process.exit(1);
}
console.log("graphology and Cytoscape.js read all of it");
