// Follows a run: the server streams what is new for some seconds, and the browser asks again.

const PATIENCE = 5000;

export class RunStream {
  #path;
  #handlers;
  #source = null;
  #seen = "";
  #timer = 0;
  #closed = false;
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
    } else if (!this.#source) {
      this.#open();
    }
  }

  #open() {
    if (this.#closed || document.hidden) {
      return;
    }
    clearTimeout(this.#timer);
    const mark = this.#path.includes("?") ? "&" : "?";
    const source = new EventSource(`${this.#path}${this.#seen ? `${mark}seen=${this.#seen}` : ""}`);
    this.#source = source;
    source.onopen = () => {
      clearTimeout(this.#timer);
      this.#handlers.connected(true);
    };
    for (const name of ["details", "history", "log", "progress"]) {
      source.addEventListener(name, (message) => {
        this.#seen = message.lastEventId;
        this.#handlers[name](JSON.parse(message.data));
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
    document.removeEventListener("visibilitychange", this.#visible);
  }
}
