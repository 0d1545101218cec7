// SPDX-License-Identifier: Apache-2.0
// Serves the gallery on the loopback, under the product's content security policy, and checks each page (tests/web/axe.mjs).
//   node tests/web/gallery/look.mjs FOLDER [NAME...]

import { createServer } from "node:http";
import { readdir, readFile } from "node:fs/promises";
import { check } from "../axe.mjs";

const [folder, ...names] = process.argv.slice(2);
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", woff2: "font/woff2" };

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  try {
    const bytes = await readFile(folder + pathname);
    response.writeHead(200, { "Content-Type": types[pathname.split(".").pop()] ?? "application/octet-stream",
      "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff" });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

const server = createServer(answer).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const pages = names.length > 0 ? names.map((name) => `${name}.html`) : (await readdir(folder)).filter((name) => name.endsWith(".html")).sort();
const count = await check(pages.map((name) => `http://127.0.0.1:${server.address().port}/${name}`), { png: `${folder}/png` });
server.close();
process.exit(count > 0 ? 1 : 0);
