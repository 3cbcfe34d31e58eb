import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS, FORMAT_OPTIONS, HELP, SHELLS, VERSION } from '../../../src/cli/commands.js'
import { completionScript } from '../../../src/cli/completion.js'
import { EXIT, EXIT_TEXTS } from '../../../src/cli/exit-codes.js'
import { helpText, VARIABLE_TEXTS } from '../../../src/cli/help.js'
import { isOnPath } from '../../helpers/on-path.js'

const root = resolve(import.meta.dirname, '..', '..', '..')
const manPage = readFileSync(join(root, 'docs', 'tokendesk.1'), 'utf8')
/** As it is read: without roff's escapes of the minus sign. */
const manual = manPage.replaceAll('\\-', '-')
/** A command's lines of the synopsis. */
const synopsisOf = (name: string) => (manual.split(`.Nm\n.Cm ${name}\n`)[1] ?? '').split(/\n\.(?:Nm|Sh)\b/)[0] ?? ''
const options = [...new Set(COMMANDS.flatMap((command) => command.options.map(({ name }) => name)))]

describe('every command and option', () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))('of %s stands in its help', (name, command) => {
    const text = helpText(command)
    expect(helpText(null)).toContain(`  ${name}`)
    for (const option of command.options) expect(text).toContain(`--${option.name}`)
    for (const [code, words] of Object.entries(EXIT_TEXTS)) expect(text).toContain(`  ${code}  ${words}`)
  })
  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'of %s stands in the manual',
    (name, command) => {
      expect(manual).toContain(`\n.It Cm ${name}\n`)
      for (const option of command.options)
        expect(synopsisOf(name), `${name} --${option.name}`).toContain(`-${option.name}`)
    },
  )
  it('is explained in the manual, with the exit codes and the variables', () => {
    for (const name of options) expect(manual).toContain(`\n.It Fl -${name}`)
    for (const { name } of [HELP, VERSION]) expect(manual).toMatch(new RegExp(`\\n\\.It Fl (\\w , )?-${name}`))
    for (const code of Object.keys(EXIT_TEXTS)) expect(manual).toContain(`\n.It ${code}\n`)
    for (const variable of Object.keys(VARIABLE_TEXTS)) expect(manual).toContain(`\n.It Ev ${variable}\n`)
  })
  it('stands in README: commands, formats, exit codes and variables', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    for (const { name } of COMMANDS) expect(readme).toContain(`tokendesk ${name}`)
    for (const name of Object.keys(FORMAT_OPTIONS)) expect(readme).toContain(`--${name}`)
    for (const [code, words] of Object.entries(EXIT_TEXTS)) expect(readme).toContain(`| ${code} | ${words} |`)
    for (const variable of Object.keys(VARIABLE_TEXTS)) expect(readme).toContain(`\`${variable}\``)
  })
  it('has its exit code explained', () => {
    const own = Object.values(EXIT).filter((code) => code < 100)
    expect(Object.keys(EXIT_TEXTS).map(Number)).toEqual(own)
  })
  it('of a format is one of token’s', () => {
    const names = COMMANDS.find(({ name }) => name === 'token')?.options.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(FORMAT_OPTIONS)))
  })
  it.each(SHELLS)('stands in the completion of %s', (shell) => {
    const script = completionScript(shell)
    for (const { name, options: own, passesOn } of COMMANDS) {
      expect(script).toContain(name)
      // fish writes `-l name`.
      if (!passesOn) for (const option of own) expect(script).toMatch(new RegExp(`(--|-l )${option.name}\\b`))
    }
    expect(script).toContain('profiles --names --no-start')
  })
})

// Where the shell and the typesetter are there to ask.
describe('is well formed', () => {
  it.for([
    ['bash', '-n'],
    ['zsh', '-n'],
    ['fish', '--no-execute'],
  ] as const)('for %s', ([shell, onlyParse], { skip }) => {
    skip(!isOnPath(shell))
    const file = join(mkdtempSync(join(tmpdir(), 'token-desk-completion-')), shell)
    writeFileSync(file, completionScript(shell))
    const { stderr, status } = spawnSync(shell, [onlyParse, file], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
  it.skipIf(!isOnPath('groff'))('for man', () => {
    const { stderr, status } = spawnSync('groff', ['-mdoc', '-ww', '-z'], { input: manPage, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
})
