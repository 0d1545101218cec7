// SPDX-License-Identifier: Apache-2.0
// <pl-upload to="/uploads"> around a form with files: what is chosen, dropped or pasted goes up at once, one file after the
// other, in pieces. When the line breaks, it waits and goes on where it was, also after the page was left and the same file
// is chosen again. The form then names the pieces; without this script it carries the files itself.

const pieceBytes = 4 << 20;
const waitFirstMs = 1000;
const waitMostMs = 30000;

function make(tag, words, set = {}) {
  return Object.assign(document.createElement(tag), { textContent: words }, set);
}

// The same file of the same person has the same name here, so that it is found again after an hour without a line.
function nameOf(file) {
  const key = `piece:${file.name}:${file.size}:${file.lastModified}`;
  let id = localStorage.getItem(key);
  if (!id) {
    id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    localStorage.setItem(key, id);
  }
  return { id, key };
}

class Upload extends HTMLElement {
  #rows = [];
  #running = false;
  #waker = () => {};
  #sender = null;

  connectedCallback() {
    this.form = this.querySelector("form");
    const inputs = [...this.form.querySelectorAll("input[type=file]")];
    if (!this.getAttribute("to") || inputs.length === 0) return;
    this.list = make("ul", "", { className: "uploads" });
    this.notice = make("p", this.dataset.drop, { className: "help" });
    this.notice.setAttribute("role", "status");
    inputs.at(-1).closest(".field").after(this.notice, this.list);
    for (const input of inputs) input.addEventListener("change", () => (this.#take(input.files), (input.value = "")));
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.#again();
    addEventListener("paste", this.#paste);
    addEventListener("dragover", this.#over);
    addEventListener("drop", this.#drop);
    addEventListener("online", () => this.#waker());
  }

  disconnectedCallback() {
    removeEventListener("paste", this.#paste);
    removeEventListener("dragover", this.#over);
    removeEventListener("drop", this.#drop);
  }

  #paste = (event) => event.clipboardData?.files.length && (event.preventDefault(), this.#take(event.clipboardData.files));

  #over = (event) => {
    if (event.dataTransfer?.types.includes("Files")) (event.preventDefault(), this.classList.add("over"));
  };

  #drop = (event) => {
    this.classList.remove("over");
    if (event.dataTransfer?.files.length) (event.preventDefault(), this.#take(event.dataTransfer.files));
  };

  // A form that came back names the pieces that are here already.
  #again() {
    const hidden = (name) => [...this.form.querySelectorAll(`input[type=hidden][name=${name}]`)];
    const [ids, names, types, titles, days] = ["piece", "piece_name", "piece_type", "piece_title", "piece_date"].map(hidden);
    ids.forEach((id, i) => {
      const row = this.#add({ name: names[i].value, type: types[i].value }, id.value, titles[i].value, days[i].value);
      row.done = true;
      row.bar.value = row.bar.max;
      row.state.textContent = this.dataset.done;
    });
    for (const input of [...ids, ...names, ...types, ...titles, ...days]) input.remove();
  }

  #take(files) {
    for (const file of files) {
      const { id, key } = nameOf(file);
      if (this.#rows.some((row) => row.id === id)) continue;
      const row = this.#add(file, id, "", "");
      row.file = file;
      row.key = key;
    }
    this.#run();
  }

  #add(file, id, title, day) {
    const item = make("li", "");
    const row = { id, item, state: make("span", "", { className: "muted t13" }), bar: make("progress", "", { max: file.size || 1, value: 0 }) };
    const remove = make("button", this.dataset.remove, { type: "button", className: "btn small quiet" });
    const field = (label, name, value, type) => {
      const place = make("label", label, { className: "t13" });
      place.append(make("input", "", { name, value, type }));
      return place;
    };
    const fields = make("div", "", { className: "fields" });
    fields.append(field(this.dataset.title, "piece_title", title || file.name, "text"), field(this.dataset.day, "piece_date", day, "date"));
    row.bar.setAttribute("aria-label", file.name);
    remove.setAttribute("aria-label", `${this.dataset.remove} ${file.name}`);
    remove.addEventListener("click", () => this.#remove(row));
    const words = make("span", "");
    words.append(make("b", file.name), " ", row.state);
    item.append(words, remove, row.bar, fields);
    for (const [name, value] of [["piece", id], ["piece_name", file.name], ["piece_type", file.type]])
      item.append(make("input", "", { type: "hidden", name, value }));
    this.list.append(item);
    this.#rows.push(row);
    return row;
  }

  #remove(row) {
    row.gone = true;
    row.request?.abort();
    row.item.remove();
    this.#rows = this.#rows.filter((other) => other !== row);
    this.#waker();
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (let row; (row = this.#rows.find((each) => !each.done && !each.failed)); ) await this.#send(row);
    this.#running = false;
    if (this.#sender && this.#rows.every((row) => row.done)) this.form.requestSubmit(this.#sender);
  }

  async #send(row) {
    let at = -1, waitMs = waitFirstMs, isSent = false;
    while (!row.gone && !row.done) {
      const isPiece = at >= 0;
      const heard = await (isPiece ? this.#piece(row, at) : this.#ask(row));
      if (heard.at >= 0) {
        isSent ||= isPiece;
        at = heard.at;
        waitMs = waitFirstMs;
        row.state.textContent = "";
        this.#progress(row, at);
        row.done = at === row.file.size && (isSent || at > 0); // an empty file is sent, too
      } else if (heard.status >= 400 && heard.status < 500 && heard.status !== 408 && heard.status !== 429) {
        row.failed = true;
        row.state.textContent = this.dataset.gone;
        return;
      } else if (!row.gone) {
        at = -1;
        row.state.textContent = this.dataset.wait;
        await new Promise((resolve) => (setTimeout(resolve, waitMs), (this.#waker = resolve)));
        waitMs = Math.min(waitMs * 2, waitMostMs);
      }
    }
    if (row.done) (localStorage.removeItem(row.key), (row.state.textContent = this.dataset.done));
  }

  #progress(row, bytes) {
    row.bar.value = row.file.size ? bytes : 1;
  }

  #ask(row) {
    return this.#talk(row, "GET", `${this.getAttribute("to")}?id=${row.id}`, null);
  }

  #piece(row, at) {
    const body = new FormData();
    const token = this.form.elements.namedItem("form_token");
    if (token) body.append("form_token", token.value);
    body.append("file", row.file.slice(at, at + pieceBytes), "piece");
    return this.#talk(row, "POST", `${this.getAttribute("to")}?id=${row.id}&at=${at}`, body, at);
  }

  #talk(row, method, address, body, at = 0) {
    return new Promise((resolve) => {
      const request = (row.request = new XMLHttpRequest());
      request.open(method, address);
      if (body) request.upload.onprogress = (event) => this.#progress(row, at + Math.min(event.loaded, pieceBytes));
      request.onerror = request.onabort = request.ontimeout = () => resolve({ status: 0, at: -1 });
      request.onload = () => {
        const isTold = request.getResponseHeader("Content-Type")?.startsWith("application/json");
        resolve({ status: request.status, at: isTold ? JSON.parse(request.responseText).at : -1 });
      };
      request.send(body);
    });
  }

  #submit(event) {
    if (this.#rows.every((row) => row.done)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#sender = event.submitter;
    this.notice.textContent = this.dataset.hold;
    for (const row of this.#rows) row.failed = false;
    this.#run();
  }
}

customElements.define("pl-upload", Upload);
