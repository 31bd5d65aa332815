// Reads {"start": view, "patches": [...]} from standard input; prints every view that comes of it, one per line.
import { readFileSync } from "node:fs";

import { merge } from "../../../static/js/shared/patch.js";

const { start, patches } = JSON.parse(readFileSync(0, "utf8"));
let view = start;
patches.forEach((patch) => {
  view = merge(view, patch);
  process.stdout.write(`${JSON.stringify(view)}\n`);
});
