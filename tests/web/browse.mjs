// SPDX-License-Identifier: Apache-2.0
// Walks through the built program as people do: sets up an empty store, signs in, makes and changes records, with and
// without scripts, by keyboard alone, and looks at every page in four views (tests/web/axe.mjs).
//
//   node tests/web/browse.mjs [PICTURES]     PLUMBLINE: the program, else build/plumbline
//
// Everything happens on the loopback and in a temporary folder. The last line is "N passed, N failed".

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { check } from "./axe.mjs";

const program = process.env.PLUMBLINE ?? "build/plumbline";
const folder = mkdtempSync(join(tmpdir(), "plumbline-browse-"));
const store = join(folder, "store");
const state = join(folder, "state.json");
const pictures = process.argv[2];
const secret = "three words nobody joins";

function plumbline(...words) {
  return execFileSync(program, ["--data", store, ...words], { encoding: "utf8" });
}

// The server, once it says where it listens and what opens the set-up.
async function serve() {
  const server = spawn(program, ["--data", store, "serve", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const port = await new Promise((resolve, reject) => {
    server.on("exit", () => reject(new Error(`the server ended:\n${said}`)));
    server.stderr.on("data", (bytes) => {
      said += bytes;
      const found = /on port (\d+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
  return { server, base: `http://127.0.0.1:${port}`, setup: /\/setup\?key=\S+/.exec(said)?.[0] ?? "/setup", said: () => said };
}

let passed = 0, failed = 0;
async function test(name, walk) {
  try {
    await walk();
    passed++;
    console.log(`[       OK ] ${name}`);
  } catch (error) {
    failed++;
    if (pictures) await page.screenshot({ path: join(pictures, `failed-${failed}.png`), fullPage: true });
    console.log(`[  FAILED  ] ${name}\n${error.stack}`);
  }
}

async function submit(page, label) {
  await page.getByRole("main").getByRole("button", { name: label, exact: true }).click();
  await page.waitForLoadState("load");
}

async function signIn(page, base, login) {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel("Name to sign in with").fill(login);
  await page.getByLabel("Password").fill(secret);
  await submit(page, "Sign in");
}

plumbline("init", "--name", "Veldane Systems B.V.", "--zone", "Europe/Amsterdam");
const { server, base, setup, said } = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
context.setDefaultTimeout(8000);
const page = await context.newPage();

await test("the first visitor makes the first administrator", async () => {
  await page.goto(base + setup);
  if (pictures) await page.screenshot({ path: join(pictures, "setup.png"), fullPage: true });
  await page.getByLabel("Your name").fill("Hannah Okoro");
  await page.getByLabel("Name to sign in with").fill("hannah");
  await page.getByLabel("Password").fill("short");
  await submit(page, "Begin");
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByLabel("Your name").inputValue(), "Hannah Okoro");
  await page.getByLabel("Password").fill(secret);
  await submit(page, "Begin");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
});

await test("the set-up is closed from then on", async () => {
  await page.goto(base + setup);
  assert.equal(new URL(page.url()).pathname, "/sign-in");
});

await test("the administrator signs in and meets her work", async () => {
  await signIn(page, base, "hannah");
  await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
  await context.storageState({ path: state });
});

// A little company, made at the command line while the server runs.
function people() {
  const rows = [["p-elias", "Elias Brandt", "Head of Risk and Internal Audit"], ["p-tomasz", "Tomasz Wilk", "Platform lead"],
    ["p-noor", "Noor Haddad", "QA lead, Engineering"], ["p-ingrid", "Ingrid Solbakken", "Chief executive"]];
  for (const [number, name, job] of rows) plumbline("--as", "hannah", "person", "create", "--number", number, "--name", name, "--job", job);
  const hannah = JSON.parse(plumbline("--as", "hannah", "--json", "person", "list", "--q", "Hannah")).items[0].number;
  const roles = [[hannah, "isms_manager"], ["p-elias", "programme_manager"], ["p-ingrid", "top_management"]];
  for (const [person, role] of roles)
    plumbline("--as", "hannah", "role", "create", "--person", person, "--role", role, "--since", "2025-01-01");
  plumbline("--as", "hannah", "process", "create", "--name", "Platform operation", "--owner", "p-tomasz", "--criticality", "high");
  plumbline("--as", "hannah", "process", "create", "--name", "Software development", "--owner", "p-noor", "--criticality", "medium");
}

await test("a person is added by a form, with what is wrong named first", async () => {
  people();
  await page.goto(`${base}/people`);
  await page.getByRole("link", { name: "Add person" }).click();
  await page.getByLabel("Mail").fill("mei@example.org");
  await submit(page, "Add person");
  const error = page.getByRole("alert");
  await error.waitFor();
  assert.equal(await error.evaluate((node) => node === document.activeElement), true);
  await error.getByRole("link").first().click();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "name");
  await page.getByLabel("Name", { exact: true }).fill("Mei Tanaka");
  await submit(page, "Add person");
  await page.getByRole("heading", { level: 1, name: "Mei Tanaka" }).waitFor();
  assert.match(await page.getByRole("main").innerText(), /mei@example\.org/);
});

await test("what two people change in one field is shown side by side", async () => {
  const address = page.url().replace(/\?.*/, "");
  const number = address.split("/").pop();
  await page.goto(`${address}/edit`);
  plumbline("--as", "hannah", "person", "edit", number, "--job", "Senior SRE");
  await page.getByLabel("What the person does").fill("Site reliability engineer");
  await page.getByLabel("Firm").fill("Veldane");
  await submit(page, "Save");
  if (pictures) await page.screenshot({ path: join(pictures, "conflict.png"), fullPage: true });
  await submit(page, "Save with my text");
  const text = await page.getByRole("main").innerText();
  assert.match(text, /Site reliability engineer/);
  assert.match(text, /Veldane/);
});

await test("the history tells what was changed", async () => {
  await page.getByRole("link", { name: "History and proof" }).click();
  assert.equal(await page.locator("ol.plain > li").count(), 3);
});

await test("a file is taken with its evidence and comes back as an attachment", async () => {
  await page.goto(`${base}/documents/new`);
  const file = page.locator("input[type=file]").first();
  await page.getByLabel("Title").fill("Backup standard");
  await file.setInputFiles({ name: "standard.txt", mimeType: "text/plain", buffer: Buffer.from("Back up.\n") });
  await submit(page, "Add document");
  // the version was forgotten: the file that came is not asked for again
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Version").fill("3");
  await submit(page, "Add document");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[href*='/files/']").first().click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).toString(), "Back up.\n");
});

await test("numbers typed as people do lead to their record", async () => {
  await page.goto(base);
  await page.keyboard.press("/");
  await page.keyboard.type("pr1");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/processes/PR-01");
});

await test("everything works without scripts", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: state, viewport: { width: 390, height: 844 } });
  const phone = await plain.newPage();
  await phone.goto(`${base}/people/new`);
  await phone.getByLabel("Name", { exact: true }).fill("Ruben Pires");
  await submit(phone, "Add person");
  await phone.getByRole("heading", { level: 1, name: "Ruben Pires" }).waitFor();
  await phone.goto(`${base}/people?sort=-name`);
  assert.match(await phone.locator("tbody tr").first().innerText(), /Tomasz Wilk/);
  await phone.getByText("Columns", { exact: true }).first().click();
  await phone.getByLabel("Mail").check();
  await phone.getByRole("button", { name: "Show these" }).click();
  await phone.waitForURL("**columns=mail**");
  await plain.close();
});

await test("a form can be filled in and sent by keyboard alone", async () => {
  await page.goto(`${base}/people/new`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  while (await page.evaluate(() => document.activeElement?.getAttribute("name")) !== "name") await page.keyboard.press("Tab");
  await page.keyboard.type("Chiara Conti");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { level: 1, name: "Chiara Conti" }).waitFor();
});

await test("what was typed survives a crash, and can be discarded", async () => {
  const first = await context.newPage();
  await first.goto(`${base}/people/new`);
  await first.getByLabel("Name", { exact: true }).fill("Typed before the crash");
  await first.getByText("Kept in this browser").waitFor();
  await first.close();
  await page.goto(`${base}/people/new`);
  await page.getByText("Not sent yet, and back from this browser").waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Typed before the crash");
  await page.getByRole("button", { name: "Discard it" }).click();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "");
  await page.reload();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "");
});

