import type { Finding } from './finding.js'

const MARKS = { ok: 'ok    ', warn: 'note  ', stop: 'STOP  ' } as const

export const standsInTheWay = (findings: readonly Finding[]): boolean => findings.some(({ level }) => level === 'stop')

export function asText(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ level, message, fix }) => [
    MARKS[level] + message,
    ...(fix ? [`      → ${fix}`] : []),
  ])
  const sum = standsInTheWay(findings) ? 'Something stands in the way.' : 'Nothing stands in the way.'
  return [...lines, '', sum].join('\n')
}

export function asJson(findings: readonly Finding[]): string {
  return JSON.stringify({ ok: !standsInTheWay(findings), findings }, null, 2)
}
