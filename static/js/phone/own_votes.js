/* What one has voted, by run and item: once a vote is closed, and at the end. */
import { html } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import { stageOf } from "./model.js";
import { DotRow } from "./voting/parts.js";
import { rowsOf } from "./voting/words.js";

/* One's votes, item by item, in words; dots are drawn. */
export function OwnRows({ rows, nameOf }) {
  return html`<ul class="plain-list">${rows.map((row) => html`<li key=${row.item} class="own-item placed">
    <p class="words">${nameOf(row.item)}</p>
    ${row.dots ? html`<${DotRow} dots=${row.dots} cap=${1} />` : html`<span class="own-words">${row.words}</span>`}
  </li>`)}</ul>`;
}

/* All one's votes, run by run. */
export function OwnVotes({ live }) {
  const votes = votesOf(live.state.self, live.view, live);
  return html`<section class="own"><h2>${t("Your votes")}</h2>
    ${votes.length
      ? html`<p class="hint">${t("This list is on your own phone alone. It is kept for as long as the workshop is.")}</p>
        ${votes.map((vote) => html`<div key=${vote.run}><h3>${vote.title}</h3>
          <${OwnRows} rows=${vote.rows} nameOf=${(id) => vote.rows.find((row) => row.item === id).title} /></div>`)}`
      : html`<p class="quiet">${t("You did not vote.")}</p>`}
  </section>`;
}

/* The settings of a vote: from what is shown, else as this phone kept them when it was open; undefined where neither is so. */
export function methodOf(view, kept, run) {
  const shown = view.now && view.now.run === run ? view.now : view.results[run];
  return (shown && shown.method) || kept[run];
}

/* Why one's vote stands here without the words it was given to. */
function unnamed(inResult) {
  return inResult ? t("(hidden by the facilitator)") : t("(placed on another phone)");
}

/* One's ballots by run: [{run, title, rows: [{item, title, words, dots}]}]. Titles come from revealed results, else from
   what this phone kept when it voted; `kept`: {titles, methods}. */
export function votesOf(self, view, kept) {
  return Object.keys(self.ballots || {})
    .map((run) => {
      const past = view.results[run];
      const titles = Object.assign({}, kept.titles);
      const shown = new Set(); // what a result names, by its words or without them
      ((past && past.result.columns) || []).forEach((column) =>
        column.items.forEach((row) => {
          shown.add(row.item);
          if (row.title !== undefined) titles[row.item] = row.title;
        }),
      );
      const stage = view.agenda.find((one) => one.id === stageOf({ run }));
      const rows = rowsOf(methodOf(view, kept.methods, run), self.ballots[run])
        .map((row) => Object.assign({ title: titles[row.item] || unnamed(shown.has(row.item)) }, row));
      return { run, title: stage ? w(stage.title) : run, rows };
    })
    .filter((vote) => vote.rows.length);
}
