// Makes static/dist/ from static/js, static/css, static/img and the type family in node_modules:
// everything a browser or the report loads, and manifest.json, which maps "phone.js" to "phone.3fa9c1d2e4.js".
// Sentences do not travel in the scripts: each is a number there, its place in phone.messages.json, and the page fetches
// that list in the reader's language (docs/decisions/0018-words-travel-once.md).
// Files keep their name as long as their content is the same, so they may be cached for ever.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import postcss from "postcss";
import { ICONS } from "./js/shared/icons.js";
import "./js/shared/more_icons.js";

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

// Every message in a call of t(), tn() or N_() of the scripts gets a number that stands nowhere else in them. Taken in
// the order of the files, so that the same sources make the same bundle.
const text = '"(?:[^"\\\\\\n]|\\\\.)*"';
const calls = new RegExp(`\\b(t|N_)\\(\\s*(${text})|\\btn\\(\\s*(${text}),\\s*(${text})`, "g");
const NUMBER = /\b731\d{4}1\b/g; // no two noughts at the end, which would be written as 731e4
const FIRST = 73100001;
const messages = []; // "sentence" or ["one", "many"]
const numbers = new Map();

function numbered(message) {
  const key = JSON.stringify(message);
  if (!numbers.has(key)) numbers.set(key, FIRST + 10 * (messages.push(message) - 1));
  return numbers.get(key);
}

function withNumbers(source) {
  return source.replace(calls, (whole, name, message, one, many) => (name
    ? `${name}(${numbered(JSON.parse(message))}`
    : `tn(${numbered([JSON.parse(one), JSON.parse(many)])}, 0`));
}

const scripts = new Map(filesBelow(join(here, "js")).filter((name) => name.endsWith(".js")).map((name) => {
  const path = join(here, "js", name);
  const source = readFileSync(path, "utf8");
  if (source.match(NUMBER)) throw new Error(`static/js/${name}: a number that stands for a message`);
  const contents = withNumbers(source);
  if (/\b(t|tn|N_)\(\s*["'`]/.test(contents)) throw new Error(`static/js/${name}: a message that cannot be read`);
  return [path, contents];
}));

const messagesAsNumbers = {
  name: "messages-as-numbers",
  setup(builder) {
    builder.onLoad({ filter: /\.js$/ }, ({ path }) => (scripts.has(path) ? { contents: scripts.get(path) } : undefined));
  },
};

/** The script with each message as its place in the list of those that stand in it, and that list; where a page has a
 *  script already, `before` is its list, which this one goes on. */
function withPlaces(script, before = []) {
  const used = new Map(before.map((message, place) => [String(numbered(message)), place]));
  const placed = script.replace(NUMBER, (number) => {
    if (!used.has(number)) used.set(number, used.size);
    return used.get(number);
  });
  return { script: placed, list: [...used.keys()].slice(before.length).map((number) => messages[(number - FIRST) / 10]) };
}

// What the phone needs once one is in, votes and results, comes in a second script after the first has drawn the page
// (docs/decisions/0021-second-script.md). It takes from the first one whatever that has as well: lent.js.
const SECOND = join(here, "js/phone/second.js");
const LENDER = join(here, "js/phone/lent.js");
const imports = /^import \{([^}]*)\} from "(\.[^"]+)";$/gm;

/** What a script imports from others of ours: [{names, path}]; no names where it takes all, by `import * as`, or nothing
 *  (`alone`). */
