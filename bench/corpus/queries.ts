/** What residents ask a corpus for: pieces of titles, everyday words, two words, Latin, and words under filters. */
import type { Entry } from '#domain/entry.ts'
import { createChance } from '../chaos/chance.ts'

export const everydayWords =
  '手机 电动车 两居 合租 空调 搬家 保洁 冰箱 洗衣机 沙发 服务员 司机 兼职 会计 面包车 轮胎 单间 车库 开锁 钢琴 驾校 英语 读书会 身份证 钥匙 拼车 海带 婴儿车 自行车 羽毛球'.split(
    ' ',
  )

const latinWords = 'pro max 128g wi-fi usb type-c norva kelvo x13 1.5匹 ok call 4k i5 2.0t brumo led please'.split(' ')

export const queryKinds = ['fragment', 'everyday', 'two-words', 'latin', 'filtered'] as const
export type QueryKind = (typeof queryKinds)[number]

export interface CorpusQuery {
  readonly kind: QueryKind
  readonly query: string
  readonly category?: string
  readonly district?: string
}

/** @param each how many of every kind; everyday words repeat when there are more */
export function queriesOf(entries: readonly Entry[], each: number, seed = 7): readonly CorpusQuery[] {
  const chance = createChance(seed)
  const word = (): string => chance.pick(everydayWords)
  const make: Readonly<Record<QueryKind, (i: number) => Omit<CorpusQuery, 'kind'>>> = {
    fragment: () => ({ query: fragmentOf(chance.pick(entries).title, 2 + chance.below(3), chance.random()) }),
    everyday: (i) => ({ query: everydayWords[i % everydayWords.length]! }),
    'two-words': () => {
      const { title } = chance.pick(entries)
      return {
        query: `${fragmentOf(title, 2, chance.random())} ${chance.random() < 0.5 ? word() : fragmentOf(title, 2, 0)}`,
      }
    },
    latin: (i) => ({ query: latinWords[i % latinWords.length]! }),
    filtered: () => {
      const query = word()
      const holder = entries.find(({ title }) => title.includes(query)) // a word is asked for where it belongs
      const { category, district } = holder ?? chance.pick(entries)
      return { query, category, ...(chance.random() < 0.5 ? { district } : {}) }
    },
  }
  return queryKinds.flatMap((kind) => Array.from({ length: each }, (_, i) => ({ kind, ...make[kind](i) })))
}

/** A run of Han characters of the title, or of what it has. */
function fragmentOf(title: string, length: number, place: number): string {
  const runs = (title.match(/\p{Script=Han}+/gu) ?? [title]).filter((run) => run.length >= Math.min(2, length))
  const run = runs[Math.floor(place * runs.length)] ?? title
  const start = Math.floor(place * Math.max(0, run.length - length + 1))
  return run.slice(start, start + length)
}
