/** Words of the mark that tells a reader who signed a guide, checked in his own browser. */
import type { Area } from './strings.ts'

const zhHans = {
  owner: '签名已核对：商家自己发布',
  member: '签名已核对：商家授权的人发布',
  forged: '签名或授权对不上，内容可能被改过，请不要相信这一页。',
}
export type GuideSignatureWords = typeof zhHans

const en: GuideSignatureWords = {
  owner: 'Signature checked: published by the business',
  member: 'Signature checked: published for the business by somebody it has appointed',
  forged: 'The signature or the appointment does not fit; the content may have been changed. Do not trust this page.',
}

export const guideSignature = { 'zh-Hans': zhHans, en } satisfies Area<GuideSignatureWords>
