/* The line to the server: as much of Engine.IO 4 and Socket.IO 5 as these pages use, in a tenth of the library's size.
   Text messages in the default namespace; WebSocket first, long polling where something on the way lets no WebSocket
   through. A line that breaks is opened again, each phone at its own moment; what was being asked is then forgotten:
   whoever asks, asks again. Protocols: https://socket.io/docs/v4/engine-io-protocol/ and socket-io-protocol/. */
const SEPARATOR = "\x1e"; // between packets in one polling body
const OPENING_MS = 6000; // a transport that has not been greeted by then is given up
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;
const PROVEN_MS = 10000; // a line that lives this long counts as good: the next pause is short again
const POLLING_MS = 60000; // how often a line that polls looks whether a WebSocket gets through by now

/* `address`: of the server's /socket.io/ path. `auth` goes with the greeting. Calls back:
   opened() – greeted, messages may go; refused(data) – the server's no to the greeting, and no further attempt;
   lost(ended) – it broke (each failed attempt counts), and is tried again by itself unless the server `ended` it;
   heard(name, payload) – a message. `proven()` of the line tells it that it works: until then, or until it lived ten
   seconds, each further attempt waits longer, so that a server that greets and breaks is not overrun. */
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
    try {
      mine.transport = (polling ? longPolling : webSocket)(address, only(packet), only(broken));
    } catch (error) {
      broken(); // some browsers and their extensions throw where others close
    }
  }

  function drop() {
    const { transport, openTimer, silenceTimer, provenTimer, probeTimer, trial } = line;
    line = null;
    [openTimer, silenceTimer, provenTimer, probeTimer].forEach((timer) => clearTimeout(timer));
    if (trial) trial.close();
    asked.forEach(({ timer }) => clearTimeout(timer));
    asked.clear();
    if (transport) transport.close();
  }

  /* What the line was opened for has come through it. */
  function proven() {
    if (!line) return;
    clearTimeout(line.provenTimer);
    attempts = 0;
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

  /* A second line on trial while this one polls: polling goes on until a WebSocket has been answered. */
  function probe() {
    const mine = line;
    const over = (works) => {
      if (line !== mine || !mine.trial) return;
      mine.trial.close();
      mine.trial = null;
      clearTimeout(mine.probeTimer);
      if (works) {
        drop();
        polling = false;
        lost(false);
        start();
      } else mine.probeTimer = setTimeout(probe, POLLING_MS);
    };
    try {
      mine.trial = webSocket(address, () => over(true), () => over(false));
      mine.probeTimer = setTimeout(() => over(false), OPENING_MS);
    } catch (error) {
      mine.probeTimer = setTimeout(probe, POLLING_MS);
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
      line.provenTimer = setTimeout(proven, PROVEN_MS);
      if (polling) line.probeTimer = setTimeout(probe, POLLING_MS);
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
    proven,
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
