import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { freshToken, thousandCallers } from './core-bench.js'
import { againstOriginal, soak } from './load-bench.js'
import type { Row } from './measure.js'
import { cachedTokenOverIpc, rendererWeight, thousandProfiles } from './window-bench.js'

/**
 * `npm run bench`: ratios within one run, so that the machine's own speed cancels out. Ten minutes of it are one
 * continuous load; `-- --brief` makes half a minute of them, and leaves the written results alone.
 */

const rows: Row[] = []
const brief = process.argv.includes('--brief')
const measures = [
  freshToken,
  thousandCallers,
  againstOriginal,
  () => soak(brief),
  cachedTokenOverIpc,
  thousandProfiles,
  rendererWeight,
]
for (const measure of measures) {
  for (const row of [await measure()].flat()) {
    rows.push(row)
    console.log(`${row.kept ? 'ok    ' : 'MISSED'}  ${row.what}: ${row.measured} (limit ${row.limit})`)
  }
}

const table = [
  '| What | Measured | Limit | Kept |',
  '| --- | --- | --- | --- |',
  ...rows.map(({ what, measured, limit, kept }) => `| ${what} | ${measured} | ${limit} | ${kept ? 'yes' : 'no'} |`),
].join('\n')
const text = `# Benchmarks

Written by \`npm run bench\`. Ratios compare two things measured in turn within one run, so that the
machine's own speed cancels out.

${table}

Node ${process.version} on ${process.platform}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.
`
if (!brief) {
  mkdirSync('docs', { recursive: true })
  writeFileSync('docs/benchmarks.md', text)
}
console.log(`\n${table}\n`)
process.exit(rows.every(({ kept }) => kept) ? 0 : 1)
