/** Words of the post form: its fields, its draft, its steps. */
import type { Area } from './strings.ts'

/** Reasons of the relay that a person can do something about. */
const zhHeld: Readonly<Record<string, string>> = {
  'room-full': '你在信息港的空间用满了：先结束几条旧信息，再提交。',
  storage: '信息港的磁盘这会儿写不进去，会自己再试。',
  'too-many-frames': '送得太快了，过一会儿会自己再试。',
  'frame-too-large': '一次送的内容太大，信息港收不下：把说明写短一些，再提交。',
}
const enHeld: Readonly<Record<string, string>> = {
  'room-full': 'Your space at the portal is full: end some old listings first.',
  storage: 'The portal cannot write to its disk now and will try again.',
  'too-many-frames': 'Sent too fast; it is tried again in a while.',
  'frame-too-large': 'Too much at once for the portal: shorten the description and submit again.',
}

const zhHans = {
  title: '免费发布',
  editTitle: '修改信息',
  form: {
    category: '分类',
    chooseCategory: '选一个分类',
    intent: '方向',
    sub: '小类',
    choose: '请选择',
    title: '标题',
    titleHelp: (length: number) => `${length} / 40 字`,
    text: '说明',
    textHelp: (length: number) => `${length} / 2000 字`,
    price: (label: string, unit: string) => `${label}（${unit}）`,
    byAgreement: '面议',
    district: '区域',
    details: '更多细节',
    detailsHelp: '填得越全，越容易被筛到。',
    required: '必填',
    poster: '我是',
    posterKind: { person: '个人', 'sole-trader': '个体经营', company: '公司或机构' },
    firm: '公司名称',
    name: '称呼',
    nameHelp: '别人这样称呼你，不必是真名；你的每条信息都署这个名。',
    nameFriendsHelp: '交友用另一把钥匙，别人看不出你还发过什么；称呼也请另起一个。',
    contact: '联系方式',
    contactKind: '用哪种方式联系',
    contactValue: '号码或账号',
    contactHelp: '不写进公开的信息里：别人点开、看过防骗提示才看得到，到期或成交后就撤下。',
    contactKept: '留空就沿用原来的联系方式。',
    contactNone: '不留联系方式，别人就没法找你。',
    validDays: '有效期',
    days: (n: number) => `${n} 天`,
    monthForm: '例如 2025-04',
    submit: '发布',
    submitEdit: '提交修改',
    resubmit: '重新提交',
    offline: '离线也能发布',
    working: '正在签名…',
    adultsOnly: '这个分类只给成年人。',
  },
  draft: {
    saved: '草稿已自动保存',
    saving: '正在保存草稿…',
    resumed: '接着上次没写完的草稿。',
    startOver: '重新开始',
    startedOver: '已清空，从头开始。',
    undo: '撤销',
    others: (n: number) => `还有 ${n} 份草稿`,
    memoryOnly: '这个浏览器不让保存数据：关掉页面，没发出去的内容就没了。',
  },
  errors: {
    summary: (n: number) => `有 ${n} 处要改`,
    lead: '你写的内容都在，改好再提交就行。',
  },
  steps: { label: '发布进度', saved: '已存在本机', stored: '已送到信息港', published: '已发布', refused: '没有发布' },
  state: {
    draft: '还没有提交',
    saved: '已存在本机，网络通了会自己送出去。关掉页面也不会丢：下次打开信息港，它接着送。',
    stored: '信息港已经存好，正在核对。',
    published: '已发布，大家都看得到了。',
    refused: '没有发布，原因在下面。',
    superseded: '这一版没有算数，请选一版。',
    saving: '正在存到本机…',
    unsaved: '没能存到本机：请别关掉页面，连上网络就会送出去。',
  },
  after: {
    view: '看看这条信息',
    another: '再发一条',
    mine: '我的信息',
    edit: '再改改',
    notFound: '这台设备上没有这条信息。请用发布它的设备，或先用恢复词找回钥匙。',
  },
  notice: {
    readOnly: '这个页面不是安全连接（https），浏览器不给做签名：可以看，不能发。',
    offline: '现在没有网络：照样可以写、可以提交，连上后自己送出去。',
  },
  /** @param code the relay's reason */
  held: (code: string) => {
    const why = zhHeld[code] ?? '信息港这会儿没有收下，会自己再试；一直这样就刷新页面。'
    return `${why}你写的都在本机。（${code}）`
  },
  failure: {
    open: '页面没有载完，现在写的还没有保存。请先把要紧的话复制下来，连上网络后刷新页面。',
    submit: '没有做成：这个浏览器没能签名或保存。你写的都还在，请再点一次；还不行就腾出存储空间、刷新页面。',
  },
  overtaken: {
    lead: '你开始修改以后，这条信息在别处又改过，有几处和你写的不一样。提交会用你写的换掉它们。',
    says: (field: string, now: string) => `${field}：新版本写的是“${now || '空'}”`,
    take: '用新版本的',
  },
}
type PostWords = typeof zhHans

