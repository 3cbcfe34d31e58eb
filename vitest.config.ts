import { defineConfig } from 'vitest/config'

// `require('electron')` outside Electron tries to download it. This path stops that.
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' }
const setupFiles = ['test/helpers/loopback-only.ts']

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/*.test.ts'], env, setupFiles } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          env,
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          // Without `env`: these find the real Electron where it is installed.
          include: ['test/e2e/**/*.e2e.ts'],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // One window at a time: they share the clipboard.
          fileParallelism: false,
        },
      },
    ],
  },
})
