import { describe, expect, it } from 'vitest'
import { createKeyDesk } from '../../src/main/core/key-desk.js'
import { codeOf } from '../helpers/errors.js'
import { anyKey, pkcs1Pem } from '../helpers/keys.js'

const { privateKey, fingerprint } = anyKey()
const pem = pkcs1Pem(privateKey)
const encrypted = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' })
  .toString()

describe('a staged key', () => {
  it('is known by its fingerprint; its text does not come back', () => {
    const staged = createKeyDesk().stage(pem)
    expect(staged).toMatchObject({ kind: 'ready', fingerprint })
    expect(JSON.stringify(staged)).not.toContain(pem.slice(40, 80))
  })
  it('that is encrypted opens at the second try', async () => {
    const desk = createKeyDesk()
    const { stagedKeyId, kind } = desk.stage(encrypted)
    expect(kind).toBe('passphrase-needed')
    expect(await codeOf(() => desk.peek(stagedKeyId))).toBe('key_not_staged')
    expect(await codeOf(() => desk.unlock(stagedKeyId, 'wrong'))).toBe('key_passphrase_wrong')
    expect(desk.unlock(stagedKeyId, 'right')).toMatchObject({ kind: 'ready', fingerprint })
    expect(desk.peek(stagedKeyId).fingerprint).toBe(fingerprint)
  })
  it('is gone after being discarded', async () => {
    const desk = createKeyDesk()
    const { stagedKeyId } = desk.stage(pem)
    desk.discard(stagedKeyId)
    expect(await codeOf(() => desk.peek(stagedKeyId))).toBe('key_not_staged')
  })
  it('does not pile up: the oldest makes room', async () => {
    const desk = createKeyDesk()
    const ids = Array.from({ length: 9 }, () => desk.stage(encrypted).stagedKeyId)
    expect(await codeOf(() => desk.unlock(ids[0] ?? '', 'right'))).toBe('key_not_staged')
    expect(desk.unlock(ids[8] ?? '', 'right').kind).toBe('ready')
  })
})
