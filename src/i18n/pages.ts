/** Words of the quieter pages: guides, rules, links, phones, notices, about, and the frame of post and me. */
import type { Area } from './strings.ts'

const zhHans = {
  post: {
    title: '免费发布',
    description: '不用注册。写的时候自动保存在这台设备上，断网也能发，连上以后自己送出去。',
    scriptless: '发布要在浏览器里生成钥匙并签名，需要打开 JavaScript。看信息、查指南不需要。',
    tips: '发之前看一眼',
    guide: '怎样发一条放心的信息',
  },
  me: {
    title: '我的',
    description: '我的信息、我的钥匙。都在这台设备上，没有账号。',
    scriptless: '这一页读的是这台设备上的钥匙，需要打开 JavaScript。',
  },
  guides: {
    title: '指南',
    description: '发布、买卖、租房、售后与离线使用，一步一步说清楚。没有网络也能读。',
    groups: {
      posting: '发布信息',
      buying: '买卖避坑',
      housing: '租房与住',
      'after-sales': '售后与退换',
      portal: '用好信息港',
    } as Readonly<Record<string, string>>,
    reviewed: (date: string) => `${date}核对`,
    minutes: (n: number) => `约 ${n} 分钟`,
    contents: '这一篇里有',
    sources: '依据',
    related: '接着读',
    next: '下一步',
    offline: '打开过就留在这台设备上，断网也能读。',
  },
  rules: {
    title: '发布规则',
    description: '在这里发布要守的几条规则。被退回的信息会说明是哪一条、怎么改。',
    why: '为什么',
    mend: '怎么改',
    contents: '条目',
  },
  links: {
    title: '网址导航',
    description: '办事、出行、看病、上学常用的网站，按用途分好。',
    note: '点开以后离开本站。办事请认准官方网址，不要从短信里的链接进去。',
    count: (n: number) => `${n} 个`,
  },
  phones: {
    title: '便民电话',
    description: '急用的在最前面，点一下就能拨。',
  },
  notices: {
    title: '公告',
    description: '本站的通知和本地的提醒。',
    all: '全部公告',
    none: '现在没有公告。',
  },
  about: {
    title: '关于本站',
    roles: '它担的几个角色',
    how: '它怎样运转',
    points: [
      ['没有账号', '浏览器里生成的一把钥匙就是你的身份，十二个词可以在别的设备上找回。'],
      ['断网也在', '看过的页面、指南和草稿留在设备上；离线写的信息，连上网自己送出去。'],
      ['改不了', '每条信息都由发布者的钥匙签名，谁都能核对，连本站也改不了一个字。'],
      ['到期就下', '信息有期限，到期或成交后联系方式撤下，三十天后内容也撤下。'],
      ['退回讲理由', '凡是退回的信息，都写明是哪一条规则、怎么改，你写的字一个都不丢。'],
    ] as readonly (readonly [string, string])[],
    duty: '账号是钥匙的信息港，本身不等于完成了实名手续；运营者可以为核实过的发布者加上标记。',
    contact: '联系运营者',
    contactText: '举报违法信息、反映差错、申诉退回的信息，都写到这里：',
  },
  breadcrumb: '所在位置',
}
const en: typeof zhHans = {
  post: {
    title: 'Post for free',
    description:
      'No account. What you write is kept on this device as you type, and goes out by itself when there is a network.',
    scriptless: 'Posting makes a key in your browser and signs with it, which needs JavaScript. Reading does not.',
    tips: 'Before you post',
    guide: 'How to post safely',
  },
  me: {
    title: 'Mine',
    description: 'My listings and my key. All on this device; there is no account.',
    scriptless: 'This page reads the key on this device, which needs JavaScript.',
  },
  guides: {
    title: 'Guides',
    description: 'Posting, buying, renting, after-sales and offline use, step by step. They read without a network.',
    groups: {
      posting: 'Posting',
      buying: 'Buying safely',
      housing: 'Housing',
      'after-sales': 'After-sales',
      portal: 'Using the portal',
    },
    reviewed: (date) => `checked ${date}`,
    minutes: (n) => `about ${n} min`,
    contents: 'In this guide',
    sources: 'Sources',
    related: 'Read on',
    next: 'Next step',
    offline: 'Once opened it stays on this device and reads without a network.',
  },
  rules: {
    title: 'House rules',
    description: 'What posting here asks of you. A refused listing is told which rule and how to mend it.',
    why: 'Why',
    mend: 'How to mend it',
    contents: 'Rules',
  },
  links: {
    title: 'Directory',
    description: 'Sites for offices, travel, health and school, sorted by use.',
    note: 'These lead away from the portal. Use official addresses, not links from text messages.',
    count: (n) => `${n}`,
  },
  phones: {
    title: 'Phone numbers',
    description: 'The urgent ones first; tap to call.',
  },
  notices: {
    title: 'Notices',
    description: 'News of the portal and local reminders.',
    all: 'All notices',
    none: 'No notices now.',
  },
  about: {
    title: 'About this portal',
    roles: 'Its roles',
    how: 'How it works',
    points: [
      ['No account', 'A key made in your browser is who you are; twelve words bring it back on another device.'],
      [
        'There without a network',
        'Pages, guides and drafts stay on the device; what you wrote offline goes out by itself.',
      ],
      [
        'Nobody can change it',
        'Every listing is signed by its poster and anyone can check it; not even the portal can change a word.',
      ],
      ['It ends when it ends', 'Listings run out; then the contact goes, and after thirty days the text as well.'],
      [
        'Refusals give reasons',
        'A refused listing is told the rule and the way to mend it; nothing you typed is lost.',
      ],
    ],
    duty: 'A portal whose accounts are keys does not by itself fulfil real-name duties; the operator may mark posters who were verified.',
    contact: 'Write to the operator',
    contactText: 'To report unlawful content, point out a mistake, or object to a refusal, write to:',
  },
  breadcrumb: 'You are here',
}
export const pages = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
