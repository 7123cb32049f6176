/** Words of hiding whoever posts: on his listings, below lists, and on one's own page. */
import type { Area } from './strings.ts'

const zhHans = {
  hidden: '你隐藏了这位发布者：首页、分类、搜索和新信息提示里不再有他的信息。只有你的设备知道，信息港不知道。',
  shown: '不再隐藏，他的信息又会出现。',
  own: '这是你自己发布的，不用隐藏。',
  readOnly: '这个页面记不住要隐藏谁：请用 https 打开信息港。',
  failed: '这台设备没能存下来，请再试一次。',
  hide: '隐藏此人的信息',
  show: '不再隐藏',
  showOf: (name: string) => `不再隐藏：${name}`,
  blockToo: '也不收他的留言',
  blockedToo: '他的留言也不再显示。',
  unblockToo: '照常收他的留言',
  manage: '我隐藏的发布者',
  fromHidden: (n: number) => `${n} 条来自你隐藏的发布者`,
  reveal: '显示',
  cover: '收起',
  title: '我隐藏的发布者',
  lead: '他们的信息不出现在首页、分类、搜索和新信息提示里。这份名单封好后随你的钥匙同步，信息港读不到。',
  since: (date: string) => `${date}起`,
  undo: '撤销',
  undone: (name: string) => `${name}不再隐藏。`,
}
const en: typeof zhHans = {
  hidden:
    'You have hidden this poster: home, categories, search and news show nothing of theirs. Only your devices know, the portal does not.',
  shown: 'No longer hidden; what they post appears again.',
  own: 'This is your own, there is nothing to hide.',
  readOnly: 'This page cannot remember whom to hide: open the portal by https.',
  failed: 'This device could not keep it. Please try again.',
  hide: 'Hide what they post',
  show: 'Show again',
  showOf: (name) => `Show again: ${name}`,
  blockToo: 'Block their messages too',
  blockedToo: 'Their messages are not shown either.',
  unblockToo: 'Take their messages again',
  manage: 'Posters I have hidden',
  fromHidden: (n) => `${n} from posters you have hidden`,
  reveal: 'Show',
  cover: 'Hide again',
  title: 'Posters I have hidden',
  lead: 'Home, categories, search and news show nothing of theirs. Sealed, this list goes to your other devices; the portal cannot read it.',
  since: (date) => `since ${date}`,
  undo: 'Undo',
  undone: (name) => `${name} is shown again.`,
}
export const hiding = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
