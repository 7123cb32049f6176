/** Words of the connection mark in the page head. */
import type { Area } from './strings.ts'

const zhHans = {
  online: '已同步',
  sending: '正在送出',
  offline: '离线，照常可用',
  offlineWaiting: '离线，已存本机',
  connecting: '正在连接',
}

const en: typeof zhHans = {
  online: 'In sync',
  sending: 'Sending',
  offline: 'Offline, works as usual',
  offlineWaiting: 'Offline, kept on this device',
  connecting: 'Connecting',
}

export const connection: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
