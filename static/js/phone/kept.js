/* What was begun in a box of this phone and not sent. */
import * as storage from "../shared/storage.js";

/* Everything kept on this phone that was begun in a box and not sent. */
export function keptTexts(code) {
  return ["draft", "edit", "answer", "reason", "card"].reduce((found, kind) => {
    const prefix = `edp.${code}.${kind}.`;
    return found.concat(storage.keys(prefix).map((key) =>
      ({ key, kind, place: key.slice(prefix.length), value: storage.read(key) })));
  }, []);
}
