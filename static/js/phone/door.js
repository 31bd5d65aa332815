/* For somebody who is not in: the wait until the facilitator lets them in, and the badge by which one comes in. */
import { html, useEffect, useState } from "../shared/dom.js";
import { readCode } from "../shared/ids.js";
import { t } from "../shared/i18n.js";
import { read, remove } from "../shared/storage.js";
import { badgeKey } from "./badge.js";
import { Chooser, NameFields } from "./join.js";
import { GroupName, Icon, More, Notice, useKept } from "./parts.js";

const NO_BADGE = ["unknown_badge", "badge_used"];

/* The page of somebody who waits, or was turned away. */
export function Waits({ live }) {
  const { state, view } = live;
  const { self } = state;
  const group = view.groups.find((one) => one.id === self.group);
  return html`
    <p class="eyebrow">${view.workshop.title}</p>
    <h1 tabindex="-1">${self.waiting ? t("You are at the door.") : t("You were not let in.")}</h1>
    <p class="lead">${self.waiting
      ? t("The facilitator lets each person in. Stay on this page: it goes on by itself, and nothing that you typed is lost.")
      : t("If that is a mistake, please speak to the facilitator, who can still let you in. This page goes on by itself then.")}</p>
    <p class="door-number"><span>${t("Your number")}</span> <b class="numbers">${self.n}</b></p>
    ${group && html`<p>${t("You speak for")}</p><p class="big-group"><${GroupName} group=${group} /></p>`}
    <${More} title=${group ? t("Change") : t("Say who you are")} open=${!group}><${AtTheDoor} live=${live} /><//>
  `;
}

/* What the facilitator is told of somebody who waits. */
function AtTheDoor({ live }) {
  const { self, outbox } = live.state;
  const [name, setName] = useKept(`edp.${live.code}.name`, { name: "", organisation: "" });
  const busy = (slot) => outbox.find((entry) => entry.slot === slot && entry.state !== "refused");
  const save = (event) => {
    event.preventDefault();
    live.send(Object.assign({ type: "name_myself" }, name), "name");
  };
  return html`<div class="you">
    <${Chooser} key=${`${self.group}.${self.territory}.${self.funder}`} live=${live} self=${self} busy=${busy("describe")}
      word=${t("Save")} submit=${(choice) => live.send(Object.assign({ type: "describe" }, choice.place), "describe")} />
    <form class="naming" onSubmit=${save}>
      <h2>${t("Name and organisation (optional)")}</h2>
      <${NameFields} name=${name} setName=${setName} />
      <button type="submit" class="button-outline">${t("Save the name")}</button>
      ${self.named && !busy("name") && html`<p role="status" class="state saved"><${Icon} name="check" />${t("Saved")}</p>`}
    </form>
  </div>`;
}

/* The badge that this phone came with, or was told by hand; "" where there is none. It is forgotten once one is in. */
function useBadge(live, refused) {
  const key = badgeKey(live.code);
  const [badge, setBadge] = useKept(key, "");
  useEffect(() => {
    const look = () => setBadge(read(key) || "");
    window.addEventListener("hashchange", look);
    return () => {
      window.removeEventListener("hashchange", look);
      if ((live.connection.state.self || {}).joined) remove(key);
    };
  }, []);
  return [refused === badge ? "" : badge, setBadge];
}

let cameBy; // the badge that somebody came in by on this page

/* For somebody who is in, when a badge is opened on this phone: it is not used, and nothing of it is kept. */
export function SecondBadge({ live }) {
  const key = badgeKey(live.code);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const look = () => {
      const badge = read(key);
      if (badge === undefined) return;
      remove(key);
      setSeen(live.view.workshop.way_in === "badges" && badge !== cameBy);
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
  return seen && html`<${Notice} kind="warn" icon="info" role="alert">
    <p>${t("You are in on this phone already, as number {n}. A badge lets in one phone: whoever else has one, please scan it with their own.", { n: live.state.self.n })}</p>
    <div class="notice-acts"><button type="button" class="button-bare" onClick=${() => setSeen(false)}>${t("Understood")}</button></div><//>`;
}

/* Coming in by badge: one press, once the badge is there. `join(choice)` is the page's; `refused` the entry of a badge
   that was not taken. */
export function BadgeJoin({ live, join, busy, refused }) {
  const no = refused && NO_BADGE.includes(refused.refusal.code) && refused.command.badge;
  const [badge, setBadge] = useBadge(live, no);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState("");
  const comeIn = (code) => {
    cameBy = code;
    join({ badge: code });
  };
  const enter = (event) => {
    event.preventDefault();
    const code = readCode(typed);
    setProblem(code ? "" : t("This code has 16 figures and letters, in four groups. Please compare it and type it again."));
    if (!code) return;
    setBadge(code);
    comeIn(code);
  };
  const waiting = live.state.status !== "live" ? t("Waiting for the connection") : t("One moment…");
  return html`<section class="by-badge">
    <p>${t("The facilitator sees the name on your badge in the list of participants. It never stands beside what you write or how you vote, unless you tick it there.")}</p>
    ${badge
      ? html`<${Notice} kind="good" icon="check"><p>${t("Your badge is here. It says for which group you speak.")}</p><//>
        <div class="act"><button type="button" class="button button-wide" aria-disabled=${busy ? "true" : undefined}
          onClick=${() => !busy && comeIn(badge)}>${busy ? waiting : t("Come in")}</button></div>`
      : html`<h2>${t("Scan the code on your badge")}</h2>
        <p>${t("Point the camera of this phone at it, as for every such code: it brings you in.")}</p>
        <${More} title=${t("Type the badge’s code instead")} open=${Boolean(problem)}>
          <form class="recover" onSubmit=${enter} novalidate>
            <label class="field"><span class="label">${t("The badge’s code")}</span>
              <input class="input" type="text" name="badge" value=${typed} maxlength="60" autocomplete="off"
                autocapitalize="characters" spellcheck=${false} enterkeyhint="go" aria-invalid=${problem ? "true" : undefined}
                onInput=${(event) => setTyped(event.currentTarget.value)} /></label>
            ${problem && html`<p class="act-hint" role="alert">${problem}</p>`}
            <button type="submit" class="button-outline" aria-disabled=${busy ? "true" : undefined}>${busy ? waiting : t("Come in")}</button>
          </form><//>`}
  </section>`;
}

