/** What is read from `content` at build time, and the shape it must have; a file that does not fit stops the build with its name. */
import { defineCollection } from 'astro:content'
import { file, glob, type Loader, type LoaderContext } from 'astro/loaders'
import { z } from 'zod'
import { audiences, businessKinds, guideCategories, guideForms, guideGroups, guidePages } from '#domain/guide.ts'
import { defaultLocale, localeOfPath, localePath, type Locale } from '#domain/locale.ts'
import { EntryName } from '#domain/town-entry.ts'
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
  const html = unbroken(rendered.html)
  const own = { ...entry, digest: '', rendered: { ...rendered, html: linked(html, locale) } }
  if (locale !== defaultLocale) return [own]
  const hant = { html: linked(hantOf(html), 'zh-Hant'), metadata: allHant(rendered.metadata ?? {}) }
  return [own, { id: `zh-hant/${id}`, data: allHant(data), body: hantOf(body), rendered: hant }]
}

/** The number of an article stays on one line. */
const unbroken = (html: string): string =>
  html.replace(/\b[A-Z]{1,2}-[A-Z]?\d{1,2}[a-z]?\b/g, '<span class="article-id">$&</span>')

const guides = defineCollection({
  loader: followed(guidesOf, glob({ pattern: '{,en/}*.md', base: './content/guides' })),
  schema: z.strictObject({
    title: z.string().min(4).max(70), // English takes more room; a test holds the Chinese ones to 40 and 90
    summary: z.string().min(10).max(180),
    group: z.enum(guideGroups),
    order: z.int().positive(),
    audience: z.enum(audiences),
    businessKinds: z.array(z.enum(businessKinds)), // none where it is about no business
    form: z.enum(guideForms),
    reviewedOn: Day,
    minutes: z.int().positive(),
    policy: z.string().optional(), // an id of content/policies: the guide has an advisor
    related: z.array(z.string()).min(1).max(4),
    places: z.array(z.enum([...guidePages, ...guideCategories])).min(1),
    next: z.string().min(10),
    sources: z.array(z.string()).min(1),
  }),
})

/** Moderators' edits go by it, so it stays what it is. */
const Name = z.string().refine((text) => EntryName.safeParse(text).success)

const notices = defineCollection({
  loader: followed(withWords, glob({ pattern: '*.json', base: './content/notices' })),
  schema: z.strictObject({ id: Name, portal: z.string(), title: Words, text: Words, postedOn: z.iso.date() }),
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
        phones: z.array(z.strictObject({ id: Name, name: Words, number: z.string().regex(/^[\d-]+$/), note: Words })),
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
        links: z.array(
          z.strictObject({ id: Name, name: Words, note: Words, url: z.url({ protocol: /^https?$/ }).nullable() }),
        ),
      }),
    ),
  }),
})

export const collections = { guides, notices, rules, phones, links }
