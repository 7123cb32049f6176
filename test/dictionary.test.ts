/** Visible words live in `src/i18n` and `content`, in every language, and nowhere else. The third language is made as the build makes it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hantOf } from '#src/languages/convert.ts'
import { rewritten, wordPlacesIn } from '#src/languages/syntax.ts'

/** Files outside `i18n` that may hold Chinese characters, each with its reason. */
const exempt: Readonly<Record<string, string>> = {
  'src/domain/fold.ts': 'the table of traditional and simplified characters',
  'src/domain/money.ts': 'reads the currency mark people type',
  'src/domain/contact-in-text.ts': 'the marks by which a contact in a text is recognised',
}

const under = (top: string) =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .map((name) => join(top, name))
    .filter((name) => /\.(ts|tsx|astro|css)$/.test(name))

const areas = readdirSync('src/i18n').filter(
  (name) => !['strings.ts', 'town.ts', 'paths.ts', 'hot.ts', 'filter-words.ts', 'policy-sentences.ts'].includes(name),
)

const wordsIn = (name: string): Promise<Record<string, Record<string, unknown>>> => {
  const path = join(process.cwd(), 'src/i18n', name)
  return import(/* @vite-ignore */ path)
}

/** Every path through a dictionary to a word, with the kind of what stands there. */
function pathsOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`]
  return Object.entries(value).flatMap(([key, part]) => pathsOf(part, `${path}.${key}`))
}

/** Every word of a dictionary, and of every function the text it is made by. */
function wordsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [String(value).replace(/\s+/g, ' ')]
  return Object.values(value).flatMap(wordsOf)
}

describe.each(areas)('the words of %s', (name) => {
  it('say the same things in all languages, and none is empty', async () => {
    const module: Record<string, Record<string, unknown>> = await wordsIn(name)
    const found = Object.values(module).filter(
      (value) => typeof value === 'object' && value !== null && typeof value['zh-Hans'] === 'object',
    )
    expect(found.length).toBeGreaterThan(0)
    for (const area of found) {
      expect(pathsOf(area['en'])).toEqual(pathsOf(area['zh-Hans']))
      expect(pathsOf(area['zh-Hant'])).toEqual(pathsOf(area['zh-Hans']))
      expect(wordsOf(area['zh-Hant'])).toEqual(wordsOf(area['zh-Hans']).map(hantOf))
      expect(JSON.stringify(area)).not.toMatch(/:""/)
    }
  })

  it('stand in the dictionaries, where other languages are made from them, and not beside', () => {
    const text = readFileSync(join('src/i18n', name), 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '')
    const { areas } = wordPlacesIn(text, 'ts')
    const rest = rewritten(
      text,
      areas.map(({ hans }) => ({ ...hans, text: '' })),
    )
    const ownNames = ['简体中文', '繁體中文'] // each language is named in itself
    expect((rest.match(/\p{Script=Han}+/gu) ?? []).filter((word) => !ownNames.includes(word))).toEqual([])
  })

  it('are not left untranslated', async () => {
    const module: Record<string, Record<string, unknown>> = await wordsIn(name)
    for (const area of Object.values(module))
      if (typeof area === 'object' && area) expect(JSON.stringify(area['en'] ?? '')).not.toMatch(/\p{Script=Han}{3,}/u)
  })
})

describe('code', () => {
  it.each([...under('src'), ...under('server')].filter((name) => !name.startsWith('src/i18n/') && !exempt[name]))(
    '%s has no visible words of its own',
    (name) => {
      expect(readFileSync(name, 'utf8').match(/\p{Script=Han}+/gu) ?? []).toEqual([])
    },
  )

  it.each([...under('src')].filter((name) => /\.(tsx|astro)$/.test(name)))(
    '%s has no English text between tags',
    (name) => {
      const text = readFileSync(name, 'utf8')
        .replace(/^---[\s\S]*?^---/m, '')
        .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
      expect(text.match(/>\s*[A-Z][a-z]+(?: [a-z]+)+[^<>{}=;()]*</g) ?? []).toEqual([])
    },
  )
})
