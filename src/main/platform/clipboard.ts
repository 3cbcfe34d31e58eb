import type { Clipboard as ElectronClipboard, ClipboardItem as Item } from 'electron'
import type { Clipboard } from '../core/ports.js'

/**
 * What tells clipboard managers to keep their hands off, by the platform's own format name. That the format is there
 * is what counts on macOS and Windows; but an empty payload might not be written at all, so it holds one character.
 * - macOS: http://nspasteboard.org
 * - Windows, history and cloud: https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
 * - Linux, Klipper: https://github.com/KDE/plasma-workspace/tree/master/klipper
 */
const MARKS: Readonly<Record<string, readonly [format: string, payload: string]>> = {
  darwin: ['org.nspasteboard.ConcealedType', '1'],
  win32: ['ExcludeClipboardContentFromMonitorProcessing', '1'],
  linux: ['x-kde-passwordManagerHint', 'secret'],
}

type Native = Pick<ElectronClipboard, 'write' | 'writeText' | 'readText'>

/** The system's clipboard. A secret is marked as concealed where the system can be told, and copied plainly where not. */
export function createClipboard(native: Native, ClipboardItem: typeof Item, platform: string): Clipboard {
  async function writeMarked(text: string, [format, payload]: readonly [string, string]): Promise<void> {
    // A raw platform format: https://www.electronjs.org/docs/latest/api/clipboard
    const marked = `electron application/osclipboard;format="${format}"`
    await native.write([new ClipboardItem({ 'text/plain': text, [marked]: payload })])
  }
  return {
    async writeSecret(text) {
      const mark = MARKS[platform]
      try {
        if (!mark) throw new Error('no mark is known for this platform')
        await writeMarked(text, mark)
      } catch {
        // Without the mark rather than not at all: the user asked for the copy.
        await native.writeText(text)
      }
    },
    writeText: (text) => native.writeText(text),
    readText: () => native.readText(),
    // Electron's own `clear` returns before it is done, and the end of the app has to wait for it.
    clear: () => native.writeText(''),
  }
}
