import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The launcher and the browser host, for Node. Everything from node_modules stays outside, as for main. */
export default defineConfig({
  root,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/tools',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      // The stand-in must export electron's names and no others.
      preserveEntrySignatures: 'strict',
      input: {
        start: 'tools/start.ts',
        test: 'tools/test.ts',
        bench: 'test/bench/bench.ts',
        'original-route': 'test/bench/original-route.ts',
        'our-route': 'test/bench/our-route.ts',
        doctor: 'tools/doctor.ts',
        'fuses-cli': 'tools/fuses-cli.ts',
        'browser-host': 'tools/browser-host/main.ts',
        // Files of their own, because Node loads them by address: the hook, and what the hook puts in electron's place.
        'electron-hook': 'tools/browser-host/electron-hook.ts',
        'electron-stand-in': 'tools/browser-host/electron.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
