/** Words of the key card: what the key is, its 12 words, and taking a key over from another device. */
import type { Area } from './strings.ts'

const zhHans = {
  title: '我的钥匙',
  what: '这把钥匙就是你的账号，存在这个浏览器里，不用注册，也没有密码。',
  none: '还没有钥匙。第一次写草稿或发布时会自动生成，你也可以用 12 个词找回以前的钥匙。',
  mark: '钥匙尾号',
  show: '显示我的 12 个词',
  hide: '收起',
  warning: '谁有这 12 个词，谁就能用你的名义发布和改动信息。请抄在纸上收好，不要截图，不要发给任何人。',
  words: '我的 12 个词，按顺序',
  copy: '复制',
  copied: '已复制，粘贴保存后请清空剪贴板',
  copyFailed: '浏览器不允许复制，请照着抄写',
  language: '词的语言',
  chinese: '中文',
  english: '英文',
  restoreTitle: '用 12 个词找回钥匙',
  restoreHelp: '换了手机或浏览器，把抄下的词按顺序填在这里，就还是原来的你。中文或英文，有没有空格都可以。',
  wordsLabel: '12 个词',
  restore: '找回钥匙',
  replaceWarning: (mark: string) =>
    `这个浏览器里已有一把钥匙（尾号 ${mark}）。换掉以后，用它发布的信息在这里就不能再改，它的草稿不再显示，没送出的也送不出去。请先抄下它的 12 个词。`,
  replace: '换成新填的钥匙',
  cancel: '先不换',
  same: '这就是这个浏览器正在用的钥匙，不用找回。',
  done: '钥匙已找回，正在重新打开页面',
  keepFailed: '这个浏览器没有存下钥匙，原来的钥匙还在。请腾出存储空间后再试。',
  memoryOnly: '这个浏览器不能保存钥匙，关掉页面就没有了。请先抄下 12 个词。',
  readOnly: '这个地址不是安全连接（https），不能使用钥匙。',
  loading: '正在打开',
  loadFailed: '词表没有取到。请连上网络再试一次。',
  faults: {
    count: (n: number) =>
      n === 0 ? '还没有填写。要填 12 个词。' : `填了 ${n} 个词，应该是 12 个。请对照抄写的纸，看看多了还是少了。`,
    unknown: (word: string, place: number) =>
      place > 0
        ? `第 ${place} 个词“${word}”不在词表里，可能写错了。`
        : `“${word}”这里读不出词表里的词。请用空格把每个词分开。`,
    mixed: '中文和英文不能混着填，请只填其中一种。',
    checksum: '每个词都在词表里，但合起来不对：可能有一个词写成了另一个，或者顺序不对。',
  },
}

const en: typeof zhHans = {
  title: 'My key',
  what: 'This key is your account. It is kept in this browser; there is nothing to sign up for and no password.',
  none: 'No key yet. One is made with your first draft or listing, or bring back an earlier one with its 12 words.',
  mark: 'Key ending in',
  show: 'Show my 12 words',
  hide: 'Hide',
  warning:
    'Whoever has these 12 words can post and change listings in your name. Write them on paper, take no screenshot, send them to nobody.',
  words: 'My 12 words, in order',
  copy: 'Copy',
  copied: 'Copied; clear the clipboard once they are stored',
  copyFailed: 'The browser does not allow copying; please write them down',
  language: 'Language of the words',
  chinese: 'Chinese',
  english: 'English',
  restoreTitle: 'Bring back a key with 12 words',
  restoreHelp:
    'On a new phone or browser, type the words you wrote down, in order, and you are you again. Chinese or English, with or without spaces.',
  wordsLabel: '12 words',
  restore: 'Bring back',
  replaceWarning: (mark) =>
    `This browser has a key already (ending in ${mark}). Once it is replaced, listings posted with it can no longer be changed here, its drafts are out of sight, and what was not sent stays unsent. Write down its 12 words first.`,
  replace: 'Replace it',
  cancel: 'Keep the old one',
  same: 'This browser already uses this key.',
  done: 'The key is back; opening the page again',
  keepFailed: 'This browser did not keep the key; the old one is still in place. Free some storage and try again.',
  memoryOnly: 'This browser cannot keep the key; it is gone when the page closes. Write down the 12 words first.',
  readOnly: 'This address is not a secure connection (https), so keys cannot be used.',
  loading: 'Opening',
  loadFailed: 'The word list did not load. Connect to the network and try again.',
  faults: {
    count: (n) =>
      n === 0 ? 'Nothing typed yet; 12 words are needed.' : `${n} ${n === 1 ? 'word' : 'words'}; there must be 12.`,
    unknown: (word, place) =>
      place > 0
        ? `Word ${place}, "${word}", is not in the list; it may be misspelled.`
        : `No word of the list can be read at "${word}". Put spaces between the words.`,
    mixed: 'Chinese and English cannot be mixed.',
    checksum: 'Every word is in the list, but together they are wrong: one may be another word, or the order differs.',
  },
}

export const me: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
