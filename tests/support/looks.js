/* What can be measured of a page: an object of questions, each answered with a list of what is wrong, in words; none if
   all is well. Evaluated on a page at rest; see looks.py. */
(() => {
  const SLACK = 1.5; // half pixels, and what rounding makes of them
  const TOUCH = 43.5;
  const HIDDEN = ".visually-hidden, .skip, noscript, script, style, option, .pages-ruler, svg title, svg desc";
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";

  const style = (element) => getComputedStyle(element);
  const parentOf = (element) => element.parentElement;
  const called = (element) => {
    const name = element.id ? `#${element.id}` : [...element.classList].slice(0, 2).map((part) => `.${part}`).join("");
    const words = (element.textContent || element.placeholder || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${element.tagName.toLowerCase()}${name}${words && ` “${words}”`}`;
  };

  /* The part of a rectangle that a box lets through; undefined if nothing of it. */
  function within(rect, clip) {
    const left = Math.max(rect.left, clip.left), right = Math.min(rect.right, clip.right);
    const top = Math.max(rect.top, clip.top), bottom = Math.min(rect.bottom, clip.bottom);
    return right - left > 1 && bottom - top > 1 ? { left, right, top, bottom } : undefined;
  }
  const EVERYTHING = { left: -1e6, right: 1e6, top: -1e6, bottom: 1e6 };

  /* Everything that is drawn, from the root down: {element, css, box, clip, rolls, layer}. `clip` is the part of the page
     that the boxes around it let through, `rolls` whether one of them scrolls sideways, `layer` the nearest box around it
     that does not move with the page, which may come to lie over other things. */
  function everything() {
    const out = [];
    const visit = (element, above) => {
      if (element.matches(HIDDEN)) return;
      const css = style(element);
      if (css.display === "none" || css.visibility === "hidden" || css.opacity === "0") return;
      const box = element.getBoundingClientRect();
      const cutsX = css.overflowX !== "visible" && css.display !== "inline", cutsY = css.overflowY !== "visible" && css.display !== "inline";
      if (cutsX && cutsY && box.width <= 2 && box.height <= 2) return; // for those who listen
      const fixed = css.position === "fixed";
      const one = { element, css, box, clip: fixed ? EVERYTHING : above.clip, rolls: !fixed && above.rolls, layer: above.layer };
      const over = css.position === "absolute" && Number(css.zIndex) > 0; // a menu over the page
      if (fixed || over || css.position === "sticky" || element.matches("dialog, [role=dialog]")) one.layer = element;
      if (element !== document.body) out.push(one);
      const below = { ...one };
      if ((cutsX || cutsY) && element !== document.body) {
        below.clip = {
          left: cutsX ? Math.max(one.clip.left, box.left) : one.clip.left,
          right: cutsX ? Math.min(one.clip.right, box.right) : one.clip.right,
          top: cutsY ? Math.max(one.clip.top, box.top) : one.clip.top,
          bottom: cutsY ? Math.min(one.clip.bottom, box.bottom) : one.clip.bottom,
        };
        below.rolls = one.rolls || /auto|scroll/.test(css.overflowX);
      }
      if (element.tagName === "DETAILS" && !element.open) {
        [...element.children].filter((child) => child.tagName === "SUMMARY").forEach((child) => visit(child, below));
      } else [...element.children].forEach((child) => visit(child, below));
    };
    visit(document.body, { clip: EVERYTHING, rolls: false, layer: undefined });
    return out;
  }

  function sideways() {
    const out = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth + SLACK) out.push(`the page is ${root.scrollWidth} wide`);
    everything().forEach(({ element, box, clip, rolls }) => {
      if (!box.width || rolls || element.ownerSVGElement) return;
      const shown = within(box, clip);
      if (!shown || (shown.right <= innerWidth + SLACK && shown.left >= -SLACK)) return;
      out.push(`beyond the edge (${Math.round(box.left)} to ${Math.round(box.right)}): ${called(element)}`);
    });
    return out;
  }

  const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const plain = (words) => words.replace(/\s+/g, " ").trim();

  /* Text that ends in dots on purpose is whole somewhere else: in a title, a label, or elsewhere on the page. */
  function declared({ element, css }, others) {
    if (css.textOverflow !== "ellipsis" && css.webkitLineClamp === "none") return false;
    const words = plain(element.textContent);
    let told = element;
    for (let steps = 0; told && steps < 4; steps += 1, told = parentOf(told)) {
      if (["title", "aria-label"].some((name) => plain(told.getAttribute(name) || "").includes(words))) return true;
    }
    return others.some((other) => !other.element.contains(element) && !element.contains(other.element)
      && plain(other.element.textContent) === words && other.element.scrollWidth <= other.element.clientWidth + SLACK);
  }

  const pencil = document.createElement("canvas").getContext("2d");
  function wordsWide(words, { font }) {
    pencil.font = font;
    return words ? pencil.measureText(words).width : 0;
  }
  const roomIn = (element, css) => element.clientWidth - parseFloat(css.paddingLeft) - parseFloat(css.paddingRight) + SLACK;

  function clipped() {
    const out = [];
    const every = everything();
    every.forEach((one) => {
      const { element, css, rolls } = one;
      if (!element.clientWidth || element.ownerSVGElement || element.tagName === "svg") return;
      const cutsX = /hidden|clip/.test(css.overflowX), cutsY = /hidden|clip/.test(css.overflowY);
      // what a letter needs above and below its line is not drawn on by most
      const lean = Math.max(SLACK, 0.2 * parseFloat(css.fontSize));
      const wide = element.scrollWidth > element.clientWidth + SLACK, high = element.scrollHeight > element.clientHeight + lean;
      if (element.matches("input, textarea, select")) {
        if (element.tagName === "INPUT" && innerWidth >= 360 && !element.value && wordsWide(element.placeholder, css) > roomIn(element, css)) {
          out.push(`placeholder cut: ${called(element)}`);
        }
        if (cutsY && high && element.tagName === "TEXTAREA") out.push(`field cut: ${called(element)}`);
        return;
      }
      if (element.matches(".stack-part")) { // a number that has no room there falls out of it, whole
        const number = element.querySelector("b").getBoundingClientRect();
        if (number.top < one.box.bottom - SLACK && (number.width > one.box.width + SLACK || number.bottom > one.box.bottom + lean)) {
          out.push(`half a number: ${called(element)}`);
        }
        return;
      }
      if ((!wide && !high) || !element.textContent.trim()) return;
      if (((cutsX && wide) || (cutsY && high)) && !declared(one, every)) {
        out.push(`cut (${element.scrollWidth} × ${element.scrollHeight} in ${element.clientWidth} × ${element.clientHeight}): `
          + called(element));
      } else if (css.overflowX === "visible" && element.scrollWidth > element.clientWidth + 2 * SLACK && ownText(element)
        && css.display !== "inline" && !rolls) {
        out.push(`sticks out of its box (${element.scrollWidth} in ${element.clientWidth}): ${called(element)}`);
      }
    });
    return out;
  }

  /* Text drawn over other text. What lies in a bar is compared with what lies in the same bar: it passes over the rest. */
  function overlapping() {
    const lines = [];
    const range = document.createRange();
    everything().filter(({ element }) => ownText(element)).forEach(({ element, clip, css, layer, box }) => {
      const inner = css.overflowX === "visible" ? clip : within(box, clip) || clip;
      [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim()).forEach((node) => {
        range.selectNodeContents(node);
        [...range.getClientRects()].forEach((rect) => {
          const trim = rect.height * 0.2; // lines touch; letters do not
          const shown = within({ left: rect.left + 1, right: rect.right - 1, top: rect.top + trim, bottom: rect.bottom - trim }, inner);
          if (shown) lines.push({ ...shown, element, layer });
        });
      });
    });
    lines.sort((a, b) => a.top - b.top);
    const out = new Set();
    lines.forEach((one, at) => {
      for (let next = at + 1; next < lines.length && lines[next].top < one.bottom - SLACK; next += 1) {
        const other = lines[next];
        const shared = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        if (shared > 2 && other.layer === one.layer && other.element !== one.element
          && Math.min(one.bottom, other.bottom) - other.top > 2) {
          out.add(`overlap: ${called(one.element)} and ${called(other.element)}`);
        }
      }
    });
    return [...out];
  }

  /* What is pressed: a small round with its label. Links within a sentence are text. */
  const target = (control) => (control.matches("[type=radio], [type=checkbox]") && control.closest("label")) || control;
  const controls = () => [...document.querySelectorAll(CONTROLS)].filter((one) => one.type !== "hidden" && !one.disabled
    && target(one).checkVisibility({ visibilityProperty: true }) && target(one).getBoundingClientRect().width > 2
    && !one.closest(".visually-hidden, .skip"));

  function small() {
    return controls().filter((one) => !(one.tagName === "A" && style(one).display === "inline"))
      .filter((one) => !one.matches("[tabindex='0']:not(a, button, input, select, textarea, summary)"))
      .map((one) => [one, target(one).getBoundingClientRect()])
      .filter(([, box]) => box.width < TOUCH || box.height < TOUCH)
      .map(([one, box]) => `small (${Math.round(box.width)} × ${Math.round(box.height)}): ${called(one)}`);
  }

  /* Whatever gets the focus can be seen: it is in the window, and no bar covers most of it. */
  function covered(most) {
    const out = [];
    const before = document.activeElement;
    const every = controls();
    const step = Math.max(1, every.length / most);
    for (let place = 0; place < every.length; place += step) {
      const control = every[Math.floor(place)];
      control.focus();
      if (document.activeElement !== control) continue;
      const shown = target(control);
      const box = within(shown.getBoundingClientRect(), { left: 0, right: innerWidth, top: 0, bottom: innerHeight });
      if (!box) {
        out.push(`has the focus out of sight: ${called(control)}`);
        continue;
      }
      let free = 0;
      [0.1, 0.5, 0.9].forEach((x) => [0.1, 0.5, 0.9].forEach((y) => {
        const found = document.elementFromPoint(box.left + x * (box.right - box.left), box.top + y * (box.bottom - box.top));
        if (found && (shown.contains(found) || found.contains(shown))) free += 1;
      }));
      if (free < 5) out.push(`has the focus under something else (${free} of 9 free): ${called(control)}`);
    }
    if (before && before !== document.body) before.focus({ preventScroll: true });
    else if (document.activeElement) document.activeElement.blur();
    window.scrollTo(0, 0);
    document.querySelectorAll("*").forEach((element) => {
      if (element.scrollLeft) element.scrollLeft = 0; // what was scrolled to the last control
    });
    return out;
  }

  function tiny(least) {
    return everything().filter(({ element }) => ownText(element) && !element.closest(".awake, .result-axis"))
      .map(({ element, css }) => {
        const scale = element.ownerSVGElement ? element.getScreenCTM().a : 1; // pixels of a unit of the drawing
        return [parseFloat(css.fontSize) * scale, element];
      })
      .filter(([size]) => size < least - 0.1)
      .map(([size, element]) => `${size.toFixed(1)} px: ${called(element)}`);
  }

  function language(expected) {
    const out = [];
    const { lang } = document.documentElement;
    if (lang !== expected) out.push(`the page says it is in “${lang}”, not “${expected}”`);
    document.querySelectorAll("[lang]").forEach((one) => {
      const said = one.getAttribute("lang");
      if (!/^(en|es|pt)(-[A-Z]{2})?$/.test(said)) out.push(`no language: “${said}”`);
    });
    return out;
  }

  /* Nothing is on its way any more: three frames alike, or a second has passed. */
  async function rest() {
    const frame = () => new Promise((done) => { requestAnimationFrame(() => done()); });
    const state = () => [document.documentElement.scrollHeight, document.body.textContent.length,
      document.querySelectorAll("*").length, document.querySelectorAll(".pages-ruler > *").length].join();
    document.getAnimations().forEach((one) => {
      if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
    });
    let last = state();
    for (let same = 0, n = 0; same < 3 && n < 60; n += 1) {
      await frame();
      same = state() === last ? same + 1 : 0;
      last = state();
    }
  }

  return { sideways, clipped, overlapping, small, covered, tiny, language, rest };
})()
