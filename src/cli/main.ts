#!/usr/bin/env node
import { run } from './run.js'

/** `tokendesk`: tokens for scripts and programs. */

// Who reads no further, as `head` does, has what they wanted.
process.stdout.on('error', () => process.exit())

process.exitCode = await run(process.argv.slice(2))
