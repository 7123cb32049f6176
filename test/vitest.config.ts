import { defineConfig } from 'vitest/config'
import solid from 'vite-plugin-solid'
import { patienceMs } from './journeys/patience.ts'
import { renderedWords } from '../src/languages/rendered.ts'

const root = new URL('..', import.meta.url).pathname

/** Three projects: pure (Node), site (islands in happy-dom), journeys (a real Chromium against a real server, one at a time). */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        plugins: [renderedWords()],
        test: {
          name: 'pure',
          include: ['test/*.test.ts', 'test/{domain,languages,server,contract,bench,search}/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        root,
        plugins: [solid()],
        test: {
          name: 'site',
          include: ['test/site/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['test/site/setup.ts'],
        },
      },
      {
        root,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          // a busy machine takes its time: what is waited for may be late, and fails only when it does not come
          testTimeout: 5 * patienceMs,
          hookTimeout: 5 * patienceMs,
          expect: { poll: { timeout: patienceMs, interval: 100 } },
          fileParallelism: false,
          retry: process.env['CI'] ? 1 : 0, // a browser on a busy machine; what passed at the second try is told as such
        },
      },
    ],
  },
})