await test("a lost connection keeps the text in the page and says so", async () => {
  await page.goto(`${base}/people/new`);
  await page.getByLabel("Name", { exact: true }).fill("Gareth Lowe");
  await context.setOffline(true);
  await page.getByRole("main").getByRole("button", { name: "Add person" }).click();
  await page.getByText("Not sent: no connection").waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Gareth Lowe");
  await context.setOffline(false);
  await page.getByText("The connection is back").waitFor();
  await submit(page, "Add person");
  await page.getByRole("heading", { level: 1, name: "Gareth Lowe" }).waitFor();
  await page.goto(`${base}/people/new`);
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "");
});

await test("what was refused stays kept, what was done does not come back", async () => {
  await page.goto(`${base}/people/p-elias/edit`);
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByLabel("What the person does").fill("Head of audit");
  await submit(page, "Save");
  await page.getByRole("alert").waitFor();
  await page.goto(`${base}/people/p-elias/edit`);
  assert.equal(await page.getByLabel("What the person does").inputValue(), "Head of audit");
  await page.getByLabel("Name", { exact: true }).fill("Elias Brandt");
  await submit(page, "Save");
  await page.getByRole("heading", { level: 1, name: "Elias Brandt" }).waitFor();
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("draft:"))), []);
});

await test("dark stays dark on the next page", async () => {
  await page.goto(base);
  await page.locator(".me > summary").click();
  await page.getByRole("button", { name: "Dark" }).click();
  await page.waitForLoadState("load");
  await page.goto(`${base}/people`);
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await page.locator(".me > summary").click();
  await page.getByRole("button", { name: "System" }).click();
});

