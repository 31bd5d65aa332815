/* The line to the server: as much of Engine.IO 4 and Socket.IO 5 as these pages use, in a tenth of the library's size.
   Text messages in the default namespace; WebSocket first, long polling where something on the way lets no WebSocket
   through. A line that breaks is opened again, each phone at its own moment; what was being asked is then forgotten:
   whoever asks, asks again. Protocols: https://socket.io/docs/v4/engine-io-protocol/ and socket-io-protocol/. */
const SEPARATOR = "\x1e"; // between packets in one polling body
const OPENING_MS = 6000; // a transport that has not been greeted by then is given up
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

/* `address`: of the server's /socket.io/ path. `auth` goes with the greeting. Calls back:
   opened() – greeted, messages may go; refused(data) – the server's no to the greeting, and no further attempt;
   lost(ended) – it broke (each failed attempt counts), and is tried again by itself unless the server `ended` it;
   heard(name, payload) – a message. */
export function makeLine({ address, auth, opened, refused, lost, heard }) {
  const asked = new Map(); // message number -> {callback, timer}
  let wanted = false;
  let line = null; // {transport, greeted, shaken, openTimer, silence, silenceTimer}
  let polling = false;
  let attempts = 0;
  let retryTimer = 0;
  let count = 0;

  function start() {
    clearTimeout(retryTimer);
    if (line || !wanted) return;
    const mine = { greeted: false, shaken: false, silence: 0 };
    line = mine;
    const only = (act) => (...args) => line === mine && act(...args);
    mine.openTimer = setTimeout(only(broken), OPENING_MS);
    mine.transport = (polling ? longPolling : webSocket)(address, only(packet), only(broken));
  }

  function drop() {
    const { transport, openTimer, silenceTimer } = line;
    line = null;
    clearTimeout(openTimer);
    clearTimeout(silenceTimer);
    asked.forEach(({ timer }) => clearTimeout(timer));
    asked.clear();
    transport.close();
  }

  function broken() {
    const { shaken } = line;
    drop();
    // the other way at once where this one never opened; where one did, WebSocket first again
    const other = !shaken && !polling;
    polling = other;
    if (other) start();
    else {
      lost(false);
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempts);
      attempts += 1;
      clearTimeout(retryTimer);
      retryTimer = setTimeout(start, pause * (0.5 + Math.random()));
    }
  }

  /* The server asks every so often whether we are there; when it does not, nobody is. */
  function listen() {
    clearTimeout(line.silenceTimer);
    const mine = line;
    line.silenceTimer = setTimeout(() => line === mine && broken(), line.silence);
  }

  function packet(text) {
    const type = text[0];
    if (type === "0") {
      const { pingInterval, pingTimeout } = JSON.parse(text.slice(1));
      clearTimeout(line.openTimer);
      line.shaken = true;
      line.silence = pingInterval + pingTimeout;
      line.transport.send(`40${JSON.stringify(auth)}`);
    }
    if (type === "1") broken();
    else {
      if (type === "2") line.transport.send("3");
      listen();
      if (type === "4") message(text[1], text.slice(2));
    }
  }

  function message(type, text) {
    if (type === "0") {
      line.greeted = true;
      attempts = 0;
      opened();
    } else if (type === "2") {
      heard(...JSON.parse(text));
    } else if (type === "3") {
      const body = text.indexOf("[");
      const number = Number(text.slice(0, body));
      const waiting = asked.get(number);
      if (!waiting) return; // it came too late
      asked.delete(number);
      clearTimeout(waiting.timer);
      waiting.callback(null, JSON.parse(text.slice(body))[0]);
    } else if (type === "1" || type === "4") {
      wanted = false;
      drop();
      if (type === "1") lost(true);
      else refused(JSON.parse(text).data || {});
    }
  }

  window.addEventListener("offline", () => line && broken());

  return {
    get open() {
      return Boolean(line && line.greeted);
    },
    /* Opens the line now, if it is not open or opening. */
    connect() {
      wanted = true;
      start();
    },
    /* Sends a message; callback(null, answer), or callback(error) after `ms`. Never called once the line is lost. */
    send(name, payload, callback, ms) {
      count += 1;
      const number = count;
      const timer = setTimeout(() => {
        asked.delete(number);
        callback(new Error(`no answer to ${name}`));
      }, ms);
      asked.set(number, { callback, timer });
      line.transport.send(`42${number}${JSON.stringify([name, payload])}`);
    },
    /* Gives up a line that is open in name only, and opens it anew. */
    again() {
      if (line) broken();
    },
    /* Closes the line; it stays closed until `connect`. */
    stop() {
      wanted = false;
      clearTimeout(retryTimer);
      if (line) drop();
    },
  };
}

function webSocket(address, packet, closed) {
  const socket = new WebSocket(`${address.replace(/^http/, "ws")}?EIO=4&transport=websocket`);
  socket.onmessage = (event) => packet(event.data);
  socket.onclose = closed;
  return {
    send: (text) => socket.send(text),
    close() {
      socket.onclose = null;
      socket.close();
    },
  };
}

/* One request waits for what the server has to say, another carries what we have. */
function longPolling(address, packet, closed) {
  let sid = "";
  let over = false;
  let posting = false;
  let queue = [];
  const requests = new Set();

  function request(method, body, done) {
    const call = new XMLHttpRequest();
    const session = sid && `&sid=${encodeURIComponent(sid)}`;
    requests.add(call);
    call.onloadend = () => {
      requests.delete(call);
      if (over) return;
      if (call.status === 200) done(call.responseText);
      else closed();
    };
    call.open(method, `${address}?EIO=4&transport=polling${session}&t=${Date.now().toString(36)}${Math.random()}`);
    if (body) call.setRequestHeader("Content-Type", "text/plain;charset=UTF-8");
    call.send(body);
  }

  function receive() {
    request("GET", undefined, (text) => {
      text.split(SEPARATOR).forEach((one) => {
        if (one[0] === "0") ({ sid } = JSON.parse(one.slice(1)));
        if (!over) packet(one);
      });
      if (!over) receive();
    });
  }

  function post() {
    if (posting || !queue.length) return;
    posting = true;
    const body = queue.join(SEPARATOR);
    queue = [];
    request("POST", body, () => {
      posting = false;
      post();
    });
  }

  receive();
  return {
    send(text) {
      queue.push(text);
      post();
    },
    close() {
      over = true;
      requests.forEach((call) => call.abort());
    },
  };
}
