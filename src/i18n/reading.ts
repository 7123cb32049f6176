/** Words of the live parts on pages for readers: newest listings, the contact on a listing page, the signature. */
import type { Area } from './strings.ts'

const zhHans = {
  latest: {
    news: (n: number) => `刚刚多了 ${n} 条`,
  },
  contact: {
    show: '看联系方式',
    hintTitle: '联系之前，先看一眼',
    confirm: '知道了，显示联系方式',
    cancel: '先不看',
    loading: '正在取…',
    call: (value: string) => `拨打 ${value}`,
    copy: '复制',
    copied: '已复制',
    checked: '和发布者签名时承诺的一致',
    disclaimer: '信息港只传递信息，不为交易担保。',
    over: '这条信息已经结束，联系方式撤下了。',
    none: '发布者没有留联系方式。',
    mismatch: '取回的联系方式和发布者签名的不一致，没有显示。请不要理会别处给出的号码，也可以举报。',
    offline: '现在连不上信息港，联系方式取不到。有网络时再点一次。',
    failed: '没有取到，稍后再试。',
    again: '再试一次',
    tooMany: '点得太多了，过几分钟再试。',
  },
  signature: {
    genuine: '签名已核对',
    forged: '签名对不上，内容可能被改过，请不要相信这一页。',
    checkPhotos: (n: number) => `核对 ${n} 张照片`,
    photos: {
      genuine: '照片和签名时的一样',
      forged: '有照片和签名时的不一样，请不要相信它',
      unreachable: '有照片还没送到，或现在取不到',
    },
    redated: '续期的时间不合规则（至少隔 48 小时），发布时间可能不真。',
  },
}
type ReadingWords = typeof zhHans

const en: ReadingWords = {
  latest: {
    news: (n) => `${n} new ${n === 1 ? 'listing' : 'listings'}`,
  },
  contact: {
    show: 'Show contact',
    hintTitle: 'Before you call',
    confirm: 'Understood, show it',
    cancel: 'Not now',
    loading: 'Fetching…',
    call: (value) => `Call ${value}`,
    copy: 'Copy',
    copied: 'Copied',
    checked: 'Matches what the poster signed',
    disclaimer: 'The portal passes information on and answers for no deal.',
    over: 'This listing has ended and the contact was taken down.',
    none: 'The poster left no contact.',
    mismatch: 'The contact that came back does not match what the poster signed, so it is not shown.',
    offline: 'The portal cannot be reached now. Try again when there is a network.',
    failed: 'That did not work; try again later.',
    again: 'Try again',
    tooMany: 'Too many requests; try again in some minutes.',
  },
  signature: {
    genuine: 'Signature checked',
    forged: 'The signature does not fit; the content may have been changed. Do not trust this page.',
    checkPhotos: (n) => `Check ${n} ${n === 1 ? 'photo' : 'photos'}`,
    photos: {
      genuine: 'The photos are those that were signed',
      forged: 'A photo is not the one that was signed: do not trust it',
      unreachable: 'A photo is not at the portal yet, or cannot be fetched now',
    },
    redated: 'It was renewed against the rule (48 hours apart at least); its date may not be true.',
  },
}

export const reading = { 'zh-Hans': zhHans, en } satisfies Area<ReadingWords>