// An audit of Hannah's with a request for evidence, and a link to it.
function fieldwork() {
  const hannah = JSON.parse(plumbline("--as", "hannah", "--json", "person", "list", "--q", "Hannah")).items[0].number;
  const cli = (...words) => plumbline("--as", "hannah", ...words);
  const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
  cli("role", "create", "--person", hannah, "--role", "programme_manager", "--since", "2025-01-01");
  cli("audit", "create", "--number", "IA-1", "--kind", "internal", "--title", "Access", "--lead", hannah, "--start", day(-1), "--last_day", day(3));
  cli("evidence_request", "create", "--number", "ER-1", "--audit", "IA-1", "--text", "List of leavers", "--asked_of", "p-tomasz", "--due", day(2));
  return day(-1);
}

const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const files = [
  { name: "leavers.csv", mimeType: "text/csv", buffer: Buffer.from("id,name\n1,<script>window.__x=1</script>\n") },
  { name: "<img src=x onerror=__x=1>.svg", mimeType: "image/svg+xml", buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="__x=1"/>') },
  { name: "large.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc((9 << 20) + 5, 7) },
];
let fact, link;

await test("files chosen, dropped and pasted go up in pieces, over a line that breaks", async () => {
  fact = fieldwork();
  await page.goto(`${base}/evidence/upload?audit=IA-1`);
  let cuts = 2;
  await page.route(/\/uploads\?.*at=/, (route) => (cuts-- > 0 ? route.abort() : route.continue()));
  await page.getByLabel("Files").setInputFiles(files);
  await page.evaluate((bytes) => {
    const give = (name) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
      return data;
    };
    dispatchEvent(new DragEvent("drop", { dataTransfer: give("dropped.png"), cancelable: true }));
    dispatchEvent(new ClipboardEvent("paste", { clipboardData: give("pasted.png"), cancelable: true }));
  }, [...picture]);
  assert.equal(await page.locator(".uploads li").count(), 5);
  await page.locator("[name=fact_date]").fill(fact);
  await page.getByRole("main").getByRole("button", { name: "Add evidence" }).click(); // before they are here: it waits
  await page.waitForURL(/\/evidence\?audit=IA-1/, { timeout: 60000 });
  await page.unroute(/\/uploads\?.*at=/);
  const made = JSON.parse(plumbline("--as", "hannah", "--json", "evidence", "list")).items;
  assert.equal(made.length, 5);
  assert.deepEqual(made.map((item) => item.file_size).sort((a, b) => a - b).at(-1), (9 << 20) + 5);
});

await test("content is shown in the page, acts on nothing, and is written down", async () => {
  await page.goto(`${base}/evidence/EV-001`);
  await page.getByRole("link", { name: "Show content" }).click();
  await page.getByText("<script>window.__x=1</script>").waitFor();
  assert.match(await page.getByRole("main").innerText(), /Shown on a page/);
  assert.equal(await page.evaluate(() => window.__x), undefined);
  await page.goto(`${base}/evidence/EV-004?show=content`);
  assert.equal(await page.locator("img.content").evaluate((image) => image.complete && image.naturalWidth), 1);
});

await test("somebody without an account answers through a link, without scripts, on a phone", async () => {
  await page.goto(`${base}/evidence-requests/ER-1/make-link`);
  await submit(page, "Make a link");
  link = (await page.locator("code").first().innerText()).trim();
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const phone = await plain.newPage();
  await phone.goto(link);
  await phone.getByLabel("Your name").fill("Pia Lang");
  await phone.getByLabel("Files").setInputFiles(files.slice(0, 2));
  await submit(phone, "Send answer");
  await phone.getByText("say below why there is none").first().waitFor();
  await phone.getByLabel("Day of the fact").fill(fact);
  await phone.getByLabel("Files").setInputFiles(files.slice(0, 2));
  if (pictures) await phone.screenshot({ path: join(pictures, "answer-phone.png"), fullPage: true });
  await submit(phone, "Send answer");
  await phone.getByText("Your answer is here").waitFor();
  await plain.close();
  plumbline("--as", "hannah", "evidence_request", "return", "ER-1", "--reason", "One is missing");
});

await test("every page passes axe in four views", async () => {
  const paths = ["/", "/people", "/people/p-elias", "/people/p-elias/edit", "/people/p-elias/history?as-of=2026-01-01",
    "/people/p-elias/void", "/processes", "/processes/PR-01", "/processes/new", "/people?state=void", "/people?q=nobodyhere",
    "/find", "/find?q=platform", "/find?q=nobodyhere", "/settings", "/record", "/profile", "/password", "/rules/G-06",
    "/nonconformities", "/nonconformities/new", "/audits", "/findings/new", "/audits/new", "/roles", "/accounts", "/tokens/new",
    "/nothing", "/documents/DOC-01", "/evidence/upload?audit=IA-1", "/evidence/new", "/evidence/EV-001?show=content",
    "/evidence/EV-002?show=content", "/evidence/EV-003?show=content", "/evidence/EV-004?show=content", "/evidence-requests/ER-1",
    "/evidence/upload?request=ER-1", "/audits/IA-1", "/custody-entries", "/evidence-uses/new?evidence=EV-001"];
  assert.equal(await check(paths.map((path) => base + path), { state, png: pictures }), 0);
  assert.equal(await check([`${base}/sign-in`, link], { png: pictures }), 0);
});

await test("nothing failed in the server", async () => assert.doesNotMatch(said(), / error /));

await browser.close();
server.kill("SIGTERM");
await new Promise((resolve) => server.once("exit", resolve));
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
