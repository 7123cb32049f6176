/** Words of the storage card: what this browser keeps of the portal, how large it is, and how it goes. */
import type { Area } from './strings.ts'

const zhHans = {
  title: '存在这台设备上的',
  lead: '信息港把你的内容和看过的页面存在这个浏览器里，断网也能用。',
  persisted: '浏览器答应：空间不够时也不清除这些内容。',
  notPersisted: '空间不够或很久不来时，浏览器可能会清除这些内容。已送到信息港的，用 12 个词就能找回。',
  groups: {
    own: '我的信息和联系方式',
    me: '草稿、收藏和设置（已加密）',
    inbox: '信息港给我的通知',
    public: '公开的列表',
    photos: '我的照片',
    town: '全城信息的离线副本',
    pages: '看过的页面和指南',
  },
  town: '搜索页可以更新、停下。',
  pages: (n: number) => `${n} 页`,
  photos: (n: number) => `${n} 张；草稿的照片只存在这里，送到信息港的一周后删掉。`,
  syncedAt: (time: string) => `上次同步：${time}`,
  unsynced: '还没有同步过',
  unopened: (n: number) => `其中 ${n} 处是别的版本写的，这里打不开，原样留着。`,
  empty: '这里还没有存任何内容。',
  remove: '删除',
  removeOf: (what: string) => `从这台设备删除：${what}`,
  removeAll: '从这台设备全部清除',
  warning:
    '清除后，这个浏览器里的钥匙、草稿和看过的页面都没有了，已发布的信息还在信息港上。以后要找回，只能用 12 个词。',
  waiting: '还有内容没有送到信息港，清除后就没有了。',
  confirm: '都清除',
  cancel: '先不清除',
  loading: '正在查看',
}

const en: typeof zhHans = {
  title: 'Kept on this device',
  lead: 'The portal keeps what is yours and the pages you have seen in this browser, so that it works without a network.',
  persisted: 'The browser has promised not to clear this when space runs short.',
  notPersisted:
    'When space runs short or you stay away for long, the browser may clear this. What has reached the portal comes back with your 12 words.',
  groups: {
    own: 'My listings and contacts',
    me: 'Drafts, favourites and settings (encrypted)',
    inbox: 'Notices from the portal to me',
    public: 'Public lists',
    photos: 'My photos',
    town: 'The town, to search and read offline',
    pages: 'Pages and guides you have seen',
  },
  town: 'The search page updates it.',
  pages: (n) => `${n} ${n === 1 ? 'page' : 'pages'}`,
  photos: (n) => `${n}; those of drafts are kept only here, those at the portal go after a week.`,
  syncedAt: (time) => `Last in sync: ${time}`,
  unsynced: 'Never in sync yet',
  unopened: (n) =>
    `${n} ${n === 1 ? 'piece of it was' : 'pieces of it were'} written by another version, cannot be opened here and stay as they are.`,
  empty: 'Nothing is kept here yet.',
  remove: 'Remove',
  removeOf: (what) => `Remove from this device: ${what}`,
  removeAll: 'Clear everything from this device',
  warning:
    'The key, the drafts and the pages in this browser are gone after that; what is published stays at the portal. Only your 12 words bring you back.',
  waiting: 'Something has not reached the portal yet and will be lost.',
  confirm: 'Clear everything',
  cancel: 'Keep it',
  loading: 'Looking',
}

export const kept: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