const en: PostWords = {
  title: 'Post free',
  editTitle: 'Edit listing',
  form: {
    category: 'Category',
    chooseCategory: 'Choose a category',
    intent: 'Offer or wanted',
    sub: 'Kind',
    choose: 'Please choose',
    title: 'Title',
    titleHelp: (length) => `${length} of 40 characters`,
    text: 'Description',
    textHelp: (length) => `${length} of 2000 characters`,
    price: (label, unit) => `${label} (${unit})`,
    byAgreement: 'By agreement',
    district: 'District',
    details: 'Details',
    detailsHelp: 'The more you fill in, the easier it is to find.',
    required: 'required',
    poster: 'I am',
    posterKind: { person: 'a private person', 'sole-trader': 'a sole trader', company: 'a company or institution' },
    firm: 'Name of the company',
    name: 'Name',
    nameHelp: 'What people call you; need not be your real name. It stands under each of your listings.',
    nameFriendsHelp: 'This category uses another key, so nobody sees what else you post; choose another name too.',
    contact: 'Contact',
    contactKind: 'How to reach you',
    contactValue: 'Number or account',
    contactHelp: 'Never part of the public text: shown on request after a warning, taken down when the listing ends.',
    contactKept: 'Leave empty to keep the contact you gave.',
    contactNone: 'Without a contact nobody can reach you.',
    validDays: 'Runs for',
    days: (n) => `${n} days`,
    monthForm: 'such as 2025-04',
    submit: 'Post',
    submitEdit: 'Submit changes',
    resubmit: 'Submit again',
    offline: 'Works offline',
    working: 'Signing…',
    adultsOnly: 'This category is for adults only.',
  },
  draft: {
    saved: 'Draft saved',
    saving: 'Saving the draft…',
    resumed: 'This is the draft you left unfinished.',
    startOver: 'Start over',
    startedOver: 'Cleared.',
    undo: 'Undo',
    others: (n) => `${n} more ${n === 1 ? 'draft' : 'drafts'}`,
    memoryOnly: 'This browser keeps no data: what is not sent is lost when you close the page.',
  },
  errors: {
    summary: (n) => `${n} ${n === 1 ? 'thing' : 'things'} to change`,
    lead: 'All you typed is here; mend and submit again.',
  },
  steps: {
    label: 'Progress',
    saved: 'Saved here',
    stored: 'At the portal',
    published: 'Published',
    refused: 'Not published',
  },
  state: {
    draft: 'Not submitted yet',
    saved: 'Saved on this device; it goes out by itself when there is a network, or the next time you open the portal.',
    stored: 'The portal has stored it and is checking it.',
    published: 'Published: everyone can see it.',
    refused: 'Not published; the reason is below.',
    superseded: 'This version does not count; please choose one.',
    saving: 'Saving on this device…',
    unsaved: 'It could not be saved here: keep the page open, it goes out with the network.',
  },
  after: {
    view: 'See the listing',
    another: 'Post another',
    mine: 'My listings',
    edit: 'Edit again',
    notFound: 'This device does not have that listing. Use the one that posted it, or bring your key here first.',
  },
  notice: {
    readOnly: 'This page is not on a secure connection (https), so the browser cannot sign: you can read, not post.',
    offline: 'No network now: write and submit all the same, it goes out by itself.',
  },
  held: (code) => {
    const why = enHeld[code] ?? 'The portal did not take it yet and will try again; reload the page if this stays.'
    return `${why} All you wrote is on this device. (${code})`
  },
  failure: {
    open: 'The page did not load whole, so what you type is not saved. Copy what matters, connect, and reload.',
    submit:
      'That did not work: the browser could not sign or save. All you typed is here; try again, or free some storage.',
  },
  overtaken: {
    lead: 'This listing was changed elsewhere since you began; some of it differs from yours. Submitting replaces it.',
    says: (field, now) => `${field}: the newest version says “${now || 'nothing'}”`,
    take: 'Take the newest version',
  },
}

export const post = { 'zh-Hans': zhHans, en } satisfies Area<PostWords>
