/** Words around every page: masthead, navigation, footer, and the pages that say a thing is not there. */
import type { Locale } from '#domain/locale.ts'
import type { Area } from './strings.ts'

const zhHans = {
  skip: '跳到正文',
  language: '选择语言',
  largeText: '大字',
  strapline: '本地信息，断网也在',
  mainNav: '主要栏目',
  tabNav: '底部导航',
  nav: {
    home: '首页',
    search: '搜索',
    post: '免费发布',
    postShort: '发布',
    guides: '办事指南',
    afterSales: '售后指南',
    guidesShort: '指南',
    notices: '公告',
    phones: '便民电话',
    links: '网址导航',
    me: '我的',
  },
  search: {
    label: '搜索全站信息',
    placeholder: '搜一搜：电动车、合租、空调维修……',
    short: '搜信息、指南',
    submit: '搜索',
  },
  foot: {
    board: '分类信息',
    service: '便民服务',
    site: '关于',
    about: '关于本站',
    rules: '发布规则',
    report: '举报与申诉',
    operator: (name: string) => `运营者：${name}`,
    filing: '备案号：',
    promise: '本站不注册、不收费、不跟踪。信息由发布者负责，本站不参与任何交易。',
  },
  separator: ' · ',
  errors: {
    missing: {
      title: '这里没有页面',
      text: '地址可能打错了，或者页面已经搬走。试试搜索，或者从下面的分类进去。',
    },
    broken: {
      title: '这一页暂时打不开',
      text: '是我们这边出了问题，不是你的操作。你写过的草稿都还在自己的设备上。请过一会儿再试。',
      again: '再试一次',
    },
    home: '回首页',
    browse: '从分类进去',
  },
}
const en: typeof zhHans = {
  skip: 'Skip to the content',
  language: 'Language',
  largeText: 'Large text',
  strapline: 'Local, even offline',
  mainNav: 'Main sections',
  tabNav: 'Bottom navigation',
  nav: {
    home: 'Home',
    search: 'Search',
    post: 'Post for free',
    postShort: 'Post',
    guides: 'Guides',
    afterSales: 'After-sales',
    guidesShort: 'Guides',
    notices: 'Notices',
    phones: 'Phone numbers',
    links: 'Directory',
    me: 'Mine',
  },
  search: {
    label: 'Search everything',
    placeholder: 'Try: e-bike, shared flat, air conditioner repair…',
    short: 'Listings, guides',
    submit: 'Search',
  },
  foot: {
    board: 'Listings',
    service: 'Services',
    site: 'About',
    about: 'About this portal',
    rules: 'House rules',
    report: 'Report or object',
    operator: (name) => `Operated by ${name}`,
    filing: 'Filing number: ',
    promise: 'No account, no fee, no tracking. Posters answer for what they post; the portal is no party to any deal.',
  },
  separator: ' · ',
  errors: {
    missing: {
      title: 'There is no page here',
      text: 'The address may be mistyped, or the page has moved. Try a search, or start from a category below.',
    },
    broken: {
      title: 'This page does not open right now',
      text: 'The fault is ours, not yours. Drafts you wrote are still on your own device. Please try again in a while.',
      again: 'Try again',
    },
    home: 'Back to the start',
    browse: 'Start from a category',
  },
}
/** Each language by its own name, on pages of every language. */
export const languageNames: Readonly<Record<Locale, string>> = {
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  en: 'English',
}

export const shell = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
