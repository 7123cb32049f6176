/** Words of the page on which a person has his own things erased. */
import type { ErasureStep } from '#domain/erasure.ts'
import type { Area } from './strings.ts'

const zhHans = {
  title: '我的数据',
  description: '把你的内容带走、带到别处，或让它从信息港上消失。',
  scriptless: '这一页用的是这台设备上的钥匙，需要打开 JavaScript。',
  back: '回到“我的”',
  loading: '正在打开',
  noKey: '这台设备上还没有钥匙，也就没有你的内容。',
  readOnly: '这个地址不是安全连接（https），不能使用钥匙。',
  erase: {
    title: '从信息港全部删除',
    lead: '你的信息、联系方式、草稿、收藏、指南、授权、通知，都从信息港的硬盘上抹掉，不能恢复。',
    points: [
      '已打印的版本会马上重印，别人再看就没有了。',
      '别人已经打开过的页面，在他们的设备上可能还留着旧的一份，下次联网打开时才换掉。',
      '你授权的人替你发布、存在他名下的指南不再显示，但他自己那一份只有他能删除。',
      '这把钥匙从此不能再用。以后要发布，会用一把新的钥匙。',
      '运营者以前做的备份里还有，会随备份一起过期。',
    ],
    here: '只想清除这台设备？在“我的”页用“从这台设备全部清除”，信息港上的都还在。',
    type: (word: string) => `要继续，请在这里写：${word}`,
    word: '全部删除',
    wrongWord: (word: string) => `写的不是“${word}”，没有删除任何内容。`,
    act: '从信息港和这台设备删除',
    offline: '现在没有连上信息港。全部删除要连着网才能做，什么都还没有删。',
    progress: '正在删除',
    steps: {
      begun: '已收下，钥匙不再能用',
      rooms: '你的房间',
      records: '信息、联系方式和记录',
      editions: '已打印的版本',
      lists: '公开的列表',
      log: '硬盘上的旧字节',
      done: '都删除了',
    } satisfies Record<ErasureStep, string>,
    away: '信息港没有回答。它已收下你的话，会自己做完；连上后这里接着显示。',
    device: '正在清除这台设备',
    ended: '已全部删除',
    endedText: '信息港和这台设备上都没有你的内容了。你随时可以用一把新的钥匙重新开始。',
    home: '去首页',
    faults: {
      unauthorized: '信息港没有认出这把钥匙。请核对这台设备的时间，再试一次。什么都没有删。',
      'bad-statement': '信息港没有认出签名。请重新打开这一页再试。什么都没有删。',
      'statement-time': '这台设备的时间差得太多。请校准时间后再试。什么都没有删。',
      'too-many': '试得太频繁了。请十分钟后再试。什么都没有删。',
      other: '信息港现在做不了。请过一会儿再试。什么都没有删。',
    },
  },
}

const en: typeof zhHans = {
  title: 'Your data',
  description: 'Take what is yours along, bring it in elsewhere, or have it gone from the portal.',
  scriptless: 'This page uses the key on this device, which needs JavaScript.',
  back: 'Back to “Mine”',
  loading: 'Opening',
  noKey: 'There is no key on this device yet, and so nothing of yours.',
  readOnly: 'This address is not a secure connection (https), so no key can be used.',
  erase: {
    title: 'Erase everything from the portal',
    lead: 'Your listings, contacts, drafts, favourites, guides, delegations and notices are wiped from the portal’s disk. This cannot be undone.',
    points: [
      'What is printed is printed again at once without you.',
      'Pages that others have opened may stay on their devices as they were, until they are opened online again.',
      'Guides that somebody published for you under his own key are shown no more; his own copy only he can erase.',
      'This key can never be used again here. To post later you get a new one.',
      'Backups that the operator made before still have it, until they expire.',
    ],
    here: 'Only this device? Use “Clear everything from this device” on the page “Mine”; what is at the portal stays.',
    type: (word) => `To go on, type here: ${word}`,
    word: 'erase all',
    wrongWord: (word) => `That is not “${word}”. Nothing was erased.`,
    act: 'Erase at the portal and here',
    offline: 'The portal is not connected now. Erasing everything needs the network; nothing is erased yet.',
    progress: 'Erasing',
    steps: {
      begun: 'Received; the key is closed',
      rooms: 'Your rooms',
      records: 'Listings, contacts and records',
      editions: 'Printed editions',
      lists: 'Public lists',
      log: 'Old bytes on the disk',
      done: 'All of it is gone',
    },
    away: 'The portal does not answer. It has your word and finishes by itself; this goes on when it is back.',
    device: 'Clearing this device',
    ended: 'Everything is erased',
    endedText:
      'Neither the portal nor this device has anything of yours. You can begin again with a new key at any time.',
    home: 'To the front page',
    faults: {
      unauthorized:
        'The portal did not recognise this key. Check the clock of this device and try again. Nothing was erased.',
      'bad-statement':
        'The portal did not recognise the signature. Open this page again and retry. Nothing was erased.',
      'statement-time': 'The clock of this device is too far off. Set it right and try again. Nothing was erased.',
      'too-many': 'Too many tries. Try again in ten minutes. Nothing was erased.',
      other: 'The portal cannot do it now. Try again later. Nothing was erased.',
    },
  },
}

export const own: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
