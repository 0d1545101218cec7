// SPDX-License-Identifier: Apache-2.0
// <pl-autosave to="/nc/F-021/draft"> around a form: what is typed goes to the server as a draft, on leaving a field and two
// seconds after the last key. Verbs are never sent. Without `to` it only keeps what a failed connection would lose.
//
// The server answers 200 with the revision in the header "Plumbline-Revision", or 409 when somebody else saved meanwhile:
// then autosave stops and the next ordinary save shows both texts.

const waitMs = 2000;
const retryFirstMs = 4000;
const retryMostMs = 60000;

class Autosave extends HTMLElement {
  #timer = 0;
  #retryMs = retryFirstMs;
  #unsaved = false;
  #stopped = false;

  connectedCallback() {
    this.addEventListener("input", () => this.#later(waitMs));
    this.addEventListener("focusout", () => this.#unsaved && this.#later(0));
    this.addEventListener("submit", () => this.#forget());
    addEventListener("beforeunload", this.#onLeave);
    addEventListener("online", this.#onOnline);
    this.#restore();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    removeEventListener("beforeunload", this.#onLeave);
    removeEventListener("online", this.#onOnline);
  }

  // Asks only when a save failed: otherwise nothing would be lost.
  #onLeave = (event) => {
    if (this.#unsaved && this.#retryMs > retryFirstMs) event.preventDefault();
  };

  #onOnline = () => {
    if (this.#unsaved) this.#later(0);
  };

  get #form() {
    return this.querySelector("form");
  }

  get #key() {
    return `draft:${location.pathname}:${this.#form.getAttribute("action")}`;
  }

  #later(ms) {
    this.#unsaved = true;
    clearTimeout(this.#timer);
    if (this.hasAttribute("to") && !this.#stopped) this.#timer = setTimeout(() => this.#save(), ms);
  }

  async #save() {
    try {
      const answer = await fetch(this.getAttribute("to"), { method: "POST", body: new URLSearchParams(this.#words()) });
      if (answer.status === 409) {
        this.#stopped = true;
        this.#say(this.dataset.conflict ?? "Somebody else saved this record. Your text is kept; save to see both.");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      this.#saved(answer.headers.get("Plumbline-Revision"));
    } catch {
      this.#keep();
    }
  }

  // The form without files and without what a pressed button would add.
  #words() {
    return [...new FormData(this.#form)].filter(([, value]) => typeof value === "string");
  }

  #saved(revision) {
    const field = this.#form.elements.namedItem("revision");
    if (revision && field) field.value = revision;
    this.#unsaved = false;
    this.#retryMs = retryFirstMs;
    sessionStorage.removeItem(this.#key);
    this.#say(`${this.dataset.saved ?? "Saved"} ${new Date().toTimeString().slice(0, 8)}`);
  }

  #keep() {
    sessionStorage.setItem(this.#key, JSON.stringify(this.#words().filter(([name]) => name !== "form_token")));
    const seconds = Math.round(this.#retryMs / 1000);
    this.#say(`${this.dataset.offline ?? "Not saved: no connection. Your text is kept in this window; next try in"} ${seconds} s`);
    this.#timer = setTimeout(() => this.#save(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, retryMostMs);
  }

  #restore() {
    const kept = sessionStorage.getItem(this.#key);
    if (kept === null) return;
    for (const [name, value] of JSON.parse(kept)) {
      const field = this.#form.elements.namedItem(name);
      if (field && name !== "revision" && "value" in field) field.value = value;
    }
    this.#later(waitMs);
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#unsaved = false;
    sessionStorage.removeItem(this.#key);
  }

  #say(words) {
    const place = document.querySelector(".page-head .saved span, .page-head .saved");
    if (place) place.textContent = words;
    else document.querySelector("#notice")?.replaceChildren(words);
  }
}

customElements.define("pl-autosave", Autosave);
