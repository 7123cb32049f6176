/** Words of what is one's own on a page about others' listings: a note, hiding who posts. They stand in the page; the rest comes with a tap. */
import type { Area } from './strings.ts'

const zhHans = {
  note: '我的备注',
  noteWho: '只有你看得见',
  scriptless: '备注存在你自己的设备上，要允许 JavaScript 才能写。',
  hide: '隐藏此人的信息',
  failed: '这部分还没有取到，连上网络再点一次。',
}
const en: typeof zhHans = {
  note: 'My note',
  noteWho: 'only you see it',
  scriptless: 'Notes are kept on your own device; they need JavaScript.',
  hide: 'Hide what they post',
  failed: 'This part could not be fetched. Connect and tap once more.',
}
export const ownMarks = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
