/** Words of what stands beside a thread: how its listing stands, hints while a message is written, trouble, and what is deleted. */
import type { Area } from './strings.ts'

const zhHans = {
  standing: {
    expired: '这条信息已经到期。',
    sold: '这条信息已经成交。',
    withdrawn: '这条信息已经撤下。',
    hidden: '这条信息被管理员撤下了。',
  },
  standingTheirs: '按这台设备知道的。还是可以留言，对方未必会回。',
  standingMine: '对方问的是它，你还是可以回。',
  house: {
    'HR-2': () => '里面像是有电话、微信号或网址。发出去就收不回来，信息结束也不会跟着撤下，想好再发。',
    'HR-5': (got: string) => `“${got}”属于信息港不许发的东西或服务。`,
    'HR-6': (got: string) => `写到了“${got}”。招聘不许收钱；别的事要先付钱的，多半是骗局。`,
    'HR-7': (got: string) => `交友里不能写“${got}”。`,
  },
  houseWhy: '只是提醒，照样可以发：内容加了密，信息港看不到。',
  rule: (id: string) => `规则 ${id}`,
  unopened: (n: number) => `有 ${n} 条留言打不开`,
  unopenedWhy: '签名或加密不对，可能被改过，也可能不是它说的那个人写的，所以不显示内容。',
  unopenedFrom: (mark: string, time: string) => `${time}，自称来自尾号 ${mark}`,
  blockedList: (n: number) => `已屏蔽 ${n} 人`,
  unblock: '取消屏蔽',
  person: (mark: string) => `对方的钥匙尾号 ${mark}`,
  mine: '我写的',
  failed: '没有打开。连上网络后再试一次。',
  block: '不再收他的留言',
  reportWhy: '觉得对方在骗人：先复制这段对话，再点“举报”，把它贴进去，然后屏蔽他。信息港自己看不到内容。',
  report: '举报',
  hideToo: '也隐藏他发布的信息',
  hiddenToo: '他发布的信息也不再出现。',
  showToo: '信息照常显示',
  notKept: '这台设备没能存下来，请再试一次。',
  copy: '复制对话',
  copied: '已复制',
  copyFailed: '浏览器不允许复制，请截图发给管理员。',
  delete: '删除这个对话',
  empty: '清空全部留言',
  emptyLead: '你收到的从信息港的收件箱里拿掉，你写的从你的设备上去掉，屏蔽的人发来的也一起清空。对方那一份不会动。',
  gone: (n: number) => `${n} 条留言已不再显示，5 分钟后删掉；关了信息港的话，下次打开时删。对方那一份还在。`,
  going: (n: number) => `还有 ${n} 条正在从信息港的收件箱里拿掉；没有连网的话，连上以后自动完成。`,
  undo: '撤销',
  now: '现在就删',
  deleted: '删掉了。信息港在 60 天内还记着谁给谁写过，用来算每天的上限，不含内容。',
  undone: '留言都回来了。',
}

const en: typeof zhHans = {
  standing: {
    expired: 'This listing has expired.',
    sold: 'This listing is sold.',
    withdrawn: 'This listing was withdrawn.',
    hidden: 'A moderator took this listing down.',
  },
  standingTheirs: 'As far as this device knows. You may still write; there may be no answer.',
  standingMine: 'They ask about it; you may still answer.',
  house: {
    'HR-2': () =>
      'This seems to hold a number, a chat id or a link. Once sent it cannot be taken back, and it does not end with the listing.',
    'HR-5': (got) => `“${got}” is among the goods and services that are not allowed here.`,
    'HR-6': (got) => `This says “${got}”. A job must not ask for money; elsewhere, paying first is mostly a fraud.`,
    'HR-7': (got) => `“${got}” has no place among friends.`,
  },
  houseWhy: 'Only a hint, it can be sent all the same: the text is sealed and the portal cannot read it.',
  rule: (id) => `Rule ${id}`,
  unopened: (n) => `${n} ${n === 1 ? 'message' : 'messages'} that could not be opened`,
  unopenedWhy:
    'Signature or seal is wrong: it may have been changed, or not be from whom it claims, so its text is not shown.',
  unopenedFrom: (mark, time) => `${time}, claims to be from key ${mark}`,
  blockedList: (n) => `${n} blocked`,
  unblock: 'Unblock',
  person: (mark) => `The other’s key ends in ${mark}`,
  mine: 'Written by me',
  failed: 'That did not open. Connect to the network and try again.',
  block: 'Block this person',
  reportWhy:
    'If this looks like a fraud: copy this thread, press “Report” and paste it there, then block the person. The portal itself cannot read it.',
  report: 'Report',
  hideToo: 'Hide what they post too',
  hiddenToo: 'What they post is left out too.',
  showToo: 'Show what they post',
  notKept: 'This device could not keep it. Please try again.',
  copy: 'Copy the thread',
  copied: 'Copied',
  copyFailed: 'The browser does not allow copying; send the operator a screenshot.',
  delete: 'Delete this thread',
  empty: 'Delete all messages',
  emptyLead:
    'What you received is taken out of the inbox at the portal, what you wrote goes from your devices, and what blocked people sent goes too. The others keep their copies.',
  gone: (n) =>
    `${n} ${n === 1 ? 'message is' : 'messages are'} out of sight and deleted in 5 minutes, or when you next open the portal. The other keeps a copy.`,
  going: (n) =>
    `${n} more ${n === 1 ? 'is' : 'are'} being taken out of the inbox at the portal; without a network this is done later by itself.`,
  undo: 'Undo',
  now: 'Delete now',
  deleted:
    'Deleted. For up to 60 days the portal still knows who wrote to whom, to count the daily limits, without the text.',
  undone: 'The messages are back.',
}

export const messageBeside: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
