// SPDX-License-Identifier: Apache-2.0
// Keys of the whole site. A key only does what a visible link or control does; single keys are off while a field has the
// focus, and everywhere when <html data-keys="off"> (WCAG 2.1.4).

const places = { w: "/", p: "/programmes", a: "/audits", n: "/nonconformities", i: "/indicators", r: "/record" };
const answers = { 1: 0, 2: 1, 3: 2 };
let awaitingPlace = false;

function isTyping(target) {
  return target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]") !== null;
}

// Rows of the first list on the page, or steps of a working paper, or items of a work list.
function rows() {
  for (const selector of [".step", ".table tbody tr", ".worklist > li"]) {
    const found = [...document.querySelectorAll(`main ${selector}`)];
    if (found.length > 0) return found;
  }
  return [];
}

function currentRow() {
  return rows().find((row) => row.classList.contains("here")) ?? null;
}

function moveRow(by) {
  const all = rows();
  if (all.length === 0) return;
  const old = all.indexOf(currentRow());
  const next = Math.min(Math.max(old < 0 ? 0 : old + by, 0), all.length - 1);
  all[old]?.classList.remove("here");
  all[next].classList.add("here");
  all[next].scrollIntoView({ block: "nearest" });
  all[next].querySelector("a, input, button")?.focus({ preventScroll: true });
}

function answerRow(key) {
  const radio = currentRow()?.querySelectorAll(".seg input")[answers[key]];
  if (radio && !radio.disabled) radio.click();
}

function press(selector) {
  const control = document.querySelector(`main ${selector}`);
  control?.focus();
  control?.click();
}

function findRecord() {
  const field = document.querySelector(".side .find input");
  if (field?.offsetParent) field.focus();
  else location.assign("/find");
}

const actions = {
  "/": findRecord,
  "?": () => location.assign("/profile#keys"),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  x: () => currentRow()?.querySelector("[name=sel]")?.click(),
  f: () => press("[data-key=f]"),
  e: () => press("[data-key=e]"),
  r: () => press("[data-key=r]"),
  n: () => press("a[rel=next]"),
  b: () => press("a[rel=prev]"),
  1: () => answerRow("1"),
  2: () => answerRow("2"),
  3: () => answerRow("3"),
};

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest("form")?.querySelector(".btn.primary[type=submit]")?.click();
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.documentElement.dataset.keys === "off") return;
  if (awaitingPlace) {
    awaitingPlace = false;
    if (places[event.key]) location.assign(places[event.key]);
    return;
  }
  if (event.key === "g") {
    awaitingPlace = true;
    return;
  }
  if (!Object.hasOwn(actions, event.key)) return;
  event.preventDefault();
  actions[event.key]();
}

document.addEventListener("keydown", onKey);
