// SPDX-License-Identifier: Apache-2.0
// "Print" is there only where a script can do it; the browser's own menu prints the same page.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
