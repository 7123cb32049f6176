/**
 * The scripts of the build, cut by language: a page loads the words of its own language and no others. A script with words in
 * it, or that loads one, or that stands in a page, is written three times: in its place for the language without a prefix, and
 * in a folder for each of the others. What has no words is there once, so that a library never runs twice on a page.
 */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultLocale, locales, scriptFolder, type Locale } from '#domain/locale.ts'
import { hantOf } from './convert.ts'
import { rewritten, wordPlacesIn, type WordPlaces } from './syntax.ts'

/** @param folder of the hashed files, `_a` */
export async function cutScripts(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const texts = new Map<string, string>()
  for (const name of names) texts.set(name, await readFile(join(folder, name), 'utf8'))
  const speaking = speakingOf(texts)
  for (const locale of locales) {
    await mkdir(join(folder, scriptFolder(locale)), { recursive: true })
    for (const [name, places] of speaking) {
      const cut = inOneLanguage(texts.get(name) ?? '', places, locale)
      const text = locale === defaultLocale ? cut : moved(cut, speaking, locale)
      await writeFile(join(folder, scriptFolder(locale), name), text)
    }
  }
}

/** What Astro calls the scripts of its components. Pages ask for all of them in their own language (middleware.ts). */
const inPage = '.astro_astro_type_script_'

/** Those with words, and whatever loads them. Workers read every language: people search in any. */
function speakingOf(texts: ReadonlyMap<string, string>): ReadonlyMap<string, WordPlaces> {
  const workers = new Set(
    [...texts.values()].flatMap((text) => [...text.matchAll(/[\w-]+\.js(?=`?,``\+import\.meta)/g)].flat()),
  )
  const own = new Map(
    [...texts].filter(([name]) => !workers.has(name)).map(([name, text]) => [name, wordPlacesIn(text)]),
  )
  const found = new Set(
    [...own]
      .filter(([name, { areas, words }]) => areas.length + words.length > 0 || name.includes(inPage))
      .map(([name]) => name),
  )
  for (let size = -1; size < found.size;) {
    size = found.size
    for (const name of own.keys()) if ([...found].some((other) => texts.get(name)?.includes(other))) found.add(name)
  }
  return new Map([...own].filter(([name]) => found.has(name)))
}

/** A script with the words of one language. */
export function inOneLanguage(code: string, { areas, words }: WordPlaces, locale: Locale): string {
  const said = (range: { readonly start: number; readonly end: number }) => {
    const text = code.slice(range.start, range.end)
    return locale === 'zh-Hant' ? hantOf(text) : text
  }
  const none = '0'
  return rewritten(code, [
    ...areas.flatMap(({ hans, en }) =>
      locale === 'en'
        ? [{ ...hans, text: none }]
        : [
            { ...hans, text: said(hans) },
            { ...en, text: none },
          ],
    ),
    ...words.map(({ start, end, zh, en }) => ({ start, end, text: `{${said(locale === 'en' ? en : zh)}}` })),
  ])
}

/** One folder down: what is there once is loaded from above. */
const moved = (code: string, speaking: ReadonlyMap<string, unknown>, locale: Locale): string =>
  code
    .replace(/(["'`])\.\/([\w.-]+\.js)\1/g, (same, quote: string, name: string) =>
      speaking.has(name) ? same : `${quote}../${name}${quote}`,
    )
    .replace(/(["'`])_a\/([\w.-]+\.js)\1/g, (same, quote: string, name: string) =>
      speaking.has(name) ? `${quote}_a/${scriptFolder(locale)}${name}${quote}` : same,
    )
