/* Timers of a stage: {ends_at} while running, {left} while held (ms). One tick a second for the whole page. */
import { useEffect, useState } from "./dom.js";

const listeners = new Set();
let ticking = 0;

function tick() {
  listeners.forEach((listener) => listener());
  // aim at the next full second, so that clocks of several pages turn together
  ticking = listeners.size ? setTimeout(tick, 1000 - (Date.now() % 1000)) : 0;
}

/* Calls `listener` every second until the function that is returned is called. */
export function everySecond(listener) {
  listeners.add(listener);
  if (!ticking) ticking = setTimeout(tick, 1000 - (Date.now() % 1000));
  return () => listeners.delete(listener);
}

/* Milliseconds left at server time `now`, never below 0; undefined if there is no timer. */
export function remaining(timer, now) {
  if (!timer) return undefined;
  if (timer.left !== undefined) return Math.max(0, timer.left);
  if (timer.ends_at !== undefined) return Math.max(0, timer.ends_at - now);
  return undefined;
}

/* Milliseconds as "4:05" or "1:02:30", rounded up: 0:00 is shown only when the time is over. */
export function clock(ms) {
  const all = Math.ceil(ms / 1000);
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor(all / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

/* Hook: milliseconds left, drawn again each second while the timer runs. `clockOffset` is the server's time minus
   this device's. */
export function useRemaining(timer, clockOffset) {
  const [, again] = useState(0);
  const runs = Boolean(timer) && timer.ends_at !== undefined && timer.left === undefined;
  useEffect(() => (runs ? everySecond(() => again((n) => n + 1)) : undefined), [runs]);
  return remaining(timer, Date.now() + (clockOffset || 0));
}
