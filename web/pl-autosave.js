// SPDX-License-Identifier: Apache-2.0
// <pl-autosave> around a form: what is typed is kept in this browser until it has been sent, so that neither a crash nor a
// lost connection loses it. Verbs are never sent by themselves. Nothing is kept of passwords and files, nothing for people
// who are not signed in, nothing after signing out or two weeks.
//
// A draft goes when the page behind its form shows that it arrived; until then it comes back with the form, with the
// revision and, once sent, the key it was written with: the server merges it, or knows that it was done already.

const waitMs = 500;
const keepMs = 14 * 24 * 3600 * 1000;
const retrySeconds = [4, 8, 16, 32, 60];
const prefix = "draft:";
const seen = ["revision", "marks"]; // what the writer saw: goes with the text
const passing = ["form_token", "key", "return", ...seen];
const who = document.body.dataset.who ?? "";

function draftsOfAll() {
  return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

const page = (address) => address.split("#")[0];

class Autosave extends HTMLElement {
  #timer = 0;
  #isChecked = false;
  #retry = 0;
  #status = document.createElement("p");

  connectedCallback() {
    if (who === "" || this.#form.querySelector("[type=password]")) return;
    this.#status.className = "t13 muted mt2";
    this.#status.setAttribute("role", "status");
    this.append(this.#status);
    this.addEventListener("input", () => this.#later(waitMs, () => this.#keep(false)));
    this.addEventListener("submit", (event) => this.#send(event));
    addEventListener("pagehide", () => this.#timer && this.#keep(false));
    this.#restore();
  }

  get #form() {
    return this.querySelector("form");
  }

  // One form among all of this person: where it goes; of a new record also what it belongs to.
  get #name() {
    const action = this.#form.getAttribute("action");
    const about = action.endsWith("/new") ? [...this.#form.querySelectorAll("[type=hidden]")] : [];
    const named = about.filter((field) => !passing.includes(field.name)).map((field) => `${field.name}=${field.value}`);
    return `${prefix}${who}:${action}:${named.join("&")}`;
  }

  #later(ms, then) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      then();
    }, ms);
  }

  // The form without files and without what a pressed button would add.
  #words() {
    return [...new FormData(this.#form)].filter(([name, value]) => typeof value === "string" && name !== "form_token");
  }

  #keep(sent) {
    const at = Date.now();
    try {
      localStorage.setItem(this.#name, JSON.stringify({ at, sent, from: page(location.href), words: this.#words() }));
      this.#say(`${this.dataset.kept ?? "Kept in this browser"} ${new Date(at).toTimeString().slice(0, 8)}`);
    } catch {
      this.#say(this.dataset.full ?? "This browser has no room: your text is not kept until you send it.");
    }
  }

  // Asks first whether the server can be reached: a page that cannot be loaded would take the text with it.
  async #send(event) {
    if (this.#isChecked) return;
    event.preventDefault();
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#keep(true);
    try {
      await fetch("/livez", { cache: "no-store" });
    } catch {
      this.#wait();
      return;
    }
    this.#isChecked = true;
    this.#form.requestSubmit(event.submitter);
    this.#isChecked = false;
  }

  // Counts down to the next look; sending stays with the writer.
  #wait() {
    this.#keep(false);
    let left = retrySeconds[Math.min(this.#retry++, retrySeconds.length - 1)];
    const tick = async () => {
      if (left > 0) {
        this.#say(`${this.dataset.offline ?? "Not sent: no connection. Your text is kept in this browser; next try in"} ${left--} s`);
        this.#later(1000, tick);
        return;
      }
      try {
        await fetch("/livez", { cache: "no-store" });
        this.#retry = 0;
        this.#say(this.dataset.online ?? "The connection is back: send it again.");
      } catch {
        this.#wait();
      }
    };
    tick();
  }

  #restore() {
    const draft = read(this.#name);
    if (draft === null) return;
    const fresh = this.#words();
    const isField = ([name]) => !passing.includes(name);
    if (JSON.stringify(draft.words.filter(isField)) === JSON.stringify(fresh.filter(isField))) return;
    this.#fill(draft.words, draft.sent);
    this.#say(`${this.dataset.back ?? "Not sent yet, and back from this browser:"} ${new Date(draft.at).toLocaleString()} `);
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "btn small";
    discard.textContent = this.dataset.discard ?? "Discard it";
    discard.addEventListener("click", () => {
      localStorage.removeItem(this.#name);
      this.#fill(fresh, true);
      this.#say("");
    });
    this.#status.append(discard);
  }

  #fill(words, withKey) {
    for (const field of this.#form.elements) {
      if (!field.name || ["form_token", withKey ? "" : "key"].includes(field.name) || ["file", "submit"].includes(field.type)) continue;
      const values = words.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = values.includes(option.value);
      else if (values.length > 0) field.value = values[0];
    }
  }

  #say(text) {
    this.#status.replaceChildren(text);
  }
}

// What was sent from the page before this one has arrived when this page is another, or says what was done.
function forgetSent() {
  const arrived = new URLSearchParams(location.search).has("done");
  for (const name of draftsOfAll()) {
    const draft = read(name);
    const came = draft?.sent && draft.from === page(document.referrer) && (arrived || draft.from !== page(location.href));
    if (draft === null || came || Date.now() - draft.at > keepMs) localStorage.removeItem(name);
  }
}

document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/sign-out") for (const name of draftsOfAll()) localStorage.removeItem(name);
});

forgetSent();
customElements.define("pl-autosave", Autosave);
