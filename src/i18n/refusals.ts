/** Every refusal in words: why, and what to do. A rule of `refusal.ts` without words does not compile. */
import type { RefusalRule } from '#domain/refusal.ts'
import type { Area } from './strings.ts'

/** `field` is the control's label; `limit` and `got` are what the rule names, when it names them. */
export interface RefusalFacts {
  readonly field: string
  readonly limit?: string | undefined
  readonly got?: string | undefined
}
export interface RefusalSpeech {
  readonly why: (facts: RefusalFacts) => string
  readonly mend: (facts: RefusalFacts) => string
}
type Speeches = Readonly<Record<RefusalRule, RefusalSpeech>>

const least = (limit = ''): string => limit.split('-')[0] ?? ''
const tooShort = ({ limit, got }: RefusalFacts): boolean => got !== undefined && Number(got) < Number(least(limit))

/** Too short or too long: three sentences, of which the facts choose one. */
const lengthSpeech =
  (says: {
    readonly open: (least: string, most: string) => string
    readonly least: (limit: string, got: string) => string
    readonly most: (limit: string, got: string) => string
  }) =>
  (facts: RefusalFacts): string => {
    const [least = '', most = ''] = (facts.limit ?? '').split('-')
    if (facts.got === undefined || !facts.limit) return says.open(least, most)
    return tooShort(facts) ? says.least(least, facts.got) : says.most(most, facts.got)
  }

