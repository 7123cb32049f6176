/** The guides in reading order, and as tiles. */
import { getCollection } from 'astro:content'

/** The order in which their groups stand on the page of all guides. */
export const guideGroups = ['buying', 'after-sales', 'housing', 'posting', 'portal'] as const
export type GuideGroup = (typeof guideGroups)[number]

export async function guidesIn(groups: readonly GuideGroup[] = guideGroups) {
  const all = await getCollection('guides', ({ data }) => groups.includes(data.group))
  const place = (group: GuideGroup) => groups.indexOf(group)
  return all.sort((a, b) => place(a.data.group) - place(b.data.group) || a.data.order - b.data.order)
}
