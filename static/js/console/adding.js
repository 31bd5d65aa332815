// A stage of the library put into the agenda while the workshop runs, with a question of its own if one is written.
import { html, useEffect, useRef, useState } from "../shared/dom.js";
import { currentLanguage, LANGUAGE_NAMES, offeredLanguages, t, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { Said } from "./actions.js";
import { questionOf, refersOf, weighsWords } from "./adding_model.js";
import { called } from "./flow.js";
import { libraryName, librarySentence } from "./library_words.js";
import { bySteps } from "./order.js";

/** A stage of the library, put in behind the current one. */
export function Adding({ view, actions }) {
  const [open, setOpen] = useState(false);
  const after = view.now && view.now.stage;
  const button = useRef(null);
  if (!after || view.workshop.ended || !actions.may("add_stage")) return null;
  const leave = () => {
    setOpen(false);
    if (button.current) button.current.focus();
  };
  return html`<div class="adding">
    <button type="button" class="button-outline" ref=${button} aria-expanded=${open ? "true" : "false"} aria-controls="adding"
      onClick=${() => setOpen(!open)}><${Icon} name="add" /><span>${t("Add a stage")}</span></button>
    ${open && html`<${Form} key=${after} view=${view} after=${after} actions=${actions} leave=${leave} />`}
    <${Said} actions=${actions} place="adding" />
  </div>`;
}

const NOTHING = { preset: "", title: "", minutes: undefined, asked: {} };

function Form({ view, after, actions, leave }) {
  const [presets, setPresets] = useState(undefined);
  const [chosen, choose] = useState(NOTHING);
  const [missed, setMissed] = useState(false);
  const order = view.stages.map((stage) => stage.id).join(" ");
  useEffect(() => {
    let over = false;
    actions.inquire("library", { after }, (answer) => {
      if (!over && answer.presets) setPresets(answer.presets);
    });
    return () => {
      over = true;
    };
  }, [order, actions.ready]);
  if (!presets) return html`<p id="adding" class="quiet">${t("Loading…")}</p>`;
  const preset = presets.find((one) => one.preset === chosen.preset);
  const question = preset && questionOf(preset, chosen.asked, view.workshop.language, offeredLanguages());
  const set = (more) => choose(Object.assign({}, chosen, more));
  const minutes = chosen.minutes === undefined ? preset && preset.minutes : Number(chosen.minutes);
  const fits = minutes >= 1 && minutes <= 600 && Number.isInteger(minutes);
  const send = async (event) => {
    event.preventDefault();
    setMissed(!preset || !fits);
    if (!preset || !fits) return;
    const command = Object.assign({ type: "add_stage", preset: preset.preset, after, minutes }, refersOf(preset, chosen));
    if (chosen.title.trim()) command.title = chosen.title.trim();
    if (question.own) command.prompt = question.own;
    const answer = await actions.act("adding", command, { name: t("Add it") });
    if (!answer || !answer.ok) return;
    leave();
    const stage = command.title || w(preset.title);
    actions.say("adding", [t("“{stage}” comes after “{other}”.", { stage, other: called(view, after) })]
      .concat(weighsWords(view, preset, stage)).join(" "));
  };
  return html`<form id="adding" class="adding-form" onSubmit=${send}>
    <label class="field"><span class="label">${t("Which stage?")}</span>
      <select class="input" value=${chosen.preset} aria-invalid=${missed && !preset ? "true" : undefined}
        onChange=${(event) => choose(Object.assign({}, NOTHING, { preset: event.currentTarget.value }))}>
        <option value="" disabled>${t("Choose one")}</option>
        ${bySteps(presets).map(({ step, name, presets: ready }) => html`<optgroup key=${step} label=${name}>
          ${ready.map((one) => html`<option key=${one.preset} value=${one.preset}
            disabled=${!isPossible(one)}>${isPossible(one) ? libraryName(one) : lacking(one)}</option>`)}
        </optgroup>`)}
      </select></label>
    ${preset && preset.vote && html`<p class="hint">${librarySentence(preset)}</p>`}
    ${preset && html`
      ${Object.keys(preset.refers).filter((key) => preset.refers[key].length).map((key) => html`<label key=${key} class="field">
        <span class="label">${REFERS[key]()}</span>
        <select class="input" value=${refersOf(preset, chosen)[key] || ""} onChange=${(event) => set({ [key]: event.currentTarget.value })}>
          ${!preset.needs.includes(key) && html`<option value="">${t("none")}</option>`}
          ${preset.refers[key].map((id) => html`<option key=${id} value=${id}>${named(view, key, id)}</option>`)}
        </select></label>`)}
      <label class="field"><span class="label">${t("Title")}</span>
        <input class="input" maxlength="200" placeholder=${w(preset.title)} value=${chosen.title}
          onInput=${(event) => set({ title: event.currentTarget.value })} /></label>
      <${Question} view=${view} preset=${preset} question=${question} asked=${chosen.asked} set=${(asked) => set({ asked })} />
      <label class="field"><span class="label">${t("Minutes")}</span>
        <input class="input adding-minutes" type="number" inputmode="numeric" min="1" max="600"
          value=${chosen.minutes === undefined ? preset.minutes : chosen.minutes} aria-invalid=${fits ? undefined : "true"}
          onInput=${(event) => set({ minutes: event.currentTarget.value })} /></label>`}
    ${preset && preset.weighs.length > 0 && html`<p class="hint adding-weighs" role="status">${
  weighsWords(view, preset, "").join(" ")}</p>`}
    <p class="hint">${t("It comes after “{stage}” and can be moved from there. It is opened like any other stage.",
      { stage: called(view, after) })}</p>
    <div class="adding-foot">
      <button class="button-outline" aria-disabled=${preset && fits && actions.ready && !actions.busy("adding") ? undefined : "true"}>
        ${t("Add it")}</button>
      <button type="button" class="button-bare" onClick=${leave}>${t("Cancel")}</button>
    </div>
  </form>`;
}

/* What it asks, in the workshop's language; in the others on demand. With another question goes what belonged to the
   library's, and that is said. */
function Question({ view, preset, question, asked, set }) {
  const [all, setAll] = useState(false);
  const first = useRef(null);
  useEffect(() => { // the button that was pressed is gone
    if (all) first.current.focus();
  }, [all]);
  const own = view.workshop.language;
  const field = ({ language, text, stands }) => html`<label key=${language} class="field">
    <span class="label">${all || language !== currentLanguage() ? html`${t("What is asked")} (<span
      lang=${language}>${LANGUAGE_NAMES[language]}</span>)` : t("What is asked")}</span>
    <textarea class="input" rows="2" ref=${language === own ? first : undefined} maxlength="600" lang=${language} placeholder=${stands} value=${text}
      onInput=${(event) => set(Object.assign({}, asked, { [language]: event.currentTarget.value }))}></textarea></label>`;
  return html`${question.lines.filter(({ language }) => all || language === own).map(field)}
    <p class="hint adding-question" role="status">${question.own && question.said.concat(goneWith(view, preset)).join(" ")}</p>
    ${!all && html`<p><button type="button" class="button-bare" onClick=${() => setAll(true)}>${
  t("Show it in all languages")}</button></p>`}`;
}

/* What is left out with the library's own question. */
function goneWith({ groups }, { apart, example }) {
  const names = groups.filter(({ id }) => apart.includes(id)).map(({ name }) => w(name)).join("; ");
  return [names && t("The library's own questions for these groups are left out: {groups}.", { groups: names }),
    example && t("The example that goes with the library's question is left out.")].filter(Boolean);
}

const REFERS = {
  of: () => t("What it is about"),
  links_to: () => t("Contributions may name"),
  second_of: () => t("Second round of"),
  weights_from: () => t("Weights as agreed in"),
};

/* A stage as one chooses it: of a vote that another stage is about, or names, what passes by it. */
function named(view, key, id) {
  const stage = view.stages.find((one) => one.id === id);
  return (key === "of" || key === "links_to") && stage && stage.kind === "vote"
    ? t("What passes in “{stage}”", { stage: called(view, id) }) : called(view, id);
}

function isPossible({ refers, needs }) {
  return needs.every((key) => refers[key].length > 0);
}

function lacking({ title, needs }) {
  const stage = w(title);
  return needs.includes("second_of") ? t("{stage} (needs a vote by criteria before it)", { stage })
    : t("{stage} (needs contributions before it)", { stage });
}
