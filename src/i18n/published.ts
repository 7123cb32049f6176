/** Words of what businesses publish, as readers see it: their guides, the versions of them, who they are. */
import type { Area } from './strings.ts'

const zhHans = {
  list: {
    title: '商家写的指南',
    lead: '由商家自己撰写并签名，信息港没有核对过内容。',
    none: '还没有商家发布指南。',
    write: '我是商家，写一份指南',
    by: (name: string) => `${name}撰写`,
    hasRules: '可以自己查规则',
  },
  unchecked: '信息港没有核对',
  uncheckedLong: '这份指南由商家自己撰写并签名。信息港没有核对内容，只保证没有人改过一个字。',
  of: (name: string) => `${name}的指南`,
  noName: '未署名的商家',
  version: (n: number, date: string) => `第 ${n} 版，${date}发布`,
  older: (n: number, latest: number) =>
    `这是第 ${n} 版，已经不是最新的。在它有效时判的事仍按它算。最新是第 ${latest} 版。`,
  toLatest: '看最新一版',
  withdrawn: '商家已经撤下这份指南，这里留着它当时的内容。',
  byMember: '由商家授权的人签名发布',
  versions: '各个版本',
  thisOne: '现在看的',
  machine: '给程序读的规则',
  business: '商家资料',
  kind: '经营',
  registered: '登记名称',
  address: '地址',
  hours: '营业时间',
  phone: '电话',
  guides: (n: number) => `发布的指南 ${n} 份`,
  feedCategory: '商家写的指南',
}
const en: typeof zhHans = {
  list: {
    title: 'Guides by businesses',
    lead: 'Written and signed by the businesses themselves; the portal has not checked what they say.',
    none: 'No business has published a guide yet.',
    write: 'I run a business and want to write one',
    by: (name) => `by ${name}`,
    hasRules: 'with rules you can ask',
  },
  unchecked: 'not checked by the portal',
  uncheckedLong:
    'The business wrote and signed this guide itself. The portal has not checked it; it only makes sure that nobody has changed a word.',
  of: (name) => `Guides by ${name}`,
  noName: 'a business without a name',
  version: (n, date) => `version ${n}, published ${date}`,
  older: (n, latest) =>
    `This is version ${n}, no longer the newest. What was judged while it stood is still judged by it. The newest is version ${latest}.`,
  toLatest: 'See the newest version',
  withdrawn: 'The business has withdrawn this guide; what it said is kept here.',
  byMember: 'Signed by somebody the business has appointed',
  versions: 'Versions',
  thisOne: 'the one you see',
  machine: 'The rules for programs',
  business: 'The business',
  kind: 'Trade',
  registered: 'Registered name',
  address: 'Address',
  hours: 'Hours',
  phone: 'Phone',
  guides: (n) => `${n} published ${n === 1 ? 'guide' : 'guides'}`,
  feedCategory: 'Guides by businesses',
}
export const published = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
