// The bundle is complete and does what `package.json` promises, with a stand-in for the editor.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import test from 'node:test'

const require = createRequire(import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** Whatever the client library takes from the editor's API while it is loaded: classes and enumerations. */
const anything = () => new Proxy(class {}, { get: (target, name) => target[name] ?? (target[name] = anything()) })

test('the bundle needs nothing but the editor', () => {
  const load = Module._load
  const needed = new Set()
  Module._load = (name, ...rest) => {
    if (!name.startsWith('node:') && !Module.builtinModules.includes(name) && !name.includes('/dist/')) needed.add(name)
    return name === 'vscode' ? anything() : load(name, ...rest)
  }
  try {
    const extension = require(`../${manifest.main}`)
    assert.equal(typeof extension.activate, 'function')
    assert.equal(typeof extension.deactivate, 'function')
  } finally {
    Module._load = load
  }
  assert.deepEqual([...needed], ['vscode'])
})

test('what the manifest names is there', () => {
  const source = readFileSync(new URL('../src/extension.js', import.meta.url), 'utf8')
  for (const { command } of manifest.contributes.commands) assert.ok(source.includes(`'${command}'`), command)
  for (const event of manifest.activationEvents.filter(event => event.startsWith('onLanguage:'))) {
    assert.ok(source.includes(`'${event.slice('onLanguage:'.length)}'`), `${event} starts it for nothing`)
  }
  for (const { configuration } of manifest.contributes.languages) {
    JSON.parse(readFileSync(new URL(`../${configuration}`, import.meta.url), 'utf8'))
  }
})
