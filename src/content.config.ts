/** What is read from `content` at build time, and the shape it must have; a file that does not fit stops the build with its name. */
import { defineCollection } from 'astro:content'
import { file, glob } from 'astro/loaders'
import { z } from 'zod'
import { Words } from '#domain/words.ts'

const Day = z.coerce.date().transform((date) => date.toISOString().slice(0, 10))

const guides = defineCollection({
  loader: glob({ pattern: '*.md', base: './content/guides' }),
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
  loader: glob({ pattern: '*.json', base: './content/notices' }),
  schema: z.strictObject({ id: z.string(), portal: z.string(), title: Words, text: Words, postedOn: z.iso.date() }),
})

const rules = defineCollection({
  loader: file('content/rules.json'),
  schema: z.strictObject({ id: z.string().regex(/^HR-\d+$/), title: Words, text: Words, why: Words, mend: Words }),
})

const phones = defineCollection({
  loader: file('content/phones.json', { parser: (text) => ({ all: JSON.parse(text) }) }),
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
  loader: file('content/links.json', {
    parser: (text) =>
      Object.fromEntries(Object.entries(JSON.parse(text)).map(([portal, groups]) => [portal, { groups }])),
  }),
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
