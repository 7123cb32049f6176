/**
 * The sentences of a policy that was made with the rule builder. A made policy carries them in both written languages, whatever
 * the language of the page it was made on; so, unlike all other words, they are not cut out of the scripts of the others.
 */
import type { Exclusion, Region } from '#domain/case-facts.ts'
import type { DraftBar, DraftRow, DraftSpan, Refusal } from '#domain/policy-draft.ts'
import type { PolicySentences } from '#domain/policy-made.ts'
import type { PromiseKind } from '#domain/policy-promises.ts'
import type { Remedy } from '#domain/remedy.ts'

const zh = {
  span: ({ unit, count }: DraftSpan) => (unit === 'days' ? `${count} 天` : `${count} 个月`),
  window: (after: string | undefined, until: string | undefined) =>
    after && until
      ? `过了 ${after}、${until}以内`
      : until
        ? `${until}以内（含最后一天）`
        : after
          ? `过了 ${after}以后`
          : '不限时间',
  fault: { yes: '有质量毛病', no: '不问理由' },
  region: { mainland: '在内地买的', 'hong-kong': '在香港买的', elsewhere: '在别的地方买的' } as Readonly<
    Record<Region, string>
  >,
  and: '，',
  gives: (remedies: string, choice: boolean) => (choice ? `${remedies}，由顾客选` : remedies),
  or: '、',
  remedy: {
    refund: '退货',
    exchange: '换货',
    'new-device': '换新机',
    'free-repair': '免费修',
    'new-part': '免费换零件',
    'paid-repair': '收费修',
    'paid-swap': '付费换机',
  } as Readonly<Record<Remedy, string>>,
  unless: (list: string) => `；${list}的除外`,
  exclusion: {
    used: '明显用过',
    custom: '定做或特别加工',
    pack: '原包装坏了或丢了',
    accessories: '配件少了或坏了',
    card: '没有保修卡',
    damage: '顾客自己弄坏',
    special: '特价品或赠品',
    perishable: '鲜活易腐',
    opened: '拆封或下载的音像、软件',
    papers: '已送到的报刊',
  } as Readonly<Record<Exclusion, string>>,
  refusal: { refund: '不退货', exchange: '不退不换', repair: '不退不换，也不免费修' } as Readonly<
    Record<Refusal, string>
  >,
  row: (when: string, window: string, gives: string, unless: string) => `${when}，${window}：${gives}${unless}。`,
  bar: (what: string, refusal: string, always: boolean) =>
    `${what}的，${always ? '有没有毛病都' : '没有质量毛病时'}${refusal}。`,
  counted: '购买或签收当天算第 0 天，最后一天算在内；月份按日历数，那个月没有这一天就算到月底。',
  fallback: '这一档被拒的，落到后面还给得出的一档。',
  nothing: '这家没有写到这种情况。可以和店家商量，法律另有规定的照法律。',
  receipt: '小票、发票或订单记录',
  source: '这家商家自己写的规则',
  sourceNote: '由商家自己写、自己负责，本站没有核对。和法律不一样的，以法律为准。',
  scope: { shop: '在这家实体店买的', distance: '在这家网上、电话或电视购物买的', both: '在这家买的' },
  promise: {
    repair: (days) => `收下来修的，${days} 天内修好。`,
    'pick-up': (days) => `修好当天通知来取；没来取的，每过 ${days} 天再通知一次，三次都没来取就寄回。`,
    answer: (days) => `换货没有现货的，${days} 天内给顾客回话。`,
  } as Readonly<Record<PromiseKind, (days: number) => string>>,
  repaired: '修好的最后一天',
  ready: '第一次取货通知（修好当天）',
  second: '没取，第二次通知',
  third: '还没取，第三次通知',
  postedBack: '三次都没取，寄回给你',
  answered: '没有现货的话，最晚这天给你回话',
}

