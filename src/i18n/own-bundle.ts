/** Words for taking one's own data along and for bringing it in again. */
import type { BringAction } from '#domain/bundle.ts'
import type { Area } from './strings.ts'

const zhHans = {
  take: {
    title: '带走我的数据',
    lead: '把你的全部内容存成一个文件：信息、指南、名称、联系方式、草稿、收藏、订阅、消息和照片。文件用你的钥匙签了名，改动过就打不开。',
    open: '文件没有加密，里面有你的联系方式、草稿和收到的消息，请像保管通讯录一样保管它。钥匙不在文件里，12 个词要另外抄好。',
    act: '存成文件',
    working: '正在收集和签名',
    done: (listings: number, photos: number) => `已存成文件：${listings} 条记录，${photos} 张照片。`,
    missing: (photos: number) => `有 ${photos} 张照片这台设备和信息港现在都给不出来，没有存进去。连上网再存一次。`,
    failed: '没有存成。请重新打开这一页再试。',
  },
  bring: {
    title: '把文件带进来',
    lead: '换了设备，或换到另一个信息港，用这里把“带走我的数据”存下的文件带进来。先看清会带来什么，再决定。',
    choose: '选择文件，或把它拖到这里',
    reading: '正在核对签名',
    faults: {
      'not-bundle': '这不是从信息港存下来的文件，或者文件不完整。请重新存一次，整个文件传过来。什么都没有带进来。',
      'bad-signature': '文件的内容和签名对不上，有人改过它，或者传的时候坏了。什么都没有带进来。',
      'bad-content': '这个文件是更新的版本存下来的，这里读不懂。请先刷新页面。什么都没有带进来。',
      'too-large': '文件太大（最多 300 MB）。什么都没有带进来。',
      unreadable: '浏览器读不出这个文件。请换一个位置再选一次。',
    },
    from: (portal: string, day: string, mark: string) => `来自“${portal}”，${day} 存下，钥匙尾号 ${mark}`,
    otherKey:
      '这台设备没有这个文件的钥匙。先在“我的”页用 12 个词找回那把钥匙，就能用原来的名义发布；不找回，信息会变成草稿，由你看过再用现在的钥匙发布。',
    counts: {
      listings: (n: number) => `${n} 条信息`,
      guides: (n: number) => `${n} 篇指南`,
      drafts: (n: number) => `${n} 份草稿`,
      favourites: (n: number) => `${n} 个收藏`,
      searches: (n: number) => `${n} 个订阅`,
      notes: (n: number) => `${n} 条信息上的私人备注`,
      hiddenSellers: (n: number) => `${n} 位不想看到的发布者`,
      blocked: (n: number) => `${n} 个屏蔽的人`,
      sent: (n: number) => `${n} 条发出的消息`,
      messages: (n: number) => `${n} 条收到的消息（留在文件里）`,
      photos: (n: number) => `${n} 张照片`,
      missing: (n: number) => `${n} 张照片缺失或损坏，不会带来`,
    },
    actions: {
      put: '带来，签名不变',
      publish: '用同一把钥匙为这里重新签名，发布',
      draft: '变成草稿',
      known: '这里已经有了',
      over: '已经结束，不带来',
      stays: '只对原来的地方有意义，不带来',
      refused: '不带来',
    } satisfies Record<BringAction, string>,
    lines: '逐条查看',
    letters: '看文件里收到的消息',
    lettersAre: '是存成文件时拆开的文字，不带对方的签名，所以只在这里看，不会放进消息页。',
    kinds: {
      listing: '信息',
      guide: '指南',
      profile: '名称',
      delegation: '授权',
      label: '处理决定',
      end: '终止声明',
    } as Record<string, string>,
    unnamed: '（打不开）',
    nothing: '文件里没有要带来的内容，这里都有了。',
    act: '带进来',
    progress: (done: number, all: number) => `已带来 ${done} / ${all}`,
    done: (n: number) => `带来了 ${n} 条信息。`,
    waiting: '没有连网，连上以后会自动发出。',
    published: (n: number, all: number) => `信息港已收下 ${n} / ${all}`,
    refusedHere: (n: number) => `有 ${n} 条信息港没有收，原因在“我的”页每一条下面。`,
    failed: (lines: string) => `没有带来的：第 ${lines} 条。`,
    noted: (day: string, n: number) => `${day} 用文件带来的内容${n > 0 ? `（${n} 条信息和其他）` : ''}还可以撤回。`,
    photosLost: (n: number) => `有 ${n} 张照片这台设备存不下，没有带来。`,
    undone: (_listings: number) => '已撤回：带来的信息都结束了，带来的草稿和收藏已去掉。',
    broken:
      '没有全部带来：这台设备没能签名或存下，也许是存储满了。腾出空间，重新打开这一页再带一次，已经带来的不会重复；也可以先撤回。',
    lost: '这一页的程序没有取到。请连上网，重新打开这一页再选文件。什么都没有带进来。',
  },
}

