// SPDX-License-Identifier: Apache-2.0
// Lints an OpenAPI document by the recommended rules of Redocly; warnings count as failures:  node lint.mjs OPENAPI
import path from 'node:path'
import { createConfig, lint, formatProblems, getTotals } from '@redocly/openapi-core'

const config = await createConfig({ extends: ['recommended'] })
const problems = await lint({ ref: path.resolve(process.argv[2]), config })
const totals = getTotals(problems)
if (problems.length > 0) formatProblems(problems, { format: 'stylish', totals, maxProblems: 30, version: '' })
console.log(`${totals.errors} errors, ${totals.warnings} warnings`)
process.exit(problems.length > 0 ? 1 : 0)
