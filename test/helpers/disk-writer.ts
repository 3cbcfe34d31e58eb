import { toAppError } from '../../src/main/core/desk-error.js'
import { openDesk, usableKeys } from './disk-desk.js'
import { makeRsa, pkcs1Pem } from './keys.js'
import { profileInput } from './profile-input.js'

/**
 * Works on a desk on disk as a user does, and tells of each thing once the desk says that it is done: for a disk that
 * refuses. One line of JSON per act, then one with the keys that this process can still use.
 * Arguments: the data folder, how many profiles to save, the user to become (a number, or none).
 */
const [folder = '', count = '0', user = ''] = process.argv.slice(2)
const pem = pkcs1Pem(makeRsa().privateKey)
const say = (line: object) => console.log(JSON.stringify(line))

/** @returns whether it was done */
async function act(what: object, work: () => unknown): Promise<boolean> {
  try {
    await work()
    say(what)
    return true
  } catch (thrown) {
    // All that there is of the error: nothing of a key, a path or the system may be in it.
    say({ refused: toAppError(thrown), thrown: `${thrown}` })
    return false
  }
}

// Once all modules are loaded: the other user may not be able to read them.
if (user !== '') {
  process.setgid?.(Number(user))
  process.setuid?.(Number(user))
}
await act({ opened: true }, async () => {
  const { desk } = openDesk(folder)
  const start = desk.profiles.list().length
  for (let made = 0; made < Number(count); made += 1) {
    const name = `Profile ${start + made + 1}`
    const { stagedKeyId } = desk.keyDesk.stage(pem)
    const done = await act({ saved: name, fingerprint: desk.keyDesk.peek(stagedKeyId).fingerprint }, () =>
      desk.saveProfile(profileInput({ name, stagedKeyId })),
    )
    if (!done) break
  }
  const [first] = desk.profiles.list()
  if (first) {
    const { keyId: _, ...fields } = first
    await act({ renamed: first.name, to: 'Renamed' }, () => desk.saveProfile({ ...fields, name: 'Renamed' }))
  }
  say({ usable: await usableKeys(desk) })
})
