/** What search finds beside listings: guides, notices, phones and links, printed with the site. */
import type { APIRoute } from 'astro'
import { getCollection } from 'astro:content'
import { guidesIn } from './_parts/guides.ts'
import { defaultLocale } from '#domain/locale.ts'
import type { Words } from '#domain/words.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { town } from '#src/i18n/town.ts'
import type { PrintedEntry } from '#src/search/document.ts'

export const prerender = true

export const GET: APIRoute = async () => {
  const all = [await guides(), await notices(), await phones(), await links()].flat()
  return new Response(JSON.stringify(all), { headers: { 'content-type': 'application/json; charset=utf-8' } })
}

const to = pathTo(defaultLocale)

/** All of it is kept on every device, so a guide is found by what it says it is about, its parts, and how it begins. */
const mostText = 400

async function guides(): Promise<readonly PrintedEntry[]> {
  return (await guidesIn(defaultLocale)).map(({ id, entry: { data, body = '' } }) => ({
    id: `guide/${id}`,
    group: 'guide',
    title: data.title,
    text: `${data.summary} ${headingsOf(body)} ${plainOf(body)}`.slice(0, mostText),
    href: to.guide(id),
    at: Date.parse(data.reviewedOn),
  }))
}

async function notices(): Promise<readonly PrintedEntry[]> {
  const ours = await getCollection('notices', ({ data }) => data.portal === 'all' || data.portal === town.portal.id)
  return ours.map(({ data: { id, title, text, postedOn } }) => ({
    id: `notice/${id}`,
    group: 'notice',
    title: title.zh,
    text: text.zh,
    href: to.notice(id),
    note: postedOn,
    labels: title.en,
    at: Date.parse(postedOn),
  }))
}

async function phones(): Promise<readonly PrintedEntry[]> {
  const groups = (await getCollection('phones')).flatMap(({ data }) => data.groups)
  return groups.flatMap(({ name: group, phones }) =>
    phones.map(({ name, number, note }) => ({
      id: `phone/${number}/${name.zh}`,
      group: 'directory',
      title: name.zh,
      text: note.zh,
      href: `tel:${number}`,
      note: number,
      labels: bothOf(group, name),
      at: 0,
    })),
  )
}

/** A link without an address of its own is still told of on the page of links. */
async function links(): Promise<readonly PrintedEntry[]> {
  const groups = (await getCollection('links', ({ id }) => id === town.portal.id)).flatMap(({ data }) => data.groups)
  return groups.flatMap(({ group, links: rows }) =>
    rows.map(({ name, note, url }) => ({
      id: `link/${name.zh}`,
      group: 'directory',
      title: name.zh,
      text: note.zh,
      href: url ?? to.links,
      labels: `${bothOf(group, name)} ${url === null ? '' : new URL(url).hostname}`,
      at: 0,
    })),
  )
}

const bothOf = (group: Words, name: Words): string => `${group.zh} ${group.en} ${name.en}`

const headingsOf = (markdown: string): string => [...markdown.matchAll(/^## (.+)$/gm)].map(([, text]) => text).join(' ')

/** Markdown without its marks: links keep their words, tables their cells. */
const plainOf = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[#>\-\s|:]+|[*`|]+/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
