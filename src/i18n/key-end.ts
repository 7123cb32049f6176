/** Words for the end of a key: said by its owner, shown to readers. */
import type { Area } from './strings.ts'

const zhHans = {
  shown: {
    title: '发布者的钥匙已经终止',
    text: (day: string) =>
      `${day}，这把钥匙由它自己签字终止：它名下的信息都结束了，联系方式已撤下，再有人用它发布，信息港不收。`,
    successor: (mark: string) => `声明里写的接替钥匙：尾号 ${mark}`,
    doubt: '拿到钥匙的人都能写接替者，请先向本人核实。',
    genuine: '终止声明的签名已在你的浏览器里核对',
    forged: '终止声明的签名对不上，请不要相信这一段。',
  },
  own: {
    title: '手机丢了：终止这把钥匙',
    lead: '在任何一台有 12 个词的设备上，都能让这把钥匙从此作废：信息全部结束，联系方式撤下，别人拿着旧手机也发不了新内容。内容不抹掉，也不能反悔。',
    did: '这台设备的钥匙编号',
    successor: '接替的钥匙编号（可以不填）',
    successorHelp: '在新设备的这一页能看到它的编号，贴到这里，别人就能找到新的你。',
    badSuccessor: '编号以 did:key:z6Mk 开头，一共 56 个字符；不能是这把钥匙自己。什么都没有做。',
    type: (word: string) => `要继续，请在这里写：${word}`,
    word: '终止',
    wrongWord: (word: string) => `写的不是“${word}”，什么都没有做。`,
    act: '现在就终止',
    prepare: '先签好，存成文件',
    prepareHelp:
      '把终止声明先签好，打印或存在别处。以后没有手机、也没有那 12 个词，任何一台设备都能用它终止这把钥匙。谁拿到它都能用，请收好。',
    prepared: '已存成文件。',
    working: '正在签名',
    ended: '这把钥匙已经终止。要重新开始，请在“我的”页从这台设备全部清除，会有一把新钥匙。',
    waiting: '现在没有连上信息港。声明已签好存在这台设备，连上后自动送出，在那之前钥匙还有效。',
  },
  paper: {
    title: '用先签好的声明终止一把钥匙',
    lead: '这里不需要钥匙：把以前存下的声明贴进来，或选那个文件。',
    label: '终止声明',
    choose: '选择文件',
    unreadable: '浏览器读不出这个文件。请换一个位置再选，或把里面的内容贴到下面。',
    act: '送出声明',
    bad: '这不是本信息港的终止声明，或者抄漏了。请从头到尾整段贴进来。什么都没有做。',
    offline: '现在没有连上信息港，声明没有送出。连上后再点一次。',
    tooMany: '试得太频繁了，请十分钟后再试。',
    failed: '信息港现在存不下，请过一会儿再试。',
    done: (marks: string) => `钥匙 ${marks} 已经终止。`,
  },
}

const en: typeof zhHans = {
  shown: {
    title: 'The poster’s key has ended',
    text: (day) =>
      `On ${day} this key signed its own end: all its listings are over, its contacts are taken down, and whatever is posted with it is refused.`,
    successor: (mark) => `The key it names to go on: …${mark}`,
    doubt: 'Whoever has a key can write a successor, so ask the person first.',
    genuine: 'The signature of the end was checked in your browser',
    forged: 'The signature of the end does not check out. Do not trust this paragraph.',
  },
  own: {
    title: 'Lost your phone: end this key',
    lead: 'On any device with the 12 words you can make this key void: all listings are over, contacts are taken down, and nobody with the old phone can post. Nothing is erased, and it cannot be undone.',
    did: 'The key on this device',
    successor: 'The key that goes on (may stay empty)',
    successorHelp: 'This page on the new device shows its key. Paste it here, and people find the new you.',
    badSuccessor: 'It begins with did:key:z6Mk and has 56 characters; it cannot be this key itself. Nothing was done.',
    type: (word) => `To go on, type here: ${word}`,
    word: 'end',
    wrongWord: (word) => `That is not “${word}”. Nothing was done.`,
    act: 'End it now',
    prepare: 'Sign it ahead, as a file',
    prepareHelp:
      'Sign the end ahead, and print it or keep it elsewhere. Later, without the phone and without the 12 words, any device can end this key with it. Whoever has it can use it: keep it well.',
    prepared: 'Saved as a file.',
    working: 'Signing',
    ended:
      'This key has ended. To begin again, clear everything from this device on “Mine”; a new key comes by itself.',
    waiting:
      'The portal is not connected now. The end is signed and kept on this device, and goes out by itself; until then the key still works.',
  },
  paper: {
    title: 'End a key with what was signed ahead',
    lead: 'No key is needed here: paste what you kept, or choose the file.',
    label: 'The signed end',
    choose: 'Choose a file',
    unreadable: 'The browser cannot read this file. Choose it again from another place, or paste what is in it below.',
    act: 'Send it',
    bad: 'This is no signed end for this portal, or a part of it is missing. Paste it whole. Nothing was done.',
    offline: 'The portal is not connected now, so nothing was sent. Try again later.',
    tooMany: 'Too many tries. Try again in ten minutes.',
    failed: 'The portal cannot store it now. Try again later.',
    done: (marks) => `Key ${marks} has ended.`,
  },
}

export const keyEnd: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
