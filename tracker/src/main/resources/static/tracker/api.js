// Calls the tracker with the operator's token, which lives as long as the tab.

const KEY = "ticketing.session";

/** What went wrong, in one line, with the status of the answer; 0 if there was none. */
export class Problem extends Error {
  constructor(status, detail, reason = "") {
    super(detail);
    this.status = status;
    this.reason = reason;
  }
}

export const session = {
  get() {
    const stored = sessionStorage.getItem(KEY);
    if (!stored) {
      return null;
    }
    const found = JSON.parse(stored);
    if (Date.parse(found.expiresAt) <= Date.now()) {
      session.end("Your session has ended; sign in again.");
      return null;
    }
    return found;
  },

  begin(found) {
    sessionStorage.setItem(KEY, JSON.stringify(found));
  },

  end(why = "") {
    sessionStorage.removeItem(KEY);
    document.dispatchEvent(new CustomEvent("session-ended", { detail: why }));
  },
};

export async function signIn(email, password) {
  const response = await request("/login", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) {
    throw await problemOf(response);
  }
  const found = await response.json();
  if (!found.operator) {
    throw new Problem(403, `${email} is no operator, and may see no transactions.`, "forbidden");
  }
  session.begin({ token: found.token, expiresAt: found.expiresAt, email });
}

export async function get(path, signal) {
  const response = await authorized(path, { headers: { Accept: "application/json" }, signal });
  return response.json();
}

export async function post(path, body) {
  const response = await authorized(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}

/** Saves every page of a list as one file of CSV. */
export async function exportCsv(path, parameters, name, most = 100000) {
  let address = `${path}?${new URLSearchParams({ ...parameters, size: "1000" })}`;
  const parts = [];
  for (let rows = 0; address && rows < most; rows += 1000) {
    const response = await authorized(address, { headers: { Accept: "text/csv" } });
    const text = await response.text();
    parts.push(parts.length === 0 ? text : text.slice(text.indexOf("\r\n") + 2));
    const next = /<([^>]+)>; rel="next"/.exec(response.headers.get("Link") ?? "");
    address = next && text.indexOf("\r\n") + 2 < text.length ? next[1] : null;
  }
  const url = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

async function authorized(path, options) {
  const signedIn = session.get();
  if (!signedIn) {
    throw new Problem(401, "Sign in first.");
  }
  const response = await request(path, {
    ...options,
    headers: { ...options.headers, Authorization: `Bearer ${signedIn.token}` },
  });
  if (response.status === 401) {
    const problem = await problemOf(response);
    // Another call may have ended this session, or somebody has signed in again since.
    if (session.get()?.token === signedIn.token) {
      session.end(problem.message);
    }
    throw problem;
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

async function request(path, options) {
  try {
    return await fetch(path, { cache: "no-store", credentials: "omit", ...options });
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new Problem(0, "The tracker does not answer.");
  }
}

async function problemOf(response) {
  try {
    const problem = await response.json();
    return new Problem(
      response.status,
      problem.detail ?? problem.title ?? `The tracker answered with ${response.status}.`,
      (problem.type ?? "").split(":").pop(),
    );
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    return new Problem(response.status, `The tracker answered with ${response.status}.`);
  }
}

/**
 * Server-sent events, read with fetch because EventSource sends no token. Reconnects, the later the
 * more often it fails; stops while the page is hidden.
 */
export class Events {
  #path;
  #on;
  #connection = null;
  #timer = null;
  #silence = null;
  #failures = 0;
  #wanted = false;

  /** on: functions by the name of the event, and "connected", "disconnected" and "failed". */
  constructor(path, on) {
    this.#path = path;
    this.#on = on;
  }

  start() {
    this.#wanted = true;
    document.addEventListener("visibilitychange", this.#visibility);
    this.#connect();
  }

  stop() {
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#visibility);
    this.#disconnect();
  }

  #visibility = () => {
    if (document.hidden) {
      this.#disconnect();
    } else if (this.#wanted && !this.#connection) {
      this.#connect();
    }
  };

  #disconnect() {
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#connection?.abort();
    this.#connection = null;
  }

  async #connect() {
    clearTimeout(this.#timer);
    const connection = new AbortController();
    this.#connection = connection;
    let why = "The connection to the tracker has ended.";
    try {
      const response = await authorized(this.#path, {
        headers: { Accept: "text/event-stream" },
        signal: connection.signal,
      });
      this.#on.connected?.();
      await this.#read(response.body, connection);
    } catch (failure) {
      if (this.#connection !== connection) {
        return;
      }
      why = failure instanceof Problem ? failure.message : why;
      if (failure.status === 403 || failure.status === 401 || failure.status === 400) {
        this.#connection = null;
        this.#on.failed?.(why);
        return;
      }
    } finally {
      clearTimeout(this.#silence);
    }
    if (this.#connection !== connection) {
      return;
    }
    this.#connection = null;
    this.#on.disconnected?.(why);
    const pause = Math.min(30000, 1000 * 2 ** this.#failures) * (0.75 + Math.random() / 2);
    this.#failures = Math.min(this.#failures + 1, 5);
    this.#timer = setTimeout(() => {
      if (this.#wanted && !document.hidden) {
        this.#connect();
      }
    }, pause);
  }

  async #read(body, connection) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      this.#expectMore(connection);
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      this.#failures = 0;
      text += value;
      const events = text.split(/\r?\n\r?\n/);
      text = events.pop();
      events.forEach((event) => this.#dispatch(event));
    }
  }

  /** A comment comes every ten seconds, so a connection that is silent for longer is dead. */
  #expectMore(connection) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => connection.abort(), 40000);
  }

  #dispatch(event) {
    let name = "message";
    const data = [];
    for (const line of event.split(/\r?\n/)) {
      if (line.startsWith("event:")) {
        name = line.slice(6).trim();
      } else if (line.startsWith("data:")) {
        data.push(line.slice(5));
      }
    }
    if (data.length > 0) {
      this.#on[name]?.(JSON.parse(data.join("\n")));
    }
  }
}
