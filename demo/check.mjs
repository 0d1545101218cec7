// SPDX-License-Identifier: Apache-2.0
// Compares indicators (standard input) with what the scenario expects; exit 1 with each difference.
import { readFileSync } from 'node:fs';

const got = JSON.parse(readFileSync(0, 'utf8'));
const { expected_kpis: expected } = JSON.parse(readFileSync(new URL('demo-scenario.json', import.meta.url), 'utf8'));
const text = (value) => JSON.stringify(value, (_, v) =>
  v !== null && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v);
const wrong = Object.keys(expected).filter((name) => text(got[name]) !== text(expected[name]));

for (const name of wrong) console.error(`${name}: expected ${text(expected[name])}, got ${text(got[name])}`);
if (wrong.length > 0) process.exit(1);
console.log(`All ${Object.keys(expected).length} are equal.`);
