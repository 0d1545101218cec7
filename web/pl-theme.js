// SPDX-License-Identifier: Apache-2.0
// Light, dark or system at once, without loading the page anew; the form tells the server as it would without script.

function onSubmit(event) {
  const form = event.target.closest("form.theme");
  const theme = event.submitter?.value;
  if (!form || theme === undefined) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (theme === "") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === event.submitter));
}

document.addEventListener("submit", onSubmit);
