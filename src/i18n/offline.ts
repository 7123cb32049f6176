/** Words about what this browser keeps: the mark on a saved copy, the offline page, and the offer of a new version. */
import type { Area } from './strings.ts'

const zhHans = {
  copy: {
    plain: '本机保存的副本',
    before: '，存于 ',
    after: '，可能有变。',
    again: '重新载入',
  },
  update: {
    ready: '信息港有新版本。',
    load: '点这里载入',
    held: '这一页有没发出去的字，发布或清空后再载入。',
    later: '以后再说',
  },
  page: {
    title: '这一页还没存在本机',
    text: '现在连不上信息港，这一页也没有打开过。连上以后再试，或者先看看手边有的。',
    again: '再试一次',
    works: '断网照样能用',
    post: '写一条信息，连上后自己送出去',
    me: '我的信息和钥匙',
    search: '搜索存在本机的内容',
    kept: '看过的页面',
    keptNone: '还没有看过的页面存在这里。联网时打开过的，断网时会列在这里。',
    guides: '指南',
    guidesNone: '指南还没存好。下次联网打开信息港，会自己存下来。',
    savedAt: '存于',
  },
}

const en: typeof zhHans = {
  copy: {
    plain: 'A copy saved on this device',
    before: ' on ',
    after: '; it may have changed since.',
    again: 'Load again',
  },
  update: {
    ready: 'There is a new version.',
    load: 'Tap to load it',
    held: 'Something typed on this page has not been sent: publish or clear it, then load.',
    later: 'Later',
  },
  page: {
    title: 'This page is not on this device',
    text: 'The portal cannot be reached and this page was never opened here. Try again once connected, or read what is at hand.',
    again: 'Try again',
    works: 'Works without a network',
    post: 'Write a listing; it goes out by itself later',
    me: 'My listings and key',
    search: 'Search what is kept here',
    kept: 'Pages you have seen',
    keptNone: 'No page is kept yet. What you open while connected is listed here when you are not.',
    guides: 'Guides',
    guidesNone: 'The guides are not here yet. They are fetched by themselves the next time you are connected.',
    savedAt: 'Saved',
  },
}

export const offline: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
