/** Words of what this device has shown last. */
import type { Area } from './strings.ts'

const zhHans = {
  title: '最近看过',
  lead: '最近看过的 30 条，只记在这台设备上，不同步，也不发给信息港。',
  none: '还没有看过哪条信息。看过的会记在这里，只记在这台设备上。',
  off: '已停止记录。',
  offKept: (n: number) => `已停止记录，之前的 ${n} 条还在，可以全部忘掉。`,
  record: '在这台设备上记下我看过的信息',
  loading: '正在对照撤下的信息……',
  at: (time: string) => `${time} 看过`,
  over: '已结束',
  absent: '现在的列表里找不到，可能已经结束',
  asThen: '价格是看的时候的',
  forget: '忘掉',
  forgetOf: (title: string) => `忘掉：${title}`,
  forgetAll: '全部忘掉',
  forgotten: (n: number) => `已忘掉 ${n} 条。`,
  undo: '撤销',
  more: (n: number) => `再看 ${n} 条`,
}
const en: typeof zhHans = {
  title: 'Seen lately',
  lead: 'The last 30 you looked at, kept on this device only: not sent to your other ones, nor to the portal.',
  none: 'You have not looked at a listing yet. Those you do are remembered here, on this device only.',
  off: 'Nothing is remembered any more.',
  offKept: (n) => `Nothing is remembered any more; the ${n} from before are still here and can be forgotten.`,
  record: 'Remember on this device what I look at',
  loading: 'Comparing with what was taken down …',
  at: (time) => `seen ${time}`,
  over: 'over',
  absent: 'not in the lists now, it may be over',
  asThen: 'the price is as it was then',
  forget: 'Forget',
  forgetOf: (title) => `Forget: ${title}`,
  forgetAll: 'Forget all',
  forgotten: (n) => `${n} forgotten.`,
  undo: 'Undo',
  more: (n) => `${n} more`,
}
export const seen = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>
