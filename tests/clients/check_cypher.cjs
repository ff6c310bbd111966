// Cypher as Neo4j's own parser reads it (npm's @neo4j-cypher/language-support): no statement has an error, and
// a broken one has.
//   NODE_PATH=.../node_modules node check_cypher.cjs FOLDER
// Exits with 77 when the package is not there.
const fs = require("fs");
const path = require("path");

let lint;
try {
  ({ lintCypherQuery: lint } = require("@neo4j-cypher/language-support"));
} catch (error) {
  console.log("skipped: npm packages are not installed:", error.message.split("\n")[0]);
  process.exit(77);
}

const errors = (statement) => lint(statement, {}).diagnostics.filter((each) => each.severity === 1);
let failures = 0;
let statements = 0;
if (errors("MATCH (a RETURN a;").length === 0) {
  failures += 1;
  console.log("FAILED: a broken statement has no error");
}
for (const name of ["empty", "single", "awkward", "keys", "news"]) {
  const lines = fs.readFileSync(path.join(process.argv[2], `${name}.cypher`), "utf8").split("\n").slice(0, -1);
  for (const line of lines) {
    statements += 1;
    for (const error of errors(line)) {
      failures += 1;
      console.log("FAILED:", name, error.message.slice(0, 200), line.slice(0, 200));
    }
  }
}
if (failures > 0) {
  console.log(`${failures} differences`);
  process.exit(1);
}
console.log(`Neo4j's parser takes all of ${statements} statements`);
