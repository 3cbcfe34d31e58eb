/** `browser`: the built app runs in Node and a system browser, because Electron's binary is not to be had. */
export function hostKind(): 'electron' | 'browser' {
  return process.versions.electron === undefined ? 'browser' : 'electron'
}