const en: typeof zh = {
  span: ({ unit, count }) => `${count} ${unit === 'days' ? 'day' : 'month'}${count === 1 ? '' : 's'}`,
  window: (after, until) =>
    after && until
      ? `after ${after} and within ${until}`
      : until
        ? `within ${until}, the last day included`
        : after
          ? `after ${after}`
          : 'at any time',
  fault: { yes: 'With a fault of quality', no: 'For whatever reason' },
  region: { mainland: 'bought in mainland China', 'hong-kong': 'bought in Hong Kong', elsewhere: 'bought elsewhere' },
  and: ', ',
  gives: (remedies, choice) => (choice ? `${remedies}, as the customer chooses` : remedies),
  or: ' or ',
  remedy: {
    refund: 'a refund',
    exchange: 'an exchange',
    'new-device': 'a new device',
    'free-repair': 'repair free of charge',
    'new-part': 'a new part free of charge',
    'paid-repair': 'repair for a fee',
    'paid-swap': 'a swap for a fee',
  },
  unless: (list) => `; not where this holds: ${list}`,
  exclusion: {
    used: 'plain marks of use',
    custom: 'made to order or specially worked',
    pack: 'original pack damaged or lost',
    accessories: 'accessories missing or damaged',
    card: 'no warranty card',
    damage: 'damage by the customer',
    special: 'special price or gift',
    perishable: 'fresh or perishable',
    opened: 'media or software, opened or downloaded',
    papers: 'papers already delivered',
  },
  refusal: {
    refund: 'no return',
    exchange: 'no return and no exchange',
    repair: 'no return, no exchange and no free repair',
  },
  row: (when, window, gives, unless) => `${when}, ${window}: ${gives}${unless}.`,
  bar: (what, refusal, always) => `${what}: ${refusal}${always ? ', fault or not' : ' where there is no fault'}.`,
  counted:
    'The day of purchase or receipt is day 0, the last day included; months are calendar months, clamped to their last day.',
  fallback: 'What is refused here falls to the best that a later row still gives.',
  nothing: 'The business has written nothing for this case. You may ask; where the law says more, the law holds.',
  receipt: 'The till slip, the invoice or the record of the order',
  source: 'The rules of the business itself',
  sourceNote:
    'Written and answered for by the business; this portal has not checked them. Where the law differs, the law decides.',
  scope: {
    shop: 'What was bought in this shop',
    distance: 'What was bought from this business at a distance',
    both: 'What was bought from this business',
  },
  promise: {
    repair: (days) => `What is taken in for repair is done within ${daysOf(days)}.`,
    'pick-up': (days) =>
      `It is told the day it is ready, and again every ${daysOf(days)} if it is not fetched; after three times it is posted back.`,
    answer: (days) => `Where goods for an exchange are out of stock, the customer is answered within ${daysOf(days)}.`,
  },
  repaired: 'Last day for the repair to be done',
  ready: 'First pick-up notice (the day it is ready)',
  second: 'Not fetched: second notice',
  third: 'Still not fetched: third notice',
  postedBack: 'Not fetched after three notices: posted back to you',
  answered: 'If it is out of stock, the last day to answer you',
}

const daysOf = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`

type Said = typeof zh
const inBoth = (say: (words: Said) => string) => ({ zh: say(zh), en: say(en) })
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const policySentences: PolicySentences = {
  row: (row) => inBoth((words) => rowIn(row, words)),
  bar: (bar) => inBoth((words) => barIn(bar, words)),
  counted: inBoth(({ counted }) => counted),
  fallback: inBoth(({ fallback }) => fallback),
  nothing: inBoth(({ nothing }) => nothing),
  receipt: inBoth(({ receipt }) => receipt),
  source: inBoth(({ source }) => source),
  sourceNote: inBoth(({ sourceNote }) => sourceNote),
  scope: (channel) => inBoth(({ scope }) => scope[channel]),
  promise: (kind, days) => inBoth(({ promise }) => promise[kind](days)),
  repaired: inBoth(({ repaired }) => repaired),
  ready: inBoth(({ ready }) => ready),
  second: inBoth(({ second }) => second),
  third: inBoth(({ third }) => third),
  postedBack: inBoth(({ postedBack }) => postedBack),
  answered: inBoth(({ answered }) => answered),
}

function rowIn({ fault, region, after, until, remedies, unless }: DraftRow, words: Said): string {
  const gives = words.gives(remedies.map((one) => words.remedy[one]).join(words.or), remedies.length > 1)
  const spoilt = unless.map((one) => words.exclusion[one]).join(words.or)
  return words.row(
    [fault ? words.fault.yes : words.fault.no, ...(region ? [words.region[region]] : [])].join(words.and),
    words.window(after && words.span(after), until && words.span(until)),
    gives,
    spoilt && words.unless(spoilt),
  )
}

const barIn = ({ by, refuses, always }: DraftBar, words: Said): string =>
  capital(words.bar(words.exclusion[by], words.refusal[refuses], always))
