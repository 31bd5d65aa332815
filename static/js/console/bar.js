// The bar at the top: where one is, the code, the languages, and the connection in words. What is wrong with the
// connection stands over the bar, not above or below it: nothing on the page moves under the pointer.
import { html, names } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { Icon, spaced, useLasting } from "../shared/parts.js";
import { refusalText } from "../shared/words.js";
import { Languages } from "./languages.js";

const LOST_MS = 1500; // a loss that is over before raises no alarm

/** The bar of a console that has its view. */
export function Bar({ state, connection, config }) {
  const trouble = useTrouble(state);
  return html`<header class=${names("bar", trouble && "is-covered")}>
    ${config.helper ? html`<p class="bar-helper">${t("You help as {name}", { name: config.helper.name })}</p>`
      : config.workshops_url && html`<a class="bar-home" href=${config.workshops_url}><${Icon} name="back" /><span>${t("Workshops")}</span></a>`}
    <p class="bar-title">${state.view.workshop.title}</p>
    <p class="bar-code"><span
      class="visually-hidden">${t("Code")} </span>${spaced(config.code)}</p>
    <a class="bar-screen" href=${config.screen_url} target="_blank" rel="noopener"><${Icon}
      name="screen" /><span>${t("Open the screen")}</span></a>
    <${Languages} />
    <p class=${names("link", state.status !== "live" && "is-waiting")}>${connected(state)}</p>
    ${trouble && html`<${Trouble} state=${state} connection=${connection} config=${config} />`}
  </header>`;
}

function connected(state) {
  const there = state.presence;
  if (state.status !== "live") return t("Connecting …");
  return there
    ? t("Connected, with {screens} and {consoles}", {
      screens: tn("one screen", "{n} screens", there.screens),
      consoles: tn("one console", "{n} consoles", there.consoles),
    })
    : t("Connected");
}

/** Hook: whether there is something wrong with the connection that has to be said. */
export function useTrouble(state) {
  const lost = useLasting(state.status === "offline", LOST_MS);
  return lost || state.status === "refused";
}

/** What is wrong with the connection, and what to do about it. */
export function Trouble({ state, connection, config }) {
  if (state.status !== "refused") {
    return html`<div class="trouble" role="alert"><${Icon} name="offline" />
      <p>${t("The connection is lost. Trying again … Phones keep what people write, and send it later.")}</p></div>`;
  }
  const { code, params } = state.refusal;
  const old = code === "outdated_page";
  if (config.helper && ["signed_out", "not_allowed"].includes(code)) {
    return html`<div class="trouble" role="alert"><${Icon} name="warning" />
      <p>${t("You do not help in this workshop any more. Whoever leads it can send you a new link.")}</p></div>`;
  }
  const retry = () => (old ? window.location.reload() : connection.retry());
  return html`<div class="trouble" role="alert"><${Icon} name="warning" />
    <p>${REFUSED[code] ? REFUSED[code]() : refusalText(code, params, t)}</p>
    ${code === "signed_out"
      ? html`<a class="button-outline" href=${config.login_url}>${t("Sign in")}</a>`
      : code === "not_allowed"
        ? config.workshops_url && html`<a class="button-outline" href=${config.workshops_url}>${t("Workshops")}</a>`
        : html`<button type="button" class="button-outline"
          onClick=${retry}>${old ? t("Reload the page") : t("Try again")}</button>`}
  </div>`;
}

/* Where a connection is refused, the same code means something else than where a command is. */
const REFUSED = {
  not_allowed: () => t("Your account may not run this workshop (any more). Whoever owns it can give you that right."),
  try_again: () => t("The workshop could not be loaded just now. Trying again …"),
  too_fast: () => t("There were too many attempts from this network. Trying again in a moment …"),
};
