/* What a ballot is made of: the same fields in commands, in a person's own view and on sheets of paper. Pure functions. */
const PARTS = ["dots", "choice", "scores", "order", "reason", "signed"];

const isFilled = (part) => (part && typeof part === "object" ? Object.keys(part).length > 0 : Boolean(part));

/* The filled fields of a ballot; {} where it says nothing. */
export function saidIn(source) {
  return PARTS.filter((part) => source && isFilled(source[part]))
    .reduce((said, part) => Object.assign(said, { [part]: source[part] }), {});
}

/* Whether a ballot says nothing: then it is none. */
export function isBlank(source) {
  return !Object.keys(saidIn(source)).length;
}

/* The items that a ballot names: its own, or, where it is about all together, those in it. */
export function itemsIn({ item, scores, order }) {
  return item ? [item] : Object.keys(scores || {}).concat(order || []);
}

/* Whether two ballots say the same. */
export function isSame(one, other) {
  const plain = (said) => JSON.stringify(PARTS.map((part) => sorted(saidIn(said)[part])));
  return plain(one) === plain(other);
}

function sorted(part) {
  return part && typeof part === "object" && !Array.isArray(part)
    ? Object.keys(part).sort().map((key) => [key, part[key]])
    : part;
}