function importsOf(path) {
  const all = [...readFileSync(path, "utf8").matchAll(/^(?:import|export) (?:([^;"]*?)from )?"(\.[^"]+)";$/gm)];
  return all.map(([, what = "", from]) => ({
    alone: !what,
    names: what.startsWith("{") ? what.replace(/[{}]/g, "").split(",").map((name) => name.trim()).filter(Boolean) : [],
    path: join(dirname(path), from),
  }));
}

/** Every script that is reached from `path`, itself included, without going into those that `stops` names. */
function reached(path, stops = () => false, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  importsOf(path).filter((one) => !stops(one.path)).forEach((one) => reached(one.path, stops, found));
  return found;
}

const first = reached(join(here, "js/phone/main.js"));
const lends = (path) => first.has(path);
const second = reached(SECOND, lends);

/** The lender's source: everything that the second script imports from the first, by name. */
function lender() {
  const from = new Map();
  [...second].flatMap(importsOf).filter(({ alone, path }) => !alone && lends(path)).forEach(({ names, path }) => {
    if (!names.length) throw new Error(`${relative(root, path)}: what the second script takes from it has to be named`);
    names.forEach((whole) => {
      const [name] = whole.split(" as ");
      if (from.has(name) && from.get(name) !== path) throw new Error(`static/js: two things are called ${name}`);
      from.set(name, path);
    });
  });
  const lines = [...from].map(([name, path]) => `import { ${name} } from ${JSON.stringify(path)};`);
  return `${lines.join("\n")}\nexport const lent = { ${[...from.keys()].join(", ")} };`;
}

const lending = {
  name: "lending",
  setup(builder) {
    builder.onLoad({ filter: /lent\.js$/ }, ({ path }) => (path === LENDER ? { contents: lender() } : undefined));
  },
};

/** The scripts of the second bundle with what is lent taken from the page instead of imported. */
const borrowing = {
  name: "borrowing",
  setup(builder) {
    builder.onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!second.has(path)) return undefined;
      const contents = scripts.get(path).replace(imports, (whole, names, from) => (lends(join(dirname(path), from))
        ? `const { ${names.replace(/ as /g, ": ")} } = window.lent;`
        : whole));
      return { contents };
    });
  },
};

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

/** Adds a script and the list of its messages; returns that list. */
async function addScript(name, entry, plugins, before) {
  const options = { format: "iife", target: scriptTarget, plugins };
  const { script, list } = withPlaces(Buffer.from(await bundle(entry, options)).toString("utf8"), before);
  // what is left of line breaks stands in templates, where the indentation after them is nothing that is drawn
  add(`${name}.js`, script.replace(/\n +/g, "\n"));
  add(`${name}.messages.json`, JSON.stringify(list));
  return list;
}

// What a page will look like is drawn by that page's own script, begun with one view instead of a connection. It says
// nothing that the page does not: its words are the page's.
const PREVIEWS = join(here, "js/preview");

for (const page of pages) {
  const list = await addScript(page, join(here, "js", page, "main.js"), [lending, messagesAsNumbers]);
  if (page === "phone") await addScript("phone.second", SECOND, [borrowing, messagesAsNumbers], list);
  const preview = join(PREVIEWS, `${page}.js`);
  if (!existsSync(preview)) continue;
  const own = await addScript(`${page}.preview`, preview, [lending, messagesAsNumbers], list);
  if (own.length) throw new Error(`static/js/preview/${page}.js: it says what its page does not: ${own}`);
}

/** Rules that set things apart in browsers that know no `gap` where things stand in a row: margins to the right and below,
 *  from the same measures. Those browsers, Safari up to 14.0 foremost, do not know `inset` either. */
function apart(...sheets) {
  const root = postcss.parse(sheets.join(""));
  const said = new Map(); // selector -> every declaration that stands under it somewhere
  root.walkRules((rule) => rule.selectors.forEach((selector) => {
    if (!said.has(selector)) said.set(selector, {});
    rule.walkDecls(({ prop, value }) => { said.get(selector)[prop] = value; });
  }));
  const kept = new Map(); // declarations, and the condition around them -> selectors
  root.walkRules((rule) => rule.selectors.forEach((selector) => {
    const all = said.get(selector);
    const own = Object.assign({}, ...rule.nodes.map(({ prop, value }) => ({ [prop]: value })));
    if (!own.gap) return;
    const [below, beside = below] = own.gap.match(/[^\s(]+(\([^()]*(\([^()]*\)[^()]*)*\))?/g);
    const down = /column/.test(all["flex-direction"]);
    const declarations = /flex/.test(all.display)
      ? [!down && ["margin-right", beside], (down || /wrap/.test(all["flex-wrap"])) && ["margin-bottom", below]]
      : [/grid/.test(all.display) && ["grid-gap", own.gap]];
    const wanted = declarations.filter((one) => one && one[1] !== "0");
    if (!wanted.length) return;
    const { parent } = rule;
    const around = parent.type === "atrule" ? `@${parent.name} ${parent.params}` : "";
    const key = `${around}{${wanted.map(([prop, value]) => `${prop}:${value}`).join(";")}}`;
    kept.set(key, [...(kept.get(key) || []), /grid/.test(all.display) ? selector : `${selector}>*`]);
  }));
  const rules = [...kept].map(([key, selectors]) => {
    const [, around, body] = key.match(/^([^{]*)(.*)$/);
    return around ? `${around}{${selectors}${body}}` : `${selectors}${body}`;
  });
  return rules.length > 0 ? `@supports not (inset:0){${rules.join("")}}\n` : "";
}

const firstOfPhone = Buffer.from(await bundle(join(here, "css/phone.css"), { target: styleTarget, plugins: [hashedImages] }));

for (const name of filesBelow(join(here, "css"))) {
  if (!name.endsWith(".css") || name.includes("/") || basename(name).startsWith("_")) continue;
  const content = await bundle(join(here, "css", name), { target: styleTarget, plugins: [hashedImages] });
  if (/@layer\b/.test(Buffer.from(content).toString("utf8"))) {
    throw new Error(`static/css/${name}: @layer is unknown to the browsers we promise to serve`);
  }
  const text = Buffer.from(content).toString("utf8");
  // those of the phone come with its second sheet, and are nothing that a first load has to wait for
  const older = name === "phone.css" || name === "report.css" ? "" : apart(...(name === "phone.second.css" ? [firstOfPhone, text] : [text]));
  add(name, text + older);
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
