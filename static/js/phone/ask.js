/* Questions: a tap answers a scale at once; an open answer is sent with its button and can be changed. */
import { html } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import { answerSlot, answerTo } from "./model.js";
import { SentState } from "./own_items.js";
import { Counter, Notice, TextBox, sentence, textLength, useKept } from "./parts.js";

const LONGEST = 1000;

export function Ask({ live, run, heading }) {
  return html`
    ${run.status === "closed" ? heading() : heading(w(run.prompt),
      t("You can change each answer until this stage closes."))}
    ${run.status === "closed" && html`<${Notice} icon="lock">
      <p>${t("This stage is closed. The result is shown here as soon as the facilitator reveals it.")}</p><//>`}
    <ol class="plain-list questions">
      ${run.questions.map((question) => html`<li key=${question.id}>
        ${question.type === "text"
          ? html`<${OpenQuestion} live=${live} run=${run} question=${question} />`
          : html`<${ScaleQuestion} live=${live} run=${run} question=${question} />`}
      </li>`)}
    </ol>
  `;
}

function send(live, run, question, value) {
  const { revision } = answerTo(live.state.self, live.state.outbox, run.run, question.id);
  live.send({ type: "answer", run: run.run, question: question.id, value, revision }, answerSlot(run.run, question.id));
}

function AnswerState({ live, answer }) {
  const { entry, value } = answer;
  if (entry && entry.state === "refused") return html`<p class="refused" role="alert">${sentence(entry.refusal)}</p>`;
  return html`<${SentState} entry=${entry} given=${value !== undefined} live=${live} />`;
}

function ScaleQuestion({ live, run, question }) {
  const answer = answerTo(live.state.self, live.state.outbox, run.run, question.id);
  const first = question.first === 0 ? 0 : 1;
  const steps = Array.from({ length: question.steps }, (_, i) => i + first);
  const held = run.status !== "open";
  const low = w(question.low);
  const high = w(question.high);
  const name = `scale-${question.id}`;
  const ends = { [first]: low, [first + question.steps - 1]: high };
  const label = (step) => [`${step}`, ends[step]].filter(Boolean).join(", ");
  return html`<fieldset class="question" disabled=${held}>
    <legend><h2>${w(question.text)}</h2></legend>
    <div class=${`scale-row of-${question.steps}`}>
      ${steps.map((step) => html`<label key=${step} class=${answer.value === step ? "step chosen" : "step"}>
        <input type="radio" name=${name} checked=${answer.value === step} aria-label=${label(step)}
          onChange=${() => send(live, run, question, step)} /><span aria-hidden="true">${step}</span></label>`)}
    </div>
    <p class="ends" aria-hidden="true"><span>${low}</span><span>${high}</span></p>
    <div class="question-foot">
      <${AnswerState} live=${live} answer=${answer} />
      ${answer.value !== undefined && !held && html`<button type="button" class="button-bare"
        onClick=${() => send(live, run, question, null)}>${t("Take the answer back")}</button>`}
    </div>
  </fieldset>`;
}

function OpenQuestion({ live, run, question }) {
  const answer = answerTo(live.state.self, live.state.outbox, run.run, question.id);
  const stored = answer.value === undefined ? "" : String(answer.value);
  const [draft, setDraft] = useKept(`edp.${live.code}.answer.${run.run}.${question.id}`, undefined);
  const text = draft === undefined ? stored : draft;
  const changed = draft !== undefined && draft.trim() !== stored;
  const held = run.status !== "open";
  // a text that was not sent by then is offered below as such; here stands what was sent
  if (run.status === "closed") {
    return html`<div class="question"><h2>${w(question.text)}</h2>
      ${stored ? html`<p class="words">${stored}</p>` : html`<p class="quiet">${t("You sent no answer.")}</p>`}
      <div class="question-foot"><${AnswerState} live=${live} answer=${answer} /></div></div>`;
  }
  const over = textLength(text) > LONGEST;
  const press = (event) => {
    event.preventDefault();
    if (held || over || !changed) return;
    send(live, run, question, text.trim() || null);
    setDraft(undefined);
  };
  const id = `open-${question.id}`;
  return html`<form class="question" onSubmit=${press}>
    <h2><label for=${id}>${w(question.text)}</label></h2>
    <${TextBox} id=${id} rows="3" value=${text} onInput=${setDraft}
      aria-invalid=${over ? "true" : undefined} />
    <${Counter} text=${text} limit=${LONGEST} />
    <div class="question-foot">
      ${!changed && html`<${AnswerState} live=${live} answer=${answer} />`}
      ${(changed || !stored) && html`<button type="submit" class=${changed ? "button" : "button-outline"}
        aria-disabled=${held || over || !changed ? "true" : undefined}>${t("Send the answer")}</button>`}
    </div>
  </form>`;
}
