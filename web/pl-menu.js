// SPDX-License-Identifier: Apache-2.0
// Menus made of <details>, the reader's own among them: one open at a time, closed by Escape or a press elsewhere.

const menus = "details:is(.menu, .me)";

function closeAll(except) {
  for (const menu of document.querySelectorAll(`${menus}[open]`)) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => closeAll(event.target.closest(menus)));

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(`${menus}[open]`);
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A verb that cannot be used yet: pressing it goes to the first missing thing, which takes the focus.
document.addEventListener("click", (event) => {
  const barred = event.target.closest("a[aria-disabled=true][href^='#']");
  const target = barred && document.getElementById(decodeURIComponent(barred.hash.slice(1)));
  if (target) setTimeout(() => target.focus());
});

// After a swap the changed part's heading takes the focus, so that readers by ear hear what is new.
document.addEventListener("htmx:after:swap", (event) => {
  const heading = (event.detail?.ctx?.target ?? event.target).querySelector?.("h1, h2, h3, [role=alert]");
  if (!heading) return;
  if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
});

// The result of an action steps aside after a while, unless somebody is at it.
setTimeout(function leave() {
  const toast = document.querySelector("#notice .toast");
  if (toast?.matches(":hover, :focus-within")) setTimeout(leave, 4000);
  else toast?.remove();
}, 12000);
