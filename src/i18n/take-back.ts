/** Words for taking back what came in from a file or a table. */
import type { Area } from './strings.ts'

const zhHans = {
  act: '全部撤回',
  limits: '这里原有的、后来改过的不动。一周之内都可以撤回，只限最近一次。',
  left: (n: number) => `有 ${n} 条信息没有撤回，请再点一次，或到“我的”页自己结束；其余的已撤回。`,
  unkept: '这台设备没能存下这次撤回：存储满了，或被清除了。腾出空间，重新打开这一页，看看还有没有要撤回的。',
  broken: '没有全部撤回：这台设备没能签名或存下。没撤回的都还在，请再点一次；不行就重新打开这一页。',
}

const en: typeof zhHans = {
  act: 'Take it all back',
  limits: 'What was here, and what was changed since, stays. Possible for a week, for what came last.',
  left: (n) => `${n} could not be withdrawn: tap once more, or end them on “Mine”. The rest was taken back.`,
  unkept:
    'This device could not keep that it was taken back: its storage is full, or was cleared. Make room, open this page again, and see whether anything is left to take back.',
  broken:
    'Not everything was taken back: this device could not sign or keep it. What is left is still here; tap once more, or open this page again.',
}

export const takeBackWords: Area<typeof zhHans> = { 'zh-Hans': zhHans, en }
