// Icons as one path each: drawn on a 24 × 24 grid, stroked, never filled, in the colour of the words
// beside it. The build writes them and those of more_icons.js to dist/icons.json, for the
// server's pages and the report.
// An icon never stands alone: a word stands beside it, or it is hidden from assistive technology and the control
// it sits in has a name.

export const ICONS = {
  // the groups
  "government": "M3.5 9.5 12 4l8.5 5.5zM6 9.5V17M10 9.5V17M14 9.5V17M18 9.5V17M4.5 17h15M3 20h18",
  "business": "M4 9.5 5.5 4h13L20 9.5M4 9.5a2.67 2.67 0 0 0 5.33 0 2.67 2.67 0 0 0 5.34 0 2.67 2.67 0 0 0 5.33 0M5.5 12.5V20h13v-7.5M9.5 20v-4.5h5V20",
  "academia": "M2 9.5 12 5l10 4.5L12 14zM6.5 11.6v4.2c1.5 1.5 3.3 2.2 5.5 2.2s4-.7 5.5-2.2v-4.2M22 9.5v6",
  "civil_society": "M12 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6.5 20v-1.5a5.5 5.5 0 0 1 11 0V20M5.6 12.2a2.3 2.3 0 1 1 .6-4.4M2.5 18.5a4 4 0 0 1 2.6-3.8M18.4 12.2a2.3 2.3 0 1 0-.6-4.4M21.5 18.5a4 4 0 0 0-2.6-3.8",
  "environment": "M5 19c0-9 5-14 15-14.5C20.5 14 16 19 9.5 19 7.8 19 6.3 18.4 5 17M4 21c1.5-4.5 4.5-7.8 9-10",
  "funding": "M12 10c3.9 0 7-1.3 7-3s-3.1-3-7-3-7 1.3-7 3 3.1 3 7 3zM5 7v5c0 1.7 3.1 3 7 3s7-1.3 7-3V7M5 12v5c0 1.7 3.1 3 7 3s7-1.3 7-3v-5",
  "group": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20v-1.5a6.5 6.5 0 0 1 13 0V20M16 4.3a3.5 3.5 0 0 1 0 6.4M18.5 13.2a6.5 6.5 0 0 1 3 5.3V20",
  "other": "M12 3.5 19.4 7.75v8.5L12 20.5 4.6 16.25v-8.5z",
  // the product: a hill on a map, and the point one found
  "mark": "M12 20.5c-5.2 0-9-3.4-9-8.3 0-5 4-8.7 9.3-8.7 5 0 8.7 3.2 8.7 8 0 5.2-3.7 9-9 9zM11.7 16.8c-3 0-5.1-1.9-5.1-4.6 0-2.9 2.3-4.9 5.3-4.9 2.8 0 4.8 1.7 4.8 4.3 0 3-2 5.2-5 5.2zM11.5 12.2h.01",
  // what one does
  "add": "M12 5v14M5 12h14",
  "next": "M5 12h14M13 6l6 6-6 6",
  "down": "M6 9.5l6 6 6-6",
  "edit": "M4 20l1-4.5L16 4.5 19.5 8 8.5 19zM13.5 7 17 10.5",
  "merge": "M5 5h3c4 0 4 7 8 7h4M5 19h3c4 0 4-7 8-7M17 9l3 3-3 3",
  "hide": "M4 4l16 16M9.8 6.2A10 10 0 0 1 12 6c4 0 7.3 2 9.5 6a14 14 0 0 1-2.7 3.5M15.5 17.4A10 10 0 0 1 12 18c-4 0-7.3-2-9.5-6a14 14 0 0 1 4-4.4M9.9 9.9a3 3 0 0 0 4.2 4.2",
  "pause": "M8 5v14M16 5v14",
  "more": "M5 12h.01M12 12h.01M19 12h.01",
  // what there is
  "check": "M5 12.5l4.5 4.5L19 7",
  "sending": "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.5V12l3 2",
  "warning": "M12 4 2.5 20h19zM12 10v4.5M12 17.3h.01",
  "info": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5M12 8h.01",
  "offline": "M4 4l16 16M5 12.5a10 10 0 0 1 4.5-2.6M2 9a14 14 0 0 1 4.5-2.9M11 5a14 14 0 0 1 11 4M15.5 10.5a10 10 0 0 1 3.5 2M8.5 16a5 5 0 0 1 6-.6M12 19.5h.01",
  "timer": "M12 21a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM12 9.5v4M9.5 3h5M18 6l1.5 1.5",
  "phone": "M7.5 3h9v18h-9zM11 18h2",
  "screen": "M3 4.5h18V16H3zM8 20h8M12 16v4",
  "door": "M6 20.5v-17h12v17M3.5 20.5h17M14.5 12h.01",
  "lock": "M6 11h12v9.5H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
  "dot": "M12 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12z",
  "link": "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1",
};

/** The path of an icon; a group whose icon is not in the table gets the hexagon of "other". */
export function iconPath(name) {
  return Object.prototype.hasOwnProperty.call(ICONS, name) ? ICONS[name] : ICONS.other;
}
