// The names that people gave, for the lists of the console. They are in no view, so that no screen and no phone holds them.
import { useEffect, useState } from "../shared/dom.js";

/** Hook: {given: {person: {name, organisation}}, failed}; fetched from `url` once they are `wanted`, anew when `count` changes. */
export function useNames(url, wanted, count) {
  const [known, setKnown] = useState({ given: {}, failed: false });
  useEffect(() => {
    if (!wanted) return undefined;
    if (!count) {
      setKnown({ given: {}, failed: false });
      return undefined;
    }
    let late = false;
    const keep = (given, failed) => late || setKnown({ given, failed });
    fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((given) => keep(given, false), () => keep({}, true));
    return () => { late = true; };
  }, [url, wanted, count]);
  return known;
}

/** A name and an organisation on one line. */
export const givenLine = ({ name, organisation }) => [name, organisation].filter(Boolean).join(", ");
