/* JSON merge patch, RFC 7386: null deletes a key, objects are merged, everything else (lists too) is replaced. */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/* `target` with `patch` applied. Neither is changed; what the patch does not touch is shared between old and new. */
export function merge(target, patch) {
  if (!isObject(patch)) return patch;
  const merged = isObject(target) ? Object.assign({}, target) : {};
  Object.keys(patch).forEach((key) => {
    if (patch[key] === null) delete merged[key];
    else merged[key] = merge(merged[key], patch[key]);
  });
  return merged;
}
