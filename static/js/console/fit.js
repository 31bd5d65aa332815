// “We end at 12:30”: whether the rest fits, and what would make it fit. The server works it out, by its own clock;
// asked again when the plan or the workshop moves, and every half minute.
import { useEffect, useState } from "../shared/dom.js";

const AGAIN_MS = 30000;

/** Hook: {go, there, changes, over, now}, or undefined as long as no end is planned or it is not known. */
export function useFit(connection, view, live) {
  const [fit, setFit] = useState(undefined);
  const end = view.workshop.ended ? undefined : view.workshop.ends_at;
  const plan = JSON.stringify([end, view.workshop.starts_at, view.now && [view.now.run, view.now.status],
    view.agenda.map((stage) => [stage.minutes, stage.skipped, stage.status])]);
  useEffect(() => {
    if (!end || !live) return undefined;
    let over = false;
    const ask = () => connection.inquire("fit", {}, (answer) => {
      if (!over && answer.changes) setFit(Object.assign({ plan }, answer));
    });
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [plan, live]);
  return end && fit && fit.there !== null ? fit : undefined;
}

const FAR = 12 * 60;

/** Whether the planned end is not that of today, so that minutes until there tell nobody anything: "later", "passed" or "". */
export function farOff(fit, end) {
  if (fit.there - fit.go >= FAR) return "later";
  return fit.now - end >= FAR * 60000 ? "passed" : "";
}

/** Minutes too many (above 0) or to spare (below 0). */
export function overBy(fit) {
  return fit.go - fit.there;
}
