/** Words of the quieter pages: guides, rules, links, phones, notices, about, and the frame of post and me. */
import type { audiences, businessKinds, GuideGroup } from '#domain/guide.ts'
import type { Area } from './strings.ts'

type By<Keys extends string> = Readonly<Record<Keys, string>>

const zhHans = {
  post: {
    title: '免费发布',
    description: '不用注册。写的时候自动保存在这台设备上，断网也能发，连上以后自己送出去。',
    scriptless: '发布要在浏览器里生成钥匙并签名，需要打开 JavaScript。看信息、查指南不需要。',
    tips: '发之前看一眼',
    guide: '怎样发一条放心的信息',
  },
  paper: {
    read: '在网上看这一页：',
    code: '这一页地址的二维码',
    share: '分享',
    point: '用手机对准它，或者复制地址',
    copy: '复制地址',
    copied: '已复制',
    copyFailed: '复制不了，请选中地址',
    close: '关闭',
  },
  me: {
    title: '我的',
    description: '我的信息、我的钥匙。都在这台设备上，没有账号。',
    scriptless: '这一页读的是这台设备上的钥匙，需要打开 JavaScript。',
  },
  guides: {
    title: '指南',
    description: '售后、买卖、租房、求职与离线使用，一步一步说清楚。没有网络也能读。',
    groups: {
      'after-sales': '售后：你能要什么',
      steps: '售后：一步一步办',
      business: '给开店的人',
      daily: '买车、租房、找工作',
      portal: '用好信息港',
    } as By<GuideGroup>,
    audiences: { customer: '给顾客', business: '给店家', resident: '给居民' } as By<(typeof audiences)[number]>,
    businesses: {
      shop: '实体店',
      'online-shop': '网店',
      'phone-maker': '手机厂家',
      'car-dealer': '汽车店',
      'used-car-seller': '二手车卖家',
      landlord: '房东与中介',
      employer: '用人单位',
    } as By<(typeof businessKinds)[number]>,
    feed: '指南更新（Atom）',
    reviewed: (date: string) => `${date}核对`,
    minutes: (n: number) => `约 ${n} 分钟`,
    contents: '这一篇里有',
    sources: '依据',
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
    contactText:
      '哪一条不对，点那一页下面的“举报”；你的被撤下，在“我的”里申诉。管理员做过的每一次处理都公开。别的事写到这里：',
    log: '公开的处理记录',
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
  paper: {
    read: 'This page on the web:',
    code: 'The address of this page as a QR code',
    share: 'Share',
    point: 'Point a phone at it, or copy the address',
    copy: 'Copy the address',
    copied: 'Copied',
    copyFailed: 'Cannot copy; select the address',
    close: 'Close',
  },
  me: {
    title: 'Mine',
    description: 'My listings and my key. All on this device; there is no account.',
    scriptless: 'This page reads the key on this device, which needs JavaScript.',
  },
  guides: {
    title: 'Guides',
    description: 'After-sales, buying, renting, jobs and offline use, step by step. They read without a network.',
    groups: {
      'after-sales': 'After-sales: what you are entitled to',
      steps: 'After-sales: step by step',
      business: 'For shopkeepers',
      daily: 'Cars, homes and jobs',
      portal: 'Using the portal',
    },
    audiences: { customer: 'For customers', business: 'For businesses', resident: 'For residents' },
    businesses: {
      shop: 'shops',
      'online-shop': 'online shops',
      'phone-maker': 'phone makers',
      'car-dealer': 'car dealers',
      'used-car-seller': 'used-car sellers',
      landlord: 'landlords and agents',
      employer: 'employers',
    },
    feed: 'Guides as they change (Atom)',
    reviewed: (date) => `checked ${date}`,
    minutes: (n) => `about ${n} min`,
    contents: 'In this guide',
    sources: 'Sources',
    next: 'What to do next',
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
    contactText:
      'To report a page, use “Report this” below it; to object when yours was taken down, look under “Mine”. Everything moderators decide is public. For anything else write to:',
    log: 'The public moderation log',
  },
  breadcrumb: 'You are here',
}
export const pages = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
