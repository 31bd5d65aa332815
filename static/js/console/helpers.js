// People who help without an account: invited with a link that works once, seen here, and sent away again.
import { html, names, useEffect, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { ask } from "./asking.js";
import { timeOfDay } from "./flow.js";
import { OnceLink, dayAndTime, useOnceLink } from "./link.js";

/** The part "Who helps" of "Join and links". `consoles`: how many are connected; asked anew when that changes. */
export function Helpers({ config, consoles }) {
  const [list, setList] = useState({ helpers: [], invitations: [] });
  const [made, setMade, take, problem] = useOnceLink();
  useEffect(() => {
    ask(config.helpers_url).then(({ data }) => data && setList(data));
  }, [consoles, made]);
  const invite = async () => take(await ask(`${config.helpers_url}/invite`, config), setMade);
  const change = async (id, what) => take(await ask(`${config.helpers_url}/${id}/${what}`, config), setList);
  const { helpers, invitations } = list;
  return html`<section class="helpers" aria-labelledby="helpers-title">
    <h2 class="part-title" id="helpers-title">${t("Who helps")}</h2>
    <p>${t("Somebody at your side can look after the contributions, let people in and type in votes from paper, without an account. They cannot open, close or reveal anything.")}</p>
    ${helpers.length > 0 && html`<ul class="helpers-list">${helpers.map((one) => html`<${Helper} key=${one.actor}
      one=${one} change=${change} />`)}</ul>`}
    ${made ? html`<${OnceLink} made=${made} until=${t("It works once, for a day: until {moment}.", { moment: dayAndTime(made.until) })}
        done=${() => setMade(null)}
        words=${t("For one person. Whoever opens it first and gives a name helps in this workshop.")} />`
      : html`<p><button type="button" class="button-outline" onClick=${invite}><${Icon}
          name="people" /><span>${t("Invite somebody to help")}</span></button></p>`}
    ${problem}
    ${invitations.length > 0 && html`<ul class="helpers-list">${invitations.map(({ id, until }) => html`<li key=${id}>
      <span>${t("An invitation that nobody has used. Until: {moment}", { moment: dayAndTime(until) })}</span>
      <button type="button" class="button-bare" onClick=${() => change(id, "withdraw")}>${t("Withdraw")}</button></li>`)}</ul>`}
  </section>`;
}

/* Sent away in two steps, so that nobody is by a slip. */
function Helper({ one, change }) {
  const [sure, setSure] = useState(false);
  if (one.since === null) {
    return html`<li class="has-left"><span><b>${one.name}</b> ${t("helps no more")}</span>
      <button type="button" class="button-bare" aria-label=${t("Erase the name {name}", { name: one.name })}
        onClick=${() => change(one.actor, "forget")}>${t("Erase the name")}</button></li>`;
  }
  return html`<li class=${names(sure && "is-sure")}><span><b>${one.name || t("Without a name")}</b> ${t("since {time}",
    { time: timeOfDay(one.since) })}</span>
    ${sure ? html`<span class="row"><button type="button" class="button-outline"
        onClick=${() => change(one.actor, "remove")}>${t("Yes, end it now")}</button>
      <button type="button" class="button-bare" onClick=${() => setSure(false)}>${t("Cancel")}</button></span>`
      : html`<button type="button" class="button-bare" aria-label=${t("End the help of {name}", { name: one.name })}
        onClick=${() => setSure(true)}>${t("End")}</button>`}</li>`;
}

/** For those who help: to stop. */
export function Leave({ config }) {
  return html`<section aria-labelledby="leave-title">
    <h2 class="part-title" id="leave-title">${t("You help as {name}", { name: config.helper.name })}</h2>
    <p>${t("You look after the contributions, let people in and type in votes from paper. What you do stands in the record under a number, without your name.")}</p>
    <form method="post" action=${config.helper.leave_url}>
      <input type="hidden" name="csrf_token" value=${config.csrf} />
      <button type="submit" class="button-outline">${t("Stop helping")}</button>
    </form>
  </section>`;
}
