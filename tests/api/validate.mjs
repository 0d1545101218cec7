// SPDX-License-Identifier: Apache-2.0
// Holds recorded answers against the OpenAPI document:  node validate.mjs OPENAPI ANSWERS
// ANSWERS has a line of JSON for each: {method, path, sent, status, type, body}. An answer fits when its address, method
// and status are in the document and its body is what the schema there says; a request that was done must fit too, so
// that the document asks for no more than the program does. Exit status 1 when something does not fit.
import fs from 'node:fs'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const [document, answers] = process.argv.slice(2).map(name => fs.readFileSync(name, 'utf8'))
const openapi = JSON.parse(document)
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: true })
addFormats(ajv)
ajv.addSchema({ $id: 'openapi', ...openapi })

const pointer = parts => 'openapi#/' + parts.map(part => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')
const compiled = new Map()
function schemaAt (parts) {
  const at = pointer(parts)
  if (!compiled.has(at)) compiled.set(at, ajv.compile({ $ref: at }))
  return compiled.get(at)
}

// Templates with fewer variables first: a verb's name is no number.
const templates = Object.keys(openapi.paths).map(path => ({
  path,
  root: openapi.paths[path].servers?.[0].url === '/' ? '' : '/api/v1',
  pattern: new RegExp('^' + path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+') + '$'),
  variables: (path.match(/\{/g) || []).length
})).sort((a, b) => a.variables - b.variables)

function operationOf (method, target) {
  const path = target.split('?')[0]
  for (const template of templates) {
    const below = path.startsWith(template.root) ? path.slice(template.root.length) || '/' : null
    if (below === null || !template.pattern.test(below)) continue
    if (openapi.paths[template.path][method]) return ['paths', template.path, method]
  }
  return null
}

function resolve (parts) {
  let at = openapi
  for (const part of parts) at = at?.[part]
  return at?.$ref ? at.$ref.slice(2).split('/') : at && parts
}

function wrong (answer) {
  const method = answer.method.toLowerCase()
  const operation = operationOf(method, answer.path)
  const isProblem = answer.type.startsWith('application/problem+json')
  if (answer.status >= 400 && !isProblem) return 'a refusal that is no problem'
  let response = operation && resolve([...operation, 'responses', String(answer.status)])
  if (!response) {
    // No such address or method, or refused by the server before anybody looked at it.
    const isOutside = !operation ? answer.status >= 400 : [400, 408, 413, 421, 431].includes(answer.status)
    if (!isOutside) return operation ? 'a status that is not in the document' : 'an address that is not in the document'
    response = ['components', 'responses', 'Problem' + answer.status]
    if (!resolve(response)) return null
  }
  if (answer.status === 304 || answer.body === null) return null
  const media = answer.type.split(';')[0]
  const at = response.reduce((value, part) => value[part], openapi)
  if (!at.content?.[media]) return `the type ${media} is not in the document`
  if (!media.endsWith('json')) return null
  const check = schemaAt([...response, 'content', media, 'schema'])
  if (!check(JSON.parse(answer.body))) return 'its body: ' + ajv.errorsText(check.errors)
  if (method !== 'post' || answer.status !== 200 || !answer.sent) return null
  const request = schemaAt([...operation, 'requestBody', 'content', 'application/json', 'schema'])
  return request(JSON.parse(answer.sent)) ? null : 'what was sent: ' + ajv.errorsText(request.errors)
}

let count = 0
let failures = 0
for (const line of answers.split('\n')) {
  if (!line) continue
  const answer = JSON.parse(line)
  const why = wrong(answer)
  count++
  if (!why) continue
  failures++
  if (failures < 20) console.log(`${answer.method} ${answer.path} → ${answer.status}: ${why}\n  ${answer.body?.slice(0, 300)}`)
}
console.log(`${count} answers, ${failures} do not fit`)
process.exit(failures > 0 || count === 0 ? 1 : 0)
