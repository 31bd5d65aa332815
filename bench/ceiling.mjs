/* The least that a server in Node can do for the same crowd: takes a command, answers it, tells everybody once per tick.
   Nothing is stored, nobody is anybody. The answers, views and changes have the sizes that the real server's had.
   node bench/ceiling.mjs PORT ANSWER_BYTES CHANGE_BYTES VIEW_BYTES */
import { WebSocketServer } from "ws";

const [port, answerBytes, changeBytes, viewBytes] = process.argv.slice(2).map(Number);
const TICK_MS = 100;
const OPEN = '0{"sid":"ceiling","upgrades":[],"pingInterval":10000,"pingTimeout":8000,"maxPayload":20480}';
const SHOWN = { add_item: ["phone", "screen"], cast_ballot: ["screen"] };

const audiences = { phone: new Set(), screen: new Set(), console: new Set() };
const changed = new Set();
let seq = 0;
let told = 0;

const filled = (start, end, bytes) => start + "x".repeat(Math.max(0, bytes - start.length - end.length)) + end;

function command(socket, text) {
  const body = text.indexOf("[");
  const id = text.slice(2, body);
  const [name, message] = JSON.parse(text.slice(body));
  if (name === "view") {
    audiences[socket.role].add(socket);
    socket.send(filled(`43${id}[{"seq":${seq},"view":"`, '"}]', viewBytes));
    return;
  }
  seq += 1;
  (SHOWN[message.command.type] || []).forEach((role) => changed.add(role));
  socket.send(filled(`43${id}[{"first":${seq},"last":${seq},"ok":true,"self":"`, '"}]', answerBytes));
}

const server = new WebSocketServer({ port, host: "127.0.0.1", perMessageDeflate: false, backlog: 4096 });
server.on("connection", (socket) => {
  socket.send(OPEN);
  socket.on("message", (data) => {
    const text = data.toString();
    if (text.startsWith("42")) command(socket, text);
    else if (text.startsWith("40")) {
      socket.role = JSON.parse(text.slice(2)).role;
      socket.send('40{"sid":"ceiling"}');
    }
  });
  socket.on("close", () => socket.role && audiences[socket.role].delete(socket));
  socket.on("error", () => {}); // a phone that lost its network: "close" follows
});
server.on("listening", () => console.log("listening"));

setInterval(() => {
  changed.forEach((role) => {
    const change = Buffer.from(filled(`42["change",{"from":${told},"to":${seq},"patch":"`, '"}]', changeBytes));
    audiences[role].forEach((socket) => socket.send(change, { binary: false }));
  });
  if (changed.size) told = seq;
  changed.clear();
}, TICK_MS);
