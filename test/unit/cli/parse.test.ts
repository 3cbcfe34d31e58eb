import { describe, expect, it } from 'vitest'
import { EXIT } from '../../../src/cli/exit-codes.js'
import { Failure } from '../../../src/cli/failure.js'
import { nearest } from '../../../src/cli/nearest.js'
import { parse } from '../../../src/cli/parse.js'

function parsed(...argv: string[]) {
  const request = parse(argv)
  if (request.kind !== 'run') throw new Error(`not run but ${request.kind}`)
  return request.parsed
}
function refused(...argv: string[]): Failure {
  try {
    parse(argv)
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown
  }
  throw new Error('nothing was refused')
}

describe('a command line', () => {
  it('is a command, its options in any order, and one operand', () => {
    const { command, operand, text, flag } = parsed('token', '--json', 'My app', '--env=demo')
    expect([command.name, operand, text('env'), flag('json'), flag('curl')]).toEqual([
      'token',
      'My app',
      'demo',
      true,
      false,
    ])
  })
  it('of exec leaves what follows the first “--” as it is', () => {
    const { operand, rest } = parsed('exec', 'My app', '--', 'npm', 'run', '--', '--help', '--env')
    expect([operand, rest]).toEqual(['My app', ['npm', 'run', '--', '--help', '--env']])
    expect(parsed('exec', '--', 'a').operand).toBeUndefined()
  })
  it('of simulator is the simulator’s own', () => {
    expect(parsed('simulator', '--port', '0', '--help').rest).toEqual(['--port', '0', '--help'])
  })
  it('is not repeated where it may be a key, a token or a secret', () => {
    for (const secret of [
      `tdk_${'aB3_'.repeat(11)}`,
      `eyJ0${'x'.repeat(600)}`,
      '-----BEGIN RSA PRIVATE KEY-----',
      'M'.repeat(64),
    ]) {
      for (const argv of [[secret], ['token', 'name', secret], ['token', `--${secret}`], ['profiles', secret]]) {
        expect(`${refused(...argv).message}${refused(...argv).hint}`).not.toContain(secret.slice(5, 25))
      }
    }
    expect(refused('token', 'name', 'another name').message).toContain(': another name.')
  })
  it('may name several files', () => {
    expect(parsed('token', '--from-file', 'a', '--from-file=b').texts('from-file')).toEqual(['a', 'b'])
    expect(parsed('token').texts('from-file')).toEqual([])
  })
  it('may ask for help, of everything or of a command, and for the version', () => {
    expect(parse(['--help'])).toEqual({ kind: 'help', command: null })
    expect(parse(['token', 'x', '-h'])).toMatchObject({ kind: 'help', command: { name: 'token' } })
    expect(parse(['--version'])).toEqual({ kind: 'version' })
    expect(parsed('help', 'exec').operand).toBe('exec')
  })
  it.each([
    [[], 'Say what to do.', '--help'],
    [['tokn'], 'Unknown command: tokn. Did you mean token?', '--help'],
    [['--foo'], 'Unknown option: --foo.', '--help'],
    [['token', '--foo'], 'Unknown option: --foo.', 'token --help'],
    [['token', '-x'], 'Unknown option: -x.', 'token --help'],
    [['token', '--env'], 'A value is missing after --env.', 'token --help'],
    [['token', '--env', '--json'], 'A value is missing after --env.', 'token --help'],
    [['token', '--data-folder', ''], 'A value is missing after --data-folder.', 'token --help'],
    [['token', '--from-file=a', '--from-file='], 'A value is missing after --from-file.', 'token --help'],
    [['token', '--json=1'], '--json takes no value.', 'token --help'],
    [['token', '--env', 'prod'], '--env takes one of: demo, production, simulator, custom.', 'token --help'],
    [['token', 'a', 'b'], 'Unexpected argument: b.', 'token --help'],
    [['profiles', 'a'], 'Unexpected argument: a.', 'profiles --help'],
    [['token', 'a', '--', 'b'], 'Nothing follows “--” here.', 'token --help'],
    [['exec', 'a', 'npm', 'test'], 'Unexpected argument: npm. Put “--” before the command.', 'exec --help'],
  ])('%j is refused in one line, with a hint', (argv, message, hint) => {
    const failure = refused(...argv)
    expect(failure.exitCode).toBe(EXIT.usage)
    expect([failure.message, failure.hint]).toEqual([message, `Try: tokendesk ${hint}`])
  })
})

describe('what was probably meant', () => {
  it.each([
    ['simulatr', 'Simulator'],
    ['SIMUL', 'Simulator'],
    ['My ap', 'My app'],
    ['zzz', null],
    ['', null],
    ['x'.repeat(10_000), null],
  ])('by %s', (given, expected) => {
    expect(nearest(given, ['Simulator', 'My app'])).toBe(expected)
  })
})
