/** Words of favourites in a list: their notes, and choosing which to compare. */
import type { Area } from './strings.ts'

const zhHans = {
  noted: '只写了备注的',
  addNote: '写备注',
  noteIs: '备注：',
  failed: '这部分还没有取到，连上网络再试一次。',
  pick: '比较',
  pickOf: (title: string) => `放进比较：${title}`,
  hintFew: '收藏两条以上，就能放在一起比较。',
  hint: '勾选 2 到 4 条收藏，放在一起比较。',
  chosen: (n: number) => `已选 ${n} 条。`,
  oneMore: '已选 1 条，再选一条就能比较。',
  most: '已选 4 条，最多比较这么多。',
  open: (n: number) => `比较这 ${n} 条`,
  notHere: '比较要用的部分还没有存到这台设备，现在又取不到。连上网络再点一次，以后断网也能用；收藏和备注不受影响。',
}
const en: typeof zhHans = {
  noted: 'With a note only',
  addNote: 'Add a note',
  noteIs: 'Note:',
  failed: 'This part could not be fetched. Connect and try again.',
  pick: 'Compare',
  pickOf: (title) => `Compare: ${title}`,
  hintFew: 'With two favourites or more you can compare them side by side.',
  hint: 'Tick 2 to 4 favourites to compare them side by side.',
  chosen: (n) => `${n} chosen.`,
  oneMore: '1 chosen; choose one more to compare.',
  most: '4 chosen, which is the most.',
  open: (n) => `Compare these ${n}`,
  notHere:
    'What comparing needs is not on this device yet, and cannot be fetched now. Connect and press again; from then on it works without a network too. Favourites and notes are as they were.',
}
export const favouriteRows = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
