// The report: made by the server in the background; the page says how far it is and then where it lies.
import { html, useEffect, useRef, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { leftOutWords } from "./flow.js";

/** Hook: {job, start}. It is made by itself when the workshop ends while this page watches: "there the minute it ends". `job`: {state, page?, pages?, url?, message?}, or null before the first one. */
export function useReport(connection, config, ended) {
  const [job, setJob] = useState(null);
  const before = useRef(ended);
  useEffect(() => connection.on("report", setJob), [connection]);
  const start = async () => {
    setJob({ state: "preparing" });
    try {
      const answer = await fetch(config.report_url, {
        method: "POST",
        credentials: "same-origin",
        headers: { "X-CSRFToken": config.csrf, Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
    } catch (error) {
      const message = t("The server could not be reached, or it did not accept this. Reload the page and try again.");
      setJob({ state: "failed", message });
    }
  };
  useEffect(() => {
    if (before.current === false && ended && config.report_url) start();
    before.current = ended;
  }, [ended]);
  return { job, start };
}

/** The panel. The report may be made at any time: what is not revealed yet is not in it. */
export function Report({ view, report, config, actions: { ready, may } }) {
  const { job, start } = report;
  const busy = job && !["done", "failed"].includes(job.state);
  const done = job && job.state === "done";
  const leftOut = may("reveal_result") ? "" : leftOutWords(view); // those who may reveal it are told above, with the way
  const leads = view.workshop.ended ? "button" : "button-ink"; // before the end the accent stays with the next step
  return html`<section class="panel" aria-labelledby="report-title">
    <h2 class="part-title" id="report-title">${t("Report")}</h2>
    <p>${!view.workshop.ended ? t("A PDF of the workshop so far. Results that were not revealed are not in it.")
      : leftOutWords(view) ? [t("The workshop as a PDF, in its own language."), leftOut].filter(Boolean).join(" ")
        : t("The whole workshop as a PDF, in its own language.")}</p>
    <div role="status">${job && html`<${Progress} job=${job} />`}</div>
    <div class="row">
      ${done && html`<a class=${leads} href=${job.url || config.report_pdf_url} download=""><${Icon}
        name="download" /><span>${t("Download the PDF")}</span></a>`}
      <button type="button" class=${done ? "button-outline" : leads} aria-disabled=${busy || !ready ? "true" : undefined}
        onClick=${() => !busy && ready && start()}><${Icon}
          name="document" /><span>${done ? t("Make it again") : t("Make the report")}</span></button>
    </div>
    <h3 class="report-data">${t("Data to download")}</h3>
    ${config.rehearsal ? html`<p>${t("Of a rehearsal there is none; after the workshop it stands here.")}</p>`
      : html`<${Files} urls=${config.export_urls} />`}
  </section>`;
}

function Files({ urls }) {
  return html`<p>${t("The same for other programs: no names, nobody’s own vote.")}</p>
    <div class="row">
      <${File} url=${urls.xlsx} name=${t("Spreadsheet (XLSX)")} />
      <${File} url=${urls.csv} name=${t("Tables (CSV)")} />
      <${File} url=${urls.json} name=${t("Complete (JSON)")} />
    </div>`;
}

function File({ url, name }) {
  return html`<a class="button-outline" href=${url} download=""><${Icon} name="download" /><span>${name}</span></a>`;
}

function Progress({ job }) {
  const page = job.pages && job.page ? ` ${t("Page {page} of {pages}", { page: job.page, pages: job.pages })}` : "";
  if (job.state === "failed") return html`<p class="said said-bad"><${Icon} name="warning" /> ${job.message}</p>`;
  const words = {
    queued: t("The report is being prepared; another one is made first …"),
    preparing: t("The report is being prepared …"),
    reading: t("Reading the workshop …"),
    layout: t("Setting the pages …"),
    writing: t("Writing the file …"),
    done: t("The report is ready."),
  }[job.state];
  return html`<div
    class="progress"><p>${words}${page}</p>
    ${job.pages && job.state !== "done" && html`<progress value=${job.page || 0} max=${job.pages}
      aria-label=${words}></progress>`}</div>`;
}
