/** Words of a moderator's decision as its poster reads it, and of his objection. */
import type { LabelAction, SubjectKind } from '#domain/label.ts'
import type { Area } from './strings.ts'

type By<Keys extends string> = Readonly<Record<Keys, string>>

const zhHans = {
  says: {
    hide: '管理员撤下了它，别人现在看不到。',
    restore: '管理员看过了，它照常展示。',
    warn: '管理员提醒你注意，它还在架。',
    block: '管理员停用了你的钥匙：你的信息和指南都撤下了，也不能再发布。',
  } as By<LabelAction>,
  subject: { listing: '信息', guide: '你的一份指南', key: '你的钥匙' } as By<SubjectKind>,
  hidden: '已撤下',
  rule: '依据',
  reason: '理由：',
  mend: '点“修改”改好再提交，管理员会看到改过的版本，合规就恢复。',
  object: '申诉',
  objectLead: '说说为什么不对。只给管理员看，最多 500 个字。',
  send: '送出申诉',
  answered: {
    title: (n: number) => `我举报的，有 ${n} 条处理好了`,
    number: '编号',
    says: {
      hide: '撤下了。',
      restore: '看过了，没有撤下。',
      warn: '提醒了发布者。',
      block: '停用了。',
    } as By<LabelAction>,
  },
  answers: {
    taken: '申诉收到了，管理员会再看一次。',
    'too-large': '写得太长了，最多 500 个字。',
    'too-many': '送得太多了，请过十分钟再试。',
    failed: '现在送不出去，写的话还在，请过一会儿再试。',
  },
}
const en: typeof zhHans = {
  says: {
    hide: 'A moderator took this down; nobody else sees it now.',
    restore: 'A moderator has looked at this; it is shown as usual.',
    warn: 'A moderator asks you to mind this; it is still live.',
    block: 'A moderator blocked your key: your listings and guides are down, and you cannot publish.',
  },
  subject: { listing: 'Listing', guide: 'A guide of yours', key: 'Your key' },
  hidden: 'taken down',
  rule: 'By rule',
  reason: 'Reason: ',
  mend: 'Edit it and submit again: the moderators see the mended version and bring back what keeps the rules.',
  object: 'Object',
  objectLead: 'Say why this is wrong. For moderators only, at most 500 characters.',
  send: 'Send the objection',
  answered: {
    title: (n) => `What I reported: ${n} decided`,
    number: 'Number',
    says: {
      hide: 'was taken down.',
      restore: 'was looked at and stays.',
      warn: 'has its poster warned.',
      block: 'was blocked.',
    },
  },
  answers: {
    taken: 'Received. A moderator will look again.',
    'too-large': 'Too long: 500 characters at most.',
    'too-many': 'Too many; try again in ten minutes.',
    failed: 'It cannot be sent right now. What you wrote is still here; try again in a while.',
  },
}
export const house = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
