import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Desk } from './driver.js'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** README shows some of them. */
const FOLDER = join('docs', 'screenshots')

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}
const AS_IT_IS = { colorScheme: null, forcedColors: null, contrast: null } as const

/** axe on the screen as it stands, light and dark, with a picture of each. */
export async function look({ page }: Desk, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Not through a script tag: the page's policy refuses those, as it should.
    await page.evaluate(axeSource)
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: Axe }
      return (await axe.run()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      )
    })
    expect(violations, `${name}, ${colorScheme}`).toEqual([])
    await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) })
  }
  await page.emulateMedia(AS_IT_IS)
}

/** In the user's own few colours, as Windows' contrast themes have them, and with more contrast asked for. */
export async function lookInContrast({ page }: Desk, name: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.screenshot({ path: join(FOLDER, `${name}-forced-colors.png`) })
  await page.emulateMedia({ forcedColors: null, contrast: 'more' })
  await page.screenshot({ path: join(FOLDER, `${name}-more-contrast.png`) })
  await page.emulateMedia(AS_IT_IS)
}

/**
 * The narrowest and a wide window, where nothing may need scrolling sideways; then the usual one again.
 * @param shown what the pictures are of, where the panel is longer than the window
 */
export async function lookAtSizes(desk: Desk, name: string, shown?: Locator): Promise<void> {
  const { page } = desk
  for (const [suffix, width, height] of [
    ['narrow', 360, 740],
    ['wide', 1600, 900],
  ] as const) {
    await page.setViewportSize({ width, height })
    await shown?.scrollIntoViewIfNeeded()
    await look(desk, `${name}-${suffix}`)
    const overflows = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
    expect(overflows, `${name} at ${width} px`).toBe(false)
  }
  // The window's own size: Playwright knows none of a window that it did not open.
  await page.setViewportSize({ width: 1080, height: 740 })
}
