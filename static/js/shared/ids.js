/* Identifiers made on the device. getRandomValues is there on plain http too, crypto.randomUUID and subtle are not. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* `length` random characters of base64url, 6 bits each. */
export function randomId(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => ALPHABET[byte & 63]).join("");
}

/* Figures and letters that are not taken for one another when they are written down: no I, L, O and U (Crockford's
   base32, https://www.crockford.com/base32.html). 5 bits each. */
const READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 16;

/* 80 random bits in a form that can be typed. */
export function randomCode() {
  const bytes = crypto.getRandomValues(new Uint8Array(CODE_LENGTH));
  return Array.from(bytes, (byte) => READABLE[byte & 31]).join("");
}

/* The code that was meant, whatever case, spaces and dashes it was typed with; "" where it cannot be one. */
export function readCode(typed) {
  const meant = typed.toUpperCase().replace(/[\s.\u00b7\u2010-\u2015\u2212_-]+/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return isCode(meant) ? meant : "";
}

/* Whether a text is such a code, as it was made. */
export function isCode(text) {
  return text.length === CODE_LENGTH && Array.from(text).every((char) => READABLE.includes(char));
}

/* A code as it is read out: in groups of four. */
export function inFours(code) {
  return code.match(/.{4}/g).join(" ");
}

/* 32 bits of a text (FNV-1a over its UTF-16 units). */
export function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
