/** What was probably meant: one that begins with it, holds it, or differs in two letters at most. */
export function nearest(given: string, known: readonly string[]): string | null {
  const wanted = given.toLowerCase()
  const rated = known
    .map((name) => ({ name, distance: distanceOf(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance)
  return rated[0]?.name ?? null
}

function distanceOf(wanted: string, name: string): number {
  if (wanted.length >= 2 && name.includes(wanted)) return 0
  if (name.length >= 2 && wanted.includes(name)) return 2
  return wanted.length < 3 ? (wanted === name ? 0 : 3) : levenshtein(wanted.slice(0, 80), name)
}

function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution))
    }
    row = next
  }
  return row[b.length] ?? 0
}
