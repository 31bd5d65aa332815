/* A text without case and accents, as words are compared that people typed. */
export const folded = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
