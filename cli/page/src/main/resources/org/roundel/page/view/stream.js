// Follows a run: the server streams what is new for some seconds, and the browser asks again.

const PATIENCE = 5000;
const BETWEEN = 3000;

/** A browser has six connections for a server: three pages follow, others look every few seconds. */
const PLACES = ["roundel-stream-1", "roundel-stream-2", "roundel-stream-3"];

export class RunStream {
  #path;
  #handlers;
  #source = null;
  #seen = "";
  #timer = 0;
  #closed = false;
  #release = null;
  #entering = false;
  #visible = () => this.#turn();

  /** Handlers are called by the events' names; "connected" with whether there is a connection. */
  constructor(path, handlers) {
    this.#path = path;
    this.#handlers = handlers;
    document.addEventListener("visibilitychange", this.#visible);
    this.#open();
  }

  /** A browser has few connections for all its tabs: one that nobody sees gives its own back. */
  #turn() {
    if (document.hidden) {
      this.#stop();
      this.#leave();
    } else if (!this.#source) {
      this.#open();
    }
  }

  /** Takes one of the places, if one is free. */
  async #enter() {
    for (const name of PLACES) {
      if (!navigator.locks || this.#release) {
        return;
      }
      await new Promise((entered) => {
        navigator.locks.request(name, { ifAvailable: true }, (lock) => {
          entered();
          return lock ? new Promise((release) => (this.#release = release)) : null;
        });
      });
    }
  }

  #leave() {
    this.#release?.();
    this.#release = null;
  }

  async #open() {
    clearTimeout(this.#timer);
    // Two at once would take two places, and give one back.
    if (this.#entering) {
      return;
    }
    this.#entering = true;
    await this.#enter();
    this.#entering = false;
    if (this.#closed || document.hidden) {
      this.#leave();
      return;
    }
    if (this.#source) {
      return;
    }
    const mark = this.#path.includes("?") ? "&" : "?";
    const source = new EventSource(`${this.#path}${this.#seen ? `${mark}seen=${this.#seen}` : ""}`);
    this.#source = source;
    source.onopen = () => {
      clearTimeout(this.#timer);
      this.#handlers.connected(true);
    };
    for (const name of ["details", "history", "log", "updates", "progress"]) {
      source.addEventListener(name, (message) => {
        this.#seen = message.lastEventId;
        this.#handlers[name](JSON.parse(message.data));
        // Of what there is to tell, progress is told last.
        if (name === "progress" && navigator.locks && !this.#release) {
          this.#stop();
          this.#timer = setTimeout(() => this.#open(), BETWEEN);
        }
      });
    }
    source.onerror = () => {
      clearTimeout(this.#timer);
      // A stream that has ended is opened again by the browser, most often at once.
      this.#timer = setTimeout(() => {
        this.#handlers.connected(false);
        this.#stop();
        this.#timer = setTimeout(() => this.#open(), PATIENCE);
      }, source.readyState === EventSource.CLOSED ? 0 : PATIENCE);
    };
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  close() {
    this.#closed = true;
    this.#stop();
    this.#leave();
    document.removeEventListener("visibilitychange", this.#visible);
  }
}