// prettier-ignore
const zhHans: Speeches = {
  'bad-format':        { why: () => '这条信息的格式不对，信息港读不出来。', mend: () => '点“重新提交”再签一次；还不行就刷新页面，你写的内容不会丢。' },
  'too-large':         { why: ({ limit }) => `这条信息太大了${limit ? `，最多 ${limit} 字节` : ''}。`, mend: () => '把说明写短一些，再提交。' },
  'bad-signature':     { why: () => '签名和内容对不上，信息港不能确认是你写的。', mend: () => '点“重新提交”，用这台设备的钥匙再签一次。' },
  'forbidden-key':     { why: () => '内容里夹带了不允许的字段。', mend: () => '刷新页面后重新提交；如果装了会改网页的插件，请先关掉它。' },
  'bad-shape':         { why: ({ field }) => field ? `“${field}”的写法信息港不认识。` : '这条信息里有信息港不认识的内容。', mend: () => '检查这一项后再提交；页面可能旧了，刷新一次试试。' },
  'wrong-portal':      { why: () => '这条信息是为另一个城市的信息港签的。', mend: () => '请在本地信息港重新发布。' },
  'wrong-id':          { why: () => '信息编号和发布者的钥匙对不上。', mend: () => '请当作一条新信息重新发布。' },
  'wrong-author':      { why: () => '这条信息不是用你的钥匙签的。', mend: () => '请用当初发布它的设备，或先用恢复词找回那把钥匙。' },
  'wrong-slot':        { why: () => '这条信息放错了位置。', mend: () => '点“重新提交”，信息港会把它放到该放的地方。' },
  'clock':             { why: () => '这台设备的时间比信息港快了 10 分钟以上。', mend: () => '已按信息港的时间自动重签；要是还不行，请把设备时间改成自动。' },
  'older-revision':    { why: () => '信息港已有更新的版本，这一版来晚了。', mend: () => '打开最新的版本，在它上面改。' },
  'superseded':        { why: () => '你的另一台设备也改了这条信息，那一版算数。', mend: () => '两版都在下面，选一版留下。' },
  'renewed-too-soon':  { why: () => '两次续期之间至少要隔 48 小时。', mend: () => '等满 48 小时再续，信息现在还在架。' },
  'unknown-category':  { why: () => '还没有选分类。', mend: () => '选一个最接近的分类。' },
  'unknown-intent':    { why: () => '还没有选供求方向。', mend: () => '选你是提供还是想找。' },
  'unknown-kind':      { why: () => '还没有选小类。', mend: () => '选一个最接近的小类，实在没有就选“其他”。' },
  'unknown-district':  { why: () => '还没有选区域。', mend: () => '选东西或人所在的区域。' },
  'foreign-field':     { why: ({ field }) => `“${field}”不是这个分类的项目。`, mend: () => '换了分类之后请再提交一次，多余的项目会去掉。' },
  'field-missing':     { why: ({ field }) => `“${field}”没有填。`, mend: () => '这一项在这个分类里必填。' },
  'field-range':       { why: ({ field, limit, got }) => limit ? `“${field}”要在 ${limit} 之间${got ? `，现在是 ${got}` : ''}。` : `“${field}”超出了范围。`, mend: () => '改成范围里的值。' },
  'field-form':        { why: ({ field }) => `“${field}”的写法不对。`, mend: () => '数字只写数字，日期写成年-月-日。' },
  'title-length':      { why: lengthSpeech({ open: (least, most) => `标题要 ${least || '若干'} 到 ${most || '若干'} 个字。`, least: (n, got) => `标题至少 ${n} 个字，现在 ${got} 个。`, most: (n, got) => `标题最多 ${n} 个字，现在 ${got} 个。` }), mend: (facts) => tooShort(facts) ? '写清品牌和成色，别人更容易找到。' : '留最要紧的几个字，细节写进说明。' },
  'text-length':       { why: lengthSpeech({ open: (least, most) => `说明要 ${least || '若干'} 到 ${most || '若干'} 个字。`, least: (n, got) => `说明至少 ${n} 个字，现在 ${got} 个。`, most: (n, got) => `说明最多 ${n} 个字，现在 ${got} 个。` }), mend: (facts) => tooShort(facts) ? '写写来历、成色、怎么看货，少些来回问。' : '删掉重复的话，留下别人会问的。' },
  'price-range':       { why: ({ limit }) => `价格要写成数字${limit ? `，最多 ${limit}` : ''}。`, mend: () => '例如 2350 或 800.50；不想写就勾“面议”。' },
  'price-unwanted':    { why: () => '这个分类不写价格。', mend: () => '把价格去掉；工资写在“工资”一栏。' },
  'valid-days':        { why: () => '有效期只能选 7、30 或 60 天。', mend: () => '选其中一个，到期前可以续。' },
  'company-name':      { why: () => '公司发布要写名称（2 到 40 个字）。', mend: () => '写营业执照上的名称，或大家熟悉的店名。' },
  'name-length':       { why: lengthSpeech({ open: (least, most) => `称呼要 ${least || '若干'} 到 ${most || '若干'} 个字。`, least: (n, got) => `称呼至少 ${n} 个字，现在 ${got} 个。`, most: (n, got) => `称呼最多 ${n} 个字，现在 ${got} 个。` }), mend: () => '写个别人能叫的称呼，不必是真名。' },
  'control-characters':{ why: ({ field }) => `“${field}”里有看不见的控制字符。`, mend: () => '多半是粘贴带来的：清空这一项，手打一遍。' },
  'contact-form':      { why: () => '联系方式的写法不对。', mend: () => '电话写数字，微信号以字母开头，QQ 是数字，邮箱带 @。' },
  'photo-count':       { why: ({ limit }) => `照片最多 ${limit ?? 8} 张。`, mend: () => '留下最说明问题的几张，第一张是封面。' },
  'photo-form':        { why: () => '照片的资料不对。', mend: () => '把那张照片去掉，再选一次。' },
  'photo-absent':      { why: () => '有照片不在这台设备上。', mend: () => '用选它的那台设备提交，或去掉它再选一次。' },
  'business-name':     { why: () => '公司要写登记的名称（2 到 60 个字）。', mend: () => '照营业执照写。' },
  'business-text':     { why: ({ field, limit }) => `“${field}”要 ${limit ?? '若干'} 个字。`, mend: () => '写清楚，也别太长。' },
  'business-phone':    { why: () => '商家电话的写法不对。', mend: () => '写座机、手机或 400 号码，只用数字、空格和短横。' },
  'no-business':       { why: () => '还没有商家资料，别人不知道这份指南是谁写的。', mend: () => '先在商家页填好资料，再发布。' },
  'guide-text':        { why: () => '正文里有信息港不显示的内容。', mend: () => '多半是粘贴带来的：删掉那一段，或只粘贴文字。' },
  'guide-length':      { why: ({ limit, got }) => `正文太长${got ? `：现在 ${got} 字节，最多 ${limit ?? ''}` : ''}。`, mend: () => '写短一些，或分成两份指南。' },
  'policy-faulty':     { why: ({ limit, got }) => `规则 ${got ?? ''} ${limit === 'hole' ? '之间空了几天' : limit === 'overlap' ? '管着同一天' : '前后对不上'}。`, mend: () => '在规则里改好这几条，再发布。' },
  'policy-name':       { why: () => '规则的编号不是这份指南的。', mend: () => '刷新页面，再发布一次。' },
  'version-taken':     { why: ({ limit }) => `同事刚发布了第 ${limit ?? ''} 版。`, mend: () => '先看那一版，改好以后再发布。' },
  'not-delegated':     { why: () => '这家商家没有让你发布，或已经收回。', mend: () => '请商家重新邀请；你写的内容还在这台设备上。' },
  'delegation-time':   { why: ({ limit }) => `授权最长 ${limit ?? 366} 天。`, mend: () => '选近一点的日期，到期再续。' },
  'entry-length':      { why: ({ field, limit }) => `“${field || '这一项'}”要 ${limit ?? '若干'} 个字，首尾没有空格。`, mend: () => '写短一些，或补上。' },
  'entry-phone':       { why: () => '电话的写法不对。', mend: () => '只用数字和短横，三到二十四位，例如 0633-8012345。' },
  'entry-link':        { why: () => '网址的写法不对。', mend: () => '写全，以 https:// 或 http:// 开头；没有网址就空着。' },
  'entry-date':        { why: ({ got }) => got ? `${got} 这个日期不行：发布日不能在明天以后，最后一天不能已经过去。` : '日期不对，或最后一天比发布日早。', mend: () => '选一个日历上有的日子。' },
  'not-moderator':     { why: () => '这把钥匙不在管理员名单里。', mend: () => '请运营者把它写进 MODERATORS。' },
  'reason-length':     { why: ({ limit }) => `理由要 ${limit ?? '若干'} 个字。`, mend: () => '用一两句话说清。' },
  'blocked':           { why: ({ limit }) => `管理员依据 ${limit ?? ''} 停用了这把钥匙。`, mend: () => '理由在“我的”里，可以申诉。' },
  'new-key':           { why: ({ limit, got }) => `新来的先少发一些：现在最多在架 ${limit ?? ''} 条，这是第 ${got ?? ''} 条。`, mend: () => '在架满一天就能多发；也可以先标出已成交的，再提交。' },
  'key-ended':         { why: () => '这把钥匙已经签字终止。', mend: () => '换一把新钥匙再发布。' },
  'too-many':          { why: ({ limit }) => `新发得太多了${limit ? `，现在最多 ${limit} 条` : ''}。`, mend: () => '过一阵再发；先把已成交的标成“已成交”。' },
  'HR-2':              { why: ({ field }) => `“${field || '说明'}”里像是有电话、微信号或网址。`, mend: () => '联系方式只写在联系方式一栏：到期后它会跟着撤下，你不会一直被打扰。' },
  'HR-3':              { why: ({ got }) => `你已经发过一样的：“${got ?? ''}”，还在架上。`, mend: () => '一件事只发一条：改原来那条，或给它续期；真是两件东西，就写清楚哪里不同。' },
  'HR-4':              { why: ({ got }) => `“${got ?? ''}”没法核对。`, mend: () => '换成数字和事实：用了几年、跑了多少公里、哪里有毛病。' },
  'HR-5':              { why: ({ got }) => `“${got ?? ''}”属于不许发的东西或服务。`, mend: () => '不要换个说法再发；拿不准的先问运营者，或打 12345。' },
  'HR-6':              { why: ({ got }) => `招聘里不许收费，这里写了“${got ?? ''}”。`, mend: () => '删掉收费的内容，写清单位、地点和工资；要写“不收”，请写完整，如“不收押金”。' },
  'HR-7':              { why: ({ got }) => `交友里不能写“${got ?? ''}”。`, mend: () => '只给成年人，内容要正派，不谈钱。' },
}

