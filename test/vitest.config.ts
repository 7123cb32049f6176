import { defineConfig } from 'vitest/config'
import solid from 'vite-plugin-solid'
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
        test: { name: 'site', include: ['test/site/**/*.test.{ts,tsx}'], environment: 'happy-dom' },
      },
      {
        root,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
