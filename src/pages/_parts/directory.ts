/** The town's own pages: notices, phones, links as `content` has them and moderators have edited them, and the rules. */
import { getCollection, getEntry } from 'astro:content'
import type { ReadModel } from '#domain/read-model.ts'
import { civilDateOf } from '#domain/time.ts'
import { grouped, isOfKind, isOver, mergedTown, noticesIn, type TownItem } from '#domain/town-pages.ts'
import { town } from '#src/i18n/town.ts'

/** As `content` has it, in the order it is written there. Those for every town stand beside the town's own. */
export async function townContent(): Promise<readonly TownItem[]> {
  const notices = await getCollection('notices', ({ data }) => data.portal === 'all' || data.portal === town.portal.id)
  const phones = (await getEntry('phones', 'all'))?.data.groups ?? []
  const links = (await getEntry('links', town.portal.id))?.data.groups ?? []
  return [
    ...notices.map(({ data: { id, title, text, postedOn } }) => ({
      kind: 'notice' as const,
      name: id,
      title,
      text,
      postedOn,
    })),
    ...phones.flatMap(({ name: group, phones: rows }) =>
      rows.map(({ id, name, number, note }) => ({
        kind: 'phone' as const,
        name: id,
        group,
        called: name,
        note,
        number,
      })),
    ),
    ...links.flatMap(({ group, links: rows }) =>
      rows.map(({ id, name, note, url }) => ({ kind: 'link' as const, name: id, group, called: name, note, url })),
    ),
  ]
}

export const townItems = async (readModel: Pick<ReadModel, 'townEdits'>): Promise<readonly TownItem[]> =>
  mergedTown(await townContent(), await readModel.townEdits())

export const wasTakenOff = async (
  readModel: Pick<ReadModel, 'townEdits'>,
  { kind, name }: Pick<TownItem, 'kind' | 'name'>,
): Promise<boolean> =>
  (await readModel.townEdits()).some(({ body }) => body.kind === kind && body.name === name && !body.entry)

/** Newest first, without those that are over. */
export const noticesOf = (items: readonly TownItem[], now: number) =>
  noticesIn(items).filter((notice) => !isOver(notice, civilDateOf(now, town.portal.zone)))

export const phoneGroupsIn = (items: readonly TownItem[]) => grouped(items.filter(isOfKind('phone')))
export const linkGroupsIn = (items: readonly TownItem[]) => grouped(items.filter(isOfKind('link')))

// prettier-ignore
const mainNames = [
  'police', 'fire-and-rescue', 'ambulance', 'government-services', 'consumer-complaints', 'labour-and-social-security', 'state-grid',
]
/** The numbers of the home page: those one may need in a hurry, and the ones that help with most else. */
export function mainPhones(items: readonly TownItem[]) {
  const phones = items.filter(isOfKind('phone'))
  return mainNames.flatMap((name) => phones.find((phone) => phone.name === name) ?? [])
}

export const rulesOf = async () => {
  const all = (await getCollection('rules')).map(({ data }) => data)
  return all.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
}
