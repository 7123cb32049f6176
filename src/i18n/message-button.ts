/** The few words of the ways to messages, on a listing's page and on "me"; the rest comes with the tap. */
import type { Area } from './strings.ts'

const zhHans = {
  title: '站内留言',
  unread: (n: number) => `${n} 条未读`,
  open: '在站内留言',
  loading: '正在打开…',
  failed: '没有打开，连上网络再试一次。',
}
const en: typeof zhHans = {
  title: 'Messages',
  unread: (n) => `${n} unread`,
  open: 'Message the poster',
  loading: 'Opening…',
  failed: 'That did not open. Connect to the network and try again.',
}

export const messageButton: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
