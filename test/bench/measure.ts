/** One line of the table. */
export interface Row {
  readonly what: string
  readonly measured: string
  readonly limit: string
  readonly kept: boolean
}

/** Median of `rounds` timings of each side, in milliseconds, the two taken in turn after a warm-up. */
export async function compare(a: () => Promise<unknown>, b: () => Promise<unknown>, rounds: number, warmUp = 20) {
  const times = { a: [] as number[], b: [] as number[] }
  const time = async (work: () => Promise<unknown>) => {
    const start = performance.now()
    await work()
    return performance.now() - start
  }
  for (let round = -warmUp; round < rounds; round += 1) {
    const took = round % 2 === 0 ? { a: await time(a), b: await time(b) } : { b: await time(b), a: await time(a) }
    if (round < 0) continue
    times.a.push(took.a)
    times.b.push(took.b)
  }
  return { aMs: median(times.a), bMs: median(times.b), ratio: median(times.a) / median(times.b) }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export const ratio = (value: number) => `${value.toFixed(2)} ×`
export const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
