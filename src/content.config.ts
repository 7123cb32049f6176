/** What is read from `content` at build time, and the shape it must have; a file that does not fit stops the build with its name. */
import { defineCollection } from 'astro:content'
import { file, glob, type Loader, type LoaderContext } from 'astro/loaders'
import { z } from 'zod'
import { defaultLocale, localeOfPath, localePath, type Locale } from '#domain/locale.ts'
import { Words } from '#domain/words.ts'
import { allHant, hantOf, withHant } from './languages/convert.ts'

const Day = z.coerce.date().transform((date) => date.toISOString().slice(0, 10))

type Entry = ReturnType<LoaderContext['store']['values']>[number]

/** A loader whose entries are followed by others made from them, anew at every build. */
const followed = (by: (entry: Entry) => readonly Entry[], loader: Loader): Loader => ({
  name: `followed ${loader.name}`,
  async load(context) {
    await loader.load(context)
    for (const entry of context.store.values()) {
      for (const made of by(entry)) context.store.set(made)
    }
  },
})

/** The same entry, its words in Traditional Chinese too. Without the digest it is not taken for unchanged next time. */
const withWords = ({ id, data }: Entry): readonly Entry[] => [{ id, data: withHant(data) }]

/**
 * Guides are written as `<id>` and `en/<id>`; each of the first is there in Traditional Chinese as `zh-hant/<id>`. Links to pages
 * of the portal are written without a language, and lead to the one of the guide.
 */
function guidesOf(entry: Entry): readonly Entry[] {
  const { id, data, body = '', rendered } = entry
  const { locale } = localeOfPath(`/${id}`)
  if (!rendered || locale === 'zh-Hant') return []
  const linked = (html: string, to: Locale) =>
    html.replaceAll(' href="/', ` href="${localePath(to, '/x').slice(0, -1)}`)
  if (locale !== defaultLocale)
    return [{ ...entry, digest: '', rendered: { ...rendered, html: linked(rendered.html, locale) } }]
  const metadata = allHant(rendered.metadata ?? {})
  const hant = { html: linked(hantOf(rendered.html), 'zh-Hant'), metadata }
  return [{ id: `zh-hant/${id}`, data: allHant(data), body: hantOf(body), rendered: hant }]
}

const guides = defineCollection({
  loader: followed(guidesOf, glob({ pattern: '{,en/}*.md', base: './content/guides' })),
  schema: z.strictObject({
    title: z.string().min(4).max(70), // English takes more room; a test holds the Chinese ones to 40 and 90
    summary: z.string().min(10).max(180),
    group: z.enum(['posting', 'buying', 'housing', 'after-sales', 'portal']),
    order: z.int().positive(),
    reviewedOn: Day,
    minutes: z.int().positive(),
    related: z.array(z.string()).max(4),
    next: z.string().optional(),
    sources: z.array(z.string()).min(1),
    policy: z.string().optional(), // an id of content/policies: the guide has an advisor
  }),
})

const notices = defineCollection({
  loader: followed(withWords, glob({ pattern: '*.json', base: './content/notices' })),
  schema: z.strictObject({ id: z.string(), portal: z.string(), title: Words, text: Words, postedOn: z.iso.date() }),
})

const rules = defineCollection({
  loader: followed(withWords, file('content/rules.json')),
  schema: z.strictObject({ id: z.string().regex(/^HR-\d+$/), title: Words, text: Words, why: Words, mend: Words }),
})

const phones = defineCollection({
  loader: followed(withWords, file('content/phones.json', { parser: (text) => ({ all: JSON.parse(text) }) })),
  schema: z.strictObject({
    groups: z.array(
      z.strictObject({
        name: Words,
        phones: z.array(z.strictObject({ name: Words, number: z.string().regex(/^[\d-]+$/), note: Words })),
      }),
    ),
  }),
})

/** One entry for each town. */
const links = defineCollection({
  loader: followed(
    withWords,
    file('content/links.json', {
      parser: (text) =>
        Object.fromEntries(Object.entries(JSON.parse(text)).map(([portal, groups]) => [portal, { groups }])),
    }),
  ),
  schema: z.strictObject({
    groups: z.array(
      z.strictObject({
        group: Words,
        links: z.array(z.strictObject({ name: Words, note: Words, url: z.url({ protocol: /^https?$/ }).nullable() })),
      }),
    ),
  }),
})

export const collections = { guides, notices, rules, phones, links }
