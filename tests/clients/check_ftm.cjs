// FollowTheMoney entities against the model that Aleph and OpenAleph use (npm's @alephdata/followthemoney):
// every schema and property is known, no property is one that other entities have to state, what a
// schema requires is there, references lead to entities of the schema that the property takes, and values
// arrive unchanged.
//   NODE_PATH=.../node_modules node check_ftm.cjs FOLDER
// Exits with 77 when the package is not there.
const fs = require("fs");
const path = require("path");

let Model, defaultModel;
try {
  ({ Model, defaultModel } = require("@alephdata/followthemoney"));
} catch (error) {
  console.log("skipped: npm packages are not installed:", error.message.split("\n")[0]);
  process.exit(77);
}

const model = new Model(defaultModel);
const folder = process.argv[2];
let failures = 0;
let entities = 0;

function check(condition, ...what) {
  if (condition) return;
  failures += 1;
  console.log("FAILED:", ...what);
}

for (const name of ["empty", "single", "parallel", "awkward", "keys", "news"]) {
  const graph = JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), "utf8"));
  const raws = fs.readFileSync(path.join(folder, `${name}.ftm`), "utf8").split("\n").slice(0, -1).map((line) => JSON.parse(line));
  const schemas = new Map(raws.map((raw) => [raw.id, model.getSchema(raw.schema)]));
  const names = [];
  for (const raw of raws) {
    entities += 1;
    const schema = schemas.get(raw.id);
    const entity = model.getEntity(raw);
    for (const [property, values] of Object.entries(raw.properties)) {
      check(schema.hasProperty(property), name, raw.schema, "has no", property);
      if (!schema.hasProperty(property)) continue;
      const known = schema.getProperty(property);
      check(!known.stub, name, raw.schema, property, "is stated by the other entity");
      check(JSON.stringify(entity.getProperty(property).map((value) => value.id ?? value)) === JSON.stringify(values),
            name, raw.id, property, "arrives unchanged");
      if (known.type.name === "entity") {
        for (const value of values) {
          check(schemas.has(value) && schemas.get(value).isA(known.getRange()), name, raw.id, property, "leads to",
                schemas.get(value)?.name);
        }
      }
      if (known.type.name === "date") {
        for (const value of values) check(/^\d{4}(-\d\d(-\d\d)?)?$/.test(value), name, raw.id, property, value);
      }
    }
    for (const property of schema.required ?? []) check(raw.properties[property], name, raw.id, "lacks", property);
    if (raw.schema !== "UnknownLink") names.push(entity.getFirst("name") ?? "");
  }
  check(JSON.stringify(names.sort()) === JSON.stringify(graph.nodes.map((node) => node.name).sort()), name, "names");
}
if (failures > 0) {
  console.log(`${failures} differences`);
  process.exit(1);
}
console.log(`FollowTheMoney's model knows all of ${entities} entities`);
