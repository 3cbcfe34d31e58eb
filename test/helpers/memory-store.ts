import { deskError } from '../../src/main/core/desk-error.js'
import type { DocumentStore } from '../../src/main/core/ports.js'

/** A document in memory, which can be told to refuse writing like a full disk. */
export class MemoryStore implements DocumentStore {
  full = false
  writes = 0
  constructor(public document: Record<string, unknown> = {}) {}
  read() {
    return this.document
  }
  write(document: Record<string, unknown>) {
    if (this.full) throw deskError('save_failed')
    this.writes += 1
    this.document = structuredClone(document)
  }
}
