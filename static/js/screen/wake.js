// Keeps the projector's computer awake where the browser lets a page do that, and says so in words where it does not.
import { useEffect, useState } from "../shared/dom.js";

const SOON_MS = 10000; // a lock that is taken away sooner would be so again

/** Hook: "held", "refused" (the browser said no, or knows no wake lock, as on plain http), or "" while unknown. */
export function useWakeLock() {
  const [state, setState] = useState("");
  useEffect(() => {
    let lock = null;
    let gone = false;
    let since = 0;
    const released = () => { // by the system, as on low battery; or since the page went out of sight, and then it is taken anew
      if (gone || document.visibilityState !== "visible") return;
      if (Date.now() - since < SOON_MS) setState("refused");
      else take();
    };
    const take = async () => {
      if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
      try {
        lock = await navigator.wakeLock.request("screen");
        if (gone) {
          lock.release();
          return;
        }
        since = Date.now();
        lock.addEventListener("release", released);
        setState("held");
      } catch (error) {
        if (!gone) setState("refused");
      }
    };
    take();
    document.addEventListener("visibilitychange", take);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", take);
      if (lock && !lock.released) lock.release();
    };
  }, []);
  return state;
}
