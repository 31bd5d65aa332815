/* Identifiers made on the device. getRandomValues is there on plain http too, crypto.randomUUID and subtle are not. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* `length` random characters of base64url, 6 bits each. */
export function randomId(length) {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => ALPHABET[byte & 63]).join("");
}
