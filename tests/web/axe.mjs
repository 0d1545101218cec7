// SPDX-License-Identifier: Apache-2.0
// Looks at pages as a browser shows them and as axe-core reads them.
//
//   node tests/web/axe.mjs [--state STATE.json] [--png FOLDER] URL...
//
// Each page is opened at 1440×900 and 390×844, light and dark. A run fails on an axe violation, an error in the console, a
// broken content security policy, a page wider than its window, or a script that a hostile text managed to run
// (window.__x). --state is a storage state of Playwright (a signed-in session); --png keeps pictures.

import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const views = [
  { name: "", width: 1440, height: 900, scheme: "light" },
  { name: "-dark", width: 1440, height: 900, scheme: "dark" },
  { name: "-phone", width: 390, height: 844, scheme: "light" },
  { name: "-phone-dark", width: 390, height: 844, scheme: "dark" },
];

function listen(page, problems) {
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
}

// What axe finds wrong. It is put in by the debugger's door, so the policy of the page stays as it is.
async function readByAxe(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `axe ${id}: ${help}: ${node.html.slice(0, 160)}`));
}

async function lookAt(browser, url, view, options) {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.scheme,
    hasTouch: view.width < 600,
    storageState: options.state,
  });
  const page = await context.newPage();
  const problems = [];
  listen(page, problems);
  const answer = await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  if (options.png) {
    const { pathname, search } = new URL(url);
    const name = (pathname + search).replace(/^\/|\.html$/g, "").replaceAll(/[^\w.-]/g, "-") || "home";
    await page.screenshot({ path: `${options.png}/${name}${view.name}.png`, fullPage: true });
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) problems.push(`the page is ${wide} px wider than its window`);
  if (await page.evaluate(() => window.__x !== undefined)) problems.push("a hostile text ran as a script");
  problems.push(...await readByAxe(page));
  await context.close();
  return problems.filter((problem) => !(answer.status() >= 400 && problem.includes("Failed to load resource")));
}

// Number of problems, after printing them.
export async function check(urls, options = {}) {
  if (options.png) await mkdir(options.png, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  let count = 0;
  for (const url of urls) {
    for (const view of views) {
      for (const problem of new Set(await lookAt(browser, url, view, options))) {
        console.log(`${url}${view.name}: ${problem}`);
        count++;
      }
    }
  }
  await browser.close();
  console.log(`${urls.length} pages in ${views.length} views, ${count} problems`);
  return count;
}

function parse(words) {
  const options = {}, urls = [];
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "--state" || words[i] === "--png") options[words[i].slice(2)] = words[++i];
    else urls.push(words[i]);
  }
  return { options, urls };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { options, urls } = parse(process.argv.slice(2));
  if (urls.length === 0) {
    console.error("usage: node tests/web/axe.mjs [--state STATE.json] [--png FOLDER] URL...");
    process.exit(2);
  }
  process.exit(await check(urls, options) > 0 ? 1 : 0);
}
