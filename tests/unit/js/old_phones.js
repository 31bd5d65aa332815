/* What a script or a style sheet asks of a browser, and what the browsers of 2017 lack of it: syntax by a parser that
   knows no later one, everything else by the published tables of which browser has what since when. */
import { createRequire } from "node:module";
import { parse } from "acorn";
import postcss from "postcss";

const table = createRequire(import.meta.url)("@mdn/browser-compat-data");

/* The oldest that are served: summer and autumn of 2017. */
export const OLDEST = { chrome_android: 60, safari_ios: 11 };

/* The names by which scripts reach the objects of a page. */
const OBJECTS = {
  window: "Window", self: "Window", document: "Document", navigator: "Navigator", crypto: "Crypto", location: "Location",
  history: "History", performance: "Performance", screen: "Screen", localStorage: "Storage", sessionStorage: "Storage",
};

/* Whether an entry of the table is lacking: in one of the oldest browsers, or without a certificate. */
function lacks(entry, secure = true) {
  if (!entry || !entry.__compat) return false;
  const old = Object.entries(OLDEST).some(([browser, version]) => {
    const said = entry.__compat.support[browser];
    if (!said) return false;
    return ![said].flat().some(({ flags, version_added: since }) => !flags && since && since !== "preview"
      && (String(since).startsWith("≤") || parseFloat(since) <= version));
  });
  return old || (secure && Boolean(entry.secure_context_required));
}

const named = (entries, name) => (Object.prototype.hasOwnProperty.call(entries, name) ? entries[name] : undefined);

/* A name that belongs to the whole page: fetch, Promise, ResizeObserver. */
const ofPage = (name) => named(table.javascript.builtins, name) || named(table.api, name)
  || named(table.api.Window, name) || named(table.javascript.builtins.globals || {}, name);

/* Every member of this name that the table knows, of whatever object. */
function members(name) {
  const { builtins } = table.javascript;
  return [...Object.values(builtins), ...Object.values(builtins.Intl), ...Object.values(table.api)]
    .map((object) => named(object, name)).filter((one) => one && one.__compat);
}

/** What this script uses that is lacking: names such as "Array.prototype.flat()" in short, ".flat()". Throws for syntax
 *  of later years. Names that the script declares are its own. */
export function asksOfScript(source) {
  const tree = parse(source, { ecmaVersion: 2017, sourceType: "script" });
  const found = new Set();
  const own = new Set();
  const brought = new Set(); // members that the script itself gives to those who lack them
  each(tree, (node) => {
    if (node.type === "VariableDeclarator" || node.type === "FunctionDeclaration") names(node.id).forEach((name) => own.add(name));
    const { left, callee, arguments: said } = node;
    if (node.type === "AssignmentExpression" && left.type === "MemberExpression") brought.add(left.property.name);
    if (node.type === "CallExpression" && callee.property && callee.property.name === "defineProperty") brought.add(said[1].value);
    (node.params || []).forEach((param) => names(param).forEach((name) => own.add(name)));
  });
  each(tree, (node, parent, key) => {
    const free = node.type === "Identifier" && !own.has(node.name) && !brought.has(node.name);
    if (free && !isName(parent, key)) {
      if (lacks(ofPage(node.name))) found.add(node.name);
    }
    if (node.type !== "MemberExpression" || node.computed || brought.has(node.property.name)) return;
    const member = node.property.name;
    const object = node.object.type === "Identifier" && !own.has(node.object.name) && node.object.name;
    const through = node.object.type === "MemberExpression" && !node.object.computed
      && ["window", "self"].includes(node.object.object.name) && node.object.property.name;
    const holder = object || through;
    const known = holder && (OBJECTS[holder] ? named(table.api, OBJECTS[holder]) : ofPage(holder));
    const entry = known && (named(known, member) || named(known, `${member}_static`));
    if (entry) {
      if (lacks(entry)) found.add(`${holder}.${member}`);
    } else if (holder === "window" && lacks(ofPage(member))) {
      found.add(member);
    } else if (parent.type === "CallExpression" && key === "callee" && !known) {
      const all = members(member);
      if (all.length && all.every((one) => lacks(one))) found.add(`.${member}()`);
    }
  });
  return found;
}

function each(node, visit, parent = {}, key = "") {
  visit(node, parent, key);
  Object.entries(node).forEach(([name, value]) => {
    (Array.isArray(value) ? value : [value]).forEach((one) => {
      if (one && typeof one.type === "string") each(one, visit, node, name);
    });
  });
}

/* The names that a pattern binds. */
function names(pattern) {
  if (!pattern) return [];
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "ObjectPattern") return pattern.properties.flatMap((one) => names(one.value || one.argument));
  if (pattern.type === "ArrayPattern") return pattern.elements.flatMap(names);
  return names(pattern.left || pattern.argument);
}

const isName = (parent, key) => (parent.type === "MemberExpression" && key === "property" && !parent.computed)
  || (parent.type === "Property" && key === "key" && !parent.computed)
  || (["LabeledStatement", "BreakStatement", "ContinueStatement"].includes(parent.type));

/** What this style sheet uses that is lacking: "gap", "inset", ":has", "@layer", "clamp()", "overflow: clip". Where a
 *  declaration overrules an older one for the same property in the same rule, the older one serves. */
export function asksOfStyle(source) {
  const found = new Set();
  const root = postcss.parse(source);
  const display = new Map(); // selector -> what it displays as, in any of its rules
  root.walkDecls("display", ({ parent, value }) => display.set(parent.selector, `${display.get(parent.selector) || ""} ${value}`));
  root.walk((node) => {
    if (node.type === "atrule") {
      const rule = named(table.css["at-rules"], node.name);
      if (lacks(rule)) found.add(`@${node.name}`);
      (node.params.match(/[a-z-]+(?=\s*[:<>=)])/g) || []).forEach((feature) => {
        if (rule && lacks(named(rule, feature))) found.add(`@${node.name} (${feature})`);
      });
    }
    if (node.type === "rule") {
      (node.selector.match(/::?[a-z-]+/g) || []).forEach((selector) => {
        if (lacks(named(table.css.selectors, selector.replace(/^::?/, "")))) found.add(selector);
      });
    }
    if (node.type !== "decl" || node.prop.startsWith("--")) return;
    if (node.parent.type === "atrule") return; // of a typeface
    const property = named(table.css.properties, node.prop);
    if (!property && !node.prop.startsWith("-") && node.prop !== "grid-gap") found.add(`${node.prop}: unknown`);
    const before = node.parent.nodes.some((other) => other !== node && other.prop === node.prop
      && node.parent.index(other) < node.parent.index(node));
    if (before) return;
    if (lacks(property)) found.add(node.prop);
    if (property && property.flex_context && /flex/.test(display.get(node.parent.selector))) {
      if (lacks(property.flex_context)) found.add(`${node.prop} in flex`);
    }
    (node.value.match(/[a-z-]+(?=\()/g) || []).forEach((name) => {
      if (functionsNamed(name).some((entry) => lacks(entry))) found.add(`${name}()`);
    });
    node.value.split(/[\s,]+/).forEach((word) => {
      if (property && /^[a-z-]+$/.test(word) && lacks(named(property, word))) found.add(`${node.prop}: ${word}`);
    });
  });
  return found;
}

function functionsNamed(name) {
  const { types } = table.css;
  return [types, types.color || {}, types.image || {}, types.gradient || {}, types.calc || {}, types["transform-function"] || {}]
    .map((group) => named(group, name)).filter(Boolean);
}
