/** Words about listings, wherever one is shown: cards, the listing page, "me", search. */
import type { Contact } from '#domain/contact.ts'
import type { Life } from '#domain/life.ts'
import type { ListingState } from '#domain/listing.ts'
import type { PosterKind } from '#domain/poster.ts'
import type { ageOf } from '#domain/time.ts'
import type { Area } from './strings.ts'

type Age = ReturnType<typeof ageOf>

interface ListingWords {
  readonly age: (age: Age) => string
  readonly byAgreement: string
  readonly free: string
  /** Before a name in a heading: what the card says when the price is a wish. */
  readonly poster: Readonly<Record<PosterKind, string>>
  readonly posterLong: Readonly<Record<PosterKind, string>>
  readonly life: Readonly<Record<Life, string>>
  readonly state: Readonly<Record<ListingState, string>>
  readonly overWhy: Readonly<Record<ListingState, string>>
  readonly daysLeft: (days: number) => string
  readonly ended: (days: number) => string
  readonly sample: string
  readonly sampleLong: string
  readonly yes: string
  readonly no: string
  readonly contactKind: Readonly<Record<Contact['kind'], string>>
  readonly noName: string
  readonly count: (n: number) => string
  readonly sameNumber: (n: number) => string
  readonly revision: (rev: number) => string
}

const zhHans: ListingWords = {
  age: ({ unit, n }) =>
    ({ now: '刚刚', minutes: `${n} 分钟前`, hours: `${n} 小时前`, days: n === 1 ? '昨天' : `${n} 天前` })[unit],
  byAgreement: '面议',
  free: '免费',
  poster: { person: '个人', 'sole-trader': '个体', company: '商家' },
  posterLong: { person: '个人发布', 'sole-trader': '个体经营', company: '公司或机构' },
  life: { live: '在架', expired: '已到期', sold: '已成交', withdrawn: '已撤下' },
  state: { live: '在架', 'sold-here': '在这里成交', 'sold-elsewhere': '在别处成交', 'changed-mind': '改主意了' },
  overWhy: {
    live: '这条信息到期了，联系方式已经撤下。',
    'sold-here': '这条信息已经成交，联系方式已经撤下。',
    'sold-elsewhere': '发布者已在别处成交，联系方式已经撤下。',
    'changed-mind': '发布者撤下了这条信息。',
  },
  daysLeft: (days) => (days < 1 ? '今天到期' : `还有 ${days} 天到期`),
  ended: (days) => (days < 1 ? '今天结束' : `${days} 天前结束`),
  sample: '示例',
  sampleLong: '示例信息：人和物都是编的，电话打不通。',
  yes: '是',
  no: '否',
  contactKind: { phone: '电话', wechat: '微信', qq: 'QQ', email: '邮箱' },
  noName: '没有署名',
  count: (n) => `共 ${n} 条`,
  sameNumber: (n) => `同一个号码还有 ${n} 条在架信息`,
  revision: (rev) => `第 ${rev} 版`,
}

const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

const en: ListingWords = {
  age: ({ unit, n }) =>
    ({
      now: 'just now',
      minutes: `${n} min ago`,
      hours: `${n} h ago`,
      days: n === 1 ? 'yesterday' : `${n} days ago`,
    })[unit],
  byAgreement: 'By agreement',
  free: 'Free',
  poster: { person: 'Private', 'sole-trader': 'Sole trader', company: 'Business' },
  posterLong: { person: 'Private person', 'sole-trader': 'Sole trader', company: 'Company or institution' },
  life: { live: 'Live', expired: 'Expired', sold: 'Sold', withdrawn: 'Withdrawn' },
  state: {
    live: 'Live',
    'sold-here': 'Sold here',
    'sold-elsewhere': 'Sold elsewhere',
    'changed-mind': 'Changed my mind',
  },
  overWhy: {
    live: 'This listing has expired; the contact has been taken down.',
    'sold-here': 'This is sold; the contact has been taken down.',
    'sold-elsewhere': 'This was sold elsewhere; the contact has been taken down.',
    'changed-mind': 'The poster has withdrawn this listing.',
  },
  daysLeft: (days) => (days < 1 ? 'Ends today' : `${plural(days, 'day', 'days')} left`),
  ended: (days) => (days < 1 ? 'Ended today' : `Ended ${plural(days, 'day', 'days')} ago`),
  sample: 'Sample',
  sampleLong: 'A sample: people and things are invented, the number does not ring.',
  yes: 'Yes',
  no: 'No',
  contactKind: { phone: 'Phone', wechat: 'WeChat', qq: 'QQ', email: 'Email' },
  noName: 'No name given',
  count: (n) => plural(n, 'listing', 'listings'),
  sameNumber: (n) => `${plural(n, 'other live listing', 'other live listings')} with this number`,
  revision: (rev) => `Version ${rev}`,
}

export const listing = { 'zh-Hans': zhHans, en } satisfies Area<ListingWords>
