/** Words of search: the box, its results, and what it says when it finds nothing. */
import type { Area } from './strings.ts'

const zhHans = {
  label: '搜索',
  placeholder: '搜一搜：电动车、合租、冰箱维修、退换货……',
  submit: '搜索',
  clear: '清空输入',
  groups: { listing: '分类信息', guide: '办事指南', notice: '公告', directory: '电话与网址' },
  count: (n: number) => `${n} 条`,
  found: (n: number) => `找到 ${n} 条`,
  more: (n: number) => `再看 ${n} 条`,
  reading: '正在读取本地索引……',
  bare: '现在没有网络，这台设备上也还没有信息的副本，只能搜到指南和电话。连上网络后会自动补齐。',
  keptCopy: '现在没有网络，搜的是这台设备上的副本。',
  start: '输入两三个字就行，简体繁体都可以。几个词用空格隔开，结果里每个词都会有。',
  recent: '最近搜过',
  recentNote: '只记在这台设备上。',
  clearRecent: '清除记录',
  nothing: (query: string) => `没有找到“${query}”`,
  nothingHelp: [
    '少写几个字试试，或换一种说法：“电瓶车”也叫“电动车”。',
    '一个字只在标题里找，两个字起在全文里找。',
    '已到期、已成交的信息不会出现在这里。',
  ],
  noWord: '请写上文字或数字，符号本身搜不到东西。',
  browse: '按分类看看',
  wanted: '发一条求购',
  keys: '上下键挑选，回车打开，Esc 回到输入框。',
}

const en: typeof zhHans = {
  label: 'Search',
  placeholder: 'Search: e-bike, shared flat, fridge repair, returns …',
  submit: 'Search',
  clear: 'Clear the box',
  groups: { listing: 'Listings', guide: 'Guides', notice: 'Notices', directory: 'Phones and links' },
  count: (n) => String(n),
  found: (n) => `${n} found`,
  more: (n) => `Show ${n} more`,
  reading: 'Reading the local index …',
  bare: 'There is no network and no copy of the listings on this device yet, so only guides and phones can be found. The rest comes by itself once you are online.',
  keptCopy: 'There is no network; this is a search of the copy on this device.',
  start: 'Two or three characters are enough, in either script. Several words, parted by spaces, must all be there.',
  recent: 'Searched lately',
  recentNote: 'Kept on this device only.',
  clearRecent: 'Clear',
  nothing: (query) => `Nothing found for “${query}”`,
  nothingHelp: [
    'Try fewer words, or another word for the same thing.',
    'A single character is looked for in titles only; two and more in the whole text.',
    'What has expired or been sold is not shown here.',
  ],
  noWord: 'Type letters, characters or digits; signs alone find nothing.',
  browse: 'Browse by category',
  wanted: 'Post what you want',
  keys: 'Up and down choose, Enter opens, Esc goes back to the box.',
}

export const search = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
