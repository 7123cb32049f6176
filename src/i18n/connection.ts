/** Words of the connection mark in the page head, and of the notices about what this browser can keep. */
import type { Area } from './strings.ts'

const zhHans = {
  online: '已同步',
  sending: '正在送出',
  offline: '离线，照常可用',
  offlineWaiting: '离线，已存本机',
  connecting: '正在连接',
  memoryOnly: '这个浏览器现在不能保存内容，关掉页面后写的东西会丢失。请退出无痕模式，或腾出存储空间后再写。',
  readOnly: '这个地址不是安全连接（https），只能浏览，不能发布。',
  understood: '知道了',
}

const en: typeof zhHans = {
  online: 'In sync',
  sending: 'Sending',
  offline: 'Offline, works as usual',
  offlineWaiting: 'Offline, kept on this device',
  connecting: 'Connecting',
  memoryOnly:
    'This browser cannot keep anything now: what you write is lost when the page closes. Leave private browsing or free some storage first.',
  readOnly: 'This address is not a secure connection (https): you can read here, but not post.',
  understood: 'Understood',
}

export const connection: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
