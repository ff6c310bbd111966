// Mermaid's flow chart as Mermaid reads it: nodes with their names and shapes, edges with their ends and labels.
//   NODE_PATH=.../node_modules node check_mermaid.cjs FOLDER
// Needs the npm packages mermaid and jsdom; exits with 77 when they are not there.
const fs = require("fs");
const path = require("path");
const url = require("url");

// Mermaid is found as require() finds packages, and loaded as the module that it is.
function find(name) {
  for (const folder of (process.env.NODE_PATH ?? "").split(path.delimiter)) {
    const found = path.join(folder, ...name.split("/"));
    if (folder !== "" && fs.existsSync(found)) return found;
  }
  throw new Error(`cannot find ${name}`);
}

async function load() {
  try {
    const { JSDOM } = require("jsdom");
    const { window } = new JSDOM("<div></div>", { pretendToBeVisual: true });
    global.window = window;
    global.document = window.document;
    Object.defineProperty(global, "navigator", { value: window.navigator, configurable: true });
    return (await import(url.pathToFileURL(find("mermaid/dist/mermaid.core.mjs")))).default;
  } catch (error) {
    console.log("skipped: npm packages are not installed:", error.message.split("\n")[0]);
    process.exit(77);
  }
}

let failures = 0;
function same(found, expected, ...what) {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left === right) return;
  failures += 1;
  console.log("FAILED:", ...what, left.slice(0, 300), "expected", right.slice(0, 300));
}

// Mermaid keeps "#35;" and "#amp;" in a form of its own until it draws.
function drawn(text) {
  const entities = { lt: "<", gt: ">", amp: "&", quot: '"' };
  return text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)))
             .replace(/ﬂ°(\w+)¶ß/g, (_, name) => entities[name]);
}

// Control characters and blanks become one blank.
const oneLine = (text) => text.replace(/[\u0000-\u0020\u007f]+/g, " ").replace(/^ | $/g, "");
function label(edge) {
  const more = ["planned", "possible"].includes(edge.modality) ? ` (${edge.modality})` : "";
  return oneLine((edge.negated ? "not " : "") + edge.relation + more);
}

async function main() {
  const mermaid = await load();
  mermaid.initialize({ startOnLoad: false, maxTextSize: 1e9, maxEdges: 1e6 });
  const shapes = { actor: "square", place: "stadium", event: "hexagon" };
  for (const name of ["empty", "single", "parallel", "awkward", "keys", "news"]) {
    const read = (format) => fs.readFileSync(path.join(process.argv[2], `${name}.${format}`), "utf8");
    const graph = JSON.parse(read("json"));
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(read("mermaid"));
    const nodes = [...db.getVertices().values()];
    const numbers = new Map(graph.nodes.map((node, i) => [node.id, `n${i}`]));
    same(nodes.map((node) => [node.id, drawn(node.text), node.type]).sort(),
         graph.nodes.map((node, i) => [`n${i}`, oneLine(node.name), shapes[node.kind]]).sort(), name, "nodes");
    same(db.getEdges().map((edge) => [edge.start, drawn(edge.text), edge.end, edge.stroke]),
         graph.edges.map((edge) => [numbers.get(edge.source), label(edge), numbers.get(edge.target),
                                    edge.negated || ["planned", "possible"].includes(edge.modality) ? "dotted" : "normal"]),
         name, "edges");
  }
  if (failures > 0) {
    console.log(`${failures} differences`);
    process.exit(1);
  }
  console.log("Mermaid reads all of it");
}
main();
