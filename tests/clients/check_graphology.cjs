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

// Names of attributes -> names of their columns, as exporters/columns.h describes them: one line, unique
// without case, none that a reader takes for something else.
function attributeColumns(graph) {
  const taken = new Set(["id", "x", "y", "z", "r", "g", "b", "size", "color", "shape", "source", "target",
                         "timeset", "interval", "timestamp", "start", "end", "name", "label", "kind", "type",
                         "aliases", "mentions"]);
  const counted = graph.nodes.some((node) => node.mentions);
  const keys = new Set(graph.nodes.flatMap((node) => Object.keys(node.attributes ?? {})));
  const bytes = (text) => Buffer.from(text, "utf8");
  const columns = new Map();
  for (const key of [...keys].sort((a, b) => Buffer.compare(bytes(a), bytes(b)))) {
    let name = key.replace(/[\u0000-\u0020\u007f]+/g, " ").replace(/^ | $/g, "") || "attribute";
    while (taken.has(name.toLowerCase())) name += "_";
    taken.add(name.toLowerCase());
    columns.set(key, name);
  }
  return { columns, counted };
}

// The columns that a node or edge fills.
function nodeValues(node, { columns, counted }, clean) {
  const values = { label: clean(node.name), kind: node.kind, type: clean(node.type) };
  if (node.aliases.length > 0) values.aliases = clean(node.aliases.join(" | "));
  if (counted) values.mentions = (node.mentions ?? []).length;
  const attributes = node.attributes ?? {};
  for (const [key, value] of Object.entries(attributes)) {
    const text = Array.isArray(value) ? value.join(" | ") : value;
    values[columns.get(key)] = ["latitude", "longitude"].includes(key) ? Number(text) : clean(text);
  }
  return values;
}

function edgeValues(edge, graph, clean) {
  const names = new Map(graph.nodes.map((node) => [node.id, node.name]));
  const values = {
    label: clean(label(edge)), relation: clean(edge.relation), weight: edge.weight,
    confidence: edge.confidence, negated: edge.negated === true, modality: edge.modality,
  };
  const put = (name, value) => { if (value !== undefined && value !== "") values[name] = value; };
  put("mood", edge.mood);
  if (edge.attribution !== undefined) {
    put("attribution", clean(edge.attribution));
    put("said_by", clean(names.get(edge.attribution)));
  }
  const { time = {}, quantity = {}, evidence = [] } = edge;
  put("from", time.from);
  put("to", time.to);
  put("precision", time.precision);
  put("quantity_min", quantity.min);
  put("quantity_max", quantity.max);
  put("quantity_unit", quantity.unit);
  if (quantity.approximate) values.quantity_approximate = true;
  if (evidence.length > 0) {
    const sentences = evidence.map((piece) => graph.sentences[piece.sentence]);
    put("sources", new Set(sentences.map((sentence) => sentence.document)).size);
    put("document", clean(graph.documents[sentences[0].document].name));
    put("evidence", clean(sentences[0].text));
  }
  return values;
}

// Readers differ in what they make of an absent value and of attributes of their own (drawing).
function comparable(values, expected) {
  const kept = {};
  for (const name of Object.keys(expected).sort()) kept[name] = values[name] ?? "";
  for (const name of ["mood", "said_by", "from", "to", "evidence", "aliases"]) {
    if (!(name in expected) && values[name]) kept[name] = values[name];
  }
  return JSON.stringify(kept);
}

function check(file, found, graph, clean) {
  same(found.order, graph.nodes.length, file, "nodes");
  same(found.size, graph.edges.length, file, "edges");
  const columns = attributeColumns(graph);
  const nodes = graph.nodes.map((node) => nodeValues(node, columns, clean));
  const expectedNodes = new Map(nodes.map((values) => [values.label, values]));
  same(found.mapNodes((_, values) => comparable(values, expectedNodes.get(values.label ?? ""))).sort(),
       nodes.map((values) => comparable(values, values)).sort(), file, "values of nodes");
  // The order of edges is that of the file.
  const edges = graph.edges.map((edge) => edgeValues(edge, graph, clean));
  same(found.mapEdges((_, values, __, ___, source, target) =>
         [source.label, target.label, comparable(values, edges.shift())]),
       graph.edges.map((edge) => {
         const values = edgeValues(edge, graph, clean);
         const ends = [edge.source, edge.target].map((id) =>
           clean(graph.nodes.find((node) => node.id === id).name));
         return [...ends, comparable(values, values)];
       }), file, "values of edges");
}

for (const name of ["empty", "single", "parallel", "awkward", "keys", "news"]) {
  const read = (format) => fs.readFileSync(path.join(folder, `${name}.${format}`), "utf8");
  const graph = JSON.parse(read("json"));
  const options = { allowUndeclaredAttributes: true, addMissingNodes: true };
  for (const profile of ["", "gephi.", "gephi-lite."]) {
    check(`${name}.${profile}gexf`, gexf.parse(Graph, read(`${profile}gexf`), options), graph, xmlText);
    const file = `${profile}graphml`;
    check(`${name}.${file}`, graphml.parse(Graph, read(file)), graph, xmlText);
  }
  check(`${name}.graphology`, Graph.from(JSON.parse(read("graphology"))), graph, plain);

  const elements = JSON.parse(read("cytoscape")).elements;
  const drawn = cytoscape({ headless: true, elements });
  same(drawn.nodes().length, graph.nodes.length, `${name}.cytoscape`, "nodes");
  same(drawn.edges().length, graph.edges.length, `${name}.cytoscape`, "edges");
  const columns = attributeColumns(graph);
  const beside = (data, names) =>
    JSON.stringify(Object.fromEntries(Object.entries(data).filter(([key]) => !names.includes(key)).sort()));
  same(drawn.nodes().map((node) => [node.data("name"), beside(node.data(), ["id", "name"])]).sort(),
       graph.nodes.map((node) => [node.name, beside(nodeValues(node, columns, plain), [])]).sort(),
       `${name}.cytoscape`, "values of nodes");
  const named = (element) => element.data("name");
  same(drawn.edges().map((edge) => [named(edge.source()), edge.data("interaction"), edge.data("label"),
                                    named(edge.target()),
                                    beside(edge.data(), ["id", "source", "target", "interaction"])]),
       graph.edges.map((edge) => {
         const ends = [edge.source, edge.target].map((id) => graph.nodes.find((n) => n.id === id).name);
         return [ends[0], edge.relation, label(edge), ends[1], beside(edgeValues(edge, graph, plain), [])];
       }), `${name}.cytoscape`, "values of edges");
}
if (failures > 0) {
  console.log(`${failures} differences`);
  process.exit(1);
}
console.log("graphology and Cytoscape.js read all of it");
