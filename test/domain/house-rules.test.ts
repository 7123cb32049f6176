/** HR-2: what counts as a contact in text, and what only looks like one. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tellsContact } from '#domain/contact-in-text.ts'
import { plainOf, refusalsOfGuide, refusalsOfHouse, refusalsOfName, refusalsOfTyped } from '#domain/house-rules.ts'
import { exclusions } from '#domain/case-facts.ts'
import { gifts, refusals } from '#domain/policy-draft.ts'
import { policySentences } from '#src/i18n/policy-sentences.ts'
import { aBusiness, aPolicy, aText } from '../fixtures/guide-bodies.ts'
import { aListing, house } from '../fixtures/town.ts'

describe('HR-2 finds', () => {
  it.each([
    '电话13800001111',
    '138 0000 1111',
    '1 3 8 0 0 0 0 1 1 1 1',
    '１３８００００１１１１',
    '１３８－００００－１１１１',
    '+86 138-0000-1111',
    '0633-8331234',
    '(0633) 833 1234',
    '座机 8331234',
    '833-1234',
    '400 123 4567',
    '①③⑧⓪⓪⓪⓪①①①①',
    '1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣0️⃣1️⃣1️⃣1️⃣1️⃣',
    '138\u200b0000\u200b1111',
    '电话一三八零零零零幺幺幺幺',
    '加微\u2060信 haibian_88',
    '邮箱 lao.zhou@example.org',
    'lao.zhou ＠ example.org',
    '微信号：haibian_88',
    '加微信haibian88',
    'VX haibian88',
    'QQ 123456',
    'wechat: haibian',
  ])('%s', (text) => expect(tellsContact(text)).toBe(true))
})

describe('HR-2 leaves', () => {
  it.each([
    '2026-05-01 之后可以看房',
    '2019.3 买的，2023/11/2 换过电池',
    '工资3000-5000元，另有全勤',
    '每月 4500—6000，包吃住',
    '总价1280000元',
    '2019-2023 年款都可以',
    '08:30-17:30，周末休息',
    '鞋码 38 39 40 41 都有',
    '64G 版，电池 90%',
    '1.4 米长，60 公分宽，75 高',
    '行驶 120000 公里',
    '支持微信支付',
    '可以用 QQ 音乐',
    '日照到青岛 G1234 次',
    '周一三五七点到九点，周二四六八点到十点',
    '工资1500-3500，补贴500',
    '二〇一九年买的，一万三千八百块',
    '276800',
    'a@b',
  ])('%s', (text) => expect(tellsContact(text)).toBe(false))

  it.each(['rizhao', 'huangdao'])('every sample listing of %s', (portal) => {
    const path = new URL(`../../content/samples/${portal}.json`, import.meta.url)
    const { listings } = JSON.parse(readFileSync(path, 'utf8')) as {
      listings: { title: string; text: string; fields: Record<string, string> }[]
    }
    const told = listings.filter(({ title, text, fields }) => [title, text, ...Object.values(fields)].some(telling))
    expect(told.map(({ title }) => title)).toEqual([])
    expect(listings.length).toBeGreaterThan(50)
  })
})
const telling = (value: unknown) => typeof value === 'string' && tellsContact(value)

it('a refusal names the field it is about', () => {
  const body = aListing({
    title: '书桌 13800001111',
    poster: 'company',
    firm: '加微信haibian88',
    fields: { brand: '8331234' },
  })
  expect(refusalsOfHouse([], body)).toEqual(['title', 'firm', 'brand'].map((field) => ({ rule: 'HR-2', field })))
})

it('the name of a poster is no place for them either', () => {
  const of = (name: string) => refusalsOfName(house, { name, poster: 'person' })
  expect(of('微信 haibian88')).toEqual([{ rule: 'HR-2', field: 'name' }])
  expect(of('全市第一家政')).toEqual([{ rule: 'HR-4', field: 'name', got: '全市第一' }])
  expect(of('海边的老周')).toEqual([])
})

const jobs = { category: 'jobs', intent: 'hiring' }
const friends = { category: 'friends', intent: 'meet' }
const goods = { category: 'goods', intent: 'offer' }
const found = (text: string, at: Parameters<typeof refusalsOfTyped>[1]) =>
  refusalsOfTyped(house, at, { text }).map(({ rule, got }) => `${rule} ${got ?? ''}`.trim())

describe('the words of the house', () => {
  it('are spelled as texts are compared, each once, and phrases that excuse a word hold one', () => {
    for (const { words, unless } of house) {
      for (const word of [...words, ...unless]) expect(plainOf(word)).toBe(word)
      expect(new Set(words).size).toBe(words.length)
      for (const phrase of unless) expect([phrase, words.some((word) => phrase.includes(word))]).toEqual([phrase, true])
    }
  })

  // prettier-ignore
  it.each([
    ['全网最低价，随便比', 'HR-4 全网最低', goods], ['这个价格最便宜了', 'HR-4 最便宜', goods], ['日照第一品牌', 'HR-4 第一品牌', goods],
    ['全市第一的手艺', 'HR-4 全市第一', goods], ['國家級品質', 'HR-4 国家级', goods], ['顶级配置', 'HR-4 顶级', goods],
    ['百分百正品', 'HR-4 百分百', goods], ['百分之百满意', 'HR-4 百分之百', goods], ['１００％有效', 'HR-4 100%', goods],
    ['包治腰腿疼', 'HR-4 包治', goods], ['零风险稳赚', 'HR-4 零风险', goods], ['独 一 无 二 的手串', 'HR-4 独一无二', goods],
    ['史上最强手机', 'HR-4 史上最', goods], ['Best Price Ever in Rizhao', 'HR-4 best price ever', goods], ['100 percent guaranteed', 'HR-4 100 percent guaranteed', goods],
    ['低息小额贷，当天到账', 'HR-5 小额贷', goods], ['可办贷款，黑户也行', 'HR-5 办贷款', goods], ['信用卡套现找我', 'HR-5 信用卡套现', goods],
    ['代还信用卡，手续费低', 'HR-5 代还信用卡', goods], ['带你炒币，每天两百', 'HR-5 炒币', goods], ['收處方藥', 'HR-5 处方药', goods],
    ['减肥药，七天见效', 'HR-5 减肥药', goods], ['出一把仿真枪', 'HR-5 仿真枪', goods], ['弓弩一套', 'HR-5 弓弩', goods],
    ['警服一套，含警官证', 'HR-5 警服', goods], ['四六级替考', 'HR-5 替考', goods], ['驾照考试包过', 'HR-5 包过', goods],
    ['代写论文，查重包改', 'HR-5 代写论文', goods], ['兼职刷单，日结', 'HR-5 刷单', jobs], ['兼职 刷 单 日结', 'HR-5 刷单', jobs],
    ['刷.单，在家就能做', 'HR-5 刷单', jobs], ['刷好评五元一条', 'HR-5 刷好评', goods], ['高价收银行卡', 'HR-5 收银行卡', goods],
    ['收微信号，长期要', 'HR-5 收微信号', goods], ['收费陪聊，包你开心', 'HR-5 收费陪聊', goods], ['香烟批发', 'HR-5 香烟', goods],
    ['电子烟，口味齐全', 'HR-5 电子烟', goods], ['代开发票，点数低', 'HR-5 代开发票', goods], ['办假证，照片快递', 'HR-5 办假证', goods],
    ['象牙手镯一对', 'HR-5 象牙', goods], ['穿山甲标本', 'HR-5 穿山甲', goods], ['we ghostwrite your thesis', 'HR-5 ghostwrite', goods],
    ['入职交押金三百', 'HR-6 押金', jobs], ['先收保证金', 'HR-6 保证金', jobs], ['报名费一百，面试时交', 'HR-6 报名费', jobs],
    ['服装费二百从工资扣', 'HR-6 服装费', jobs], ['培训费自理', 'HR-6 培训费', jobs], ['中介费五百', 'HR-6 中介费', jobs],
    ['需交建档费', 'HR-6 建档费', jobs], ['入职押身份证一周', 'HR-6 押身份证', jobs], ['先交钱再上岗', 'HR-6 先交钱', jobs],
    ['deposit required on the first day', 'HR-6 deposit required', jobs], ['a registration fee of 50', 'HR-6 registration fee', jobs], ['服裝費先付', 'HR-6 服装费', jobs],
    ['找学生妹聊天', 'HR-7 学生妹', friends], ['先发红包再聊', 'HR-7 先发红包', friends], ['有偿见面', 'HR-7 有偿', friends],
    ['一夜情勿回', 'HR-7 一夜情', friends], ['高中生也可以', 'HR-7 高中生', friends], ['约 炮', 'HR-7 约炮', friends],
  ] as const)('refuse %s', (text, rule, at) => expect(found(text, at)).toContain(rule))

  // prettier-ignore
  it.each([
    ['九成新书桌，桌面有两处浅划痕，自提', goods], ['100%棉四件套，洗过一次', goods], ['电池健康度100%，充电器齐全', goods], ['不敢说百分百没毛病，欢迎来看', goods],
    ['价格可以商量，最好周末来看', goods], ['最后一件，卖完为止', goods], ['最低消费三十元', goods], ['第一次卖东西，多包涵', goods], ['一楼第一家店', goods],
    ['国家级自然保护区附近的民宿', goods], ['陪我最好的朋友买的，用不上了', goods], ['顶楼，采光好', goods], ['全新未拆，小票在', goods], ['价格低于市场价，急出', goods],
    ['可以按揭，公积金贷款也行', { category: 'housing', intent: 'sale' }], ['没有网贷，车子手续齐', { category: 'vehicles', intent: 'sale' }], ['此车无抵押，可过户', { category: 'vehicles', intent: 'sale' }],
    ['押一付三，押金退房时退', { category: 'housing', intent: 'rent' }], ['租房押金一个月', { category: 'housing', intent: 'rent' }], ['中介费由房东出', { category: 'housing', intent: 'rent' }],
    ['象牙白的柜子，九成新', goods], ['象牙色连衣裙', goods], ['儿童军装演出服，穿过一次', goods], ['迷彩帐篷，四人用', goods], ['玩具子弹一盒，配软弹枪', goods],
    ['刷墙刷漆，小面积也接', { category: 'services', intent: 'offer' }], ['刷子、单反三脚架一起出', goods], ['洗刷 单人床垫', goods], ['不刷单，正规客服', jobs], ['刷单勿扰，要能坐班的', jobs],
    ['药箱，家用，空的', goods], ['药店收银员，两班倒', jobs], ['戒烟成功，打火机出掉', goods], ['车里无香烟味', { category: 'vehicles', intent: 'sale' }], ['烟台到日照，下午走', { category: 'rides', intent: 'driver' }],
    ['包过户，手续齐全', { category: 'vehicles', intent: 'sale' }], ['民宿包过夜和早餐', { category: 'services', intent: 'offer' }], ['会计助理，会开发票', jobs], ['考试辅导书一套', goods], ['考研结束，出资料', goods],
    ['论文排版软件课，周末开', { category: 'education', intent: 'offer' }], ['教写作，不代写', { category: 'education', intent: 'offer' }], ['高中生物老师，周末家教', { category: 'education', intent: 'offer' }], ['高中生一对一数学辅导', { category: 'education', intent: 'offer' }],
    ['不收押金，不收服装费，工资日结', jobs], ['免押金，包吃住', jobs], ['入职有培训，培训费全免', jobs], ['社保缴费基数按实发', jobs], ['绝不先交钱，交钱的都是骗子', jobs], ['不押身份证，看一眼就还', jobs],
    ['no deposit required, uniforms are free', jobs], ['求职：会做面点，可以试工', { category: 'jobs', intent: 'seeking' }], ['报名费是指活动场地，AA', { category: 'events', intent: 'host' }], ['羽毛球局，场地费平摊', { category: 'events', intent: 'host' }],
    ['周末爬山，未成年人勿扰', friends], ['喜欢看书跑步，想认识同城的人', friends], ['不要转账，聊得来再说', friends], ['捡到一串钥匙，有个木头小鱼', { category: 'lost', intent: 'found' }],
    ['军训毕业，鞋子没穿几次', goods], ['子弹头面包车，七座', { category: 'vehicles', intent: 'sale' }], ['电动车，续航四十公里，充电器在', goods], ['顶级域名转让的书一本', goods],
  ] as const)('leave %s', (text, at) => expect(found(text, at)).toEqual([]))

  it('are told with the word that was found, once for a rule and a field', () => {
    const body = aListing({ title: '顶级书桌', text: '全网最低价，最便宜，可办贷款，支持百分百退。' })
    expect(refusalsOfHouse(house, body)).toEqual([
      { rule: 'HR-4', field: 'title', got: '顶级' },
      { rule: 'HR-4', field: 'text', got: '全网最低' },
      { rule: 'HR-5', field: 'text', got: '办贷款' },
    ])
  })
})

describe('of a business', () => {
  const guide = (change: Partial<Parameters<typeof refusalsOfGuide>[1]>) =>
    refusalsOfGuide(house, { title: '冰箱不制冷了怎么办', summary: '先看三处，再打电话。', ...change })

  it.each([
    ['title', { title: '全市第一的修理铺' }, '全市第一'],
    ['summary', { summary: '百分百修好，不好不收钱。' }, '百分百'],
    ['text', { text: aText('我们是顶级的。') }, '顶级'],
  ] as const)('a guide is refused for a word in its %s', (field, change, got) =>
    expect(guide(change)).toEqual([{ rule: 'HR-4', field, got }]),
  )

  it('a guide may say how the business is reached, its profile only in the field for it', () => {
    expect(guide({ text: aText('打 0633-8331234，微信号 haiqu_88。') })).toEqual([])
    const hours = { ...aBusiness().business!, hours: '每天，电话 13800001111' }
    expect(refusalsOfName(house, aBusiness({ business: hours }))).toEqual([{ rule: 'HR-2', field: 'hours' }])
    expect(refusalsOfName(house, aBusiness())).toEqual([])
  })

  it('no sentence of the rule builder is against any rule, and what is put in its place is judged', () => {
    const span = { unit: 'months', count: 3 } as const
    const rows = gifts.map((remedies) => ({
      place: 1,
      fault: true,
      after: span,
      until: span,
      remedies: [...remedies],
      unless: [...exclusions],
    }))
    const bars = exclusions.flatMap((by) => refusals.map((refuses) => ({ place: 1, by, refuses, always: true })))
    const { row, bar, ...fixed } = policySentences
    const sentences = [...rows.map(row), ...bars.map(bar), ...Object.values(fixed), fixed.scope('both')]
    const texts = sentences.flatMap((one) => (typeof one === 'function' ? [] : Object.values(one)))
    expect(refusalsOfTyped(house, {}, { policy: texts.join('\n') })).toEqual([])

    const policy = aPolicy('a'.repeat(26), 1)
    expect(guide({ policy })).toEqual([])
    const author = { zh: '全城最低。', en: 'x' }
    expect(guide({ policy: { ...policy, author } })).toEqual([{ rule: 'HR-4', field: 'policy', got: '全城最低' }])
  })
})
