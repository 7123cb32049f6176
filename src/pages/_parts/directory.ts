/** The town's own part of what `content` holds: notices, phones, links and rules, in the order they are shown. */
import { getCollection, getEntry } from 'astro:content'
import { town } from '#src/i18n/town.ts'

/** Newest first; those for every town stand beside the town's own. */
export async function noticesOf() {
  const all = await getCollection('notices', ({ data }) => data.portal === 'all' || data.portal === town.portal.id)
  return all.map(({ data }) => data).sort((a, b) => b.postedOn.localeCompare(a.postedOn) || a.id.localeCompare(b.id))
}

export const phoneGroupsOf = async () => (await getEntry('phones', 'all'))?.data.groups ?? []

/** The numbers of the home page: those one may need in a hurry, and the ones that help with most else. */
export async function mainPhones() {
  const wanted = ['110', '119', '120', '12345', '12315', '12333', '95598']
  const all = (await phoneGroupsOf()).flatMap(({ phones }) => phones)
  return wanted.flatMap((number) => all.find((phone) => phone.number === number) ?? [])
}

export const linkGroupsOf = async () => (await getEntry('links', town.portal.id))?.data.groups ?? []

export const rulesOf = async () => {
  const all = (await getCollection('rules')).map(({ data }) => data)
  return all.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}
