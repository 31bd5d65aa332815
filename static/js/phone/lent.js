/* What the phone's second script takes from the first, by name. The build fills it in: it reads what the second imports. */
export const lent = {};
