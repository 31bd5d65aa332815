// Keeps the projector's computer awake where the browser lets a page do that, and says so in words where it does not.
import { useEffect, useState } from "../shared/dom.js";

/** Hook: "held", "refused" (the browser said no, or knows no wake lock, as on plain http), or "" while unknown. */
export function useWakeLock() {
  const [state, setState] = useState("");
  useEffect(() => {
    let lock = null;
    let gone = false;
    const take = async () => {
      if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
      try {
        lock = await navigator.wakeLock.request("screen");
        if (gone) lock.release();
        else setState("held");
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