const en: typeof zhHans = {
  take: {
    title: 'Take your data along',
    lead: 'Everything of yours in one file: listings, guides, name, contacts, drafts, favourites, saved searches, messages and photos. It is signed by your key, and does not open once it was changed.',
    open: 'The file is not encrypted. Your contacts, drafts and the messages you received are in it: keep it as you would an address book. The key is not in it; write down its 12 words.',
    act: 'Save as a file',
    working: 'Gathering and signing',
    done: (listings, photos) => `Saved: ${listings} records, ${photos} photos.`,
    missing: (photos) =>
      `${photos} photos were neither on this device nor to be had from the portal, and are not in it. Save again when online.`,
    failed: 'It was not saved. Open this page again and retry.',
  },
  bring: {
    title: 'Bring a file in',
    lead: 'On another device, or at another portal, bring in the file that “Take your data along” has saved. See first what would come, then decide.',
    choose: 'Choose the file, or drop it here',
    reading: 'Checking the signatures',
    faults: {
      'not-bundle':
        'This file was not saved by a portal, or its end is missing. Save it again and move it whole. Nothing was brought in.',
      'bad-signature':
        'The content does not match its signature: it was changed, or damaged on its way. Nothing was brought in.',
      'bad-content':
        'A newer version made this file and it cannot be read here. Reload the page first. Nothing was brought in.',
      'too-large': 'The file is too large (300 MB at most). Nothing was brought in.',
      unreadable: 'The browser cannot read this file. Choose it again from another place.',
    },
    from: (portal, day, mark) => `From “${portal}”, saved on ${day}, key ending in ${mark}`,
    otherKey:
      'This device does not have the key of this file. Bring that key back with its 12 words on “Mine” to publish under the same name; without it listings come as drafts, for you to look at and publish with the key that is here.',
    counts: {
      listings: (n) => `${n} ${n === 1 ? 'listing' : 'listings'}`,
      guides: (n) => `${n} ${n === 1 ? 'guide' : 'guides'}`,
      drafts: (n) => `${n} ${n === 1 ? 'draft' : 'drafts'}`,
      favourites: (n) => `${n} ${n === 1 ? 'favourite' : 'favourites'}`,
      searches: (n) => `${n} saved ${n === 1 ? 'search' : 'searches'}`,
      notes: (n) => `${n} private ${n === 1 ? 'note' : 'notes'} on listings`,
      hiddenSellers: (n) => `${n} hidden ${n === 1 ? 'poster' : 'posters'}`,
      blocked: (n) => `${n} blocked ${n === 1 ? 'person' : 'people'}`,
      sent: (n) => `${n} sent ${n === 1 ? 'message' : 'messages'}`,
      messages: (n) => `${n} received ${n === 1 ? 'message' : 'messages'} (staying in the file)`,
      photos: (n) => `${n} ${n === 1 ? 'photo' : 'photos'}`,
      missing: (n) => `${n} ${n === 1 ? 'photo is' : 'photos are'} missing or damaged and will not come`,
    },
    actions: {
      put: 'comes as it was signed',
      publish: 'signed again for this portal by the same key, and published',
      draft: 'comes as a draft',
      known: 'is here already',
      over: 'has ended and does not come',
      stays: 'has a meaning only where it came from, and does not come',
      refused: 'does not come',
    },
    lines: 'Line by line',
    letters: 'Read the messages in the file',
    lettersAre:
      'As they were opened when the file was made, without the signatures of who wrote them: so they are shown here and do not go among your messages.',
    kinds: {
      listing: 'listing',
      guide: 'guide',
      profile: 'name',
      delegation: 'delegation',
      label: 'decision',
      end: 'end of the key',
    },
    unnamed: '(does not open)',
    nothing: 'There is nothing to bring: all of it is here.',
    act: 'Bring it in',
    progress: (done, all) => `${done} of ${all} brought in`,
    done: (n) => `${n} ${n === 1 ? 'listing was' : 'listings were'} brought in.`,
    waiting: 'There is no network; it goes out by itself later.',
    published: (n, all) => `The portal has accepted ${n} of ${all}`,
    refusedHere: (n) => `The portal refused ${n}; the reason stands at each on “Mine”.`,
    failed: (lines) => `Not brought in: line ${lines}.`,
    noted: (day, n) =>
      `What a file brought in on ${day}${n > 0 ? ` (${n} ${n === 1 ? 'listing' : 'listings'} and more)` : ''} can still be taken back.`,
    photosLost: (n) => `This device has no room for ${n} ${n === 1 ? 'photo' : 'photos'}.`,
    undone: () => 'Taken back: the listings that came have ended, drafts and favourites are gone.',
    broken:
      'Not everything came: this device could not sign or keep it, perhaps because its storage is full. Make room, open this page again and bring the file in once more; what came does not come twice. Or take it back first.',
    lost: 'The code of this page could not be fetched. Go online, open this page again and choose the file. Nothing was brought in.',
  },
}

export const ownBundle: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
