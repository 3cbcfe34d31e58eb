import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Api } from '../../src/shared/contract.js'
import { startDesk } from '../e2e/driver.js'
import { manyProfiles } from '../helpers/many-profiles.js'
import { median, ms, type Row, ratio } from './measure.js'

declare const window: { api: Api }
declare const document: { querySelectorAll(selector: string): Iterable<{ click(): void }> }
declare const requestAnimationFrame: (callback: () => void) => void

export async function cachedTokenOverIpc(): Promise<Row> {
  const desk = await startDesk()
  // `discardStaged` of an unknown id does nothing: the cost of the way there and back.
  const times = await desk.page.evaluate(async () => {
    const listed = await window.api['profiles:list']()
    const profileId = (listed.ok && listed.value.profiles[0]?.id) || ''
    await window.api['tokens:get']({ profileId, fresh: false })
    // The page's clock ticks in tenths of a millisecond, so a sample is twenty calls.
    const time = async (work: () => Promise<unknown>) => {
      const start = performance.now()
      for (let call = 0; call < 20; call += 1) await work()
      return (performance.now() - start) / 20
    }
    // The one call that carries a token itself to the window.
    const cached = () => window.api['tokens:reveal']({ profileId, confirmed: false })
    const empty = () => window.api['keys:discardStaged']({ stagedKeyId: 'none' })
    const all = { cached: [] as number[], empty: [] as number[] }
    for (let round = -10; round < 100; round += 1) {
      const took = { empty: await time(empty), cached: await time(cached) }
      if (round < 0) continue
      all.cached.push(took.cached)
      all.empty.push(took.empty)
    }
    return all
  })
  await desk.quit()
  const [cachedMs, emptyMs] = [median(times.cached), median(times.empty)]
  return {
    what: `A cached token over IPC (tokens:reveal) against an empty IPC call, median of 100 × 20, in ${desk.host === 'electron' ? 'Electron' : 'the browser host'}`,
    measured: `${ratio(cachedMs / emptyMs)} (${ms(cachedMs)} / ${ms(emptyMs)})`,
    limit: '1.3 ×',
    kept: cachedMs / emptyMs <= 1.3,
  }
}

/** Time within the page from the click on a profile until its panel is painted, in a list of `count`; median, ms. */
async function switchMs(count: number): Promise<number> {
  const userData = mkdtempSync(join(tmpdir(), 'token-desk-bench-'))
  writeFileSync(join(userData, 'profiles.json'), JSON.stringify(manyProfiles(count)))
  const desk = await startDesk(userData)
  const times = await desk.page.evaluate(async () => {
    const buttons = [...document.querySelectorAll('[aria-label="Profiles"] button')]
    const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    const all: number[] = []
    for (let round = 0; round < 40; round += 1) {
      // Far apart in the list, so that it has to scroll too.
      const button = buttons[(round * 7) % buttons.length]
      const start = performance.now()
      button?.click()
      await painted()
      if (round >= 10) all.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return all
  })
  await desk.quit()
  return median(times)
}

export async function thousandProfiles(): Promise<Row> {
  const [few, many] = [await switchMs(10), await switchMs(1000)]
  return {
    what: 'Click to painted panel in a list of 1,000 profiles, against a list of 10, median of 30',
    measured: `${ratio(many / few)} (${ms(many)} / ${ms(few)})`,
    limit: '100 ms',
    kept: many <= 100,
  }
}

export async function rendererWeight(): Promise<Row> {
  const bytes = rendererGzipBytes()
  return {
    what: 'Renderer JavaScript, gzip',
    measured: `${(bytes / 1024).toFixed(1)} KB`,
    limit: '130 KB',
    kept: bytes <= 130 * 1024,
  }
}

export function rendererGzipBytes(): number {
  const folder = join('out', 'renderer', 'assets')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0)
}
