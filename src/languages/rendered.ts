/** A Vite plugin for what the server renders and the build prints: words in source files and content also say themselves in Traditional Chinese. */
import type { Plugin } from 'vite'
import { hantOf, withHant } from './convert.ts'
import { rewritten, wordPlacesIn } from './syntax.ts'

export const renderedWords = (): Plugin => ({
  name: 'rendered-words',
  enforce: 'pre',
  applyToEnvironment: ({ config }) => config.consumer === 'server',
  transform(code, id) {
    if (/\/content\/(?!zh-hant)[^?]*\.json$/.test(id)) return JSON.stringify(withHant(JSON.parse(code)))
    return /\/src\/i18n\/[^/?]*\.ts$/.test(id) ? withHantAreas(code) : undefined
  },
})

/** Source text whose areas have a third dictionary. */
export const withHantAreas = (code: string): string =>
  rewritten(
    code,
    wordPlacesIn(code, 'ts').areas.map(({ hans, entry: { end } }) => ({
      start: end,
      end,
      text: `, 'zh-Hant': ${hantOf(code.slice(hans.start, hans.end))}`,
    })),
  )
