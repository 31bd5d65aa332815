// Makes static/dist/ from static/js, static/css, static/img and the type family in node_modules:
// everything a browser or the report loads, and manifest.json, which maps "phone.js" to "phone.3fa9c1d2e4.js".
// Files keep their name as long as their content is the same, so they may be cached for ever.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ICONS } from "./js/shared/icons.js";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const fontFolder = join(root, "node_modules/@fontsource/source-sans-3");

// Phones from 2017: ES2017 scripts, and CSS of the browsers of that year (esbuild lowers nesting and new colour notations).
const scriptTarget = "es2017";
const styleTarget = ["chrome58", "firefox54", "safari11"];

// One script per live page: each folder of static/js that has a main.js.
const pages = filesBelow(join(here, "js"))
  .filter((name) => /^[^/]+\/main\.js$/.test(name))
  .map((name) => dirname(name));
const fontFaces = ["400-normal", "400-italic", "600-normal", "700-normal"];

/** Every file below `folder`, with "/" in its path relative to it. */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path).map((below) => `${entry.name}/${below}`) : [entry.name];
    })
    .sort();
}

/** "img/logo.svg" with its content's hash: "img/logo.3fa9c1d2e4.svg". */
function hashedName(logical, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const extension = extname(logical);
  return `${logical.slice(0, logical.length - extension.length)}.${hash}${extension}`;
}

/** Readers see the old file or the new one, never half of it. */
function replaceFile(path, content) {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, content);
  renameSync(part, path);
}

async function bundle(entry, options) {
  const result = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    write: false,
    outdir: dist,
    ...options,
  });
  if (result.warnings.length > 0) throw new Error(`${relative(root, entry)}: warnings count as errors`);
  return result.outputFiles[0].contents;
}

const outputs = new Map(); // file name below dist -> content
const manifest = {}; // logical name -> file name below dist

function add(logical, content, fileName = hashedName(logical, content)) {
  outputs.set(fileName, Buffer.from(content));
  manifest[logical] = fileName;
}

// Images first: style sheets name them as url("./img/NAME"), and that has to become the hashed name.
for (const name of filesBelow(join(here, "img"))) {
  add(`img/${name}`, readFileSync(join(here, "img", name)));
}

// Font files keep their own names: the type family's version is pinned, and style sheets and report name them.
for (const subset of ["latin", "latin-ext"]) {
  for (const face of fontFaces) {
    const name = `source-sans-3-${subset}-${face}.woff2`;
    add(`fonts/${name}`, readFileSync(join(fontFolder, "files", name)), `fonts/${name}`);
  }
}
add("fonts/LICENSE", readFileSync(join(fontFolder, "LICENSE")), "fonts/LICENSE");

// The pages made on the server and the report draw the icons of the scripts.
add("icons.json", JSON.stringify(ICONS));

const hashedImages = {
  name: "hashed-images",
  setup(builder) {
    builder.onResolve({ filter: /^\.\.?\/(dist\/)?(img|fonts)\// }, ({ path }) => {
      const logical = path.replace(/^\.\.?\/(dist\/)?/, "");
      if (!(logical in manifest)) return { errors: [{ text: `no such file: static/${logical}` }] };
      return { path: `./${manifest[logical]}`, external: true };
    });
  },
};

for (const page of pages) {
  const entry = join(here, "js", page, "main.js");
  const script = Buffer.from(await bundle(entry, { format: "iife", target: scriptTarget })).toString("utf8");
  // what is left of line breaks stands in templates, where the indentation after them is nothing that is drawn
  add(`${page}.js`, script.replace(/\n +/g, "\n"));
}

for (const name of filesBelow(join(here, "css"))) {
  if (!name.endsWith(".css") || name.includes("/") || basename(name).startsWith("_")) continue;
  const content = await bundle(join(here, "css", name), { target: styleTarget, plugins: [hashedImages] });
  if (/@layer\b/.test(Buffer.from(content).toString("utf8"))) {
    throw new Error(`static/css/${name}: @layer is unknown to the browsers we promise to serve`);
  }
  add(name, content);
}

// A page being served meanwhile finds its files until the new manifest is in place; stale ones go last.
for (const [name, content] of outputs) {
  const path = join(dist, name);
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && readFileSync(path).equals(content)) continue;
  replaceFile(path, content);
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
replaceFile(join(dist, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
for (const name of filesBelow(dist)) {
  if (name !== "manifest.json" && !outputs.has(name)) rmSync(join(dist, name.split("/").join(sep)));
}