// prettier-ignore
const en: Speeches = {
  'bad-format':        { why: () => 'This listing has a form the portal cannot read.', mend: () => 'Submit again to sign it anew; if that fails, reload the page. Nothing you typed is lost.' },
  'too-large':         { why: ({ limit }) => `This listing is too large${limit ? ` (${limit} bytes at most)` : ''}.`, mend: () => 'Shorten the description and submit again.' },
  'bad-signature':     { why: () => 'The signature does not fit the content, so nobody can tell it is yours.', mend: () => 'Submit again; this device signs it anew.' },
  'forbidden-key':     { why: () => 'The content carries a field that is not allowed.', mend: () => 'Reload and submit again; turn off add-ons that change pages.' },
  'bad-shape':         { why: ({ field }) => field ? `The portal does not know this form of “${field}”.` : 'The listing holds something the portal does not know.', mend: () => 'Check it and submit again; the page may be old, so reload once.' },
  'wrong-portal':      { why: () => 'This listing was signed for another town.', mend: () => 'Post it again here.' },
  'wrong-id':          { why: () => 'The number of the listing does not fit the key of its author.', mend: () => 'Post it as a new listing.' },
  'wrong-author':      { why: () => 'This listing was not signed with your key.', mend: () => 'Use the device that posted it, or bring that key here with its recovery words.' },
  'wrong-slot':        { why: () => 'This listing lies in the wrong place.', mend: () => 'Submit again; it will be put where it belongs.' },
  'clock':             { why: () => 'The clock of this device is more than 10 minutes ahead of the portal.', mend: () => 'It was signed again with the right time; if that fails, set the clock to automatic.' },
  'older-revision':    { why: () => 'The portal has a newer version; this one came late.', mend: () => 'Open the newest version and change that.' },
  'superseded':        { why: () => 'Another device of yours changed this listing too, and that version counts.', mend: () => 'Both are below; choose the one to keep.' },
  'renewed-too-soon':  { why: () => 'Renewals must be at least 48 hours apart.', mend: () => 'Wait until then; the listing is still live.' },
  'unknown-category':  { why: () => 'No category is chosen.', mend: () => 'Choose the nearest one.' },
  'unknown-intent':    { why: () => 'Offer or wanted is not chosen.', mend: () => 'Say whether you offer or look for something.' },
  'unknown-kind':      { why: () => 'No sub-category is chosen.', mend: () => 'Choose the nearest one, or “other”.' },
  'unknown-district':  { why: () => 'No district is chosen.', mend: () => 'Choose where the thing or person is.' },
  'foreign-field':     { why: ({ field }) => `“${field}” does not belong to this category.`, mend: () => 'Submit again after the change of category; what is too much will be left out.' },
  'field-missing':     { why: ({ field }) => `“${field}” is empty.`, mend: () => 'This category needs it.' },
  'field-range':       { why: ({ field, limit, got }) => limit ? `“${field}” must be within ${limit}${got ? `; it is ${got}` : ''}.` : `“${field}” is out of range.`, mend: () => 'Choose a value within it.' },
  'field-form':        { why: ({ field }) => `“${field}” is not written the right way.`, mend: () => 'Numbers as digits, dates as year-month-day.' },
  'title-length':      { why: lengthSpeech({ open: (least, most) => `The title has to have ${least ? `${least}-${most}` : 'more'} characters.`, least: (n, got) => `The title needs at least ${n} characters; it has ${got}.`, most: (n, got) => `The title may have ${n} characters at most; it has ${got}.` }), mend: (facts) => tooShort(facts) ? 'Name the make and the condition; it is easier to find.' : 'Keep what matters; details go into the description.' },
  'text-length':       { why: lengthSpeech({ open: (least, most) => `The description has to have ${least ? `${least}-${most}` : 'more'} characters.`, least: (n, got) => `The description needs at least ${n} characters; it has ${got}.`, most: (n, got) => `The description may have ${n} characters at most; it has ${got}.` }), mend: (facts) => tooShort(facts) ? 'Say where it comes from, its condition and how to see it.' : 'Leave out what is said twice.' },
  'price-range':       { why: ({ limit }) => `The price has to be a number${limit ? `, ${limit} at most` : ''}.`, mend: () => 'For example 2350 or 800.50; or tick “by agreement”.' },
  'price-unwanted':    { why: () => 'This category has no price.', mend: () => 'Leave it out; pay has its own field.' },
  'valid-days':        { why: () => 'A listing runs 7, 30 or 60 days.', mend: () => 'Choose one; it can be renewed.' },
  'company-name':      { why: () => 'A company has to give its name (2 to 40 characters).', mend: () => 'Give the registered name, or the one people know.' },
  'name-length':       { why: lengthSpeech({ open: (least, most) => `The name has to have ${least ? `${least}-${most}` : 'more'} characters.`, least: (n, got) => `The name needs at least ${n} characters; it has ${got}.`, most: (n, got) => `The name may have ${n} characters at most; it has ${got}.` }), mend: () => 'Something to call you by; it need not be your real name.' },
  'control-characters':{ why: ({ field }) => `“${field}” holds invisible control characters.`, mend: () => 'They often come with pasted text: clear the field and type it.' },
  'contact-form':      { why: () => 'The contact is not written the right way.', mend: () => 'A phone has digits, a WeChat id starts with a letter, QQ is digits, an email has an @.' },
  'photo-count':       { why: ({ limit }) => `A listing has at most ${limit ?? 8} photos.`, mend: () => 'Keep those that tell the most; the first is the cover.' },
  'photo-form':        { why: () => 'What the listing says of a photo does not fit.', mend: () => 'Remove that photo and choose it again.' },
  'photo-absent':      { why: () => 'A photo is not on this device.', mend: () => 'Submit from the device it was chosen on, or remove it and choose it again.' },
  'business-name':     { why: () => 'A company has to give its registered name (2 to 60 characters).', mend: () => 'Write it as in the register.' },
  'business-text':     { why: ({ field, limit }) => `“${field}” has to have ${limit ?? 'some'} characters.`, mend: () => 'Say what is needed, no more.' },
  'business-phone':    { why: () => 'The phone of the business is not written the right way.', mend: () => 'Digits, blanks and hyphens only.' },
  'no-business':       { why: () => 'There is no business profile, so nobody knows whose guide this is.', mend: () => 'Fill it in on the business page and publish again.' },
  'guide-text':        { why: () => 'The text holds something this portal does not show.', mend: () => 'It often comes with pasted text: remove that part, or paste words only.' },
  'guide-length':      { why: ({ limit, got }) => `The text is too long${got ? `: ${got} bytes of ${limit ?? ''}` : ''}.`, mend: () => 'Shorten it, or make two guides of it.' },
  'policy-faulty':     { why: ({ limit, got }) => `Rules ${got ?? ''}: ${limit === 'hole' ? 'some days between them have no rule' : limit === 'overlap' ? 'both answer for one day' : 'they do not fit'}.`, mend: () => 'Mend these rules and publish again.' },
  'policy-name':       { why: () => 'The rules bear the number of another guide.', mend: () => 'Reload the page and publish again.' },
  'version-taken':     { why: ({ limit }) => `Version ${limit ?? ''} was published by another of you just now.`, mend: () => 'Look at it first, then publish yours.' },
  'not-delegated':     { why: () => 'This business does not let you publish, or has taken that back.', mend: () => 'Ask to be invited again; what you wrote is still on this device.' },
  'delegation-time':   { why: ({ limit }) => `At most ${limit ?? 366} days.`, mend: () => 'Choose a nearer day; it can be given again.' },
  'entry-length':      { why: ({ field, limit }) => `“${field || 'This'}” has to have ${limit ?? 'some'} characters, without blanks around them.`, mend: () => 'Shorten it, or fill it in.' },
  'entry-phone':       { why: () => 'This is not written as a phone number.', mend: () => 'Digits and hyphens only, three to twenty-four of them, such as 0633-8012345.' },
  'entry-link':        { why: () => 'This is not written as a web address.', mend: () => 'Write all of it, from https:// or http:// on; leave it empty if there is none.' },
  'entry-date':        { why: ({ got }) => got ? `${got} will not do: the day of posting is not after tomorrow, and the last day is not over.` : 'No such day, or the last day is before the day of posting.', mend: () => 'Choose a day of the calendar.' },
  'not-moderator':     { why: () => 'This key is no moderator.', mend: () => 'Ask the operator to add it to MODERATORS.' },
  'reason-length':     { why: ({ limit }) => `The reason has to have ${limit ?? 'some'} characters.`, mend: () => 'A sentence or two.' },
  'blocked':           { why: ({ limit }) => `A moderator has blocked this key by ${limit ?? ''}.`, mend: () => 'The reason stands under “Mine”; you can object there.' },
  'new-key':           { why: ({ limit, got }) => `Who is new starts with few: ${limit ?? ''} live listings at most, this is number ${got ?? ''}.`, mend: () => 'What stands for a day makes room for more; or mark what is sold.' },
  'key-ended':         { why: () => 'This key has ended itself.', mend: () => 'Publish with a new key.' },
  'too-many':          { why: ({ limit }) => `Too many new listings${limit ? ` (${limit} at most)` : ''}.`, mend: () => 'Wait a while, and mark what is sold.' },
  'HR-2':              { why: ({ field }) => `“${field || 'Description'}” seems to hold a number, a chat id or a link.`, mend: () => 'Contacts go into the contact field only: there they are taken down when the listing ends.' },
  'HR-3':              { why: ({ got }) => `You have posted the same already: “${got ?? ''}” is live.`, mend: () => 'One thing, one listing: change that one or renew it. If they are two things, say what differs.' },
  'HR-4':              { why: ({ got }) => `Nobody can check “${got ?? ''}”.`, mend: () => 'Say it in figures and facts: years of use, kilometres, what is worn.' },
  'HR-5':              { why: ({ got }) => `“${got ?? ''}” is among the goods and services that are not allowed here.`, mend: () => 'Other words for it do not help. When in doubt, ask the operator first or call 12345.' },
  'HR-6':              { why: ({ got }) => `A job must not ask for money; this says “${got ?? ''}”.`, mend: () => 'Take it out, and name the firm, the place and the pay. If you take none, say so in full: “no deposit required”.' },
  'HR-7':              { why: ({ got }) => `“${got ?? ''}” has no place among friends.`, mend: () => 'Adults only, decent, and nothing about money.' },
}

export const refusals = { 'zh-Hans': zhHans, en } satisfies Area<Speeches>
